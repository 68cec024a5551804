"""Acts: asks addresses politely, and remembers of each host what the next process must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chronik.collect import addresses, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.archive.archive import Archive
    from chronik.ports import Ask, Catalogue, HostState

PAGE_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5"
"""What pages are asked for with."""


class _Remembered(Mapping[str, "HostState"]):
    """What the catalogue knows of hosts; those that redirects lead to are looked up when one is there."""

    def __init__(self, catalogue: Catalogue, asks: Iterable[Ask]) -> None:
        self._catalogue = catalogue
        self._known: dict[str, HostState] = catalogue.hosts(addresses.host_and_port(ask.url) for ask in asks)

    def __getitem__(self, host: str) -> HostState:
        if host not in self._known:
            self._known |= self._catalogue.hosts([host])
        return self._known[host]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _EveryHost(frozenset[str]):
    """Holds whatever host is looked for."""

    def __contains__(self, host: object) -> bool:
        """Always."""
        return True


def visits(
    archive: Archive, asks: Sequence[Ask], *, obey_robots: bool, at_once: bool = False
) -> Iterator[rounds.Visit]:
    """Each visit as soon as it is over; `at_once` leaves no pauses: somebody waits for a handful of addresses."""
    for visit in rounds.visited(
        asks,
        fetch=archive.fetch,
        hosts=_Remembered(archive.catalogue, asks),
        pace_s=archive.config.pace_s,
        workers=archive.config.fetch_workers,
        now=archive.clock,
        obey_robots=obey_robots,
        unpaced=_EveryHost() if at_once else _own_servers(archive, asks),
        free_at=archive.free_at,
    ):
        for state in (visit.host, *visit.others) if visit.host_changed else visit.others:
            archive.catalogue.record_host(state)
        yield visit


def _own_servers(archive: Archive, asks: Iterable[Ask]) -> frozenset[str]:
    """Hosts of the sample newsroom: our own server needs no pauses."""
    if not archive.config.sample:
        return frozenset()
    ending = f".localhost:{archive.config.sample_port}"
    hosts = {addresses.host_and_port(ask.url) for ask in asks}
    return frozenset(host for host in hosts if host.endswith(ending))
