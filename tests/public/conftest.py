"""A folder to publish into, and a live server's settings that point to it."""

from functools import partial
from zoneinfo import ZoneInfo

import pytest
from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik import config as configuration
from chronik.public.freeze import freeze, unfreeze
from chronik.publish.edition import edition

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "archive" / "site"


@pytest.fixture
def publish(site):
    """Freeze a dossier of these clips; fields of the dossier by name."""

    def publish(*clips, published_at=NOW, public_url="", zone=BERLIN, folder=site, **fields):
        whole = edition(make_dossier(**fields), clips or [make_clip()], [TALBOTE], published_at=published_at)
        return freeze(whole, folder, public_url=public_url, zone=zone, site_name="Talarchiv")

    return publish


@pytest.fixture
def withdraw(site):
    return partial(unfreeze, folder=site, public_url="", zone=BERLIN, site_name="Talarchiv")


@pytest.fixture
def archive_settings(settings, site):
    settings.CHRONIK = configuration.from_table(site.parent, {"name": "Talarchiv"})
    return settings
