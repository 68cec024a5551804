"""The reader of our own: tells each leaf of a page by its shape, place and company, and keeps the article's (decides).

What its sums weigh was learned from pages whose text is known (`tools/train_reading.py`); how sure they are says
whether another reader should be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from chronik.extract.candidates import Declared
from chronik.extract.readers import features
from chronik.extract.readers.columns import Forest
from chronik.extract.readers.gaps import filled
from chronik.extract.readers.leaves import Leaves, leaves
from chronik.extract.readers.rendering import body_of, in_captions
from chronik.extract.readers.shapes import PHRASE_CHARACTERS_MAX
from chronik.extract.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from chronik.extract.candidates import Body
    from chronik.extract.readers.columns import Columns, Numbers
    from chronik.extract.readers.features import Hints
    from chronik.extract.readers.shapes import Shapes

VERSION = "chronik blocks 1"

BAR_THOUSANDTHS = 100
"""Leaves whose sum is above it are kept, in thousandths of the forest's unit."""
CERTAIN = 1_000
CERTAIN_UNITS = 3
"""So many units of a sum lie between even chances and certainty."""
DOUBT_MAX = 0.15
"""Share of doubtful text above which the finding is not trusted."""
TRUSTED_WEIGHT_MIN = 600
"""A shorter finding may be a notice beside the article."""
VOICE = 3
"""What another reader's word on a leaf weighs, in units of the forest."""
MENU_LINKS_MIN, MENU_LINKED_MIN = 3, 0.9
"""A leaf with so many links, and so large a share of them, is a menu."""
SHINGLE_WORDS = 4
COPY_CHARACTERS_MIN = 60
"""Shorter leaves may well stand in an article twice."""
COPIED_SHARE_MIN = 0.3
"""From this share of text that stands there before on, a page is held to hold its article twice."""
DIGESTS_MAX, DIGESTED_MAX = 4, 1_000
"""So many of the longest leaves are held against so many others."""
DIGEST_LEAVES_MIN = 3
"""A leaf that holds the text of so many others is a copy of them."""

_DESCRIPTIONS = ('meta[name="description"]', 'meta[property="og:description"]')
_RIGHTS = ("©", "(c)", "(C)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Look:
    """A page's leaves, and how likely each is the article's."""

    page: Leaves
    shapes: Shapes
    sums: Sequence[int]
    """Above the bar: the article's."""
    unit: int
    known: Hints

    def doubtful(self) -> bool:
        """Whether the finding is short, or much of it might as well be left out or more taken in."""
        likely = _chances(self.sums, self.unit)
        weights = self.shapes.weight
        certain = int((likely * weights).sum())
        unsure = int((np.minimum(likely, CERTAIN - likely) * weights).sum())
        weight = int(weights[2 * likely > CERTAIN].sum())
        return weight < TRUSTED_WEIGHT_MIN or unsure > DOUBT_MAX * certain

    def chosen(self) -> list[int]:
        """The places of the leaves that make up the article."""
        bar = BAR_THOUSANDTHS * self.unit // 1_000
        captions = in_captions(self.page)
        above = [row for row, total in enumerate(self.sums) if total > bar and not captions[row] and self._is_text(row)]
        return _single(self.page, filled(self.page, above))

    def _is_text(self, row: int) -> bool:
        """Rows of links are menus, titles stand above and rights below the text."""
        leaf = self.page.leaves[row]
        if leaf.text.startswith(_RIGHTS) and len(leaf.text) <= PHRASE_CHARACTERS_MAX:
            return False
        if len(leaf.links) >= MENU_LINKS_MIN and self.shapes.linked[row] >= MENU_LINKED_MIN:
            return False
        return not self.known.is_title(leaf.text)


def _chances(sums: Sequence[int], unit: int) -> Numbers:
    """What each sum says, from 0 to `CERTAIN`; whole numbers, the same on every machine."""
    share = (np.asarray(sums, dtype=np.int64) + CERTAIN_UNITS * unit) * CERTAIN // (2 * CERTAIN_UNITS * unit)
    return np.clip(share, 0, CERTAIN)


def told(
    tree: Tree, *, declared: Declared, asked: Collection[str] | None = None
) -> tuple[Leaves, Shapes, Hints, Columns]:
    """A page's leaves and what the first look has of them: all, or only the columns that are asked for."""
    page = leaves(tree.root) if tree.root is not None else Leaves()
    known = features.hints(declared, _description(tree))
    columns, shapes = features.columns(page, known, asked=asked)
    return page, shapes, known, columns


def look(tree: Tree, *, declared: Declared) -> Look:
    """How likely each leaf of a page is the article's. The tree is not changed."""
    forest = _forest()
    page, shapes, known, columns = told(tree, declared=declared, asked=frozenset(forest.asked))
    sums = forest.sums(columns) if page.leaves else []
    return Look(page=page, shapes=shapes, sums=sums, unit=forest.unit, known=known)


def column_names() -> tuple[str, ...]:
    """The names of all that is told of a leaf, in order."""
    return tuple(told(Tree("<p>x</p>"), declared=Declared())[-1].names)


def body(tree: Tree, *, url: str, declared: Declared) -> Body:
    """The paragraphs, links and pictures of the article on a page; without blocks where there is none."""
    found = look(tree, declared=declared)
    return body_of(found.page, found.chosen(), url=url, origin=VERSION, trusted=not found.doubtful())


def heard(found: Look, lines: Sequence[str]) -> Look:
    """The same look after another reader's word: what that one took counts for a leaf, what it left against."""
    taken = set(_shingles(" ".join(lines)))
    text = " ".join(_WORD.findall(" ".join(lines)))
    weight = VOICE * found.unit
    sums = []
    for leaf, total in zip(found.page.leaves, found.sums, strict=True):
        own = _shingles(leaf.text)
        if own:
            share = sum(shingle in taken for shingle in own) / len(own)
        else:
            share = float(" ".join(_WORD.findall(leaf.text)) in text)
        sums.append(total + round(weight * (2 * share - 1)))
    return Look(page=found.page, shapes=found.shapes, sums=sums, unit=found.unit, known=found.known)


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    return list(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))


def _single(page: Leaves, rows: Sequence[int]) -> list[int]:
    """The rows without copies of others, where a page holds its article more than once."""
    kept = _without_digests(page, rows)
    seen: set[str] = set()
    copies: set[int] = set()
    for row in kept:
        text = page.leaves[row].text
        if len(text) < COPY_CHARACTERS_MIN:
            continue
        if text in seen:
            copies.add(row)
        seen.add(text)
    total = sum(len(page.leaves[row].text) for row in kept)
    if sum(len(page.leaves[row].text) for row in copies) < COPIED_SHARE_MIN * total:
        return kept
    return [row for row in kept if row not in copies]


def _without_digests(page: Leaves, rows: Sequence[int]) -> list[int]:
    """The rows without a leaf that holds the text of several others, as one kept for machines does."""
    texts = [(row, text) for row in rows if len(text := page.leaves[row].text) >= COPY_CHARACTERS_MIN]
    if len(texts) <= DIGEST_LEAVES_MIN:
        return list(rows)
    keys = [text[: features.KEY_CHARACTERS] for _, text in texts[:DIGESTED_MAX]]
    longest = nlargest(DIGESTS_MAX, texts, key=lambda pair: len(pair[1]))
    digests = {row for row, text in longest if sum(key in text for key in keys) > DIGEST_LEAVES_MIN}
    return [row for row in rows if row not in digests]


def _description(tree: Tree) -> str:
    for selector in _DESCRIPTIONS:
        node = tree.css_first(selector)
        if node is not None and node.attributes.get("content"):
            return node.attributes["content"] or ""
    return ""


@cache
def _forest() -> Forest:
    return Forest.read(files(__package__).joinpath("weights.json").read_text(encoding="ascii"), column_names())
