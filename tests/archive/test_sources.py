"""What editors say of sources leaves acts, loses nobody's work, and can be taken back exactly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.catalogue import MemoryCatalogue

from chronik.archive import credits_unknown, judging, sources
from chronik.archive.source_differences import difference, restored
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Article, Source, SourceKind, Verb
from chronik.model.source_records import source_record, source_state, source_values, whole_source_record

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
KREMLIN = Source(id="kremlin", names={"und": "Kremlin"}, kind=SourceKind.GOVERNMENT, made_by="chronik")
TALBOTE = Source(id="talbote", names={"de": "Talbote", "fr": "Le Messager"}, hosts=("talbote.example",))


@pytest.fixture(params=["memory", "sql"])
def archive(request, tmp_path):
    catalogue = MemoryCatalogue()
    if request.param == "sql":
        request.getfixturevalue("db")
        from chronik.catalogue.store import DjangoCatalogue

        catalogue = DjangoCatalogue()
    catalogue.add_sources([KREMLIN, TALBOTE])
    return archive_in(tmp_path, catalogue=catalogue)


def credited(archive, number, credit, source=""):
    article = Article(
        id=f"{number:064}",
        url=f"https://x.example/{number}",
        title="T",
        text="T",
        source=credit,
        source_id=source,
        read_at=NOON,
    )
    archive.catalogue.add_article(article)
    return article.id


def source_of(archive, article):
    return archive.catalogue.article(article).source_id


def test_an_edit_leaves_an_act_with_what_was_before_and_after(archive):
    act = sources.edit(
        archive, "talbote", by="eva", owner="Verlag  Tal", country="ch", hosts=["HTTPS://Talbote.example/x"]
    )
    assert (act.verb, act.subject) == (Verb.EDIT_SOURCE, "talbote")
    assert act.detail["old"] == {"owner": "", "country": ""}
    assert act.detail["new"] == {"owner": "Verlag Tal", "country": "CH"}
    assert archive.catalogue.source("talbote") == replace(TALBOTE, owner="Verlag Tal", country="CH")
    assert sources.history(archive, "talbote") == [act]
    assert sources.edit(archive, "talbote", by="eva", owner="Verlag Tal") is None


def test_an_edit_is_taken_back_and_not_twice(archive):
    act = sources.edit(archive, "talbote", by="eva", names={"de": "Bote"}, kind="newspaper")
    judging.undo(archive, act.id, by="eva")
    assert archive.catalogue.source("talbote") == TALBOTE
    with pytest.raises(ConflictError):
        judging.undo(archive, act.id, by="eva")
    assert [one.verb for one in sources.history(archive, "talbote")] == [Verb.UNDO, Verb.EDIT_SOURCE]


def test_taking_back_keeps_what_came_to_names_and_aliases_since(archive):
    first = sources.edit(archive, "talbote", by="eva", aliases=["Bote"], names={"de": "Talbote", "en": "Courier"})
    sources.edit(archive, "talbote", by="eva", aliases=["Bote", "TB"], names={"de": "Der Talbote", "en": "Courier"})
    judging.undo(archive, first.id, by="eva")
    now = archive.catalogue.source("talbote")
    assert now.aliases == ("TB",)
    assert dict(now.names) == {"de": "Der Talbote", "fr": "Le Messager"}


def test_what_was_changed_again_is_not_taken_back():
    with pytest.raises(ConflictError, match="owner"):
        restored({"owner": "c"}, old={"owner": "a"}, new={"owner": "b"})
    with pytest.raises(ConflictError, match="names"):
        restored({"names": {"de": "c"}}, old={"names": {"de": "a"}}, new={"names": {"de": "b"}})


def test_of_two_who_edit_at_once_the_later_one_is_told(archive):
    seen = source_state(archive.catalogue.source("talbote"))
    sources.edit(archive, "talbote", by="ada", owner="Ada & Co", based_on=seen)
    with pytest.raises(ConflictError, match="meanwhile"):
        sources.edit(archive, "talbote", by="eva", country="CH", based_on=seen)
    assert archive.catalogue.source("talbote") == replace(TALBOTE, owner="Ada & Co")


@pytest.mark.parametrize(
    "changes",
    [
        {"names": {}},
        {"names": {"deutsch!": "x"}},
        {"names": {"de": "…"}},
        {"names": {"de": "x" * 301}},
        {"country": "Russia"},
        {"kind": "gazette"},
        {"home_page": "javascript:alert(1)"},
        {"hosts": ["not a host"]},
        {"hosts": ["x"]},
        {"aliases": ["---"]},
        {"quotation_characters": 201},
        {"quotation_percent": 11},
        {"quotation_percent": 101, "quotation_reason": "licence"},
        {"quotation_characters": -1},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(archive, changes):
    with pytest.raises(RefusedInputError):
        sources.edit(archive, "talbote", by="eva", **changes)
    assert archive.catalogue.source("talbote") == TALBOTE
    assert sources.history(archive, "talbote") == []


def test_more_may_be_quoted_for_a_reason(archive):
    sources.edit(archive, "talbote", by="eva", quotation_characters=900, quotation_reason="Letter\x00 of 2 May\udcff")
    assert archive.catalogue.source("talbote").quotation_reason == "Letter of 2 May"


def test_a_name_that_another_source_has_is_not_taken_from_it(archive):
    with pytest.raises(ConflictError, match="kremlin"):
        sources.edit(archive, "talbote", by="eva", aliases=["KREMLIN"])


def test_records_hold_later_fields_only_where_they_are_set():
    assert "owner" not in source_record(TALBOTE)
    assert source_record(replace(TALBOTE, owner="x"))["owner"] == "x"
    for source in (TALBOTE, replace(KREMLIN, quotation_percent=3, aliases=("a",))):
        assert Source(**source_values(source_record(source))) == source
        assert Source(**source_values(whole_source_record(source))) == source


def test_a_source_is_added_with_what_was_credited_to_it_and_taken_back(archive):
    article = credited(archive, 1, "Neue Zeit")
    act = sources.add(archive, by="eva", names={"de": "Neue  Zeit"}, kind="magazine")
    assert act.subject == "neue-zeit"
    assert source_of(archive, article) == "neue-zeit"
    judging.undo(archive, act.id, by="eva")
    assert archive.catalogue.source("neue-zeit") is None
    assert source_of(archive, article) == ""
    with pytest.raises(NotFoundError):
        sources.edit(archive, "neue-zeit", by="eva", owner="x")


def test_a_credit_is_named_and_what_was_made_of_it_gives_way(archive):
    archive.catalogue.add_sources([Source(id="kreml", names={"und": "Kreml"}, made_by="credit")])
    made, bare = credited(archive, 1, "Kreml", "kreml"), credited(archive, 2, "KREML")
    act = credits_unknown.name_credit(archive, "Kreml", source="kremlin", by="eva")
    assert [source_of(archive, one) for one in (made, bare)] == ["kremlin", "kremlin"]
    assert archive.catalogue.source("kreml").id == "kremlin"
    assert [source.id for source in archive.catalogue.sources()] == ["kremlin", "talbote"]
    judging.undo(archive, act.id, by="eva")
    assert [source_of(archive, one) for one in (made, bare)] == ["kreml", ""]
    assert archive.catalogue.source("kreml").id == "kreml"
    assert archive.catalogue.source("kremlin") == KREMLIN


def test_a_credit_that_is_no_source_is_put_aside_until_that_is_taken_back(archive):
    credited(archive, 1, "Facebook")
    assert [one.credit for one in credits_unknown.unknown(archive)] == ["Facebook"]
    act = credits_unknown.put_aside(archive, "Facebook", by="eva")
    assert credits_unknown.unknown(archive) == []
    assert credits_unknown.aside(archive) == ["Facebook"]
    with pytest.raises(ConflictError):
        credits_unknown.put_aside(archive, "facebook", by="eva")
    judging.undo(archive, act.id, by="eva")
    assert [one.credit for one in credits_unknown.unknown(archive)] == ["Facebook"]


RECORDS = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(["", "a", "b"]),
        "aliases": st.lists(st.sampled_from("abcd"), unique=True),
        "names": st.dictionaries(st.sampled_from(["de", "en", "fr"]), st.sampled_from("xy")),
    }
)


@given(RECORDS, RECORDS)
def test_what_was_changed_and_taken_back_is_what_it_was(old, new):
    changed = difference(old, new)
    if changed:
        assert restored(new, **changed) == old
