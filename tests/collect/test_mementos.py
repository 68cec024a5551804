"""What lists of mementos say, and nothing worse than silence for those that say nonsense."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.collect import mementos

BASE = "https://memories.example/list"
# RFC 7089 §5.1.1, its addresses shortened.
LISTED = """<http://a.example.org>;rel="original",
 <http://arxiv.example.net/timemap/http://a.example.org>
   ; rel="self";type="application/link-format"
   ; from="Tue, 20 Jun 2000 18:02:59 GMT"
   ; until="Wed, 09 Apr 2008 20:30:51 GMT",
 <http://arxiv.example.net/timegate/http://a.example.org>
   ; rel="timegate",
 <http://arxiv.example.net/web/20000620180259/http://a.example.org>
   ; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT"
   ; license="http://creativecommons.org/publicdomain/zero/1.0/",
 <http://arxiv.example.net/web/20091027204954/http://a.example.org>
    ; rel="last memento";datetime="Tue, 27 Oct 2009 20:49:54 GMT",
 <http://arxiv.example.net/web/20000621011731/http://a.example.org>
   ; rel="memento";datetime="Wed, 21 Jun 2000 01:17:31 GMT"
"""


@pytest.mark.parametrize(("year", "wanted"), [(1990, "20000620180259"), (2005, "20000621011731"), (2026, "20091027")])
def test_the_nearest_of_the_standards_own_list_is_found(year, wanted):
    found = mementos.nearest(LISTED, to=datetime(year, 1, 1, tzinfo=UTC), base=BASE)
    assert found.startswith(f"http://arxiv.example.net/web/{wanted}")


@given(st.text(alphabet='<>;,="relmntodai \n\x00', max_size=400))
def test_any_text_is_a_list_of_something_or_nothing(text):
    assert isinstance(mementos.nearest(text, to=datetime(2026, 1, 1, tzinfo=UTC), base=BASE), str)


@pytest.mark.parametrize("link", ["file:///etc/passwd", "http://a@b/", "javascript:1", "x" * 9_000])
def test_an_address_that_is_none_is_not_given(link):
    text = f'<{link}>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"'
    assert mementos.nearest(text, to=datetime(2026, 1, 1, tzinfo=UTC), base=BASE) == ""


def test_a_list_of_a_million_signs_is_read_in_a_moment():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for text in ("<" * 10**6, "<a" * 5 * 10**5, '<a>;rel="' * 10**5, "<a>" + ";" * 10**6):
        assert mementos.nearest(text, to=now, base=BASE) == ""


def test_a_moment_is_asked_for_as_http_writes_it():
    assert mementos.asked_for(datetime(2026, 5, 1, 12, 30, 15, 9, tzinfo=UTC)) == "Fri, 01 May 2026 12:30:15 GMT"
