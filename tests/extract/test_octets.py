"""What all bytes of a page are looked through for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.encoding import clean, readable
from chronik.extract.octets import count, may_hold_controls


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x0e", "\x1f", "\x7f", "\x85", "\ufdd0", "\ufeff", "\uffff"])
def test_what_no_text_can_hold_is_seen_wherever_it_stands(sign):
    assert may_hold_controls(f"Brünn{sign}au".encode())


@pytest.mark.parametrize("text", ["", "Brunnau\tund\fMühlbach\n", "« Où ? »\u00a0…", "경찰 발표", "ﬁ ＡＢＣ \ufffd 🙂"])
def test_plain_text_in_any_script_holds_nothing_of_it(text):
    assert not may_hold_controls(text.encode())


def test_a_byte_is_counted():
    assert count(b"<p>a</p><br>", b"<") == 3


@given(st.text(max_size=200))
def test_a_page_in_utf8_reads_as_its_clean_text_however_it_is_read(text):
    page = text.encode("utf-8", "ignore") + b"<p>x</p>"
    found = readable(page)
    if isinstance(found, tuple):
        assert found == (clean(found[0]), found[0].encode())
