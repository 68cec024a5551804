"""Articles that others read already, one JSON object a line."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError
from chronik.model import Article
from chronik.takein import jsonl
from chronik.takein.jsonl import BadLine, articles

NOW = datetime(2024, 5, 1, tzinfo=UTC)
ROW = {"id": "a1", "title": "Port closes", "text": "First.\r\n\r\n\r\nSecond."}


def read(*lines):
    encoded = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    return list(articles(encoded, name="rows.jsonl", read_at=NOW))


def test_a_row_becomes_an_article_without_capture():
    (article,) = read(
        ROW
        | {
            "url": "https://example.org/a",
            "language": "de",
            "published": "2020-10-01T15:53:00+02:00",
            "source": " Kreisblatt ",
            "authors": ["A. Author", "A. Author", " "],
        }
    )
    assert article.made_by == "taken in without capture"
    assert article.capture_id == ""
    assert (article.url, article.title, article.source) == ("https://example.org/a", "Port closes", "Kreisblatt")
    assert article.paragraphs == ("First.", "Second.")
    assert article.authors == ("A. Author",)
    assert article.published == "2020-10-01T15:53:00+02:00"
    assert (article.language, article.read_at) == ("de", NOW)


def test_what_is_optional_may_be_missing():
    (article,) = read(ROW)
    assert article.url.startswith("urn:chronik:article:")
    assert (article.language, article.published, article.source, article.authors) == ("und", "", "", ())
    assert read(ROW | {"url": None, "authors": None, "language": None, "published": None, "source": None}) == [article]


def test_the_same_row_is_the_same_article_and_a_changed_text_another():
    first, again, changed, other = read(ROW, ROW, ROW | {"text": "Third."}, ROW | {"id": "a2"})
    assert first.id == again.id
    assert len({first.id, changed.id, other.id}) == 3
    assert len({first.url, changed.url, other.url}) == 3


def test_a_number_is_an_id_like_its_digits():
    first, second = read(ROW | {"id": 7}, ROW | {"id": "7"})
    assert first.id == second.id


@pytest.mark.parametrize(
    ("given_value", "published"),
    [
        ("2020-10-01", "2020-10-01"),
        ("2020-10-01T12:00:00Z", "2020-10-01T12:00:00+00:00"),
        ("2021-07-01 08:01:00", "2021-07-01"),  # no offset: the day is all that is certain
        ("Thu, 01 Oct 2020 12:00:00 GMT", "2020-10-01T12:00:00+00:00"),
        (1601553600, "2020-10-01T12:00:00+00:00"),
        (1601553600000, "2020-10-01T12:00:00+00:00"),
        ("yesterday", ""),
        ("", ""),
        ("2020-13-01", ""),
        (True, ""),
        (10**4000, ""),
        ([], ""),
    ],
)
def test_dates_are_as_precise_as_they_are_certain(given_value, published):
    assert read(ROW | {"published": given_value})[0].published == published


@pytest.mark.parametrize(
    ("given_value", "language"),
    [
        ("eng", "en"),
        ("DE", "de"),
        ("en_US", "en-US"),
        ("deu", "de"),
        ("English language", "und"),
        ("", "und"),
        ("x" * 60, "und"),
    ],
)
def test_languages_become_tags(given_value, language):
    assert read(ROW | {"language": given_value})[0].language == language


def test_one_author_may_be_a_text():
    assert read(ROW | {"authors": "A. Author"})[0].authors == ("A. Author",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"not json", "not valid JSON"),
        (b'{"id": "cut", "text": "', "not valid JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8 at byte 1"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"id": NaN, "text": "x"}', "NaN is no JSON value"),
        (b'{"id": 1, "text": "x", "score": -Infinity}', "Infinity is no JSON value"),
        (b'{"id": ' + b"9" * 10_000 + b', "text": "x"}', "not valid JSON"),
        (ROW | {"text": "a\0b"}, "`text` holds a NUL"),
        (ROW | {"title": "\0"}, "`title` holds a NUL"),
        (b'{"id": 1, "text": "\\ud800"}', "`text` holds half a character"),
        (ROW | {"text": ""}, "`text` is missing or empty"),
        (ROW | {"text": " \n"}, "`text` is missing or empty"),
        ({"id": 1, "title": "x"}, "`text` is missing or empty"),
        (ROW | {"text": ["x"]}, "`text` is not text"),
        ({"text": "x"}, "`id` is missing"),
        (ROW | {"id": ""}, "`id` is missing"),
        (ROW | {"id": True}, "`id` is missing"),
        (ROW | {"id": 1.5}, "`id` is missing"),
        (ROW | {"url": "javascript:alert(1)"}, "`url` does not begin with http"),
        (ROW | {"url": 5}, "`url` is not text"),
        (ROW | {"authors": [1]}, "`authors` is neither text nor a list"),
        (ROW | {"authors": {"name": "x"}}, "`authors` is neither text nor a list"),
    ],
    ids=str,
)
def test_a_bad_row_is_reported_with_its_line_and_the_rest_comes_in(line, words):
    first, bad, last = read(ROW, line, ROW | {"id": "z"})
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, BadLine)
    assert bad.line == 2
    assert words in bad.reason


def test_a_row_beyond_the_limit_is_reported(monkeypatch):
    monkeypatch.setattr(jsonl, "ROW_BYTES_MAX", 20)
    assert "longer than" in read(ROW)[0].reason


def test_blank_lines_and_the_mark_of_utf_8_are_passed_over():
    first, bad = read(b"\xef\xbb\xbf" + json.dumps(ROW).encode(), b"\n", b"  \r\n", b"x")
    assert isinstance(first, Article)
    assert bad.line == 4


def test_utf_16_is_refused_with_the_name_of_the_file():
    with pytest.raises(RefusedInputError, match=r"rows\.jsonl: in UTF-16"):
        read(json.dumps(ROW).encode("utf-16"))


def test_rows_are_read_one_by_one():
    def lines():
        yield json.dumps(ROW).encode()
        raise AssertionError

    assert isinstance(next(articles(lines(), name="x", read_at=NOW)), Article)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "title", "text", "language", "published", "source", "authors"]), values
    )
)
def test_any_row_is_an_article_or_reported(row):
    (found,) = read(json.dumps(row).encode())
    if isinstance(found, Article):
        assert found.text
        assert len(found.language) <= 35
        assert len(found.published) <= 40
        found.text.encode()
