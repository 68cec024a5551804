"""Accounts side by side: who says what, where it stands, and the form that clips it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote

import numpy as np
import pytest
from django.template.loader import render_to_string
from tests.desk.material import make_article, place

from chronik.archive import judging
from chronik.archive.reading import index_due
from chronik.desk import actions, reading, statements
from chronik.desk.views import accounts as views
from chronik.errors import EncoderError
from chronik.model import Span as Stretch
from chronik.model import Statement, story_id
from chronik.ports.relating import Side
from chronik.relate.accounts import Account, Place, Utterance

SAID = "Die Schleuse bleibt geschlossen, bis die Gutachter am Dienstag kommen"
TEXT = (
    f"Am Montag war es still.\n\n„{SAID}“, sagte Ruven Eschlohe.\n\n"
    "„Das ist unerhört und dauert zu lange“, rief Ida Korn."
)
AT = datetime(2026, 4, 2, tzinfo=UTC)


def said(text, words, *, speaker="", cue=""):
    start = text.index(words)
    spans = {
        name: Stretch(start=text.index(part), end=text.index(part) + len(part))
        for name, part in (("speaker", speaker), ("cue", cue))
        if part
    }
    return Statement(start=start, end=start + len(words), quoted=True, **spans)


@pytest.fixture
def quoted(archive):
    """Two articles of one story that quote the same, and an Arabic one that is quoted too."""
    statements_of = (
        said(TEXT, SAID, speaker="Ruven Eschlohe", cue="sagte"),
        said(TEXT, "Das ist unerhört und dauert zu lange", speaker="Ida Korn", cue="rief"),
    )
    first = make_article(1, text=TEXT, statements=statements_of)
    again = make_article(2, text=TEXT, source="Mirrebote", published="2026-04-09", statements=statements_of[:1])
    arabic = "قال روفن إشلوه: «الهويس مغلق»."
    other = make_article(
        3,
        text=arabic,
        language="ar",
        source="نشرة",
        published="2026-04-20",
        statements=(said(arabic, "الهويس مغلق", speaker="روفن إشلوه"),),
    )
    for article in (first, again, other):
        archive.catalogue.add_article(article)
    place(archive.catalogue, first)
    place(archive.catalogue, again, anchor=first)
    place(archive.catalogue, other, anchor=first)
    index_due(archive)
    return first, again, other


@pytest.fixture
def board(archive, dossier):
    side = Side(dossier=dossier.slug, key="board", names={"en": "Water board"}, speakers=("Ruven Eschlohe",))
    judging.define_side(archive, side, by="eva")
    return dossier


def shown(editor, address):
    answer = editor.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_question_is_answered_by_sides_then_the_others(editor, quoted, board):
    page = shown(editor, f"/desk/accounts/?q=Schleuse+Gutachter&dossier={board.slug}")
    assert "Water board" in page
    assert page.count("blockquote class") == 1
    assert (
        '<b class="speaker"><bdi dir="auto">Ruven Eschlohe</bdi></b> <i class="cue" lang="de" dir="ltr">sagte</i>'
        in page
    )
    assert re.search(r"also in: <a [^>]+><bdi dir=\"auto\">Mirrebote</bdi></a> \(de\)", page)
    everything = shown(editor, f"/desk/accounts/?q=Schleuse+unerh%C3%B6rt+dauert&dossier={board.slug}")
    assert everything.index("Water board") < everything.index("Others") < everything.index("Ida Korn")


def test_a_question_in_a_sentence_finds_what_holds_some_of_its_words(editor, quoted, board):
    assert SAID in shown(editor, "/desk/accounts/?q=Wer+hat+die+Schleuse+geschlossen")


@pytest.mark.parametrize(
    "question", ["nirgendwo", "%00", "x" * 9_000, "%F0%9F%98%80", "%22", "OR", "-", "lang:", "%20"]
)
def test_any_question_gets_an_answer(editor, quoted, question):
    shown(editor, f"/desk/accounts/?q={question}&dossier=nirgends")


def test_a_statement_leads_to_its_very_place_and_into_the_form_that_clips_it(editor, archive, quoted, board):
    first = quoted[0]
    page = shown(editor, f"/desk/accounts/?q=Schleuse+Gutachter&dossier={board.slug}")
    assert f'href="/desk/articles/{first.id}/#p2:~:text=Die%20Schleuse%20bleibt%20geschlossen%2C,' in page.replace(
        "&amp;", "&"
    )
    (address,) = re.findall(rf'href="(/desk/articles/{first.id}/\?start=[^"]+)"', page)
    form = shown(editor, address.replace("&amp;", "&"))
    assert f">\n{SAID}</textarea>" in form
    assert f'<option value="{board.slug}" selected' in form
    assert "autofocus" in form
    answer = editor.post(f"/desk/articles/{first.id}/clip/", {"quote": SAID, "dossier": board.slug})
    assert answer.status_code == 302
    (clip,) = archive.catalogue.clips(board.slug)
    assert clip.passage.start == TEXT.index(SAID)


@pytest.mark.parametrize(
    "query", ["start=5", "start=-1&end=9", "start=9&end=5", "start=0&end=9999999999", "start=x&end=²"]
)
def test_a_place_that_is_none_fills_nothing_in(editor, quoted, query):
    assert "autofocus" not in shown(editor, f"/desk/articles/{quoted[0].id}/?{query}")


def test_what_is_said_in_a_story_stands_with_the_sides_of_the_dossiers_that_clipped_it(editor, archive, quoted, board):
    first, *_, other = quoted
    address = f"/desk/stories/{story_id(first.id)}/"
    assert "Water board" not in shown(editor, address)
    actions.clip(
        archive.catalogue, article_id=other.id, dossier=board.slug, quote="الهويس مغلق", by="eva", now=archive.clock()
    )
    page = shown(editor, address)
    assert "Water board" in page
    assert '<blockquote class="passage" lang="ar" dir="rtl">' in page


class Encode:
    made_by, dimensions = "test", 4

    def vectors(self, texts):
        return np.full((len(texts), 4), 0.5, np.float32)


class Broken(Encode):
    def vectors(self, texts):
        raise EncoderError("The encoder is not there.")


def test_translations_are_found_on_demand_and_then_known(editor, archive, quoted, board):
    object.__setattr__(archive, "encode", Encode())
    address = f"/desk/stories/{story_id(quoted[0].id)}/"
    assert "Find translations" in shown(editor, address)
    assert "Find translations" not in shown(editor, f"{address}?translations=1")
    assert len(archive.kept["statements"]) == 4


def test_where_the_encoder_cannot_be_asked_the_accounts_are_shown_all_the_same(editor, archive, quoted, board):
    object.__setattr__(archive, "encode", Broken())
    for address in (f"/desk/stories/{story_id(quoted[0].id)}/", "/desk/accounts/"):
        page = shown(editor, f"{address}?q=Schleuse&translations=1")
        assert SAID in page
        assert "The encoder is not there." in page


def test_the_queries_of_the_page_do_not_grow_with_the_question(
    editor, archive, quoted, board, django_assert_max_num_queries
):
    for number in range(10, 30):
        archive.catalogue.add_article(make_article(number, text=TEXT, statements=quoted[0].statements))
    index_due(archive)
    with django_assert_max_num_queries(20):
        shown(editor, f"/desk/accounts/?q=Schleuse+Gutachter&dossier={board.slug}")
    assert views.QUESTION_CHARACTERS_MAX


# How it is decided


def utterance(words="Niemand wusste, warum", **fields):
    given = {
        "article": "a",
        "start": 0,
        "end": 9,
        "words": words,
        "language": "de",
        "published": AT,
        "credit": "Talbote",
    }
    return Utterance(**(given | fields))


def account(*utterances, side="", speaker="", credit=""):
    return Account(side=side, speaker=speaker, credit=credit, utterances=utterances)


def test_without_sides_those_who_say_most_stand_apart_and_the_rest_together():
    told = [
        account(utterance(speaker="Ida"), utterance(speaker="Ida", start=20), speaker="Ida"),
        account(utterance(speaker="Uwe"), speaker="Uwe"),
        account(utterance(start=3), credit="Talbote"),
    ]
    assert [(party.name, party.count) for party in statements.parties(told, {})] == [("Ida", 2), ("", 2)]


def test_a_translation_and_a_repeat_stand_under_the_earliest():
    place_again = Place(article="b", start=0, end=3, credit="Bote", language="de", published=None)
    one = utterance(again=(place_again,), translations=(utterance("Никто", article="c", language="ru", credit="ТАСС"),))
    ((party,),) = [statements.parties([account(one, side="S")], {})]
    (shown_once,) = party.shown
    assert [other.credit for other in shown_once.again] == ["Bote"]
    assert [(other.words, other.language) for other in shown_once.translations] == [("Никто", "ru")]


def test_of_many_statements_the_first_are_shown():
    told = [account(*(utterance(start=number) for number in range(30)), side="S")]
    (party,) = statements.parties(told, {})
    assert (len(party.shown), party.more, party.count) == (statements.SHOWN_AT_ONCE, 18, 30)


def test_speaker_and_cue_are_set_apart_within_a_passage():
    (party,) = statements.parties([account(utterance("dies, sagte Ida, sei so", speaker="Ida", cue="sagte"))], {})
    assert party.shown[0].pieces == (("dies, ", ""), ("sagte", "cue"), (" ", ""), ("Ida", "speaker"), (", sei so", ""))


@pytest.mark.parametrize(
    ("passage", "fragment"),
    [
        ("Am Montag", "#p1:~:text=Am Montag"),
        (SAID, "#p2:~:text=Die Schleuse bleibt geschlossen,,Gutachter am Dienstag kommen"),
    ],
)
def test_an_address_points_at_the_words(passage, fragment):
    start = TEXT.index(passage)
    assert unquote(statements.fragment(TEXT, start=start, end=start + len(passage))) == fragment


@pytest.mark.parametrize("text", ["", "\0", "\ud800-&,", "\n\n\n", "x" * 100_000, "a\n\nb - c"])
def test_any_text_has_an_address(text):
    assert "-" not in statements.fragment(text, start=0, end=len(text)).partition("text=")[2]
    assert reading.paragraph_at(text, 10**9) <= 2


def test_how_surely_a_statement_is_the_same_is_said():
    place = Place(article="b", start=0, end=4, credit="Mirrebote", language="de", published=None)
    one = Utterance(article="a", start=0, end=4, words="Halt", language="de", published=None, credit="A")
    nearly = replace(place, credit="Orvenne", confidence=0.979)
    french = replace(one, words="Stop", language="fr", confidence=0.98)
    told = replace(one, again=(place, nearly), translations=(french,))
    (party,) = statements.parties([Account(side="Amt", speaker="", credit="", utterances=(told,))], {})
    page = render_to_string("desk/statement.html", {"said": party.shown[0]})
    assert page.count("% sure") == 2
    assert "Mirrebote</bdi></a> (de), " in page
    assert re.search(r"Orvenne</bdi></a> \(de, <span[^>]*>97 % sure", page)
    assert "(fr, " in page
    assert "98 % sure" in page
