"""The sample newsroom: it begins, is mended where something broke off, and goes for good when it is removed."""

import fcntl
from dataclasses import replace

import pytest
from tests.desk.material import make_article
from tests.fakes.fetch import FakeFetch
from tests.fakes.index import MemoryIndex
from tests.preserve.material import NOW, numbered, vault_in

from chronik import config as configuration
from chronik.archive import Archive, collecting
from chronik.catalogue.models import ClipRow, DossierRow, FeedRow
from chronik.catalogue.store import DjangoCatalogue
from chronik.desk import actions
from chronik.errors import BusyError
from chronik.model import Act, Verb
from chronik.sample import newsroom
from chronik.web import publishing, sampling

SLUG = newsroom.dossier().slug
PORT = 8471


@pytest.fixture
def archive(db, tmp_path):
    (tmp_path / configuration.FILE_NAME).write_text("# mine\nsample = true\n")
    return Archive(
        config=configuration.load(tmp_path),
        catalogue=DjangoCatalogue(),
        vault=vault_in(tmp_path / "vault"),
        sample_vault=vault_in(tmp_path / "vault" / "sample"),
        index=MemoryIndex(),
        fetch=FakeFetch({}),
        clock=lambda: NOW,
    )


@pytest.fixture
def read(archive):
    """The sample's articles, as if they had been fetched."""
    quotes = {}
    for choice in newsroom.choices(PORT):
        quotes.setdefault(choice.url, []).append(choice.quote)
    for number, (url, passages) in enumerate(quotes.items()):
        article = make_article(number, url=url, text="\n\n".join(passages))
        archive.catalogue.add_article(article)
    return archive


def is_published():
    return DossierRow.objects.filter(slug=SLUG).exclude(published_at=None).exists()


def killed(*_arguments, **_fields):
    raise KeyboardInterrupt


def test_an_init_that_broke_off_is_finished_by_the_worker(archive):
    assert not sampling.prepare(archive)
    assert {feed.url for feed in newsroom.feeds(PORT)} == set(FeedRow.objects.values_list("url", flat=True))
    archive.catalogue.sources()
    assert {source.id for source in newsroom.sources(PORT)} <= {source.id for source in archive.catalogue.sources()}


def test_the_dossier_is_made_and_published_once(read):
    assert sampling.prepare(read)
    assert is_published()
    assert len(read.catalogue.clips(SLUG)) == len(newsroom.choices(PORT))
    assert not sampling.prepare(read)


def test_a_dossier_half_made_is_none(read, monkeypatch):
    with monkeypatch.context() as person:
        honest, made = actions.clip, []

        def killed_at_the_third(*arguments, **fields):
            made.append(fields)
            return killed() if len(made) == 3 else honest(*arguments, **fields)

        person.setattr(sampling.actions, "clip", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            sampling.prepare(read)
    assert not DossierRow.objects.filter(slug=SLUG).exists()
    assert sampling.prepare(read)
    assert len(read.catalogue.clips(SLUG)) == len(newsroom.choices(PORT))


def test_publishing_that_broke_off_is_repeated(read, monkeypatch):
    with monkeypatch.context() as person:
        person.setattr(sampling.publishing, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            sampling.prepare(read)
    assert not is_published()
    assert sampling.prepare(read)
    assert is_published()


def test_what_an_editor_withdrew_stays_withdrawn(read):
    sampling.prepare(read)
    publishing.unpublish(read, SLUG, by="eva", now=NOW)
    assert not sampling.prepare(read)
    assert not is_published()


def test_a_dossier_that_an_editor_removed_does_not_come_back(read):
    sampling.prepare(read)
    publishing.unpublish(read, SLUG, by="eva", now=NOW)
    actions.remove_dossier(read.catalogue, SLUG, by="eva", now=NOW)
    assert not sampling.prepare(read)
    assert read.catalogue.dossier(SLUG) is None


def test_an_editors_dossier_of_the_same_name_is_not_published(read):
    act = Act(at=NOW, by="eva", verb=Verb.CREATE_DOSSIER, subject=SLUG)
    read.catalogue.add_dossier(newsroom.dossier(), act)
    assert not sampling.prepare(read)
    assert not is_published()
    assert read.catalogue.clips(SLUG) == []


def test_a_worker_that_runs_on_does_not_bring_the_sample_back(read):
    sampling.prepare(read)
    read.sample_vault.keep(numbered(1))
    worker = replace(read, sample_vault=vault_in(read.config.vault / "sample"))
    worker.sample_vault.keep(numbered(2))
    assert sampling.remove(read, by="eva") > 0
    assert not (read.config.vault / "sample").exists()
    assert read.config.file.read_text() == "# mine\nsample = false\n"

    assert worker.config.sample
    collecting.collect(worker)
    assert not sampling.prepare(worker)
    assert FeedRow.objects.count() == ClipRow.objects.count() == 0
    kept = worker.sample_vault.keep(numbered(3))
    worker.close()
    assert list(worker.sample_vault.captures()) == [kept]


def test_a_sample_removed_before_anything_of_it_was_there_stays_away(archive):
    assert sampling.remove(archive, by="eva") == 0
    assert not sampling.prepare(archive)
    assert FeedRow.objects.count() == 0


def test_removing_waits_for_the_worker_and_says_when_it_gives_up(read, monkeypatch):
    sampling.prepare(read)
    monkeypatch.setattr(sampling, "REMOVE_WAIT_S", 0.2)
    with (read.config.archive / collecting.LOCK_NAME).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="the sample stayed"):
            sampling.remove(read, by="eva")
        assert is_published()
    assert sampling.remove(read, by="eva") > 0
    assert not DossierRow.objects.filter(slug=SLUG).exists()
