"""What every catalogue promises where something was put off by a clock that was wrong: it is due."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.model import Act, Clip, Dossier, Feed, Lead, Verb, Watch

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
MUCH_LATER = datetime(2038, 1, 19, tzinfo=UTC)
SOON = NOW + timedelta(days=91)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def test_what_lies_years_ahead_is_due_and_what_lies_months_ahead_is_not(catalogue):
    for name, moment in (("late", MUCH_LATER), ("soon", SOON)):
        catalogue.add_feed(Feed(url=f"https://{name}.example/feed"), due_at=moment)
        catalogue.add_leads([Lead(url=f"https://{name}.example/1")], not_before=moment)
    assert [found.feed.url for found in catalogue.due_feeds(NOW, limit=9)] == ["https://late.example/feed"]
    assert [found.lead.url for found in catalogue.due_leads(NOW, limit=9)] == ["https://late.example/1"]


def test_a_watch_years_ahead_is_due(catalogue):
    opened = Dossier(slug="tal", names={"de": "Tal"})
    catalogue.add_dossier(opened, Act(at=NOW, by="lena", verb=Verb.CREATE_DOSSIER, subject="tal"))
    for name, moment in (("late", MUCH_LATER), ("soon", SOON)):
        url = f"https://{name}.example/1"
        clip = Clip(id=name[0] * 64, dossier="tal", url=url, capture_id="c" * 64, clipped_at=NOW)
        catalogue.add_clip(clip, Act(at=NOW, by="lena", verb=Verb.CLIP, subject=clip.id))
        catalogue.watch([Watch(url=url, since=NOW, due=moment)])
    assert [found.url for found in catalogue.due_watches(NOW, limit=9)] == ["https://late.example/1"]
