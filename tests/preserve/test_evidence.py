"""What an answer says of itself as a memento; broken headers make none."""

import pytest

from chronik.preserve import evidence
from chronik.preserve.message import Message

MOMENT = ("memento-datetime", "Fri, 01 May 2026 12:30:15 GMT")
PAGE = "https://talbote.example/sluice?a=1,2;b"


def head(*headers):
    return evidence.memento_in(Message(status=200, headers=headers, body_start=0))


@pytest.mark.parametrize(
    "links",
    [
        [f'<{PAGE}>; rel="original"'],
        ['<https://m.example/list>; rel="timemap"; type="x, y"', f"<{PAGE}>;rel=original"],
        [f'<https://m.example/g>; rel="timegate", <{PAGE}>; title="x"; rel="first original"'],
    ],
)
def test_original_and_moment_are_read_however_the_links_are_written(links):
    found = head(MOMENT, *(("link", link) for link in links))
    assert (found.original, found.seen_at.isoformat()) == (PAGE, "2026-05-01T12:30:15+00:00")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [MOMENT],
        [MOMENT, ("link", f'<{PAGE}>; rel="aboriginal"')],
        [("link", f'<{PAGE}>; rel="original"')],
        [("memento-datetime", "tomorrow"), ("link", f'<{PAGE}>; rel="original"')],
        [MOMENT, ("link", '<a>; rel="' + "original " * 100_000)],
        [MOMENT, ("link", "<" * 1_000_000)],
    ],
)
def test_what_says_less_is_no_memento(headers):
    assert head(*headers) is None
