"""Two sources become one, everything follows, and taking it back restores exactly what was."""

from dataclasses import replace

import pytest
from tests.archive.test_sources import KREMLIN, NOON, TALBOTE, archive, credited, source_of

from chronik.archive import judging, merging, sources
from chronik.archive.reading import Credited
from chronik.archive.source_duplicates import Ground, duplicates, merged_source
from chronik.catalogue.models import ClipRow, SourceRow
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Article, Clip, Dossier, Feed, Source, SourceKind, Verb
from chronik.ports.relating import Side

__all__ = ["archive"]
BOTE = Source(
    id="bote",
    names={"de": "Der Bote", "en": "Courier"},
    aliases=("TB",),
    kind=SourceKind.NEWSPAPER,
    country="CH",
    hosts=("bote.example", "talbote.example"),
)
SIDE = Side(dossier="d", key="valley", names={"de": "Tal"}, sources=("bote", "kremlin"))


@pytest.fixture
def pair(archive):
    archive.catalogue.add_sources([BOTE])
    return archive


@pytest.fixture
def full(db, tmp_path):
    """What points to sources, on real tables."""
    from tests.archive.test_losing_nothing import archive_in

    from chronik.catalogue.store import DjangoCatalogue

    catalogue = DjangoCatalogue()
    catalogue.add_sources([KREMLIN, TALBOTE, BOTE])
    archive = archive_in(tmp_path, catalogue=catalogue)
    articles = [credited(archive, 1, "Bote", "bote"), credited(archive, 2, "Talbote", "talbote")]
    opened = Act(at=NOON, by="eva", verb=Verb.CREATE_DOSSIER, subject="d")
    catalogue.add_dossier(Dossier(slug="d", names={"de": "D"}), opened)
    clip = Clip(id="c" * 64, dossier="d", credit="Bote", source_id="bote", clipped_at=NOON, article_id=articles[0])
    catalogue.add_clip(clip, Act(at=NOON, by="eva", verb=Verb.CLIP, subject=clip.id))
    catalogue.add_feed(Feed(url="https://bote.example/feed", source_id="bote"), due_at=NOON)
    judging.define_side(archive, SIDE, by="eva")
    return archive


def pointing(archive):
    return (
        [source_of(archive, f"{number:064}") for number in (1, 2)],
        archive.catalogue.clip("c" * 64).source_id,
        [health.feed.source_id for health in archive.catalogue.feeds()],
        [side.sources for side in archive.catalogue.sides("d")],
        archive.catalogue.sources(),
    )


def test_what_pointed_to_the_other_points_to_the_one_that_stands(full):
    act = merging.merge(full, "talbote", other="bote", by="eva")
    articles, clip, feeds, sides, known = pointing(full)
    assert (articles, clip, feeds, sides) == (["talbote", "talbote"], "talbote", ["talbote"], [("talbote", "kremlin")])
    assert [source.id for source in known] == ["kremlin", "talbote"]
    assert full.catalogue.source("bote").id == "talbote"
    assert act.detail["merged"]["bote"]["country"] == "CH"
    assert not ClipRow.objects.get().indexed


def test_taking_it_back_restores_everything_exactly(full):
    before = pointing(full)
    act = merging.merge(full, "talbote", other="bote", by="eva")
    merging.undo(full, act.id, by="eva")
    assert pointing(full) == before
    with pytest.raises(ConflictError):
        merging.undo(full, act.id, by="eva")


def test_sides_keep_what_was_said_of_them_since(full):
    act = merging.merge(full, "talbote", other="bote", by="eva")
    judging.define_side(full, replace(SIDE, sources=("talbote", "tass")), by="eva")
    merging.undo(full, act.id, by="eva")
    assert full.catalogue.sides("d")[0].sources == ("bote", "tass")


def test_merged_twice_it_is_taken_back_in_turn(full):
    first = merging.merge(full, "talbote", other="bote", by="eva")
    second = merging.merge(full, "kremlin", other="talbote", by="eva")
    assert full.catalogue.source("bote").id == "kremlin"
    with pytest.raises(ConflictError):
        merging.undo(full, first.id, by="eva")
    merging.undo(full, second.id, by="eva")
    merging.undo(full, first.id, by="eva")
    assert source_of(full, f"{1:064}") == "bote"


def test_an_ordinary_undo_takes_no_merging_back(full):
    act = merging.merge(full, "talbote", other="bote", by="eva")
    with pytest.raises(ConflictError):
        judging.undo(full, act.id, by="eva")
    with pytest.raises(NotFoundError):
        merging.undo(full, "f" * 64, by="eva")


def test_what_was_credited_meanwhile_by_another_process_follows(full):
    stale = Credited(full)
    merging.merge(full, "talbote", other="bote", by="eva")
    late = stale.article(Article(id="9" * 64, url="https://bote.example/9", title="T", text="T", read_at=NOON))
    assert late.source_id == "bote"
    full.catalogue.add_article(late)
    Credited(full)
    assert source_of(full, late.id) == "talbote"


def test_a_former_id_is_not_given_to_another_source(full):
    merging.merge(full, "talbote", other="bote", by="eva")
    sources.edit(full, "talbote", by="eva", aliases=[], names={"de": "Talbote"})
    found = Credited(full).article(Article(id="9" * 64, url="https://y.example/9", title="T", text="T", source="Bote"))
    assert found.source_id == "talbote"
    assert full.catalogue.add_sources([BOTE]) == 0
    assert SourceRow.objects.get(pk="bote").merged_into == "talbote"


def test_what_was_said_under_a_former_id_finds_the_source_that_stands(full):
    merging.merge(full, "talbote", other="bote", by="eva")
    told = {source.id: dict(source.names) for source in sources.with_former(full, ["bote", "talbote", "nobody", ""])}
    assert told.keys() == {"kremlin", "talbote", "bote"}
    assert told["bote"] == told["talbote"]


def test_two_sources_lose_nothing_when_they_become_one():
    made = merged_source(TALBOTE, BOTE)
    assert made.names == {"de": "Talbote", "fr": "Le Messager", "en": "Courier"}
    assert made.aliases == ("TB", "Der Bote")
    assert made.hosts == ("talbote.example", "bote.example")
    assert (made.id, made.kind, made.country) == ("talbote", SourceKind.NEWSPAPER, "CH")


def test_nobody_merges_what_changed_meanwhile_or_one_with_itself(pair):
    seen = merging.seen(pair, "talbote", other="bote")
    sources.edit(pair, "bote", by="ada", owner="Ada")
    with pytest.raises(ConflictError):
        merging.merge(pair, "talbote", other="bote", by="eva", based_on=seen)
    with pytest.raises(RefusedInputError):
        merging.merge(pair, "talbote", other="talbote", by="eva")
    with pytest.raises(NotFoundError):
        merging.merge(pair, "talbote", other="x", by="eva")
    merging.merge(pair, "talbote", other="bote", by="eva", based_on=merging.seen(pair, "talbote", other="bote"))


def test_sources_that_share_a_name_a_host_or_a_sound_are_proposed():
    known = [
        TALBOTE,
        BOTE,
        Source(id="tass", names={"und": "TASS"}, country="RU", made_by="chronik"),
        Source(id="tass-credit", names={"ru": "ТАСС"}, made_by="credit"),
        Source(id="ria", names={"und": "RIA Novosti"}),
        Source(id="ria-2", names={"ru": "РИА Новости"}),
        Source(id="kurier-at", names={"und": "Kurier"}, country="AT"),
        Source(id="kurier-pl", names={"und": "Kurier (Polen)"}, aliases=("Kurier",), country="PL"),
    ]
    found = {(one.survivor.id, one.other.id): one.ground for one in duplicates(known)}
    assert found == {
        ("bote", "talbote"): Ground.HOST,
        ("tass", "tass-credit"): Ground.SCRIPT,
        ("ria", "ria-2"): Ground.SCRIPT,
    }
    assert duplicates([]) == []


def test_a_host_that_everybody_shares_says_nothing():
    assert duplicates([Source(id=f"s{one}", names={}, hosts=("facebook.example",)) for one in range(13)]) == []
