"""What witnesses ask the catalogue: one contract for the tables and for the fake."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue
from tests.preserve.material import NOW

from chronik.model import Act, Article, Capture, Clip, Dossier, Location, RecordKind, Verb

URL = "https://talbote.example/sluice"


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def capture(number, *, url=URL, **others):
    where = Location(file="a.warc.gz", offset=number, length=1)
    at = NOW + timedelta(hours=number)
    about = {"origin": "a.warc.gz", "media_type": "text/html", **others}
    return Capture(id=f"{number:064x}", url=url, captured_at=at, record=RecordKind.RESPONSE, location=where, **about)


def act(verb, subject, *, hours=0, **detail):
    return Act(at=NOW + timedelta(hours=hours), by="ada", verb=verb, subject=subject, detail=detail)


def test_captures_are_found_by_address_and_kind(catalogue):
    package = capture(4, media_type="application/wacz+zip")
    for one in (capture(1), capture(2), capture(3, url=f"{URL}/2"), package, capture(5, origin="")):
        catalogue.record_capture(one, to_read=False)
    assert [one.id[-1] for one in catalogue.captures_taken_in(URL, limit=9)] == ["4", "2", "1"]
    assert len(catalogue.captures_taken_in(URL, limit=2)) == 2
    assert [one.id[-1] for one in catalogue.captures_at(URL, limit=9)] == ["5", "4", "2", "1"]
    assert [one.id[-1] for one in catalogue.captures_of_kind("application/wacz+zip", limit=9)] == ["4"]
    assert catalogue.captures_taken_in("https://elsewhere.example/", limit=9) == []


def test_a_reading_is_found_by_its_capture(catalogue):
    catalogue.record_capture(capture(1))
    assert catalogue.reading_in(capture(1).id) is None
    article = Article(id="a" * 64, capture_id=capture(1).id, url=URL, text="Fish.", made_by="test", read_at=NOW)
    catalogue.record_reading(capture(1).id, article)
    assert catalogue.reading_in(capture(1).id).text == "Fish."


def test_acts_are_found_by_kind_and_subject(catalogue):
    for one in (act(Verb.TRUST_WITNESS, "a"), act(Verb.ADD, "a"), act(Verb.TRUST_WITNESS, "b", hours=1)):
        catalogue.record_act(one)
    assert [one.subject for one in catalogue.acts_of({Verb.TRUST_WITNESS}, limit=9)] == ["b", "a"]
    assert [one.verb for one in catalogue.acts_of({Verb.ADD, Verb.CLIP}, subject="a", limit=9)] == [Verb.ADD]


def publish(catalogue, *, hours):
    if isinstance(catalogue, MemoryCatalogue):
        catalogue.published_map["fish"] = NOW + timedelta(hours=hours)
        return
    from chronik.catalogue.models import DossierRow

    DossierRow.objects.filter(slug="fish").update(published_at=NOW + timedelta(hours=hours))


def test_only_what_readers_see_is_a_published_clip(catalogue):
    catalogue.add_dossier(Dossier(slug="fish", names={"en": "Fish"}), act(Verb.CREATE_DOSSIER, "fish"))
    clip = Clip(id="c" * 64, dossier="fish", url=URL, excerpt="Fish.", clipped_at=NOW)

    def published():
        return [one.id[0] for one in catalogue.published_clips(URL, limit=9)]

    catalogue.add_clip(clip, act(Verb.CLIP, clip.id))
    assert published() == []
    publish(catalogue, hours=1)
    assert published() == ["c"]
    late = replace(clip, id="d" * 64, clipped_at=NOW + timedelta(hours=2))
    catalogue.add_clip(late, act(Verb.CLIP, late.id, hours=2))
    assert published() == ["c"]
    catalogue.change_clip(replace(clip, excerpt="Secret."), act(Verb.EDIT_CLIP, clip.id, hours=2))
    assert published() == []
    publish(catalogue, hours=3)
    assert published() == ["c", "d"]
    catalogue.record_act(act(Verb.IMPORT, "fish", hours=4))
    assert published() == []
    publish(catalogue, hours=5)
    catalogue.remove_clip(late.id, act(Verb.REMOVE_CLIP, late.id, hours=6))
    assert published() == ["c"]
