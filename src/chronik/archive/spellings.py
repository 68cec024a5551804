"""Acts: gives the spellings of a name, with what editors said of them in this archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.relate.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.ports import Catalogue
    from chronik.ports.relating import Spellings


def bridge_of(said: Sequence[Spellings]) -> Bridge:
    """The bridge with what editors said: spellings that are one name, and pairs that are two."""
    extra = [one.spellings for one in said if one.same]
    apart = [(one.spellings[0], one.spellings[1]) for one in said if not one.same]
    return Bridge(extra, apart)


class ArchiveSpellings:
    """Every spelling of a name. Costs little until it is asked: the lists of names are read then."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._said: tuple[Spellings, ...] = ()
        self._bridge: Bridge | None = None

    def __call__(self, phrase: str) -> tuple[str, ...]:
        """The phrase itself, then every other spelling of what it names."""
        said = tuple(self._catalogue.spellings())
        if self._bridge is None or said != self._said:
            self._said, self._bridge = said, bridge_of(said)
        return self._bridge.spellings(phrase)
