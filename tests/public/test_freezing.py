"""A published folder: what is in it, what a second run changes, and what survives a fault."""

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.publish.material import NOW, make_clip, make_dossier

from chronik.errors import ChronikError, RefusedInputError
from chronik.public import files
from chronik.publish.edition import edition

SHORT = make_clip().id[:12]


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_dossier_becomes_pages_feeds_and_data(publish, site):
    frozen = publish()
    assert sorted(content(site)) == sorted(
        [
            f"mill-stream/c/{SHORT}/index.html",
            "index.html",
            "mill-stream/de/feed.atom",
            "mill-stream/de/index.html",
            "mill-stream/dossier.json",
            "mill-stream/en/feed.atom",
            "mill-stream/en/index.html",
            "mill-stream/feed.atom",
            "mill-stream/index.html",
            "mill-stream/manifest.json",
            "style.css",
            "verify.js",
        ]
    )
    assert sorted(frozen.files) == sorted(frozen.changed) == sorted(content(site))
    assert frozen.removed == ()


def test_publishing_again_changes_no_byte(publish, site):
    first = publish()
    before = content(site)
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    second = publish(published_at=NOW + timedelta(days=30))
    assert (second.changed, second.removed) == ((), ())
    assert (second.published_at, second.digest) == (first.published_at, first.digest)
    assert content(site) == before
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == times


def test_a_changed_dossier_gets_a_new_date(publish):
    publish()
    later = NOW + timedelta(days=30)
    assert publish(make_clip(title="anders"), published_at=later).published_at == later


def test_only_files_that_differ_are_written(publish):
    publish(make_clip(1), make_clip(2))
    changed = publish(make_clip(1), make_clip(2, title="anders")).changed
    assert f"mill-stream/c/{make_clip(2).id[:12]}/index.html" in changed
    assert f"mill-stream/c/{SHORT}/index.html" not in changed
    assert not {"style.css", "index.html"} & set(changed)


def test_the_pages_of_a_removed_clip_and_language_go(publish, site):
    publish(make_clip(1), make_clip(2))
    frozen = publish(make_clip(1), names={"en": "The mill stream"})
    assert sorted(frozen.removed) == sorted(
        [
            f"mill-stream/c/{make_clip(2).id[:12]}/index.html",
            "mill-stream/de/feed.atom",
            "mill-stream/de/index.html",
        ]
    )
    assert not (site / "mill-stream/de").exists()
    assert not (site / "mill-stream/c" / make_clip(2).id[:12]).exists()


def test_private_words_are_in_no_file(publish, site):
    publish()
    assert [name for name, data in content(site).items() if b"SECRET" in data] == []


def test_the_same_edition_gives_the_same_bytes_anywhere(publish, tmp_path, monkeypatch):
    publish(folder=tmp_path / "one")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    publish(folder=tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_editor_s_language_does_not_leak_into_the_pages(publish, tmp_path):
    from django.utils import translation

    publish(folder=tmp_path / "one")
    with translation.override("fr"):
        publish(folder=tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_day_is_the_day_that_it_was_in_the_zone(publish, site):
    clip = make_clip(0)  # 28 March 22:30 UTC, the night in which clocks go forward in Berlin
    publish(clip)
    assert "28 Mar 2026 – 23:30" in (site / "mill-stream/index.html").read_text()
    publish(clip, zone=ZoneInfo("Asia/Tokyo"))
    assert "29 Mar 2026 – 07:30" in (site / "mill-stream/index.html").read_text()
    assert "29.03.2026 – 07:30" in (site / "mill-stream/de/index.html").read_text()


def test_the_list_holds_all_dossiers_by_name(publish, site):
    publish(slug="b", names={"de": "Überfall"})
    publish(slug="a", names={"en": "Zebra"})
    publish(slug="c", names={"en": "apple"})
    page = (site / "index.html").read_text()
    assert page.index("apple") < page.index("Überfall") < page.index("Zebra")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"kind": "chronik-dossier"}',
        b'{"kind": "chronik-dossier", "languages": [1]}',
        b"[" * 9999,
    ],
)
def test_a_damaged_neighbour_does_not_stop_a_publication(publish, site, data):
    (site / "neighbour").mkdir(parents=True)
    (site / "neighbour" / "dossier.json").write_bytes(data)
    publish()
    assert "neighbour" not in (site / "index.html").read_text()


def test_a_withdrawn_dossier_leaves_nothing(publish, withdraw, site):
    publish()
    publish(slug="other")
    frozen = withdraw("mill-stream")
    assert len(frozen.removed) == 9
    assert frozen.changed == ("index.html",)
    assert not (site / "mill-stream").exists()
    assert "mill-stream" not in (site / "index.html").read_text()


def test_with_the_last_dossier_the_list_goes_too(publish, withdraw, site):
    publish()
    withdraw("mill-stream")
    assert content(site) == {}


def test_withdrawing_twice_is_no_error(withdraw):
    assert withdraw("mill-stream").removed == ()


@pytest.mark.parametrize("slug", ["..", "", "a/b", "/etc"])
def test_what_is_no_slug_is_not_withdrawn(withdraw, slug):
    with pytest.raises(RefusedInputError):
        withdraw(slug)


@pytest.mark.parametrize("name", ["index.html", "style.css", "mill-stream/index.html"])
def test_somebody_else_s_pages_are_left_alone(publish, site, name):
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("<html>mine</html>")
    with pytest.raises(RefusedInputError, match="left alone"):
        publish()
    assert content(site) == {name: b"<html>mine</html>"}


def test_other_files_beside_ours_stay(publish, withdraw, site):
    publish()
    (site / "mill-stream" / "picture.jpg").write_bytes(b"x")
    (site / "robots.txt").write_bytes(b"x")
    withdraw("mill-stream")
    assert sorted(content(site)) == ["mill-stream/picture.jpg", "robots.txt"]


def test_unfinished_files_of_a_crash_are_cleared_away(publish, site):
    publish()
    for parent in (site, site / "mill-stream", site / "mill-stream/de"):
        (parent / f"{files.UNFINISHED}123").write_bytes(b"half")
    publish()
    assert [name for name in content(site) if files.UNFINISHED in name] == []


@pytest.mark.parametrize("fault_after", range(10))
def test_a_fault_leaves_each_file_old_or_new_and_the_next_run_mends_it(publish, site, monkeypatch, fault_after):
    publish(make_clip(1, title="alt"))
    old = content(site)
    calls = []
    real = Path.replace

    def failing(self, target):
        calls.append(target)
        if len(calls) > fault_after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        try:
            publish(make_clip(1, title="neu"))
        except ChronikError as error:
            assert "No space left" in str(error)  # noqa: PT017 - with few files to write there is no fault at all
    between = content(site)
    publish(make_clip(1, title="neu"))
    new = content(site)
    assert all(data in (old.get(name), new.get(name)) for name, data in between.items())
    assert set(between) == set(old)
    assert b"neu" in new["mill-stream/index.html"]


def test_two_who_publish_at_once_both_get_onto_the_list(publish, site):
    slugs = [f"dossier-{number}" for number in range(8)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda slug: publish(slug=slug), slugs))
    page = (site / "index.html").read_text()
    assert [slug for slug in slugs if f"{slug}/index.html" not in page] == []


def test_a_folder_that_is_a_file_is_told_plainly(publish, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ChronikError, match="cannot be written"):
        publish(folder=tmp_path / "file")


def test_the_data_holds_the_digest_of_the_edition(publish, site):
    frozen = publish()
    data = json.loads((site / "mill-stream/dossier.json").read_bytes())
    assert data["digest"] == frozen.digest
    assert data["clips"][0]["permalink"] == f"c/{SHORT}/index.html"


def test_every_clip_of_a_long_dossier_has_a_page(publish):
    clips = [make_clip(n) for n in range(300)]
    assert len(publish(*clips).changed) == 311


def test_an_edition_is_not_changed_by_freezing(publish):
    whole = edition(make_dossier(), [make_clip()], [], published_at=NOW)
    publish()
    assert whole == edition(make_dossier(), [make_clip()], [], published_at=NOW)
