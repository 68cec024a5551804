"""On real pages of the open set, rules are not worse than the readers that know no newspaper."""

import re
from datetime import UTC, datetime
from statistics import mean

import pytest
from tests.extract.publishers.pages import body_f1, general, html_of, proposal, same, shared_pages

from chronik.extract.publishers.shelf import shelf

BODY_SLACK = 0.02
"""One page may lose so much to what people disagree on: whether a list or a caption belongs to the text."""


@pytest.fixture(scope="module")
def scored():
    """Title and text of each page that rules cover, by rules and without."""
    found = {}
    for row in shared_pages():
        if shelf().rules_for(row["url"]) is None:
            continue
        html = html_of(row)
        day = re.search(r"(\d{4})_(\d\d)_(\d\d)", row["page"])
        captured_at = datetime(*map(int, day.groups()), tzinfo=UTC)
        by_rules, otherwise = proposal(html, row["url"], captured_at), general(html)
        text = "\n".join(block.text for block in by_rules.body.blocks) if by_rules.body else otherwise.text
        found[row["page"]] = {
            "title": same(by_rules.title or otherwise.title, row["title"].replace("\xad", "")),
            "title_otherwise": same(otherwise.title, row["title"].replace("\xad", "")),
            "body": body_f1(row["text"], text),
            "body_otherwise": body_f1(row["text"], otherwise.text),
        }
    return found


def test_no_page_loses_its_title_to_rules(scored):
    assert [page for page, score in scored.items() if score["title"] < score["title_otherwise"]] == []


def test_no_page_loses_text_to_rules(scored):
    lost = {page: score for page, score in scored.items() if score["body"] < score["body_otherwise"] - BODY_SLACK}
    assert lost == {}


def test_on_the_whole_rules_read_better(scored):
    for field in ("title", "body"):
        assert mean(s[field] for s in scored.values()) > mean(s[f"{field}_otherwise"] for s in scored.values())
