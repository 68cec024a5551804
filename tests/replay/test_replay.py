"""ReplayWeb.page, the player that most archives use, shows our packages in Chromium, and asks nobody for anything."""

import pytest
from tests.replay import needs
from tests.replay.conftest import pages
from tests.replay.watching import Look, served, viewer_files

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
        look.replayed(f"{kind}.wacz", url=url, moment=held[url]["ts"], passage=passage)
        look.page.screenshot(path=needs.PICTURES / f"{kind}.png")
    assert look.elsewhere == []
    assert any(name == f"{kind}.wacz" and wanted for name, wanted in place[1])
