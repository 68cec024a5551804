"""What every index promises, tried on tantivy's and on the fake."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.index import MemoryIndex

from chronik.ports import Document
from chronik.search.index import TantivyIndex

HOUSES = Document(
    id="a-houses",
    kind="article",
    title="Häuser in Berg-Karabach zerstört",
    text="In der Nacht brannten Häuser.\n\nDie Bewohner von Stepanakert flohen; Berg-Karabach liegt im Dunkeln.",
    language="de-AT",
    source="Der Talbote",
    source_id="talbote",
    authors=("Jana Böhm", "Ö. Çelik"),
    day="2020-09-27",
)
AGENCY = Document(
    id="b-agency",
    kind="article",
    title="Ceasefire agreed",
    text="Both sides agreed to a ceasefire, TASS reports. The town of Stepanakert stays calm.",
    language="en",
    source="TASS",
    source_id="tass",
    day="2020-10-10T12:00:00+02:00",
)
CLIP = Document(
    id="c-clip",
    kind="clip",
    title="Une trêve à l'aube",
    text="L'armistice vaut dès l'aube, dit le ministre.",
    language="fr",
    source="Le Messager",
    dossier="karabach-2020",
    states=("altered", "gone"),
    day="2020-11-10",
)
UNDATED = Document(id="d-undated", kind="article", title="Ёлка", text="В Баку́ поставили ёлку.", language="ru")
ALL = (HOUSES, AGENCY, CLIP, UNDATED)


@pytest.fixture(params=["memory", "tantivy"])
def index(request, tmp_path):
    made = MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")
    made.add(ALL)
    return made


def found(index, query, **others):
    return {hit.id for hit in index.search(query, **others).hits}


def test_only_some_documents_can_be_looked_at(index):
    assert found(index, "Stepanakert", among=["b-agency", "d-undated", "\ud800"]) == {"b-agency"}
    assert found(index, "-Stepanakert", among=["b-agency", "d-undated"]) == {"d-undated"}
    assert found(index, "Stepanakert", among=[]) == set()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("häuser", {"a-houses"}),
        ("HAUSER", {"a-houses"}),
        ("Karabach", {"a-houses"}),
        ("Berg-Karabach", {"a-houses"}),
        ("Bergkarabach", {"a-houses"}),
        ("bergkar*", {"a-houses"}),
        ("berg-kar*", {"a-houses"}),
        ("karaba", set()),
        ("stepanakert", {"a-houses", "b-agency"}),
        ("stepanakert ceasefire", {"b-agency"}),
        ("stepanakert -ceasefire", {"a-houses"}),
        ("stepanakert NOT ceasefire", {"a-houses"}),
        ("häuser OR armistice", {"a-houses", "c-clip"}),
        ("häuser | armistice", {"a-houses", "c-clip"}),
        ('"agreed to a ceasefire"', {"b-agency"}),
        ("„agreed to a ceasefire“", {"b-agency"}),
        ('"ceasefire to agreed"', set()),
        ('-"agreed to a ceasefire" stepanakert', {"a-houses"}),
        ("armistice", {"c-clip"}),
        ("L’ARMISTICE", {"c-clip"}),
        ("treve", {"c-clip"}),
        ("елка", {"d-undated"}),
        ("баку", {"d-undated"}),
        ("title:häuser", {"a-houses"}),
        ("title:brannten", set()),
        ("lang:de", {"a-houses"}),
        ("lang:de-at", {"a-houses"}),
        ("lang:de lang:fr", {"a-houses", "c-clip"}),
        ("lang:de,fr", {"a-houses", "c-clip"}),
        ("-lang:de", {"b-agency", "c-clip", "d-undated"}),
        ("source:tass", {"b-agency"}),
        ('source:"der talbote"', {"a-houses"}),
        ("source:messager", {"c-clip"}),
        ("author:böhm", {"a-houses"}),
        ("author:celik", {"a-houses"}),
        ("böhm", {"a-houses"}),
        ("kind:clip", {"c-clip"}),
        ("kind:articles", {"a-houses", "b-agency", "d-undated"}),
        ("dossier:Karabach-2020", {"c-clip"}),
        ("is:altered", {"c-clip"}),
        ("armistice is:Gone", {"c-clip"}),
        ("is:removed", set()),
        ("is:new stepanakert", {"a-houses", "b-agency"}),
        ("from:2020-10-01", {"b-agency", "c-clip"}),
        ("from:2020-09-27 to:2020-10-10", {"a-houses", "b-agency"}),
        ("to:27.9.2020", {"a-houses"}),
        ("from:2020-10 to:2020-10", {"b-agency"}),
        ("from:2020 to:2020", {"a-houses", "b-agency", "c-clip"}),
        ("from:2021", set()),
        ("", set()),
        ("   ", set()),
        ("-", set()),
        ('"', set()),
        ("!?…", set()),
        ("from:yesterday", set()),
        ("from:yesterday stepanakert", {"a-houses", "b-agency"}),
        ("(stepanakert)", {"a-houses", "b-agency"}),
    ],
)
def test_a_query_finds_what_a_person_means(index, query, expected):
    assert found(index, query) == expected
    assert index.search(query).total == len(expected)


def test_what_is_not_understood_is_said(index):
    assert "from:yesterday" in index.search("from:yesterday stepanakert").notice
    assert index.search("stepanakert").notice == ""


def test_a_document_is_replaced_by_its_id(index):
    index.add([Document(id="b-agency", kind="article", title="Nothing", text="agreed upon")])
    assert index.count() == len(ALL)
    assert found(index, "ceasefire") == set()
    assert found(index, "agreed") == {"b-agency"}


def test_the_last_of_two_documents_with_one_id_counts(index):
    index.add(
        [Document(id="x", kind="clip", title="first", text=""), Document(id="x", kind="clip", title="second", text="")]
    )
    assert found(index, "first") == set()
    assert found(index, "second") == {"x"}


def test_a_removed_document_is_not_found_and_an_unknown_one_is_no_error(index):
    index.remove(["a-houses", "never-there"])
    assert found(index, "häuser") == set()
    assert index.count() == len(ALL) - 1


def test_adding_nothing_changes_nothing(index):
    index.add([])
    index.remove([])
    assert index.count() == len(ALL)


def test_newest_first_goes_by_day_with_the_undated_last(index):
    hits = index.search("kind:article OR kind:clip", newest_first=True).hits
    assert [hit.id for hit in hits] == ["c-clip", "b-agency", "a-houses", "d-undated"]


def test_pages_neither_overlap_nor_leave_gaps(index):
    index.add(Document(id=f"p{n}", kind="clip", title="page", text="same", day="2020-01-01") for n in range(25))
    pages = [index.search("same", limit=10, offset=offset, newest_first=True) for offset in (0, 10, 20)]
    assert [len(page.hits) for page in pages] == [10, 10, 5]
    assert len({hit.id for page in pages for hit in page.hits}) == 25
    assert {page.total for page in pages} == {25}


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (5, -3), (5, 10**12), (10**12, 0)])
def test_a_page_that_makes_no_sense_is_no_error(index, limit, offset):
    results = index.search("stepanakert", limit=limit, offset=offset)
    assert results.total == 2
    assert len(results.hits) <= 2


def test_a_snippet_shows_the_found_words_and_marks_them(index):
    hit = index.search("stepanakert dunkeln").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Stepanakert", "Dunkeln"]
    assert "\n" not in hit.snippet


def test_a_hit_says_what_kind_it_is_of(index):
    assert [hit.kind for hit in index.search("armistice").hits] == ["clip"]


@pytest.mark.parametrize(
    "text", ["\ud800 lone", "\x00\x01", "a" * 100_000, "\u202e\u200b\ufeff", "𠮷野家", "e" + "\u0301" * 5000]
)
def test_any_text_can_be_added_and_any_string_asked(index, text):
    index.add([Document(id="odd", kind="clip", title=text, text=text, language="\ud800", source=text, dossier=text)])
    index.search(text)
    index.search(f'title:"{text}" {text}* lang:{text} dossier:{text}')
    assert index.count() == len(ALL) + 1


QUERIES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["OR", "NOT", "-", '"', "*", "(", ")", "lang:", "from:2020", "title:", "häuser", "ab*", "東", ":"]
        ),
        max_size=12,
    ).map(" ".join),
    st.lists(st.sampled_from(['"', "-", "*", "a", ":", "kind", "„", " "]), max_size=30).map("".join),
)


@given(query=QUERIES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_gives_results_never_an_error(index, query):
    results = index.search(query)
    assert results.total >= len(results.hits)
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


def test_hits_without_snippets_are_the_same_hits(index):
    shown, bare = index.search("Stepanakert"), index.search("Stepanakert", snippets=False)
    assert [(hit.id, hit.kind) for hit in shown.hits] == [(hit.id, hit.kind) for hit in bare.hits]
    assert bare.total == shown.total == 2
    assert all(hit.snippet for hit in shown.hits)
    assert not any(hit.snippet or hit.marks for hit in bare.hits)
