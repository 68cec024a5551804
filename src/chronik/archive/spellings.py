"""Acts: gives the bridge of names, and the spellings of a name, with what this archive knows of them.

What editors said comes first; what the archive learned and is certain enough to be used without asking comes after,
unless they said otherwise. Relating, suggesting, accounts and search all ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.ports.relating import Spellings
from chronik.relate.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.ports import Catalogue


def known_spellings(catalogue: Catalogue) -> tuple[Spellings, ...]:
    """What editors said, then what was learned and is used without asking; the latter has number 0 and no name."""
    said = catalogue.spellings()
    refused = {frozenset(one.spellings) for one in said if not one.same}
    used = [pair for pair in catalogue.used_names() if frozenset(pair) not in refused]
    return (*said, *(Spellings(number=0, spellings=pair) for pair in used))


def bridge_of(said: Sequence[Spellings]) -> Bridge:
    """The bridge with spellings that are one name, and pairs that are two."""
    extra = [one.spellings for one in said if one.same]
    apart = [(one.spellings[0], one.spellings[1]) for one in said if not one.same]
    return Bridge(extra, apart)


class ArchiveSpellings:
    """The bridge of an archive, made anew when somebody said or accepted something. Costs little until it is asked."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._said: tuple[Spellings, ...] = ()
        self._bridge: Bridge | None = None

    def bridge(self) -> Bridge:
        """The bridge with all that is known now."""
        said = known_spellings(self._catalogue)
        if self._bridge is None or said != self._said:
            self._said, self._bridge = said, bridge_of(said)
        return self._bridge

    def __call__(self, phrase: str) -> tuple[str, ...]:
        """The phrase itself, then every other spelling of what it names."""
        return self.bridge().spellings(phrase)
