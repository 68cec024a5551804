"""Lists and tables between the paragraphs of an article belong to it; those beside it do not."""

import pytest

from chronik.extract.article import article
from chronik.model import BlockKind, Page

TEXTS = [
    "The council of Brackwater voted on Tuesday night to rebuild the public library that was ruined by the flood.",
    "“We are not going to be the generation that gave up the reading room,” said Harold Pym after the meeting.",
    "The plan, which is expected to cost £4.2 million, will raise the ground floor by some eighty centimetres.",
    "Work is due to begin in March and to be finished before the summer of next year, if the weather allows it.",
]
TABLE = "<table><tr><th>Item</th><th>Cost</th></tr><tr><td>Pool</td><td>12 million</td></tr></table>"
STEPS = "<ol><li>Clear the site</li><li>Raise the floor</li><li>Bring back the books</li></ol>"


def read(between):
    first, last = ("".join(f"<p>{text}</p>" for text in texts) for texts in (TEXTS[:2], TEXTS[2:]))
    page = (
        f"<html lang='en'><body><article><h1>Town votes</h1><div>{first}{between}{last}</div></article></body></html>"
    )
    return article(Page(url="https://orle.example/a", body=page.encode(), media_type="text/html"))


@pytest.mark.parametrize(("between", "kind", "count"), [(TABLE, BlockKind.ROW, 2), (STEPS, BlockKind.ITEM, 3)])
def test_what_stands_between_two_paragraphs_is_kept_however_short_its_cells(between, kind, count):
    assert [block.kind for block in read(between).blocks].count(kind) == count


def test_a_list_that_leads_elsewhere_is_left_out():
    links = "<ul><li><a href='/1'>Why the river floods</a></li><li><a href='/2'>Ten pubs by the quay</a></li></ul>"
    assert read(links).paragraphs == tuple(TEXTS)
