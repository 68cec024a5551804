"""Where places lie."""

import pytest

from chronik.relate.bridge import Bridge
from chronik.relate.geography import country_name, land, place

BYTES_MAX = 150_000


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Москве", 55.8, 37.6),
        ("Berlin", 52.5, 13.4),
        ("Երևան", 40.2, 44.5),
        ("Bergkarabach", 39.9, 46.7),
        ("日本", 36, 138),
    ],
)
def test_a_name_in_any_script_lies_where_it_lies(name, latitude, longitude):
    found = next(filter(None, map(place, Bridge().entities(name))))
    assert abs(found.latitude - latitude) < 2
    assert abs(found.longitude - longitude) < 2


@pytest.mark.parametrize(
    "key", ["", "city:", "city:0", "place:nirgends", "person:x", "city:\0", "place:" + "x" * 100_000]
)
def test_what_no_list_knows_lies_nowhere(key):
    assert place(key) is None


def test_countries_have_names_in_the_languages_of_the_interface():
    assert [country_name("am", language) for language in ("en", "de", "fr", "xx")] == [
        "Armenia",
        "Armenien",
        "Arménie",
        "Armenia",
    ]
    assert country_name("QQ", "de") == "QQ"
    assert place("place:ru").longitude > 60


def test_the_land_is_rings_on_the_globe_and_light():
    rings = land()
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    assert min(len(ring) for ring in rings) > 3
    from importlib.resources import files

    assert len((files("chronik.relate.geography") / "data" / "land.txt").read_bytes()) <= BYTES_MAX


def test_places_lie_on_the_land_or_near_it():
    def inside(ring, x, y):
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        crossed = [(y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairs]
        return sum(crossed) % 2 == 1

    known = [place(f"place:{code}") for code in ("de", "ru", "us", "br", "in", "cn", "au", "eg", "am", "fr")]
    assert all(any(inside(ring, one.longitude, one.latitude) for ring in land()) for one in known)
