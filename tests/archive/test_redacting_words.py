"""By what words a copy is known: an address is not found in another address that begins with it."""

import html
import json
from urllib.parse import quote

import pytest
from tests.desk.material import NOW

from chronik.archive import redacting_words
from chronik.model import Act, Verb

ADDRESS = "https://talbote.example/1"
SAME = ["", " ", '"', "'", "<", ")", ".", ", ", "?utm=x", "#part", "/", "/?a", "\n", "。", "看", "–", "&x", "- "]
OTHER = ["2", "a", "/2", "-2", "_x", "/a/b"]


@pytest.mark.parametrize("after", SAME)
def test_an_address_is_found_wherever_it_ends(after):
    text = f"siehe {ADDRESS}{after}"
    forms = [text, html.escape(text), json.dumps(text), json.dumps(text).replace("/", "\\/")]
    for form in forms:
        assert redacting_words.stand_in(form.encode(), [ADDRESS]), form
    assert redacting_words.stand_in(text.encode("utf-16-le"), [ADDRESS])
    assert redacting_words.stand_in(f"?to={quote(ADDRESS + after, safe='')}".encode(), [ADDRESS])
    assert without(text).detail == {"url": "", "redacted": True}


@pytest.mark.parametrize("after", OTHER)
def test_another_address_that_begins_so_is_left_alone(after):
    text = f"siehe {ADDRESS}{after}"
    for form in (text, json.dumps(text), json.dumps(text).replace("/", "\\/"), quote(text, safe="")):
        assert not redacting_words.stand_in(form.encode(), [ADDRESS]), form
    assert not redacting_words.stand_in(text.encode("utf-16-le"), [ADDRESS])
    assert without(text) is None
    assert redacting_words.stand_in(f"{text} {ADDRESS}".encode(), [ADDRESS])


def test_a_passage_that_was_cut_is_found_whatever_follows():
    passage = "Stand: " + "Der Bach führte kaum noch Wasser. " * 9
    word = passage[: redacting_words.PASSAGE_CHARACTERS_MAX]
    assert redacting_words.stand_in(passage.encode(), [word])
    address = "https://talbote.example/" + "a" * 200
    assert redacting_words.stand_in(address.encode(), [address[: redacting_words.PASSAGE_CHARACTERS_MAX]])


def without(url):
    act = Act(at=NOW, by="eva", verb=Verb.ADD, subject="x", detail={"url": url})
    return redacting_words.without(act, words=[ADDRESS], ids=())


def test_another_clip_that_says_the_same_keeps_its_acts():
    passage = "Der Bach führte kaum noch Wasser, sagte sie."
    for verb in redacting_words.OF_CLIPS:
        detail = {"dossier": "mill", "new": {"id": "other", "clipped_at": "x", "excerpt": passage, "note": passage}}
        act = Act(at=NOW, by="eva", verb=verb, subject="other", detail=detail)
        assert redacting_words.without(act, words=[passage], ids={"gone"}) is None
        assert redacting_words.without(act, words=[passage], ids={"other"}) is not None
