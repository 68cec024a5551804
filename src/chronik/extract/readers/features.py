"""What can be told of each leaf without knowing its language (decides): shape, place, company."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chronik.extract.encoding import clean_line
from chronik.extract.readers import marks
from chronik.extract.readers.columns import Columns, whole_numbers
from chronik.extract.readers.places import TAG_BITS, TAGS, heights, places
from chronik.extract.readers.shapes import BEGINNINGS, CAP, PHRASE_CHARACTERS_MAX, SEEN_CHARACTERS_MAX, shapes_of
from chronik.extract.titles import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import TypeAlias

    from chronik.extract.candidates import Declared
    from chronik.extract.readers.columns import Numbers
    from chronik.extract.readers.leaves import Leaves
    from chronik.extract.readers.places import Places
    from chronik.extract.readers.shapes import Shapes

    Levels: TypeAlias = Sequence[Numbers]
    """The element of each leaf, then the one around that, and so on."""

KEY_CHARACTERS = 40
"""So many first characters of a leaf are looked for in what the page declares."""
DECLARED_CHARACTERS_MAX = 50_000
"""Of a declared text that are looked at."""
AUTHORS_MAX = 20
HEIGHT_MAX = 5
"""So many elements around a leaf's own are weighed."""

_OWN, _NEAR, _IN = (tuple(f"{kind} {name}" for name in marks.BITS) for kind in ("own", "near", "in"))
_OWN_TAGS, _IN_TAGS = (tuple(f"{kind} <{tag}>" for tag in TAGS) for kind in ("own", "in"))
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
    initials: frozenset[str]
    """The first letters and figures of the titles."""
    authors: tuple[str, ...]
    body: str
    description: str

    def is_title(self, text: str) -> bool:
        """Whether a line is one of the titles that the page declares."""
        least, most = self.title_lengths
        if not least <= len(text) <= most:
            return False
        first = text[0]
        is_plain = first.isascii() and first.isalnum()
        return (not is_plain or first.lower() in self.initials) and comparable(text) in self.titles


def hints(declared: Declared, description: str = "") -> Hints:
    """What a page declares of itself, as far as it helps to find the body."""
    titles = frozenset(comparable(candidate.value) for candidate in declared.titles) - {""}
    lengths = [len(candidate.value) for candidate in declared.titles] + [len(title) for title in titles]
    names = [name.casefold() for group in declared.authors for name in group.values if 3 < len(name) < 60]
    longest = max((candidate.value for candidate in declared.bodies), key=len, default="")
    return Hints(
        titles=titles,
        title_lengths=(min(lengths), min(TITLE_CHARACTERS_MAX, max(lengths) + TITLE_SIGNS_MAX)) if titles else (1, 0),
        initials=frozenset(title[0] for title in titles),
        authors=tuple(dict.fromkeys(names))[:AUTHORS_MAX],
        body=clean_line(longest[:DECLARED_CHARACTERS_MAX]),
        description=clean_line(description[:SEEN_CHARACTERS_MAX]),
    )


def columns(page: Leaves, known: Hints, *, asked: Collection[str] | None = None) -> tuple[Columns, Shapes]:
    """What is told of each leaf, column by column, and the shapes it was told from; all, or only what is asked for."""
    shapes = shapes_of(page)
    where = places(page, weights=shapes.weight, prose=shapes.prose)
    levels = heights(page, HEIGHT_MAX)
    found = Columns(len(shapes), asked=asked)
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


def _add_shapes(found: Columns, shapes: Shapes) -> None:
    found.add("weight", shapes.weight)
    found.add("words", shapes.words)
    found.add("weight a word", shapes.weight / shapes.words)
    found.add("linked", shapes.linked)
    found.add("links", shapes.links)
    found.add("stressed", shapes.stressed)
    found.add("ends", shapes.ends)
    found.add("closed", shapes.closed)
    found.add("commas", shapes.commas)
    found.add("commas a word", shapes.commas / shapes.words)
    found.add("digits", shapes.digits)
    found.add("upper", shapes.upper)
    found.add("signs", shapes.signs)
    found.add("prose", shapes.prose)
    found.add("embedded", shapes.embedded)
    for name in BEGINNINGS:
        if found.wants(f"begins {name}"):
            found.add(f"begins {name}", [phrase == name for phrase in shapes.phrases])


def _add_company(found: Columns, page: Leaves, shapes: Shapes) -> None:
    """What stands right above and below."""
    near = (-3, -2, -1, 1, 2, 3)
    next_to = (-1, 1)
    elements = page.elements
    linked = np.rint(shapes.linked * shapes.weight).astype(np.int64)
    found.add_neighbours("weight", shapes.weight, steps=near)
    found.add_neighbours("linked", shapes.linked, steps=near)
    found.add_neighbours("closed", np.asarray(shapes.closed, dtype=bool), steps=(-2, -1, 1, 2))
    found.add_neighbours("phrase", np.asarray([phrase != "" for phrase in shapes.phrases], dtype=bool), steps=next_to)
    found.add_neighbours("digits", shapes.digits, steps=next_to)
    found.add_neighbours("stressed", shapes.stressed, steps=next_to)
    depths = whole_numbers(elements[leaf.element].depth for leaf in page.leaves)
    found.add_neighbours("depth", depths, steps=next_to)
    found.add_windows("prose", shapes.prose, radii=(2, 5, 10, 30))
    found.add_windows("weight", shapes.weight, radii=(2, 5, 10))
    found.add_windows("linked", linked, radii=(2, 5, 10))


def _add_places(found: Columns, page: Leaves, where: Places, levels: Levels) -> None:
    own = levels[0]
    mine, around, beyond = ([page.elements[place] for place in level.tolist()] for level in levels[:3])
    found.add_bits(_OWN, [element.own for element in mine])
    found.add_bits(_NEAR, [a.own | b.own | c.own for a, b, c in zip(mine, around, beyond, strict=True)])
    found.add_bits(_IN, [element.chain for element in mine])
    found.add_bits(_OWN_TAGS, [TAG_BITS.get(element.tag, 0) for element in mine])
    found.add_bits(_IN_TAGS, [where.tags[place] for place in own.tolist()])
    depths = whole_numbers(element.depth for element in mine)
    found.add("depth", depths)
    found.add("hidden", [element.hidden for element in mine])
    found.add("up", where.up[own])
    found.add("down", where.down[own])
    found.add("depth from core", depths - (page.elements[where.core].depth if where.core >= 0 else 0))
    found.add("breaks", [leaf.breaks for leaf in page.leaves])


def _add_containers(found: Columns, where: Places, levels: Levels) -> None:
    """What the containers of a leaf hold, near and far."""
    proses = where.sums.prose.tolist()
    total = proses[0] if proses else 0
    found.add_sums((0, 1, 2, 3, HEIGHT_MAX), where.sums.kinds(), levels=levels)
    core = proses[where.core] if where.core >= 0 else 0
    found.add_constant("page prose", total)
    found.add_constant("page leaves", found.rows)
    found.add_constant("core prose", core)
    found.add_constant("core share", core / total if where.core >= 0 and total else -1)


def _add_ranks(found: Columns, levels: Levels) -> None:
    """Which leaf of its containers a leaf is, counted from the first and from the last."""
    for steps in (0, 1, 2):
        keys = levels[steps].tolist()
        if found.wants(f"rank {steps}"):
            found.add(f"rank {steps}", _ranks(keys))
        if found.wants(f"rank from last {steps}"):
            found.add(f"rank from last {steps}", _ranks(keys[::-1])[::-1])


def _ranks(keys: Sequence[int]) -> list[int]:
    seen: dict[int, int] = {}
    found = []
    for key in keys:
        seen[key] = rank = seen.get(key, -1) + 1
        found.append(rank)
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
        found.add(f"pictures in {steps}", [latest.get(place, 0) for place in levels[steps].tolist()])


def _add_kin(found: Columns, page: Leaves, shapes: Shapes) -> None:
    """What leaves are like that are marked up in the same way."""
    elements = page.elements
    numbers: dict[tuple[str, str, str, str], int] = {}
    kinds = []
    for leaf in page.leaves:
        element = elements[leaf.element]
        around = elements[element.above] if element.above >= 0 else element
        kinds.append(numbers.setdefault((element.tag, element.names, around.tag, around.names), len(numbers)))
    kind = np.asarray(kinds, dtype=np.intp)
    linked = np.rint(shapes.linked * shapes.weight)
    count, weight, prose, linked = (
        np.bincount(kind, weights=each)[kind] for each in (None, shapes.weight, shapes.prose, linked)
    )
    total = int(shapes.prose.sum())
    found.add("kin", count)
    found.add("kin weight", weight / count)
    found.add("kin share", prose / total if total else np.full(found.rows, -1))
    found.add("kin running", prose / weight)
    found.add("kin linked", linked / weight)
    keys = [leaf.text[:KEY_CHARACTERS] for leaf in page.leaves]
    texts = Counter(keys)
    found.add("repeated", [texts[key] for key in keys])


def _add_course(found: Columns, page: Leaves, shapes: Shapes, where: Places) -> None:
    """How far down the page, and how far from running text of the core, a leaf stands."""
    passed = np.cumsum(shapes.prose) - shapes.prose
    total = int(shapes.prose.sum())
    found.add("prose passed", passed / total if total else np.full(found.rows, -1))
    found.add_course()
    own = whole_numbers(leaf.element for leaf in page.leaves)
    in_core = (shapes.prose > 0) & (where.down[own] == 0) & (where.core >= 0)
    found.add_since("since core", in_core)
    found.add_until("until core", in_core)
    tags = [page.elements[leaf.element].tag for leaf in page.leaves]
    found.add_since("since heading", [tag in _HEADS for tag in tags])
    rows = np.arange(found.rows)
    found.add("from h1", rows - tags.index("h1") if "h1" in tags else np.full(found.rows, -CAP))


def _add_declared(found: Columns, page: Leaves, known: Hints) -> None:
    """What of a leaf the page declares elsewhere."""
    nothing = np.full(found.rows, -1)
    found.add("declared", [_stands(leaf.text, known.body) for leaf in page.leaves] if known.body else nothing)
    found.add_constant("declared length", len(known.body))
    description = known.description
    found.add("described", [_described(leaf.text, description) for leaf in page.leaves] if description else nothing)
    is_title = [known.is_title(leaf.text) for leaf in page.leaves]
    found.add("title", is_title)
    found.add_since("since title", is_title)
    found.add_until("until title", is_title)
    found.add("authored", [_names_author(leaf.text, known.authors) for leaf in page.leaves])


def _stands(text: str, declared: str) -> int:
    """How much of a leaf's beginning and end stands in a declared text."""
    return (text[:KEY_CHARACTERS] in declared) + (text[-KEY_CHARACTERS:] in declared)


def _described(text: str, description: str) -> bool:
    return text[:KEY_CHARACTERS] == description[:KEY_CHARACTERS] or (len(text) > KEY_CHARACTERS and text in description)


def _names_author(text: str, authors: Sequence[str]) -> bool:
    if not authors or len(text) > PHRASE_CHARACTERS_MAX:
        return False
    folded = text.casefold()
    return any(name in folded for name in authors)
