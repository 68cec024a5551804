"""Blocks become a text and its form: every place points at its words."""

from chronik.extract.assembly import assembled, cleaned
from chronik.extract.candidates import Body, TextBlock
from chronik.model import Block, BlockKind, Link, Picture

SLUICE = "https://talbote.example/sluice"
BODY = Body(
    origin="test",
    blocks=(
        TextBlock(text="By Ada Moll"),
        TextBlock(text="The sluice", kind=BlockKind.HEADING, level=2),
        TextBlock(text="It opens in May.", links=(Link(start=3, end=8, url=SLUICE),)),
        TextBlock(text="By Ada Moll", kind=BlockKind.QUOTE),
    ),
    pictures=(Picture(url="https://talbote.example/a.jpg", before=3),),
)


def test_blocks_are_joined_by_blank_lines_and_keep_their_form():
    found = assembled(BODY, kept=[block.text for block in BODY.blocks])
    assert found.text == "By Ada Moll\n\nThe sluice\n\nIt opens in May.\n\nBy Ada Moll"
    assert found.blocks[1] == Block(kind=BlockKind.HEADING, level=2)
    assert len(found.blocks) == 4


def test_links_point_at_their_words_in_the_whole_text():
    found = assembled(BODY, kept=[block.text for block in BODY.blocks])
    (link,) = found.links
    assert (found.text[link.start : link.end], link.url) == ("opens", SLUICE)


def test_what_frames_an_article_is_left_out_and_places_move():
    found = assembled(BODY, kept=[block.text for block in BODY.blocks[1:]])
    (link,) = found.links
    assert found.text[link.start : link.end] == "opens"
    assert found.blocks[-1].kind is BlockKind.QUOTE
    assert found.pictures[0].before == 2


def test_of_equal_texts_the_later_one_is_kept():
    found = assembled(BODY, kept=["By Ada Moll"])
    assert found.blocks == (Block(kind=BlockKind.QUOTE),)


def test_cleaning_drops_what_holds_nothing_and_links_whose_words_moved():
    body = Body(
        origin="test",
        blocks=(TextBlock(text=" \t "), TextBlock(text="a\u00a0  b", links=(Link(start=0, end=1, url=SLUICE),))),
    )
    (block,) = cleaned(body).blocks
    assert (block.text, block.links) == ("a b", ())
