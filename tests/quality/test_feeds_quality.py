"""How exactly feeds are read: every test feed of feedparser and of the W3C's validator, beside feedparser."""

from collections import Counter

import pytest
from bench import feeds
from tests.quality.floors import assert_not_below, corpus


@pytest.fixture(scope="module")
def compared():
    corpus("feeds")
    return feeds.agreement()


def test_feeds_say_to_us_what_they_say_to_feedparser(compared):
    counts, differences = compared
    differing = Counter(one.field for one in differences)
    assert_not_below("feeds", {field: 1 - differing[field] / counts[field] for field in feeds.FIELDS})


def test_every_difference_has_its_reason(compared):
    _, differences = compared
    assert [one for one in differences if feeds.reason(one) == feeds.UNEXPLAINED] == []


def test_what_feedparsers_own_tests_expect_is_met():
    corpus("feeds")
    met = list(feeds.expectations())
    assert_not_below("feeds_expectations", {"met": sum(is_met for _, _, is_met in met) / len(met)})
