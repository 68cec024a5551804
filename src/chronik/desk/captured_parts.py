"""Acts: looks up the pictures and style sheets that came in one file with a captured page, so that it can show them.

Chronik itself captures pages alone. Only what others captured, and an archive took in from a WARC or WACZ file, holds
their parts: those of the same file, the nearest in time where there are several of one address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik.catalogue import convert
from chronik.catalogue.models import CaptureRow
from chronik.desk.cage import PICTURES
from chronik.errors import ChronikError
from chronik.extract import replayed
from chronik.extract.encoding import decoded, media_type_of
from chronik.extract.replayed import Parts
from chronik.model import Failure, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.archive import Archive
    from chronik.model import Capture, Page

PARTS_MAX = 400
PART_BYTES_MAX = 8 * 2**20
PARTS_BYTES_MAX = 24 * 2**20
"""Of a page together; what comes later is left out."""
ROUNDS_MAX = 1 + replayed.IMPORTS_DEEP_MAX
"""Style sheets name others."""
ADDRESSES_A_QUESTION = 200
STYLE = "text/css"


def parts(archive: Archive, capture: Capture, *, html: str) -> Parts:
    """What the vault holds of a page beside its text; nothing for a page that Chronik captured itself."""
    if not capture.origin or capture.record is not RecordKind.RESPONSE:
        return Parts()
    found = _Found(archive=archive, capture=capture)
    base = replayed.base_of(html, capture.url)
    wanted = replayed.wanted_by_page(html, base)
    for _ in range(ROUNDS_MAX):
        fresh = found.look_up([*wanted.styles, *wanted.pictures])
        named = [replayed.wanted_by_style(found.styles[address], address) for address in fresh]
        wanted = replayed.Wanted(
            pictures=tuple(address for one in named for address in one.pictures),
            styles=tuple(address for one in named for address in one.styles),
        )
    return Parts(pictures=found.pictures, styles=found.styles)


@dataclass(slots=True, kw_only=True)
class _Found:
    archive: Archive
    capture: Capture
    pictures: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    bytes_left: int = PARTS_BYTES_MAX

    def look_up(self, addresses: Iterable[str]) -> list[str]:
        """Read what was not asked for yet; the style sheets among it, by address."""
        fresh = [one for one in dict.fromkeys(addresses) if one not in self.asked][: PARTS_MAX - len(self.asked)]
        self.asked.update(fresh)
        before = set(self.styles)
        for address, kept in self._nearest(fresh).items():
            self._read(address, kept)
        return [address for address in self.styles if address not in before]

    def _nearest(self, addresses: Sequence[str]) -> dict[str, Capture]:
        nearest: dict[str, Capture] = {}
        for start in range(0, len(addresses), ADDRESSES_A_QUESTION):
            part = addresses[start : start + ADDRESSES_A_QUESTION]
            rows = CaptureRow.objects.filter(url__in=part, origin=self.capture.origin, status=200)
            for kept in map(convert.capture, rows.order_by("captured_at", "id")):
                if kept.url not in nearest or self._away(kept) < self._away(nearest[kept.url]):
                    nearest[kept.url] = kept
        return {address: nearest[address] for address in addresses if address in nearest}

    def _away(self, kept: Capture) -> float:
        return abs((kept.captured_at - self.capture.captured_at).total_seconds())

    def _read(self, address: str, kept: Capture) -> None:
        """Take it if it is what it has to be by its own bytes; a part that cannot be read is one that is missing."""
        try:
            page = self.archive.vault_of(kept.url).page(kept, size_bytes_max=min(PART_BYTES_MAX, self.bytes_left))
        except ChronikError:
            return
        kind = media_type_of(page.body)
        if kind in PICTURES:
            self.pictures[address] = replayed.data_address(kind, page.body)
        elif not kind and page.media_type == STYLE:
            self._take_style(address, page)
        else:
            return
        self.bytes_left -= len(page.body)

    def _take_style(self, address: str, page: Page) -> None:
        css = decoded(page.body, page.charset)
        if not isinstance(css, Failure):
            self.styles[address] = css
