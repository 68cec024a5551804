"""Statements of the parties stand side by side, verbatim, with who said them."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from chronik.model import Mention, NameKind, Span, Statement
from chronik.relate.accounts import Side, Told, Vectors, accounts

NOON = datetime(2020, 9, 27, 12, tzinfo=UTC)
MARK = re.compile(r"\[(?P<kind>[QRSP]):(?P<words>[^\]]*)\]")


def told(article, marked, *, language="en", hours=0, **more):
    """A report whose quoted (Q) and reported (R) words, speakers (S) and other persons (P) are marked.

    The speaker of a statement is the marked one nearest to it.
    """
    text, spans, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans.append((mark["kind"], len(text), len(text) + len(mark["words"])))
        text += mark["words"]
        last = mark.end()
    text += marked[last:]
    speakers = [Span(start=start, end=end) for kind, start, end in spans if kind == "S"]
    statements = tuple(
        Statement(
            start=start,
            end=end,
            quoted=kind == "Q",
            speaker=min(speakers, key=lambda one: min(abs(one.start - end), abs(start - one.end)), default=None),
        )
        for kind, start, end in spans
        if kind in "QR"
    )
    persons = [(start, end) for kind, start, end in spans if kind == "P"]
    for one in speakers:
        name = re.search(r"[A-ZА-Я][a-zа-яşý]+ [A-ZА-Я][a-zа-я]+$|^[A-ZА-Я][a-zа-я]+$", text[one.start : one.end])
        if name and name[0] not in {"He", "She", "Er", "Sie"}:
            persons.append((one.start + name.start(), one.start + name.end()))
    mentions = tuple(Mention(start=start, end=end, kind=NameKind.PERSON) for start, end in sorted(persons))
    return Told(
        article=article,
        text=text,
        language=language,
        published=NOON + timedelta(hours=hours),
        mentions=mentions,
        statements=statements,
        **more,
    )


ARMENIA = Side(name="Armenia", speakers=("Nikol Pashinyan",), words=("Armenia",), sources=frozenset({"mfa-am"}))
AZERBAIJAN = Side(name="Azerbaijan", speakers=("Ilham Aliyev",), words=("Azerbaijan",))
SIDES = (ARMENIA, AZERBAIJAN)
FIRST = told("a1", "“[Q:We did not fire first],” said [S:Nikol Pashinyan].\n\n“[Q:They did],” [S:he] added.")
SECOND = told("a2", "[R:Der Angriff sei abgewehrt], sagte [S:Paschinjan].", language="de", hours=2)
THIRD = told("a3", "«[Q:Мы ответим]», — заявил [S:Алиев].", language="ru", hours=1)


def by_side(found):
    return {account.side or account.speaker or account.credit: account for account in found}


def words(account):
    return [one.words for one in account.utterances]


def test_statements_stand_by_side_oldest_first_and_in_every_script():
    found = accounts([SECOND, THIRD, FIRST], sides=SIDES)
    assert [account.side for account in found] == ["Armenia", "Azerbaijan"]
    assert words(found[0]) == ["We did not fire first", "They did", "Der Angriff sei abgewehrt"]
    assert words(found[1]) == ["Мы ответим"]


def test_each_passage_is_a_stretch_of_its_article():
    reports = {one.article: one for one in (FIRST, SECOND, THIRD)}
    for account in accounts(reports.values(), sides=SIDES):
        for one in account.utterances:
            assert reports[one.article].text[one.start : one.end] == one.words
            assert one.speaker in reports[one.article].text
            assert one.name in reports[one.article].text


def test_a_pronoun_means_who_spoke_before():
    (account,) = accounts([FIRST])
    assert [(one.speaker, one.name) for one in account.utterances] == [
        ("Nikol Pashinyan", "Nikol Pashinyan"),
        ("he", "Nikol Pashinyan"),
    ]


def test_a_pronoun_between_two_persons_is_left_as_it_stands():
    text = "[P:Ada Moll] met [P:Ben Krug] in the mill. “[Q:It was late],” [S:he] said."
    (one,) = accounts([told("a", text)])[0].utterances
    assert (one.speaker, one.name) == ("he", "")


def test_a_surname_is_given_its_full_name_from_the_same_text_only():
    text = "[P:Ada Moll] opened the mill.\n\n“[Q:It turns],” said [S:Moll]."
    assert accounts([told("a", text)])[0].utterances[0].name == "Ada Moll"
    assert accounts([told("b", "“[Q:It turns],” said [S:Moll].")])[0].utterances[0].name == "Moll"


def test_a_surname_that_two_persons_bear_is_left_as_it_stands():
    text = "[P:Ada Moll] and [P:Ben Moll] own the mill. “[Q:It turns],” said [S:Moll]."
    assert accounts([told("a", text)])[0].utterances[0].name == "Moll"


def test_an_office_means_who_was_introduced_with_it_and_a_ministry_means_nobody():
    text = "The minister Ada Moll came with ministry spokesman [P:Ben Krug].\n\n“[Q:No],” said [S:{}]."
    report = told("a", text.replace("Ada Moll", "[P:Ada Moll]").replace("{}", "the minister"))
    assert accounts([report])[0].utterances[0].name == "Ada Moll"
    report = told("a", text.replace("{}", "the ministry"))
    assert accounts([report])[0].utterances[0].name == "the ministry"


@pytest.mark.parametrize(
    ("speaker", "language"),
    [
        ("the Armenian defence ministry", "en"),
        ("das armenische Verteidigungsministerium", "de"),
        ("le ministère arménien de la Défense", "fr"),
        ("минобороны Армении", "ru"),
        ("el ministerio de Defensa armenio", "es"),
    ],
)
def test_who_is_introduced_with_a_country_speaks_for_it(speaker, language):
    report = told("a", f"[R:The town was shelled], [S:{speaker}] said.", language=language)
    assert accounts([report], sides=SIDES)[0].side == "Armenia"


def test_of_two_countries_the_one_that_speaks_stands_first():
    report = told("a", "[R:No], the [S:Azerbaijani envoy to Armenia] said.")
    assert accounts([report], sides=SIDES)[0].side == "Azerbaijan"


def test_an_expert_on_a_country_does_not_speak_for_it_and_a_ministry_in_its_capital_does():
    expert = told("a", "[R:No], said [S:an expert on Armenian studies].")
    assert accounts([expert], sides=SIDES)[0].side == ""
    ministry = told("b", "[R:No], said [S:a clerk of the ministry] in Yerevan.")
    capital = Side(name="Armenia", words=("Yerevan",))
    assert accounts([ministry], sides=[capital])[0].side == "Armenia"


def test_who_was_introduced_once_is_known_in_other_reports():
    first = told("a", "“[Q:We hold],” said [S:Armenian spokeswoman Anna Krug].")
    second = told("b", "“[Q:We wait],” said [S:Anna Krug].", hours=1)
    (account,) = accounts([second, first], sides=SIDES)
    assert (account.side, words(account)) == ("Armenia", ["We hold", "We wait"])


def test_without_sides_speakers_are_grouped_and_the_unnamed_by_source():
    unnamed = replace(told("b", "“[Q:Nobody knows],” it said."), credit="Mill Post")
    found = by_side(accounts([FIRST, SECOND, unnamed]))
    assert len(found["Nikol Pashinyan"].utterances) == 3
    assert words(found["Mill Post"]) == ["Nobody knows"]


def test_what_a_party_says_for_itself_is_its_own_words():
    text = "I call on both sides to cease fire at once.\n\nThe weather was fair on that day in the capital."
    report = Told(article="a", text=text, language="en", source_id="mfa-am", published=NOON)
    (account,) = accounts([report], sides=SIDES)
    assert account.side == "Armenia"
    assert [(one.words, one.own_words) for one in account.utterances] == [(text.split("\n\n", maxsplit=1)[0], True)]
    assert accounts([report]) == ()


def test_the_same_words_in_many_reports_are_one_entry_with_all_articles():
    text = "“[Q:We will never give up this town, whatever comes],” said [S:Nikol Pashinyan]."
    reports = [told(f"a{number}", text, hours=5 - number, credit=f"Paper {number}") for number in range(4)]
    (one,) = accounts(reports, sides=SIDES)[0].utterances
    assert one.article == "a3"
    assert [place.article for place in one.again] == ["a2", "a1", "a0"]


def test_short_words_of_two_speakers_are_two_statements():
    reports = [told("a", "“[Q:No],” said [S:Ada Moll]."), told("b", "“[Q:No],” said [S:Ben Krug].")]
    assert len(accounts(reports)) == 2


def near(*, cosine):
    first = np.zeros(8, dtype=np.float32)
    first[0] = 1
    second = np.zeros(8, dtype=np.float32)
    second[:2] = (cosine, (1 - cosine**2) ** 0.5)
    return first, second


@pytest.mark.parametrize(("cosine", "hours", "shown"), [(0.98, 2, ["They did"]), (0.5, 2, []), (0.98, 48, [])], ids=str)
def test_a_translation_stands_with_what_it_translates_only_where_that_is_certain(cosine, hours, shown):
    original = told("a", "«[Q:Они начали]», — сказал [S:Алиев].", language="ru")
    translated = told("b", "“[Q:They did],” said [S:Ilham Aliyev].", hours=hours)
    first, second = near(cosine=cosine)
    vectors = Vectors(
        statements={("a", original.statements[0].start): first, ("b", translated.statements[0].start): second}
    )
    found = accounts([translated, original], sides=SIDES, vectors=vectors)[0].utterances
    assert [one.words for one in found[0].translations] == shown
    assert len(found) == 2 - len(shown)


def test_a_question_keeps_what_has_its_names_and_words_in_any_language():
    reports = [
        told("a", "“[Q:Stepanakert was shelled at night],” said [S:Nikol Pashinyan]."),
        told("b", "«[Q:Степанакерт обстреляли ночью]», — заявил [S:Алиев].", language="ru"),
        told("c", "“[Q:The harvest was good],” said [S:Ada Moll]."),
    ]
    found = accounts(reports, question="Stepanakert")
    assert {one.article for account in found for one in account.utterances} == {"a", "b"}
    assert accounts(reports, question="the harvest")[0].utterances[0].article == "c"
    assert accounts(reports, question="parliament election") == ()


def test_a_near_vector_answers_without_a_word_in_common():
    report = told("c", "“[Q:The harvest was good],” said [S:Ada Moll].")
    first, second = near(cosine=0.95)
    vectors = Vectors(statements={("c", report.statements[0].start): second}, question=first)
    assert accounts([report], question="Weizen", vectors=vectors)


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "x" * 100_000, "“”" * 5_000, "\n" * 9_999, "ا" * 100_000])
def test_any_text_gives_a_result(text):
    half = len(text) // 2
    statements = tuple(
        Statement(start=start, end=end, quoted=True, speaker=Span(start=0, end=half), cue=Span(start=0, end=9_999))
        for start, end in ((0, half), (half, len(text)), (5, 3), (-4, 2), (10, 10**9))
    )
    mentions = (Mention(start=-5, end=10**9, kind=NameKind.PERSON), Mention(start=0, end=half, kind=NameKind.PERSON))
    report = Told(article=text, text=text, language=text[:5], statements=statements, mentions=mentions)
    side = Side(name=text, speakers=(text,), words=(text,), sources=frozenset({text}))
    accounts([report, report], question=text, sides=[side])


def test_many_statements_of_many_speakers_take_bounded_time():
    lines = [
        f"“[Q:Statement number {number} of the day],” said [S:Ada Moll{chr(97 + number % 26)}]."
        for number in range(400)
    ]
    reports = [told(f"a{number}", "\n\n".join(lines), hours=number) for number in range(5)]
    found = accounts(reports, sides=SIDES)
    assert sum(len(account.utterances) for account in found) == 400
    assert sum(len(one.again) for account in found for one in account.utterances) == 1_600


def test_a_russian_surname_in_a_case_means_the_person_named_in_full():
    report = told(
        "a",
        "[P:Ольга Зинякова] вела встречу. По словам [S:Зиняковой], [R:работы начнутся зимой].",
        language="ru",
    )
    (account,) = accounts([report])
    assert account.speaker == "Ольга Зинякова"


def test_a_government_named_after_a_person_speaks_for_itself():
    report = told("a", "[P:Bashar Asad] calló. La [S:administración Asad] dijo que [R:no hubo ataque].", language="es")
    report = replace(report, mentions=(*report.mentions, _mention(report.text, "Asad", last=True)))
    assert [account.speaker for account in accounts([report])] == ["administración Asad"]


def _mention(text, name, *, last):
    start = text.rindex(name) if last else text.index(name)
    return Mention(start=start, end=start + len(name), kind=NameKind.PERSON)


@pytest.mark.parametrize("other", ["Пашинян", "Փաշինյան", "Pachinian", "Paşinyan", "باشينيان", "Paschinjan"])
def test_one_speaker_in_several_scripts_is_one_line(other):
    second = told("b", f"«[Q:Мы готовы к миру с соседями]», — заявил [S:{other}].", language="ru", hours=1)
    found = accounts([FIRST, second])
    assert [account.speaker for account in found] == ["Nikol Pashinyan"]
    assert [account.side for account in accounts([second], sides=SIDES)] == ["Armenia"]


NEARLY = "We shall never give up the villages that our fathers built with their hands"


@pytest.mark.parametrize(
    ("words", "folds"),
    [
        (NEARLY, True),
        (NEARLY.replace("our fathers", "our grandfathers"), True),
        (NEARLY.partition(" with ")[0], True),
        ("We shall never give up hope, and nothing else needs to be said about it today", False),
        ("We shall meet again in the spring when the roads are open and dry", False),
    ],
)
def test_nearly_the_same_words_of_one_speaker_stand_under_the_earliest_with_a_confidence(words, folds):
    first = told("a", f"“[Q:{NEARLY}],” said [S:Nikol Pashinyan].")
    second = told("b", f"“[Q:{words}],” said [S:Nikol Pashinyan].", hours=2)
    (account,) = accounts([second, first])
    assert len(account.utterances) == (1 if folds else 2)
    if folds:
        (again,) = account.utterances[0].again
        assert (again.article, again.confidence) == ("b", 1.0 if words == NEARLY else 0.96)


def test_another_number_is_another_statement():
    marked = "“[Q:So far we have counted {} dead bodies in all the villages of the valley],” said [S:Nikol Pashinyan]."
    reports = [told(number, marked.format(number)) for number in ("12", "31")]
    assert len(accounts(reports)[0].utterances) == 2


def test_a_translation_says_how_sure_it_is():
    near = np.ones(4, dtype=np.float32) / 2
    first = told("a", "“[Q:We did not fire first],” said [S:Nikol Pashinyan].")
    second = told("b", "«[Q:Мы не стреляли первыми]», — заявил [S:Пашинян].", language="ru", hours=1)
    keys = {(one.article, one.statements[0].start): near for one in (first, second)}
    (account,) = accounts([first, second], vectors=Vectors(statements=keys))
    assert [one.confidence for one in account.utterances[0].translations] == [0.98]


def test_a_surname_of_two_speakers_is_nobodys_and_cases_are_one_line():
    said = {"a": "Ilham Aliyev", "b": "Heydar Aliyev", "c": "Алиев", "d": "Владимир Путин", "e": "Владимира Путина"}
    reports = [
        told(key, f"«[Q:Слова номер {key}, которых никто не повторит]», — заявил [S:{name}].", language="ru")
        for key, name in said.items()
    ]
    found = {account.speaker: len(account.utterances) for account in accounts(reports)}
    assert found == {"Ilham Aliyev": 1, "Heydar Aliyev": 1, "Алиев": 1, "Владимир Путин": 2}
