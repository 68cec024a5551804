"""A zone of one's own for the desk's times."""

import pytest
from django.utils import timezone
from tests.desk.material import NOW

from chronik.desk import time_zones
from chronik.model import Act, Verb


def test_places_can_be_chosen_and_nothing_else():
    assert time_zones.zone("Asia/Yerevan").key == "Asia/Yerevan"
    assert time_zones.zone("UTC") is not None
    for name in (
        "",
        "Etc/GMT+5",
        "posix/Europe/Berlin",
        "../../etc/passwd",
        "\0",
        "Europe",
        "europe/berlin",
        "x" * 9_999,
    ):
        assert time_zones.zone(name) is None
    areas = dict(time_zones.by_area())
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in areas["America"]


@pytest.mark.parametrize(("zone", "shown"), [("", "14:00"), ("Asia/Yerevan", "16:00"), ("nonsense", "14:00")])
def test_times_are_shown_in_it(zone, shown, editor, archive, dossier):
    archive.catalogue.record_act(Act(at=NOW, by="eva", verb=Verb.EDIT_DOSSIER, subject=dossier.slug))
    if zone:
        editor.cookies[time_zones.COOKIE] = zone
    page = editor.get(f"/desk/dossiers/{dossier.slug}/history/", headers={"Accept-Language": "de"}).content.decode()
    assert shown in page
    assert str(timezone.get_current_timezone()) == "Europe/Berlin", "the next request begins anew"


def test_it_is_chosen_under_account_and_given_back(editor):
    assert editor.post("/desk/account/time-zone/", {"time_zone": "Asia/Yerevan"}).status_code == 302
    assert editor.cookies[time_zones.COOKIE].value == "Asia/Yerevan"
    assert '<option value="Asia/Yerevan" selected>' in editor.get("/desk/account/").content.decode()
    editor.post("/desk/account/time-zone/", {"time_zone": "Nowhere/City"})
    assert editor.cookies[time_zones.COOKIE].value == "Asia/Yerevan"
    editor.post("/desk/account/time-zone/", {"time_zone": ""})
    assert editor.cookies[time_zones.COOKIE].value == ""
