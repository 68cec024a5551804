"""A desk with a small archive behind it: SQL tables in memory, everything else played."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from tests.desk.material import NOW, make_article
from tests.fakes.fetch import FakeFetch
from tests.fakes.index import MemoryIndex
from tests.fakes.vault import MemoryVault

from chronik import config as configuration
from chronik import wiring
from chronik.archive import Archive
from chronik.catalogue.store import DjangoCatalogue
from chronik.desk import actions, people
from chronik.desk.rights import Role


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now

    def advance(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(NOW)
    monkeypatch.setattr(wiring, "now", clock)
    return clock


@pytest.fixture
def archive(db, tmp_path, clock, monkeypatch):
    """An archive without a folder, which the desk takes for the current one."""
    cache.clear()
    archive = Archive(
        config=configuration.from_table(tmp_path / "archive", {}),
        catalogue=DjangoCatalogue(),
        vault=MemoryVault(clock=clock),
        sample_vault=MemoryVault(clock=clock),
        index=MemoryIndex(),
        fetch=FakeFetch({}),
        clock=clock,
    )
    monkeypatch.setattr(wiring, "current", lambda: archive)
    return archive


@pytest.fixture
def eva(archive):
    eva = User.objects.create_user("eva", password="sehr geheimes Wort")
    people.give_role(eva, Role.OPERATOR)
    return eva


@pytest.fixture
def editor(eva):
    """A browser in which Eva is signed in."""
    client = Client()
    client.force_login(eva)
    return client


@pytest.fixture
def article(archive):
    made = make_article(1)
    archive.catalogue.add_article(made)
    return made


@pytest.fixture
def dossier(archive):
    return actions.new_dossier(archive.catalogue, names={"de": "Die Schleuse"}, by="eva", now=NOW)


@pytest.fixture
def clip(archive, article, dossier):
    return actions.clip(
        archive.catalogue,
        article_id=article.id,
        dossier=dossier.slug,
        quote="Die Schleuse blieb geschlossen.",
        by="eva",
        now=NOW,
    )
