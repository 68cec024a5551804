"""Each newspaper's rules read its golden page exactly, and better than the readers that know no newspaper."""

import pytest
from tests.extract.publishers.pages import body_f1, general, golden_pages, proposal

from chronik.extract.publishers.shelf import shelf

PAGES = golden_pages()
each_page = pytest.mark.parametrize("golden", PAGES.values(), ids=PAGES)
LANGUAGES_MIN = 8
OUTLETS_MIN = 20


def by_rules(golden):
    """The fields that the rules themselves read; the others are for the general readers."""
    found = proposal(golden.html, golden.url, golden.at)
    fields = {
        "title": found.title or None,
        "authors": None if found.authors is None else list(found.authors),
        "published": found.published or None,
        "body": [block.text for block in found.body.blocks] if found.body else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def as_read_otherwise(golden):
    found = general(golden.html)
    return {
        "title": found.title,
        "authors": list(found.authors),
        "published": found.published,
        "body": list(found.paragraphs),
    }


def scores(golden, found):
    return {
        "title": found["title"] == golden.title,
        "authors": found["authors"] == golden.authors,
        "published": found["published"] == golden.published,
        "body": body_f1("\n".join(golden.body), "\n".join(found["body"])),
    }


@each_page
def test_a_golden_page_is_read_exactly(golden):
    found = by_rules(golden)
    assert found == {name: getattr(golden, name) for name in found}


@each_page
def test_rules_beat_the_readers_that_know_no_newspaper(golden):
    otherwise = as_read_otherwise(golden)
    ours, theirs = scores(golden, otherwise | by_rules(golden)), scores(golden, otherwise)
    assert {field for field in ours if ours[field] < theirs[field]} == set()
    assert {field for field in ours if ours[field] > theirs[field]} != set()


def test_each_newspaper_with_rules_of_its_own_has_a_golden_page():
    own = {name for name in shelf().names if shelf().rules_of(name).name == name}
    assert own == {golden.rules for golden in PAGES.values()}


def test_many_languages_are_covered():
    languages = {golden.html.partition('<html lang="')[2].partition('"')[0] for golden in PAGES.values()}
    assert len(languages) >= LANGUAGES_MIN
    assert len(PAGES) >= OUTLETS_MIN
