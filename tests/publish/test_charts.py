"""Charts as SVG and PNG, and tables as CSV."""

import csv
import io
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from chronik.publish.charts.labels import Spot, beside
from chronik.publish.charts.shapes import (
    Areas,
    Bars,
    Colours,
    Columns,
    Lanes,
    Look,
    Mark,
    Point,
    Points,
    Series,
    label,
)
from chronik.publish.charts.svg import SVG
from chronik.publish.charts.table import Table, as_csv

HOSTILE = "=1+1\0 \ud800<script>$\\frac$ \u202e" + "x" * 100_000
SERIES = (Series(name="Հայերեն", values=(1, 0, 3)), Series(name=HOSTILE, values=(2, 2, 0)))
SAID = {"title": "Reports by <language>", "description": f"Two & {HOSTILE}"}
CHARTS = {
    "areas": Areas(
        **SAID, ticks=("1 May", "2 May", "3 May"), series=SERIES, below=Series(name="Clips", values=(0, 1, 0))
    ),
    "area of one day": Areas(**SAID, ticks=("1 May",), series=(Series(name="a", values=(1,)),)),
    "area of nothing": Areas(**SAID, ticks=("1 May",), series=(), below=Series(name="Clips", values=(1,))),
    "columns": Columns(**SAID, ticks=("1", "2", "3"), series=SERIES),
    "bars": Bars(**SAID, labels=("ДПА", "عرب", HOSTILE), series=SERIES, number=lambda value: f"{value:,}"),
    "points": Points(
        **SAID,
        points=(
            Point(label="Ереван", longitude=44.5, latitude=40.2, count=3),
            Point(label="x", longitude=180, latitude=-90, count=1),
        ),
        land=(((0, 0), (60, 0), (60, 60)),),
    ),
    "no points": Points(**SAID, points=()),
    "lanes": Lanes(
        **SAID,
        lanes=("de", "fr"),
        marks=(Mark(label="1", lane=0, at=738_000, size=4), Mark(label="2", lane=1, at=738_009, size=1)),
        lines=((0, 1),),
        ties=((1, 0),),
    ),
}


@pytest.fixture(scope="module")
def drawing():
    from chronik.publish.charts import drawing

    return drawing


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_what_it_is_and_needs_no_style(name, drawing):
    drawn = drawing.svg(CHARTS[name], Look())
    assert drawn == drawing.svg(CHARTS[name], Look())
    root = etree.fromstring(drawn)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{SVG}title") == "Reports by <language>"
    assert root.findtext(f"{SVG}desc").startswith("Two & =1+1")
    assert not list(root.iter(f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image"))
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert not {attribute for attribute in attributes if attribute == "style" or attribute.startswith("on")}
    addresses = {value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")}
    assert all(address.startswith("#") for address in addresses)
    assert len(drawn) < 150_000


def test_words_stay_text_and_are_cut(drawing):
    words = [
        "".join(text.itertext()) for text in etree.fromstring(drawing.svg(CHARTS["bars"], Look())).iter(f"{SVG}text")
    ]
    assert {"ДПА", "عرب", "Հայերեն"} <= set(words)
    assert max(map(len, words)) <= 40


def test_dark_and_narrow_are_drawn_otherwise(drawing):
    looks = [Look(), Look(colours=Colours.DARK), Look(narrow=True)]
    assert len({drawing.svg(CHARTS["areas"], look) for look in looks}) == len(looks)


def test_a_picture_of_dots_is_the_same_each_time(drawing):
    made = drawing.png(CHARTS["bars"], Look())
    assert made.startswith(b"\x89PNG")
    assert made == drawing.png(CHARTS["bars"], Look())


def test_only_whoever_draws_loads_the_library():
    code = "import chronik.desk.views.overview, sys; sys.exit('matplotlib' in sys.modules)"
    setup = "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup(); "
    subprocess.run([sys.executable, "-c", setup + code], check=True, timeout=60)


@given(st.text(max_size=200), st.integers(1, 60))
def test_a_label_is_short_and_fit_for_xml(text, characters_max):
    made = label(text, characters_max)
    assert len(made) <= characters_max
    etree.Element("x").text = made
    made.encode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\r=1", " =1", "\u200e=1", "\ufeff@x"])
def test_no_cell_is_a_formula(cell):
    (row,) = csv.reader(io.StringIO(as_csv(Table(columns=(cell,), rows=())).decode("utf-8-sig"), newline=""))
    assert row == [f"'{cell}"]


def test_numbers_and_days_are_written_as_machines_do():
    table = Table(columns=("Tag", "Zahl"), rows=((date(2026, 5, 1), 1234), ('a;b,"c"\n\0\ud800', 2.5), (None, -3)))
    written = as_csv(table).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows == [["Tag", "Zahl"], ["2026-05-01", "1234"], ['a;b,"c"\n?', "2.5"], ["", "-3"]]


def test_no_name_covers_another_and_one_without_room_is_left_out():
    spots = [Spot(x=50 + n, y=50, radius=5, characters=8) for n in range(6)]
    places = beside(spots, font_size=8, width=200)
    assert len({(place.right, place.up) for place in places if place}) > 1
    assert None in places
    (alone,) = beside(spots[:1], font_size=8, width=200)
    assert alone.anchor == "left"
    (edge,) = beside([Spot(x=195, y=50, radius=5, characters=8)], font_size=8, width=200)
    assert (edge.anchor, edge.right < 0) == ("right", True)
