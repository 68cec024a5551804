"""ReplayWeb.page, the player that most archives use, shows our packages in Chromium, and asks nobody for anything."""

import pytest
from tests.preserve.material import NOW, vault_in
from tests.preserve.wacz.packages import KEY
from tests.replay import needs, odd_pages
from tests.replay.conftest import pages
from tests.replay.odd_pages import ODD, SENTENCE, SITE, page
from tests.replay.watching import Look, served, viewer_files

from chronik.preserve.wacz import writing
from chronik.preserve.wacz.package import Package, PackedPage

pytestmark = [pytest.mark.replay, pytest.mark.browser]


@pytest.fixture(scope="module")
def place(viewer, packages):
    files = {f"{kind}.wacz": one.path for kind, one in packages.items()}
    with served(viewer_files(viewer) | files) as (address, asked):
        yield address, asked


@pytest.fixture
def look(chromium, place):
    looking = Look(chromium, place[0])
    yield looking
    looking.context.close()


@pytest.mark.parametrize("kind", ["capture", "clip", "story", "dossier"])
def test_every_passage_stands_in_the_replayed_page(look, place, packages, kind):
    held = {one["url"]: one for one in pages(packages[kind].path)}
    needs.PICTURES.mkdir(exist_ok=True)
    for url, passage in packages[kind].passages.items():
        assert look.shows(f"{kind}.wacz", url=url, moment=held[url]["ts"], passage=passage)
        look.page.screenshot(path=needs.PICTURES / f"{kind}.png")
    assert look.elsewhere == []
    assert any(name == f"{kind}.wacz" and wanted for name, wanted in place[1])


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A package of odd pages, and what has to be found in each: address and sentence."""
    folder = tmp_path_factory.mktemp("odd")
    vault = vault_in(folder)
    kept = {name: vault.keep(one) for name, one in odd_pages.exchanges().items()}
    sent = page(SENTENCE).encode()
    kept["sent"] = vault.keep_resource(
        sent, url=f"{SITE}/sent", media_type="text/html; charset=utf-8", taken_at=NOW, origin="sent by a browser"
    )
    vault.close()
    listed = [PackedPage(capture_id=one.id, url=one.url, captured_at=NOW, title=name) for name, one in kept.items()]
    records = [vault.records(one) for one in kept.values()]
    made = Package(title="Odd", created=NOW, software="chronik test", records=records, pages=tuple(listed))
    path = folder / "odd.wacz"
    with path.open("w+b") as file:
        writing.write(file, made, key=KEY)
    return path, {name: (one.url, ODD[name][1] if name in ODD else SENTENCE) for name, one in kept.items()}


UNKNOWN_TO_THE_VIEWER = ("deflate", "raw-deflate", "zstd")
"""Its engine takes off gzip and Brotli only, so Chronik asks sites for nothing else."""


def test_odd_pages_are_shown_as_their_sites_meant_them(chromium, viewer, odd):
    path, wanted = odd
    shown = []
    with served(viewer_files(viewer) | {"odd.wacz": path}) as (address, _):
        look = Look(chromium, address)
        for name, (url, sentence) in wanted.items():
            if look.shows("odd.wacz", url=url, moment=NOW.isoformat(), passage=sentence):
                shown.append(name)
        look.context.close()
    assert shown == [name for name in wanted if name not in UNKNOWN_TO_THE_VIEWER]
    assert look.elsewhere == []
