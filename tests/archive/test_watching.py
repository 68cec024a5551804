"""A clipped page is looked at again, and what became of the passage is told; the old capture stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.fetch import FakePage
from tests.fakes.readers import HereAndNow
from tests.preserve.material import NOW

from chronik.archive import collecting, searching, watching
from chronik.errors import NotFoundError
from chronik.extract import workers
from chronik.extract.passages import located
from chronik.model import Act, Article, Clip, Dossier, Failure, FailureKind, Lead, PassageState, Sighting, Verb

URL = "https://talbote.example/sluice"
FIRST = (
    "The water board closed the Mirre sluice near Hallwerd in the night to Thursday, and nobody noticed before "
    "half past four, when the pumps of five market gardens ran dry."
)
SECOND = "Anglers counted 300 kilograms of dead fish below the gates, and the keeper opened both of them at dawn."


def page(*paragraphs, title="The sluice was closed"):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}"
    return FakePage(body=html.encode())


@pytest.fixture(params=["memory", "sql"])
def archive(request, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "readings", lambda pages, **_: HereAndNow().read(pages))
    catalogue = MemoryCatalogue()
    if request.param == "sql":
        request.getfixturevalue("db")
        from chronik.catalogue.store import DjangoCatalogue

        catalogue = DjangoCatalogue()
    with archive_in(tmp_path, catalogue=catalogue) as archive:
        yield replace(archive, config=replace(archive.config, pace_s=0))


def at(archive, *, after, answer):
    """The archive so much later, when the page answers this."""
    moment = NOW + after
    fetch = type(archive.fetch)({URL: answer}, clock=lambda: moment)
    return replace(archive, fetch=fetch, clock=lambda: moment)


@pytest.fixture
def clipped(archive):
    archive = at(archive, after=timedelta(0), answer=page(FIRST, SECOND))
    archive.catalogue.add_leads([Lead(url=URL, found_at=NOW)])
    collecting.collect(archive)
    article = archive.catalogue.article(URL)
    act = Act(at=NOW, by="ada", verb=Verb.CREATE_DOSSIER, subject="sluice")
    archive.catalogue.add_dossier(Dossier(slug="sluice", names={"en": "Sluice"}), act)
    passage = located(article.text, SECOND)
    clip = Clip(
        id="c" * 64,
        dossier="sluice",
        excerpt=passage.exact,
        passage=passage,
        url=URL,
        article_id=article.id,
        capture_id=article.capture_id,
        clipped_at=NOW,
    )
    archive.catalogue.add_clip(clip, Act(at=NOW, by="ada", verb=Verb.CLIP, subject=clip.id))
    return archive


def states(archive):
    return [sighting.state for sighting in reversed(archive.catalogue.sightings("c" * 64))]


def test_a_page_is_not_looked_at_before_its_time(clipped):
    assert watching.watch_due(at(clipped, after=timedelta(minutes=59), answer=page(FIRST))) == watching.Looked()
    assert states(clipped) == []


def test_what_stands_is_one_sighting_for_longer(clipped):
    for after in (timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)):
        looked = watching.watch_due(at(clipped, after=after, answer=page(FIRST, SECOND)))
        assert (looked.pages, looked.altered) == (1, 0)
    (sighting,) = clipped.catalogue.sightings("c" * 64)
    assert (sighting.state, sighting.times) == (PassageState.STANDS, 3)
    assert (sighting.first_at, sighting.last_at) == (NOW + timedelta(hours=1), NOW + timedelta(weeks=1))
    assert clipped.catalogue.altered(limit=10) == []


def test_an_altered_passage_is_told_with_both_wordings_and_the_old_capture_stays(clipped):
    before = clipped.catalogue.clip("c" * 64)
    later = at(clipped, after=timedelta(hours=1), answer=page(FIRST, SECOND.replace("300", "30")))
    assert watching.watch_due(later) == watching.Looked(pages=1, altered=1)
    (found,) = later.catalogue.altered(limit=10)
    assert (found.state, found.wording) == (PassageState.CHANGED, SECOND.replace("300", "30"))
    assert later.catalogue.article(found.article).capture_id == found.capture
    assert later.catalogue.clip("c" * 64) == before
    assert b"300" in later.vault.page(later.catalogue.capture(before.capture_id)).body
    assert b" 30 " in later.vault.page(later.catalogue.capture(found.capture)).body


def test_both_wordings_are_found_and_what_became_of_the_passage_can_be_asked_for(clipped):
    altered = "is:altered kilograms"
    assert searching.search(clipped, "kilograms").total == 2
    assert searching.search(clipped, altered).total == 0
    later = at(clipped, after=timedelta(hours=1), answer=page(FIRST, SECOND.replace("300", "30")))
    watching.watch_due(later)
    assert [type(one.noun) for one in searching.search(later, altered).found] == [Clip]
    assert [type(one.noun) for one in searching.search(later, '"300 kilograms"').found] == [Clip]
    assert [type(one.noun) for one in searching.search(later, '"30 kilograms"').found] == [Article]
    watching.watch_due(at(later, after=timedelta(days=1), answer=page(FIRST, SECOND)))
    assert searching.search(later, altered).total == 0


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (page(FIRST, "The board said that it would look into the matter before the summer."), PassageState.REMOVED),
        (FakePage(status=404, body=b"no such page"), PassageState.GONE),
        (FakePage(status=410), PassageState.GONE),
        (FakePage(status=403), PassageState.REFUSED),
        (FakePage(status=451), PassageState.REFUSED),
        (Failure(kind=FailureKind.BLOCKED_ADDRESS, detail="an internal address"), PassageState.UNREACHABLE),
        (FakePage(body=b"<html><title>x</title></html>"), PassageState.UNREAD),
    ],
)
def test_what_a_page_answers_is_a_state_and_no_error(clipped, answer, state):
    later = at(clipped, after=timedelta(hours=1), answer=answer)
    assert watching.watch_due(later).altered == 1
    (found,) = later.catalogue.altered(dossier="sluice", limit=10)
    assert found.state is state
    if isinstance(answer, FakePage):
        assert later.catalogue.capture(found.capture).status == answer.status == found.status


def test_what_is_seen_otherwise_is_looked_at_again_within_a_day_and_may_come_back(clipped):
    week = timedelta(weeks=1)
    watching.watch_due(at(clipped, after=week, answer=FakePage(status=404)))
    watching.watch_due(at(clipped, after=week + timedelta(days=1), answer=page(FIRST, SECOND)))
    assert states(clipped) == [PassageState.GONE, PassageState.STANDS]
    assert clipped.catalogue.altered(limit=10) == []


def test_a_server_that_is_down_is_tried_again_before_it_is_told(clipped):
    down = FakePage(status=500)
    looked = watching.watch_due(at(clipped, after=timedelta(hours=1), answer=down))
    assert (looked.pages, looked.failed) == (0, 1)
    assert states(clipped) == []
    for hours in (2, 4, 12, 40, 80, 120):
        watching.watch_due(at(clipped, after=timedelta(hours=hours), answer=down))
    assert states(clipped) == [PassageState.UNREACHABLE]


def test_a_page_without_a_standing_clip_is_left_alone(clipped):
    clipped.catalogue.remove_clip("c" * 64, Act(at=NOW, by="ada", verb=Verb.REMOVE_CLIP, subject="c" * 64))
    assert watching.watch_due(at(clipped, after=timedelta(hours=1), answer=page(FIRST))) == watching.Looked()


def test_what_an_editor_has_noted_is_no_news_until_it_changes_again(clipped):
    later = at(clipped, after=timedelta(hours=1), answer=FakePage(status=404))
    watching.watch_due(later)
    (found,) = later.catalogue.altered(limit=10)
    act = watching.note(later, found, by="ada")
    assert later.catalogue.altered(limit=10) == []
    assert later.catalogue.noted([found]) == {found.number: "ada"}
    assert later.catalogue.acts(subject="c" * 64)[0] == act
    (again,) = later.catalogue.altered(noted=True, limit=10)
    assert again == found
    watching.watch_due(at(clipped, after=timedelta(days=1), answer=FakePage(status=410)))
    assert [one.status for one in later.catalogue.altered(limit=10)] == [410]


def test_a_sighting_that_is_not_there_cannot_be_noted(clipped):
    stray = Sighting(clip="c" * 64, state=PassageState.GONE, first_at=NOW, last_at=NOW, number=77)
    with pytest.raises(NotFoundError):
        watching.note(clipped, stray, by="ada")


def test_a_page_can_be_looked_at_now(clipped):
    looked = watching.look(
        at(clipped, after=timedelta(minutes=1), answer=page(FIRST, SECOND)), [URL, "https://x.example/"]
    )
    assert (looked.pages, states(clipped)) == (1, [PassageState.STANDS])


def test_an_address_that_is_none_is_told_once(clipped):
    odd = replace(clipped.catalogue.clip("c" * 64), id="d" * 64, url="mailto:ada@talbote.example", passage=None)
    clipped.catalogue.add_clip(odd, Act(at=NOW, by="ada", verb=Verb.CLIP, subject=odd.id))
    later = at(clipped, after=timedelta(hours=1), answer=page(FIRST, SECOND))
    watching.watch_due(later)
    assert [one.state for one in later.catalogue.sightings("d" * 64)] == [PassageState.UNREACHABLE]
    assert watching.watch_due(later) == watching.Looked()


def test_collecting_looks_at_clipped_pages_unless_the_settings_say_no(clipped):
    later = at(clipped, after=timedelta(hours=1), answer=page(FIRST, SECOND))
    still = replace(later, config=replace(later.config, watch_clips=False))
    assert collecting.collect(still).watched == 0
    assert collecting.collect(later).watched == 1
