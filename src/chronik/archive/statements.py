"""Acts: keeps sentence vectors of what is said in articles, so that a statement is known in other languages.

They stay in the process: a statement is encoded once, and pages that show it again need not wait.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chronik.archive.neighbours import encoder_name
from chronik.relate import keeping
from chronik.relate.accounts import Vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.archive.archive import Archive
    from chronik.relate.accounts import Told

STATEMENTS = "statements"
KEPT_MAX = 20_000
ENCODED_MAX = 400
"""Of one page's statements so many are encoded at a time: some seconds."""
CHARACTERS_MAX = 1_000
"""More than the encoder reads of a text."""


def vectors(archive: Archive, told: Sequence[Told], *, question: str = "", encode: bool = False) -> Vectors:
    """The vectors of statements whose speaker is known; with `encode` those that are lacking are made first.

    Raises EncoderError where they cannot be made.
    """
    held: dict[tuple[str, str, int], bytes] = archive.kept.setdefault(STATEMENTS, {})
    if archive.encode is None or not (encode or held):
        return Vectors()  # asking the encoder for its name loads it
    maker = encoder_name(archive)
    said = dict(_spoken(told))
    if encode:
        lacking = list(islice((key for key in said if (maker, *key) not in held), ENCODED_MAX))
        if lacking:
            made = archive.encode.vectors([said[key] for key in lacking])
            kept = zip(lacking, map(keeping.kept_vector, made), strict=True)
            held.update({(maker, *key): vector for key, vector in kept})
        _let_go(held)
    asked = archive.encode.vectors([question[:CHARACTERS_MAX]])[0] if encode and question else None
    found = {key: keeping.vector(held[maker, *key]) for key in said if (maker, *key) in held}
    return Vectors(statements={key: one for key, one in found.items() if one is not None}, question=asked)


def _spoken(told: Sequence[Told]) -> Iterator[tuple[tuple[str, int], str]]:
    for one in told:
        for said in one.statements:
            if said.speaker and 0 <= said.start < said.end <= len(one.text):
                yield (one.article, said.start), one.text[said.start : said.end][:CHARACTERS_MAX]


def _let_go(held: dict[tuple[str, str, int], bytes]) -> None:
    """Of what is kept the oldest goes first."""
    for key in list(islice(held, max(len(held) - KEPT_MAX, 0))):
        held.pop(key, None)
