"""Draws charts as SVG or PNG. Wraps matplotlib.

Decides: the same chart gives the same bytes. Imported only by whoever draws: the library takes most of a second.
"""

from __future__ import annotations

import io
import math
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from chronik.publish.charts.labels import Spot, beside
from chronik.publish.charts.shapes import (
    ROWS_MAX,
    Areas,
    Bars,
    Chart,
    Colours,
    Columns,
    Lanes,
    Look,
    Points,
    Series,
    inches,
    label,
)
from chronik.publish.charts.svg import described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

PNG_DOTS_AN_INCH = 200
TICKS_WIDE, TICKS_NARROW = 8, 4
LEGEND_COLUMNS_MAX = 5
UPRIGHT_APART_MAX = 80
AREA_PERIODS_MIN = 3
"""Fewer make no area: then bars are stacked."""
POINTS_LABELLED_MAX = 18
POINT_AREA_MAX, POINT_AREA_MIN = 420.0, 16.0
POINTS_AN_INCH, MAP_SHARE = 72, 0.93
"""So much of the picture the map itself takes, about."""
PLACE_CHARACTERS_MAX = 24
MAP_WIDER = 1.75
"""How much wider than high a map is."""
MAP_DEGREES_MIN = 24.0
"""So much of the world is shown at least."""
LATITUDE_SHOWN_MAX = 84.0
LONGITUDE_MAX = 180.0
MARK_AREA_MAX, MARK_AREA_MIN = 340.0, 115.0
FONT_POINTS = 9
_FONTS = (
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Thai",
    "FreeSans",
    "Unifont",
)
"""Letters of a PNG: the first that has one; those that this machine lacks are left out."""
_HATCHES = ("", "//", "--", "\\\\", "||", "xx", "++", "///", "")
"""Series are told apart without colours too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Palette:
    ink: str
    soft: str
    rule: str
    sheet: str
    land: str
    column: str
    series: tuple[str, ...]


_PALETTES = {
    Colours.LIGHT: _Palette(
        ink="#1c1d20",
        soft="#5d6068",
        rule="#d9d6cd",
        sheet="#ffffff",
        land="#e4e0d4",
        column="#c9c5b8",
        series=("#8c2f39", "#2f6f8f", "#c98a00", "#4f7f4a", "#7a5195", "#b4674a", "#3f4a7a", "#6b6e75", "#a3a5ab"),
    ),
    Colours.DARK: _Palette(
        ink="#e6e4df",
        soft="#a3a5ab",
        rule="#3b3f45",
        sheet="#1e2023",
        land="#34383e",
        column="#5d6168",
        series=("#e58f91", "#7fb8d4", "#e3b341", "#8fc48a", "#b99ad0", "#e0a488", "#9aa6dd", "#b0b3ba", "#7d8087"),
    ),
}
_ONE_AT_A_TIME = Lock()
"""The library keeps its settings for the whole process."""


def svg(chart: Chart, look: Look) -> bytes:
    """The chart as SVG with real text, a title and a description, without style or script."""
    with _ONE_AT_A_TIME, mpl.rc_context(_settings(look)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure = _drawn(chart, look)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return described(out.getvalue(), chart)


def png(chart: Chart, look: Look) -> bytes:
    """The chart as PNG; letters that this machine has no font for are shown as boxes."""
    with _ONE_AT_A_TIME, mpl.rc_context(_settings(look)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure = _drawn(chart, look)
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None, "Title": label(chart.title)})
    return out.getvalue()


def _settings(look: Look) -> Any:
    palette = _PALETTES[look.colours]
    there = {font.name for font in font_manager.fontManager.ttflist}
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "chronik",
        "text.parse_math": False,
        "font.family": [name for name in _FONTS if name in there],
        "font.size": FONT_POINTS,
        "figure.dpi": PNG_DOTS_AN_INCH,
        "figure.facecolor": palette.sheet,
        "axes.facecolor": palette.sheet,
        "axes.edgecolor": palette.rule,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": palette.rule,
        "grid.linewidth": 0.6,
        "text.color": palette.ink,
        "xtick.color": palette.rule,
        "ytick.color": palette.rule,
        "xtick.labelcolor": palette.soft,
        "ytick.labelcolor": palette.soft,
        "hatch.linewidth": 0.5,
        "hatch.color": palette.sheet,
        "legend.frameon": False,
        "legend.fontsize": FONT_POINTS - 0.5,
    }


def _drawn(chart: Chart, look: Look) -> Figure:
    figure = Figure(figsize=inches(chart, look), layout="constrained")
    palette = _PALETTES[look.colours]
    if isinstance(chart, Areas):
        _areas(figure, chart, look, palette)
    elif isinstance(chart, Columns):
        _columns(figure, chart, look, palette)
    elif isinstance(chart, Bars):
        _bars(figure, chart, look, palette)
    elif isinstance(chart, Points):
        _points(figure, chart, look, palette)
    elif isinstance(chart, Lanes):
        _lanes(figure, chart, look, palette)
    return figure


def _areas(figure: Figure, chart: Areas, look: Look, palette: _Palette) -> None:
    heights = [3, 1] if chart.below else [1]
    rows = figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)
    axes = rows[0][0]
    places = range(len(chart.ticks))
    values = [one.values for one in chart.series]
    names = [label(one.name) for one in chart.series]
    colours = [palette.series[number % len(palette.series)] for number in range(len(values))]
    hatches = [_HATCHES[number % len(_HATCHES)] for number in range(len(values))]
    if len(chart.ticks) < AREA_PERIODS_MIN:
        bottom = [0] * len(chart.ticks)
        for name, counts, colour, hatch in zip(names, values, colours, hatches, strict=True):
            axes.bar(places, counts, bottom=bottom, label=name, color=colour, hatch=hatch, edgecolor=palette.sheet)
            bottom = [under + count for under, count in zip(bottom, counts, strict=True)]
    elif values:
        axes.stackplot(
            places, *values, labels=names, colors=colours, hatch=hatches, edgecolor=palette.sheet, linewidth=0.6
        )
    _counted(axes, chart)
    if chart.series:
        _legend(figure, axes, look)
    if chart.below:
        under = rows[1][0]
        _upright(under, chart.below, colour=palette.ink, width=0.7)
        under.set_title(label(chart.below.name), loc="left", fontsize=FONT_POINTS - 0.5, color=palette.ink, pad=3)
        _counted(under, chart, ticks_max=3)
    _periods(rows[-1][0], chart.ticks, look)


def _columns(figure: Figure, chart: Columns, look: Look, palette: _Palette) -> None:
    axes = figure.subplots()
    for number, one in enumerate(chart.series):
        colour = palette.series[number] if number else palette.column
        _upright(axes, one, colour=colour, width=0.85 - 0.35 * number)
    _counted(axes, chart)
    _periods(axes, chart.ticks, look)
    _legend(figure, axes, look)


def _upright(axes: Axes, series: Series, *, colour: str, width: float) -> None:
    """Upright bars; many of them as one outline, which is drawn in a fraction of the time."""
    count = len(series.values)
    if count > UPRIGHT_APART_MAX:
        edges = [place - 0.5 for place in range(count + 1)]
        axes.stairs(series.values, edges, fill=True, color=colour, label=label(series.name))
    else:
        axes.bar(range(count), series.values, label=label(series.name), color=colour, width=width)


def _bars(figure: Figure, chart: Bars, look: Look, palette: _Palette) -> None:
    axes = figure.subplots()
    labels = [label(one, 22 if look.narrow else 36) for one in chart.labels[:ROWS_MAX]]
    thick = 0.8 / max(len(chart.series), 1)
    most = max((max(one.values, default=0) for one in chart.series), default=0)
    for number, one in enumerate(chart.series):
        values = one.values[:ROWS_MAX]
        places = [row + (number - (len(chart.series) - 1) / 2) * thick for row in range(len(values))]
        colour = palette.series[number]
        drawn = axes.barh(
            places,
            values,
            height=thick * 0.92,
            label=label(one.name),
            color=colour,
            hatch=_HATCHES[number],
            edgecolor=palette.sheet,
            linewidth=0,
        )
        axes.bar_label(
            drawn, [chart.number(value) for value in values], padding=3, fontsize=FONT_POINTS - 2, color=palette.soft
        )
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", length=0, labelcolor=palette.ink)
    axes.invert_yaxis()
    axes.set_xlim(0, max(most * 1.12, 1))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if look.narrow else 6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.number(round(value))))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    if len(chart.series) > 1:
        _legend(figure, axes, look)


def _points(figure: Figure, chart: Points, look: Look, palette: _Palette) -> None:
    axes = figure.subplots()
    west, east, south, north = _frame(chart)
    for rings, colour in ((chart.land, palette.land), (chart.water, palette.sheet)):
        shown = [ring for ring in rings if _meets(ring, (west, east, south, north))]
        axes.add_collection(PolyCollection(shown, facecolors=colour, edgecolors=palette.rule, linewidths=0.5))
    most = max((one.count for one in chart.points), default=1)
    areas = [max(POINT_AREA_MAX * one.count / most, POINT_AREA_MIN) for one in chart.points]
    across = [one.longitude for one in chart.points]
    upward = [one.latitude for one in chart.points]
    axes.scatter(
        across, upward, s=areas, color=palette.series[0], alpha=0.7, edgecolors=palette.sheet, linewidths=0.8, zorder=3
    )
    _named(axes, chart, areas, inches(chart, look), palette)
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / max(math.cos(math.radians((south + north) / 2)), 0.2))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}°"))
    axes.grid(visible=True, alpha=0.6)


def _named(
    axes: Axes, chart: Points, areas: Sequence[float], wide_high_inches: tuple[float, float], palette: _Palette
) -> None:
    """Names beside the points, as many as have room."""
    west, east, south, north = _frame(chart)
    width, height = (length * POINTS_AN_INCH * MAP_SHARE for length in wide_high_inches)
    labelled = chart.points[:POINTS_LABELLED_MAX]
    size = FONT_POINTS - 1.5
    spots = [
        Spot(
            x=(one.longitude - west) / (east - west) * width,
            y=(one.latitude - south) / (north - south) * height,
            radius=math.sqrt(area) / 2,
            characters=len(label(one.label, PLACE_CHARACTERS_MAX)),
        )
        for one, area in zip(labelled, areas[: len(labelled)], strict=True)
    ]
    for one, place in zip(labelled, beside(spots, font_size=size, width=width), strict=True):
        if place:
            axes.annotate(
                label(one.label, PLACE_CHARACTERS_MAX),
                (one.longitude, one.latitude),
                xytext=(place.right, place.up),
                textcoords="offset points",
                ha=place.anchor,
                va="center",
                fontsize=size,
                color=palette.ink,
                zorder=4,
            )


def _frame(chart: Points) -> tuple[float, float, float, float]:
    """West, east, south, north: all points with some of the land around them."""
    across = [one.longitude for one in chart.points] or [0.0]
    upward = [one.latitude for one in chart.points] or [0.0]
    middle = (min(across) + max(across)) / 2, (min(upward) + max(upward)) / 2
    # A degree of longitude is shorter than one of latitude.
    shrunk = max(math.cos(math.radians(middle[1])), 0.2)
    high = max((max(upward) - min(upward)) * 1.25, MAP_DEGREES_MIN)
    wide = max((max(across) - min(across)) * 1.3, high * MAP_WIDER / shrunk)
    high = max(high, wide * shrunk / MAP_WIDER)
    west, east = max(middle[0] - wide / 2, -LONGITUDE_MAX), min(middle[0] + wide / 2, LONGITUDE_MAX)
    south, north = max(middle[1] - high / 2, -LATITUDE_SHOWN_MAX), min(middle[1] + high / 2, LATITUDE_SHOWN_MAX)
    return west, east, south, north


def _meets(ring: Sequence[tuple[float, float]], frame: tuple[float, float, float, float]) -> bool:
    west, east, south, north = frame
    across, upward = [x for x, _ in ring], [y for _, y in ring]
    return max(across) >= west and min(across) <= east and max(upward) >= south and min(upward) <= north


def _lanes(figure: Figure, chart: Lanes, look: Look, palette: _Palette) -> None:
    axes = figure.subplots()
    pairs = [(pair, "-") for pair in chart.lines] + [(pair, ":") for pair in chart.ties]
    for pair, style in pairs:
        ends = [chart.marks[place] for place in pair]
        axes.plot([one.at for one in ends], [one.lane for one in ends], style, color=palette.soft, linewidth=1.2)
    most = max((one.size for one in chart.marks), default=1)
    for one in chart.marks:
        area = max(MARK_AREA_MAX * one.size / most, MARK_AREA_MIN)
        colour = palette.series[one.lane % len(palette.series)]
        axes.scatter([one.at], [one.lane], s=area, color=colour, edgecolors=palette.sheet, linewidths=0.8, zorder=3)
        axes.text(
            one.at,
            one.lane,
            label(one.label, 4),
            ha="center",
            va="center_baseline",
            fontsize=FONT_POINTS - 3,
            color=palette.sheet,
            zorder=4,
        )
    axes.set_yticks(range(len(chart.lanes)), [label(one, 18 if look.narrow else 30) for one in chart.lanes])
    axes.tick_params(axis="y", length=0, labelcolor=palette.ink)
    axes.set_ylim(len(chart.lanes) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=TICKS_NARROW - 1 if look.narrow else TICKS_WIDE - 2, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.day(round(value))))
    axes.margins(x=0.04)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _counted(axes: Axes, chart: Chart, *, ticks_max: int = 5) -> None:
    """Numbers at the side, whole ones, as the reader's language writes them."""
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=ticks_max, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.number(round(value))))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def _periods(axes: Axes, ticks: Sequence[str], look: Look) -> None:
    """As many names of periods as there is room for."""
    shown = TICKS_NARROW if look.narrow else TICKS_WIDE
    step = max(-(-len(ticks) // shown), 1)
    axes.set_xticks(range(0, len(ticks), step), [label(one, 16) for one in ticks[::step]])
    axes.set_xlim(-0.5, len(ticks) - 0.5)


def _legend(figure: Figure, axes: Axes, look: Look) -> None:
    handles, names = axes.get_legend_handles_labels()
    columns = 2 if look.narrow else 4 if len(names) > LEGEND_COLUMNS_MAX else LEGEND_COLUMNS_MAX
    # The library fills column after column; people read line after line.
    order = [number for first in range(columns) for number in range(first, len(names), columns)]
    entries = [handles[number] for number in order], [names[number] for number in order]
    figure.legend(*entries, loc="outside upper left", ncols=columns)
