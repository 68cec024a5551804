"""The index beside a WARC file."""

import json
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.preserve.material import exchange, numbered, vault_in, warcs

from chronik.preserve import cdxj
from chronik.preserve.writer import index_path


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.com/", "com,example)/"),
        ("https://www.Example.com:443/A/b?Z=1&a=2", "com,example)/a/b?a=2&z=1"),
        ("http://example.com:8080", "com,example:8080)/"),
        ("http://example.com./x y", "com,example)/x%20y"),
        ("http://[2001:db8::1]/", "2001:db8::1)/"),
        ("http://[broken", "http://[broken"),
        ("http://example.com:port/", "http://example.com:port/"),
        ("urn:sha256:AB", "urn:sha256:ab"),
        ("file:///alt.txt", "file:///alt.txt"),
    ],
)
def test_an_address_becomes_a_key_that_sorts_by_site(url, key):
    assert cdxj.key(url) == key


@given(st.text())
def test_every_address_has_a_key_in_one_word(url):
    key = cdxj.key(url)
    assert key.isascii()
    assert not any(letter.isspace() for letter in key)


def test_the_index_of_a_sealed_file_leads_to_its_records(tmp_path):
    with closing(vault_in(tmp_path)) as vault:
        kept = [vault.keep(numbered(2)), vault.keep(exchange(url="http://a.example/ü")), vault.keep(numbered(1))]
    (path,) = warcs(tmp_path)
    text = index_path(path).read_text("ascii")
    lines = text.splitlines()
    assert text.endswith("\n")
    assert lines == sorted(lines)
    assert len(lines) == 4
    for line in lines[1:]:
        _, moment, values = line.split(" ", 2)
        about = json.loads(values)
        capture = next(capture for capture in kept if capture.id == about["capture"])
        assert moment == "20260501123015"
        assert (about["url"], about["mime"], about["status"]) == (capture.url, "text/html", "200")
        assert (int(about["offset"]), int(about["length"])) == (capture.location.offset, capture.location.length)
        assert (about["filename"], about["digest"]) == (path.name, f"sha256:{capture.block_digest}")


def test_lines_that_cannot_be_read_are_left_out():
    good = 'a)/ 20260501123015 {"group_offset": 1, "group_length": 2, "url": "http://a/"}'
    torn = ["", "a", "a b", good[:-5], "a b []", "a b {}", 'a b {"group_offset": "1", "group_length": 2}', "[" * 99999]
    assert [entry.line for entry in cdxj.entries("\n".join([*torn, good]))] == [good]
