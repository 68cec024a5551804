"""What a text quotes and reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.quotes import STATEMENTS_MAX, statements
from chronik.model import Mention, NameKind

PIECES = (
    "„",
    "“",
    "”",
    "«",
    "»",
    '"',
    "'",
    "’",
    "‘",
    "「",
    "」",
    "—",
    ",",
    ".",
    ":",
    ";",
    "?",
    "\n\n",
    "said",
    "sagte",
    "that",
    "dass",
    "Laut",
    "according",
    "to",
    "Er",
    "Ann",
    "Moll",
    "die",
    "Lage",
    "ist",
    "ernst",
    "说",
    "他",
    "قال",
    "إن",
)


def said(text, *, language="en", mentions=()):
    return [
        (
            "“" if one.quoted else "~",
            text[one.start : one.end],
            text[one.speaker.start : one.speaker.end] if one.speaker else None,
            text[one.cue.start : one.cue.end] if one.cue else None,
        )
        for one in statements(text, language=language, mentions=mentions)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Das ist gut“, sagte Anna Moll."),
        ("de", "»Das ist gut«, sagte Anna Moll."),
        ("de", "›Das ist gut‹, sagte Anna Moll."),
        ("de", "‚Das ist gut‘, sagte Anna Moll."),
        ("de", '"Das ist gut", sagte Anna Moll.'),
        ("de", "«Das ist gut», sagte Anna Moll."),
        ("de", "„Das ist gut”, sagte Anna Moll."),
    ],
)
def test_marks_of_every_style_enclose_words(language, text):
    assert said(text, language=language) == [("“", "Das ist gut", "Anna Moll", "sagte")]


def test_marks_within_marks_belong_to_the_words():
    text = "„Er rief ‚Halt‘ und ‚Stopp‘, dann lief er“, sagte die Zeugin."
    assert said(text, language="de") == [("“", "Er rief ‚Halt‘ und ‚Stopp‘, dann lief er", "die Zeugin", "sagte")]


def test_apostrophes_open_and_close_nothing():
    text = "‘We can’t wait for the workers’ votes,’ said Ann O’Neill of the miners’ union."
    assert said(text)[0][:3] == ("“", "We can’t wait for the workers’ votes", "Ann O’Neill of the miners’ union")


def test_one_quotation_over_paragraphs_has_one_speaker():
    text = "“It began at night,” said Ann Moll. “Nobody slept.\n\n“Then it was morning.\n\n“And it was over.”"
    found = said(text)
    assert [words for _, words, _, _ in found] == [
        "It began at night",
        "Nobody slept.",
        "Then it was morning.",
        "And it was over.",
    ]
    assert {speaker for _, _, speaker, _ in found} == {"Ann Moll"}


def test_a_speaker_named_at_the_end_spoke_from_the_beginning():
    text = "„Es begann in der Nacht, und keiner schlief.\n\n„Dann war es vorbei“, sagte Anna Moll."
    assert [speaker for _, _, speaker, _ in said(text, language="de")] == ["Anna Moll", "Anna Moll"]


def test_a_missing_closing_mark_ends_where_the_paper_goes_on():
    text = "„Das ist gut so, sagte Anna Moll am Abend."
    assert said(text, language="de") == [("“", "Das ist gut so", "Anna Moll", "sagte")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The “reform” and the “Operation Spring” of the “Daily Echo” went on."),
        ("en", "Her novel “The Long Way Home to Harbour Street” was praised."),
        ("de", "Der Film „Alles was ich immer schon sagen wollte“ läuft."),
        ("de", "Die „D-Day“-Formulierung betont keiner."),
        ("zh", "他读了《战争与和平》和“改革”一书。"),
        ("ru", "Завод «Красный маяк» и газета «Новое время» закрыты."),
        ("tr", "“Kış Uykusu” filmi ve “Haberci” gazetesi."),
    ],
)
def test_titles_names_and_odd_words_are_no_statements(language, text):
    assert said(text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        ("de", "Ferner sagte er, er werde kommen.", "er werde kommen", "er"),
        ("de", "Johannes Arlt (SPD) sagte, die Lage sei ernst.", "die Lage sei ernst", "Johannes Arlt"),
        ("de", "Die Lage sei ernst, teilte die Polizei am Abend mit.", "Die Lage sei ernst", "die Polizei"),
        ("de", "Laut der örtlichen Polizei kamen drei Menschen um.", "kamen drei Menschen um", "der örtlichen Polizei"),
        ("en", "Officials said on Monday the road was closed.", "the road was closed", "Officials"),
        ("en", "On Monday, the mayor told reporters that all was well.", "all was well", "the mayor"),
        ("en", "The road was closed, police said on Monday.", "The road was closed", "police"),
        ("fr", "Mardi, le maire a annoncé que la route était fermée.", "la route était fermée", "le maire"),
        ("ru", "Ранее министр сообщил, что дорога закрыта.", "дорога закрыта", "министр"),
        ("es", "El martes, la alcaldesa dijo que todo iba bien.", "todo iba bien", "la alcaldesa"),
    ],
)
def test_reported_words_have_the_speaker_that_is_named(language, text, words, speaker):
    assert [one[:3] for one in said(text, language=language)] == [("~", words, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I would say the two are a great pair."),
        ("en", "He left early and said that it was late."),
        ("en", "The report that the minister wrote was long."),
        ("de", "Er nannte den Schritt einen Fehler, den er bereue."),
        ("de", "Der Minister, der das sagte, war schon weg."),
        ("es", "Se informa que la calle está cerrada."),
        ("es", "El gobierno anunció una serie de medidas entre las que se incluyen controles."),
    ],
)
def test_what_nobody_named_says_is_not_reported(language, text):
    assert said(text, language=language) == []


def test_a_dialogue_of_dashes_is_speech_only_with_a_verb_of_saying():
    assert said("— Пойдём домой, — сказала Анна. — Уже поздно.", language="ru") == [
        ("“", "Пойдём домой", "Анна", "сказала"),
        ("“", "Уже поздно.", "Анна", "сказала"),
    ]
    assert said("— хлеб\n\n— молоко", language="ru") == []


def test_a_name_that_was_found_ends_the_speaker():
    text = "“It is all over now,” said Abu al-Hassan at-Tahir ibn Ali."
    start = text.index("Abu")
    whole = Mention(start=start, end=len(text) - 1, kind=NameKind.PERSON)
    assert said(text, mentions=(whole,))[0][2] == "Abu al-Hassan at-Tahir ibn Ali"


def test_an_empty_text_says_nothing():
    assert said("") == []
    assert said("\n\n\n\n") == []


def test_an_unknown_language_is_read_by_its_marks():
    assert said("“Dit is baie goed vir almal hier.”", language="af") == [
        ("“", "Dit is baie goed vir almal hier.", None, None)
    ]


def test_a_text_with_too_many_statements_is_cut_short():
    text = "„Das ist gut“, sagte er.\n\n" * (STATEMENTS_MAX + 10)
    assert len(statements(text, language="de", mentions=())) == STATEMENTS_MAX


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        "«" * 100_000 + "»" * 100_000,
        "‘a " * 60_000,
        "He said that " * 15_000,
        "sagte, " * 30_000,
        "— да, — сказал он, " * 9_000,
    ],
    ids=["straight", "nested", "single", "said", "comma", "dashes"],
)
@pytest.mark.parametrize("language", ["de", "en", "ru", "zh"])
def test_hostile_texts_take_little_time(text, language):
    assert len(statements(text, language=language, mentions=())) <= STATEMENTS_MAX


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    ),
    st.sampled_from(["de", "en", "fr", "ru", "tr", "ar", "zh", "xx"]),
    st.booleans(),
)
def test_any_text_gives_statements_in_order_and_within_it(parts, language, spaced):
    text = (" " if spaced else "").join(parts)
    found = statements(text, language=language, mentions=())
    last = 0
    for one in found:
        assert last <= one.start < one.end <= len(text)
        last = one.end
        for span in filter(None, (one.speaker, one.cue)):
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("fr", "« Je me rappelle bien cette époque folle », m’a confié Jean Modèle.", "Jean Modèle"),
        ("fr", "« Nous sommes si près du but », a-t-il déclaré fin août.", "il"),
        ("fr", "Il nous a dit que le président avait menti à tous.", "Il"),
        ("fr", "Les lignes sont coupées mais le ministère estime que les routes resteront ouvertes.", "le ministère"),
        ("es", "El consejo advirtió de que podría decretarse el toque de queda en la ciudad.", None),
        ("es", "El Gobierno caerá pronto, según revela una encuesta.", "una encuesta"),
        ("ru", "«Мы не сдадимся так просто», рассказала полицейским Анна Речная.", "Анна Речная"),
        ("ru", "По словам одного из исследователей, след виден и на поверхности воды.", "одного из исследователей"),
    ],
)
def test_who_spoke_is_told_without_the_words_around(language, text, speaker):
    found = {who for _, _, who, _ in said(text, language=language)}
    assert (speaker in found) if speaker else not found & {"de", "De"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les insurgés ont poursuivi leur route vers le village, qu'ils ont pris en fin de journée."),
        ("es", "Recuerda un viaje en taxi que hizo en Boston antes de las elecciones."),
        ("es", "La secretaria ha escrito a la plantilla de la empresa que trabaja en el norte del país."),
        ("es", "Ninguna otra fuente ha confirmado que se tratara de un ataque con armas."),
    ],
)
def test_a_clause_that_is_not_said_is_no_statement(language, text):
    assert said(text, language=language) == []
