"""Plain text, Markdown, e-mail and documents of word processors."""

import time
import zipfile
from email.message import EmailMessage
from io import BytesIO

import pytest

from chronik.extract.article import article
from chronik.extract.forms import mail, office
from chronik.model import Article, ArticleKind, BlockKind, Failure, FailureKind, Page

PARAGRAPHS = (
    "The sluice at Hallwerd stays shut until the water has fallen, the ministry said on Monday.",
    "Nobody on the river knows for how long that will be, said the boatmen, who have waited for three weeks now.",
)


def read(body, **fields):
    found = article(Page(**{"url": "", "body": body if isinstance(body, bytes) else body.encode(), **fields}))
    assert isinstance(found, Article), str(found)
    return found


# Plain text


def test_the_first_line_is_the_title_where_it_looks_like_one():
    found = read("Sluice stays shut\n\n" + "\n\n".join(PARAGRAPHS), media_type="text/plain")
    assert (found.title, found.paragraphs, found.kind) == ("Sluice stays shut", PARAGRAPHS, ArticleKind.DOCUMENT)


def test_a_first_sentence_is_no_title():
    assert read("It is shut.\n\n" + PARAGRAPHS[0]).title == ""


def test_lines_broken_to_fit_a_window_are_put_together():
    broken = PARAGRAPHS[0].replace(" ", "\n", 6).replace("\n", " ", 3)
    assert read(f"{broken}\n\n{PARAGRAPHS[1]}", media_type="text/plain").paragraphs == PARAGRAPHS


def test_where_no_blank_line_stands_long_lines_are_paragraphs():
    long = [f"{paragraph} {paragraph}" for paragraph in PARAGRAPHS]
    assert list(read("\n".join(long), media_type="text/plain").paragraphs) == long


def test_items_stay_apart():
    found = read(f"{PARAGRAPHS[0]}\n\n- the gates\n- the mark\n", media_type="text/plain")
    assert found.paragraphs[1:] == ("the gates", "the mark")
    assert {block.kind for block in found.blocks[1:]} == {BlockKind.ITEM}


def test_text_with_a_sign_of_markup_in_it_stays_text():
    assert read("For 3 < 4 and a <b we say nothing.\n\n" + PARAGRAPHS[0]).paragraphs[-1] == PARAGRAPHS[0]


# Markdown

MARKDOWN = """---
title: "Sluice stays shut"
author: Ana Torres, Jo Brandt
date: 2026-05-03
lang: en
---

# Sluice stays shut

The **sluice** at [Hallwerd](https://example.org/hallwerd "The town") stays
shut, *the ministry* said.

Background
----------

> Nobody knows
> for how long.

- the gates
    - the old ones
1. the mark

```
level = 3
```
![picture](https://example.org/x.png)
"""


def test_markdown_is_read_in_its_form():
    found = read(MARKDOWN, media_type="text/markdown")
    assert found.title == "Sluice stays shut"
    assert found.authors == ("Ana Torres", "Jo Brandt")
    assert found.published == "2026-05-03"
    assert found.paragraphs == (
        "The sluice at Hallwerd stays shut, the ministry said.",
        "Background",
        "Nobody knows for how long.",
        "the gates",
        "the old ones",
        "the mark",
        "level = 3",
    )
    kinds = ["paragraph", "heading", "quote", "item", "item", "item", "code"]
    assert [str(block.kind) for block in found.blocks] == kinds
    link = found.links[0]
    assert (found.text[link.start : link.end], link.url) == ("Hallwerd", "https://example.org/hallwerd")


def test_the_ending_of_an_address_tells_markdown():
    assert read("# Title of it\n\nSome *words* of text.", url="https://example.org/x.md").text == "Some words of text."


# E-mail


def message(**parts):
    mail = EmailMessage()
    mail["From"] = "Ministry of Waters <press@example.org>"
    mail["To"] = "desk@example.org"
    mail["Subject"] = "WG: Schleuse bleibt zu: größte Sperrung seit 2010"
    mail["Date"] = "Sun, 03 May 2026 10:15:00 +0200"
    mail["Message-ID"] = "<1@example.org>"
    for kind, content in parts.items():
        if kind == "plain":
            mail.set_content(content)
        else:
            mail.add_alternative(content, subtype="html")
    return mail.as_bytes()


def test_an_e_mail_is_read_with_its_fields():
    found = read(message(plain="\n\n".join(PARAGRAPHS)))
    assert found.title == "Schleuse bleibt zu: größte Sperrung seit 2010"
    assert found.published == "2026-05-03T10:15:00+02:00"
    assert found.source == "Ministry of Waters"
    assert found.paragraphs == PARAGRAPHS


def test_the_html_of_an_e_mail_counts_where_its_text_only_points_to_it():
    html = "<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</body></html>"
    assert read(message(plain="See the HTML part.", html=html)).paragraphs == PARAGRAPHS


def test_what_is_attached_is_left_aside():
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@example.org", "x", "Sun, 03 May 2026 10:15:00 +0200"
    mail.set_content(PARAGRAPHS[0])
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="x.pdf")
    mail.add_attachment("attached words", filename="x.txt")
    assert read(mail.as_bytes()).paragraphs == PARAGRAPHS[:1]


def test_an_e_mail_without_text_says_so():
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@example.org", "x", "Sun, 03 May 2026 10:15:00 +0200"
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="x.pdf")
    found = article(Page(url="", body=mail.as_bytes()))
    assert isinstance(found, Failure)
    assert "attached" in found.detail


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"From: a\n\ntext",
        b"Subject: x\nthis is prose\nDate: y\nTo: z\n",
        b"Dear all,\nFrom: x\nDate: y\nSubject: z\n",
    ],
)
def test_a_text_with_colons_is_no_e_mail(head):
    assert not mail.is_message(head)


# Documents of word processors

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="t">'
    "<dc:title>Sluice stays shut</dc:title><dc:creator>Ana Torres</dc:creator>"
    "<dcterms:created>2026-05-03T08:00:00Z</dcterms:created></cp:coreProperties>"
)


def container(**files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def docx(body):
    return container(
        word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>", docProps__core_xml=CORE
    )


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text[:5]}</w:t></w:r><w:r><w:t>{text[5:]}</w:t></w:r></w:p>"


def test_a_document_of_word_is_read():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    found = read(
        docx(
            paragraph("Sluice stays shut", '<w:pStyle w:val="Title"/>')
            + paragraph("Hallwerd, 3 May 2026, by Ana Torres")
            + paragraph("Background", '<w:pStyle w:val="Heading2"/>')
            + paragraph(PARAGRAPHS[0])
            + f"<w:del><w:p><w:r><w:delText>gone</w:delText></w:r></w:p></w:del>{paragraph('the gates', '<w:numPr/>')}"
            + f"<w:tbl><w:tr>{cell.format('Level')}{cell.format('3 m')}</w:tr></w:tbl>"
        )
    )
    assert found.title == "Sluice stays shut"
    assert found.authors == ("Ana Torres",)
    assert found.published == "2026-05-03"
    assert found.paragraphs[1:] == ("Background", PARAGRAPHS[0], "the gates", "Level 3 m")
    assert [str(block.kind) for block in found.blocks[1:]] == ["heading", "paragraph", "item", "row"]


def test_the_paragraphs_of_a_cell_stay_apart():
    cell = f"<w:tc>{paragraph('Ana Torres')}{paragraph('Spokeswoman')}</w:tc>"
    found = read(docx(f"{paragraph(PARAGRAPHS[0])}<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"))
    assert found.paragraphs[-1] == "Ana Torres Spokeswoman Ana Torres Spokeswoman"


def test_an_open_document_is_read():
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<o xmlns:text="{text}"><text:h text:outline-level="1">Sluice stays shut</text:h>'
        f"<text:p>{PARAGRAPHS[0]}</text:p>"
        f"<text:list><text:list-item><text:p>the<text:s/>gates</text:p></text:list-item></text:list></o>"
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", content)
    found = read(out.getvalue())
    assert (found.title, found.paragraphs) == ("Sluice stays shut", (PARAGRAPHS[0], "the gates"))


def test_entities_of_a_document_stay_closed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    doctype = (
        f'<!DOCTYPE x [<!ENTITY a "{"x" * 1_000}"><!ENTITY b "{"&a;" * 1_000}"><!ENTITY c SYSTEM "file://{secret}">]>'
    )
    told = paragraph("A beginning") + paragraph("&b;&c;") + paragraph("An end")
    body = f"<w:document {W}><w:body>{told}</w:body></w:document>"
    found = article(Page(url="", body=container(word__document_xml=doctype + body)))
    assert "secret" not in getattr(found, "text", "")
    assert len(getattr(found, "text", "")) < 100_000


def test_a_document_that_unpacks_to_more_than_the_limit_is_refused():
    body = container(word__document_xml=b" " * (office.ENTRY_BYTES_MAX + 1))
    found = article(Page(url="", body=body))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.TOO_LARGE


def test_a_container_of_very_many_files_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(office.ENTRIES_MAX + 1):
            file.writestr(f"{number}", b"")
        file.writestr("word/document.xml", b"<x/>")
    found = article(Page(url="", body=out.getvalue()))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize("cut", [20, 100, -30, -1])
def test_a_damaged_document_is_refused(cut):
    found = article(Page(url="", body=docx(paragraph(PARAGRAPHS[0]))[:cut]))
    assert isinstance(found, Failure)
    assert found.kind in {FailureKind.UNREADABLE, FailureKind.UNSUPPORTED_MEDIA}


def test_a_document_nested_very_deep_is_refused_or_read_in_time():
    started = time.process_time()
    article(Page(url="", body=docx("<w:p>" * 200_000)))
    assert time.process_time() - started < 5


# Files of other kinds


@pytest.mark.parametrize(
    ("body", "media_type", "words"),
    [
        (b"\x89PNG\r\n\x1a\n....", "", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0....", "text/html", "a picture (JPEG)"),
        (b"RIFF....WEBP", "", "a picture (WEBP)"),
        (b"\0\0\0\x20ftypavif", "", "a picture (AVIF)"),
        (b"\0\0\0\x20ftypmp42", "", "a video file"),
        (b"\x1aE\xdf\xa3....", "", "a video file (MATROSKA)"),
        (b"ID3\x04....", "", "a sound file"),
        (b"RIFF....WAVE", "", "a sound file"),
        (b"\x7fELF....", "", "a program"),
        (b"MZ\x90\0....", "", "a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "save it as PDF"),
        (b"{\\rtf1 hello}", "", "save it as PDF"),
        (container(xl__workbook_xml="x"), "", "a spreadsheet; save it as PDF"),
        (container(ppt__presentation_xml="x"), "", "a presentation; save it as PDF"),
        (container(a_txt="x"), "", "a ZIP archive"),
        (b"Rar!\x1a\x07\0", "", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "", "a 7z archive"),
        (b"x" * 257 + b"ustar\0" + b"x" * 300, "", "a tar archive"),
        (b"\x1f\x8b\x08....", "", "compressed (gzip); unpack it first"),
        (b"WARC/1.1\r\n", "", "chronik import"),
        (b"wOF2....", "", "a font"),
        (b"body { color: red }", "text/css", "a style sheet"),
        (b"a;b;c", "text/csv", "a table (CSV)"),
        (b"var x = 1", "application/javascript", "a script"),
        (b"<svg/>", "image/svg+xml", "a drawing (SVG)"),
        (b"anything", "video/mp4", "a video file (MP4)"),
        (b"anything", "application/x-whatever", "application/x-whatever"),
    ],
)
def test_a_file_without_text_to_read_is_called_by_its_name(body, media_type, words):
    found = article(Page(url="", body=body, media_type=media_type))
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.UNSUPPORTED_MEDIA
    assert words in found.detail
    assert "\n" not in found.detail


@pytest.mark.parametrize("body", [b'{"a": 1}', b"[1, 2]"])
@pytest.mark.parametrize("media_type", ["", "application/json", "text/plain"])
def test_data_are_no_article(body, media_type):
    assert "JSON" in str(article(Page(url="", body=body, media_type=media_type)))


TEXT_FLOODS = {
    "lines": "word\n" * 2_000_000,
    "items": "- a\n" * 2_000_000,
    "one line": "word " * 3_000_000,
    "brackets": "[" * 10_000_000,
    "links": "[a](https://e.example/) " * 300_000,
    "stars": "*" * 10_000_000,
    "emphasis": "**a " * 2_000_000,
    "underlines": "_" * 10_000_000,
    "front": "---\n" + "a: b\n" * 2_000_000,
    "quotes": "> a\n" * 2_000_000,
    "fences": "```\n" * 2_000_000,
    "blanks": " \n" * 4_000_000 + "x",
}


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
@pytest.mark.parametrize("flood", TEXT_FLOODS.values(), ids=TEXT_FLOODS)
def test_a_flood_of_text_is_read_in_reasonable_time(flood, media_type):
    started = time.process_time()
    found = article(Page(url="", body=flood.encode(), media_type=media_type))
    assert isinstance(found, Article | Failure)
    assert time.process_time() - started < 12
