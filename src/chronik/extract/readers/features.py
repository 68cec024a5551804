"""What can be told of each leaf without knowing its language (decides): shape, place, company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from chronik.extract.encoding import clean_line
from chronik.extract.readers import marks
from chronik.extract.readers.columns import Columns
from chronik.extract.readers.places import TAG_BITS, TAGS, heights, places
from chronik.extract.readers.shapes import BEGINNINGS, CAP, PHRASE_CHARACTERS_MAX, SEEN_CHARACTERS_MAX, shapes_of
from chronik.extract.titles import comparable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.candidates import Declared
    from chronik.extract.readers.leaves import Leaves
    from chronik.extract.readers.places import Places
    from chronik.extract.readers.shapes import Shape

KEY_CHARACTERS = 40
"""So many first characters of a leaf are looked for in what the page declares."""
DECLARED_CHARACTERS_MAX = 50_000
"""Of a declared text that are looked at."""
AUTHORS_MAX = 20
HEIGHT_MAX = 5
"""So many elements around a leaf's own are weighed."""

Levels: TypeAlias = list[list[int]]
"""The element of each leaf, then the one around that, and so on."""

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TITLE_CHARACTERS_MAX = 300
TITLE_SIGNS_MAX = 30
"""By so many signs a title on the page may be longer than where it is declared."""
PICTURE_STEPS_MAX = 4
"""So many containers of a picture are looked at."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the page declares, made ready for being looked for in leaves."""

    titles: frozenset[str]
    """In comparable form."""
    title_lengths: tuple[int, int]
    """The least and the most characters of a line that may be one of the titles."""
    authors: tuple[str, ...]
    body: str
    description: str

    def is_title(self, text: str) -> bool:
        """Whether a line is one of the titles that the page declares."""
        least, most = self.title_lengths
        return least <= len(text) <= most and comparable(text) in self.titles


def hints(declared: Declared, description: str = "") -> Hints:
    """What a page declares of itself, as far as it helps to find the body."""
    titles = frozenset(comparable(candidate.value) for candidate in declared.titles) - {""}
    lengths = [len(candidate.value) for candidate in declared.titles] + [len(title) for title in titles]
    names = [name.casefold() for group in declared.authors for name in group.values if 3 < len(name) < 60]
    longest = max((candidate.value for candidate in declared.bodies), key=len, default="")
    return Hints(
        titles=titles,
        title_lengths=(min(lengths), min(TITLE_CHARACTERS_MAX, max(lengths) + TITLE_SIGNS_MAX)) if titles else (1, 0),
        authors=tuple(dict.fromkeys(names))[:AUTHORS_MAX],
        body=clean_line(longest[:DECLARED_CHARACTERS_MAX]),
        description=clean_line(description[:SEEN_CHARACTERS_MAX]),
    )


def columns(page: Leaves, known: Hints) -> tuple[Columns, list[Shape]]:
    """All that is told of each leaf, column by column, and the shapes it was told from."""
    shapes = shapes_of(page)
    where = places(page, weights=[one.weight for one in shapes], prose=[one.prose for one in shapes])
    levels = heights(page, HEIGHT_MAX)
    found = Columns(len(shapes))
    _add_shapes(found, shapes)
    _add_company(found, page, shapes)
    _add_places(found, page, where, levels)
    _add_containers(found, where, levels)
    _add_kin(found, page, shapes)
    _add_course(found, page, shapes, where)
    _add_ranks(found, levels)
    _add_pictures(found, page, levels)
    _add_declared(found, page, known)
    return found, shapes


def _add_shapes(found: Columns, shapes: Sequence[Shape]) -> None:
    found.add("weight", [one.weight for one in shapes])
    found.add("words", [one.words for one in shapes])
    found.add("weight a word", [one.weight / one.words for one in shapes])
    found.add("linked", [one.linked for one in shapes])
    found.add("links", [one.links for one in shapes])
    found.add("stressed", [one.stressed for one in shapes])
    found.add("ends", [one.ends for one in shapes])
    found.add("closed", [one.closed for one in shapes])
    found.add("commas", [one.commas for one in shapes])
    found.add("commas a word", [one.commas / one.words for one in shapes])
    found.add("digits", [one.digits for one in shapes])
    found.add("upper", [one.upper for one in shapes])
    found.add("signs", [one.signs for one in shapes])
    found.add("prose", [one.prose for one in shapes])
    found.add("embedded", [one.embedded for one in shapes])
    for name in BEGINNINGS:
        found.add(f"begins {name}", [one.phrase == name for one in shapes])


def _add_company(found: Columns, page: Leaves, shapes: Sequence[Shape]) -> None:
    """What stands right above and below."""
    near = (-3, -2, -1, 1, 2, 3)
    next_to = (-1, 1)
    elements = page.elements
    found.add_neighbours("weight", [one.weight for one in shapes], steps=near)
    found.add_neighbours("linked", [one.linked for one in shapes], steps=near)
    found.add_neighbours("closed", [one.closed for one in shapes], steps=(-2, -1, 1, 2))
    found.add_neighbours("phrase", [one.phrase != "" for one in shapes], steps=next_to)
    found.add_neighbours("digits", [one.digits for one in shapes], steps=next_to)
    found.add_neighbours("stressed", [one.stressed for one in shapes], steps=next_to)
    found.add_neighbours("depth", [elements[leaf.element].depth for leaf in page.leaves], steps=next_to)
    found.add_windows("prose", [one.prose for one in shapes], radii=(2, 5, 10, 30))
    found.add_windows("weight", [one.weight for one in shapes], radii=(2, 5, 10))
    found.add_windows("linked", [round(one.linked * one.weight) for one in shapes], radii=(2, 5, 10))


def _add_places(found: Columns, page: Leaves, where: Places, levels: Levels) -> None:
    elements = page.elements
    own = levels[0]
    near = [elements[a].own | elements[b].own | elements[c].own for a, b, c in zip(*levels[:3], strict=True)]
    names = tuple(marks.BITS)
    found.add_bits([f"own {name}" for name in names], [elements[place].own for place in own])
    found.add_bits([f"near {name}" for name in names], near)
    found.add_bits([f"in {name}" for name in names], [elements[place].chain for place in own])
    found.add_bits([f"own <{tag}>" for tag in TAGS], [TAG_BITS.get(elements[place].tag, 0) for place in own])
    found.add_bits([f"in <{tag}>" for tag in TAGS], [where.tags[place] for place in own])
    found.add("depth", [elements[place].depth for place in own])
    found.add("hidden", [elements[place].hidden for place in own])
    found.add("up", [where.up[place] for place in own])
    found.add("down", [where.down[place] for place in own])
    core_depth = elements[where.core].depth if where.core >= 0 else 0
    found.add("depth from core", [elements[place].depth - core_depth for place in own])
    found.add("breaks", [leaf.breaks for leaf in page.leaves])


def _add_containers(found: Columns, where: Places, levels: Levels) -> None:
    """What the containers of a leaf hold, near and far."""
    sums = where.sums
    total = sums.prose[0] if sums.prose else 0
    found.add_sums((0, 1, 2, 3, HEIGHT_MAX), sums.kinds(), levels=levels)
    core = sums.prose[where.core] if where.core >= 0 else 0
    found.add_constant("page prose", total)
    found.add_constant("page leaves", found.rows)
    found.add_constant("core prose", core)
    found.add_constant("core share", core / total if where.core >= 0 and total else -1)


def _add_ranks(found: Columns, levels: Levels) -> None:
    """Which leaf of its containers a leaf is, counted from the first and from the last."""
    for steps in (0, 1, 2):
        found.add(f"rank {steps}", _ranks(levels[steps]))
        found.add(f"rank from last {steps}", _ranks(levels[steps][::-1])[::-1])


def _ranks(keys: Sequence[int]) -> list[int]:
    seen: dict[int, int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, -1) + 1
        found.append(seen[key])
    return found


def _add_pictures(found: Columns, page: Leaves, levels: Levels) -> None:
    """How close a picture stands: a caption follows its picture in the same small container."""
    latest: dict[int, int] = {}
    counts = [0] * (found.rows + 1)
    for image in page.images:
        counts[min(image.leaf, found.rows)] += 1
        place = image.element
        for _ in range(PICTURE_STEPS_MAX):
            if place < 0:
                break
            latest[place] = latest.get(place, 0) + 1
            place = page.elements[place].above
    found.add("pictures before", counts[:-1])
    found.add("pictures behind", counts[1:])
    for steps in (0, 1, 2):
        found.add(f"pictures in {steps}", [latest.get(place, 0) for place in levels[steps]])


def _add_kin(found: Columns, page: Leaves, shapes: Sequence[Shape]) -> None:
    """What leaves are like that are marked up in the same way."""
    elements = page.elements
    kinds = []
    for leaf in page.leaves:
        element = elements[leaf.element]
        around = elements[element.above] if element.above >= 0 else element
        kinds.append((element.tag, element.names, around.tag, around.names))
    totals: dict[tuple[str, str, str, str], list[int]] = {}
    for kind, one in zip(kinds, shapes, strict=True):
        total = totals.setdefault(kind, [0, 0, 0, 0])
        total[0] += 1
        total[1] += one.weight
        total[2] += one.prose
        total[3] += round(one.linked * one.weight)
    kin = [totals[kind] for kind in kinds]
    prose = sum(one.prose for one in shapes)
    found.add("kin", [count for count, _, _, _ in kin])
    found.add("kin weight", [weight / count for count, weight, _, _ in kin])
    found.add("kin share", [running / prose if prose else -1 for _, _, running, _ in kin])
    found.add("kin running", [running / weight for _, weight, running, _ in kin])
    found.add("kin linked", [linked / weight for _, weight, _, linked in kin])
    texts: dict[str, int] = {}
    for leaf in page.leaves:
        texts[leaf.text[:KEY_CHARACTERS]] = texts.get(leaf.text[:KEY_CHARACTERS], 0) + 1
    found.add("repeated", [texts[leaf.text[:KEY_CHARACTERS]] for leaf in page.leaves])


def _add_course(found: Columns, page: Leaves, shapes: Sequence[Shape], where: Places) -> None:
    """How far down the page, and how far from running text of the core, a leaf stands."""
    rows = found.rows
    total = sum(one.prose for one in shapes)
    passed, before = [], 0
    for one in shapes:
        passed.append(before / total if total else -1)
        before += one.prose
    found.add("prose passed", passed)
    found.add_course()
    in_core = [
        one.prose > 0 and where.down[leaf.element] == 0 and where.core >= 0
        for leaf, one in zip(page.leaves, shapes, strict=True)
    ]
    found.add("since core", _since(in_core))
    found.add("until core", _since(in_core[::-1])[::-1])
    heads = [page.elements[leaf.element].tag in _HEADS for leaf in page.leaves]
    found.add("since heading", _since(heads))
    first = next((row for row, leaf in enumerate(page.leaves) if page.elements[leaf.element].tag == "h1"), -1)
    found.add("from h1", [row - first if first >= 0 else -CAP for row in range(rows)])


def _since(marked: Sequence[bool]) -> list[int]:
    """How many rows ago a marked one was, itself not counted; -1 where there was none."""
    found, last = [], -1
    for row, is_marked in enumerate(marked):
        found.append(row - last if last >= 0 else -1)
        if is_marked:
            last = row
    return found


def _add_declared(found: Columns, page: Leaves, known: Hints) -> None:
    """What of a leaf the page declares elsewhere."""
    found.add("declared", [_stands(leaf.text, known.body) for leaf in page.leaves])
    found.add_constant("declared length", len(known.body))
    found.add("described", [_described(leaf.text, known.description) for leaf in page.leaves])
    is_title = [known.is_title(leaf.text) for leaf in page.leaves]
    found.add("title", is_title)
    found.add("since title", _since(is_title))
    found.add("until title", _since(is_title[::-1])[::-1])
    found.add("authored", [_names_author(leaf.text, known.authors) for leaf in page.leaves])


def _stands(text: str, declared: str) -> int:
    """Whether a leaf's beginning or end stands in a declared text; -1 where nothing is declared."""
    if not declared:
        return -1
    return int(text[:KEY_CHARACTERS] in declared) + int(text[-KEY_CHARACTERS:] in declared)


def _described(text: str, description: str) -> int:
    if not description:
        return -1
    return int(
        text[:KEY_CHARACTERS] == description[:KEY_CHARACTERS] or (len(text) > KEY_CHARACTERS and text in description)
    )


def _names_author(text: str, authors: Sequence[str]) -> bool:
    if not authors or len(text) > PHRASE_CHARACTERS_MAX:
        return False
    folded = text.casefold()
    return any(name in folded for name in authors)
