"""Permalinks, and addresses that may be linked to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.publish.addresses import absolute, host, short_ids, web_address
from chronik.publish.direction import direction


@given(st.sets(st.text(max_size=70), max_size=20))
def test_every_id_gets_a_name_of_its_own_that_every_system_can_store(ids):
    names = short_ids(ids)
    assert set(names) == ids
    assert len(set(names.values())) == len(ids)
    assert all(name and set(name) <= set("0123456789abcdefghijklmnopqrstuvwxyz-") for name in names.values())


def test_a_digest_goes_by_its_beginning():
    assert short_ids(["a" * 64, "b" * 64]) == {"a" * 64: "a" * 12, "b" * 64: "b" * 12}


def test_two_ids_that_begin_alike_are_told_apart_by_all_of_them():
    one, two = "a" * 63 + "b", "a" * 64
    assert short_ids([one, two, "c" * 64]) == {one: one, two: two, "c" * 64: "c" * 12}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z#f", "https://a.example/x?y=1&z#f"),
        (" HTTP://a.example/ ", "HTTP://a.example/"),
        ("https://a.example/ö", "https://a.example/ö"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@a.example", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/", ""),
        ("https://", ""),
        ("https:///x", ""),
        ("http://[::1", ""),
        ("a.example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked_to(url, shown):
    assert web_address(url) == shown


def test_a_host_is_named_as_people_say_it():
    assert host("https://www.talbote.example:443/x") == "talbote.example"
    assert host("ftp://talbote.example") == ""


def test_a_path_is_absolute_only_under_a_public_address():
    assert absolute("https://a.example/press/", "x/") == "https://a.example/press/x/"
    assert absolute("", "x/") == ""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("und", "auto"),
        ("", "auto"),
        ("az-Arab", "rtl"),
        ("ks-Deva", "ltr"),
    ],
)
def test_a_language_is_written_in_its_direction(language, expected):
    assert direction(language) == expected
