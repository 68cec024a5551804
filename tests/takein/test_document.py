"""Documents, and pages saved in another form: recognised by their bytes, addressed by what they say."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError
from chronik.takein import document
from chronik.takein.recognise import InputKind, kind

MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://talbote.example/x.html\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\tboundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--x--'
)
MAIL = b"From: a@example.org\r\nDate: Sun, 03 May 2026 10:15:00 +0200\r\nSubject: x\r\n\r\nDear all,\r\n"
NOTE = b'{"@context": "https://www.w3.org/ns/activitystreams", "type": "Note", "content": "x"}'


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"bplist00....", "application/x-webarchive"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "wordprocessingml"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "opendocument.text"),
        (b"WEBVTT\n\n00:01.000", "text/vtt"),
        (b"\xef\xbb\xbfWEBVTT", "text/vtt"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nx", "application/x-subrip"),
        (MHTML, "multipart/related"),
        (MAIL, "message/rfc822"),
        (NOTE, "application/activity+json"),
    ],
)
def test_the_bytes_tell_what_a_document_is(head, media_type):
    assert media_type in document.media_type(head, name="x")
    assert kind(head, name="misleading.html") is InputKind.DOCUMENT


def test_the_name_tells_markdown():
    assert kind(b"# A title\n\nA text.\n", name="release.md") is InputKind.DOCUMENT


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<p>%PDF-1.7</p>",
        b"PK\x03\x04....xl/workbook.xml",
        b"WEBVTTX",
        b"1\nhello",
        b"From: a\nprose goes on here\nDate: x\nSubject: y\n",
        b'{"id": "a-1", "text": "www.w3.org"}',
    ],
)
def test_other_files_are_no_documents(head):
    assert document.media_type(head, name="x.bin") == ""


def test_a_saved_page_is_addressed_by_where_it_was_saved_from():
    assert document.saved(MHTML, name="x") == ("multipart/related", "https://talbote.example/x.html")


@pytest.mark.parametrize("data", [MAIL, b"%PDF-1.7", MHTML.replace(b"https:", b"cid:"), b"Once upon a time."])
def test_other_documents_are_addressed_by_their_bytes(data):
    media_type, address = document.saved(data, name="x")
    assert media_type
    assert address.startswith("urn:chronik:file:")


def test_an_address_that_could_not_be_fetched_is_not_taken_over():
    assert document.saved(MHTML.replace(b"talbote.example", b"[x"), name="x")[1].startswith("urn:")


def test_an_empty_document_is_refused():
    with pytest.raises(RefusedInputError, match=r"^x: empty"):
        document.saved(b" \n", name="x")


def test_a_compressed_document_is_refused_with_what_to_do():
    with pytest.raises(RefusedInputError, match="document compressed with gzip; decompress it first"):
        kind(gzip.compress(b"%PDF-1.7", mtime=0), name="x.pdf.gz")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_none(data):
    assert isinstance(document.media_type(data, name="x"), str)
