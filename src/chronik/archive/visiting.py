"""Acts: asks addresses politely, and remembers of each host what the next process must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.collect import addresses, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chronik.archive.archive import Archive
    from chronik.ports import Ask, HostState


def visits(archive: Archive, asks: Sequence[Ask], *, obey_robots: bool) -> Iterator[rounds.Visit]:
    """Each visit as soon as it is over."""
    for visit in rounds.visited(
        asks,
        fetch=archive.fetch,
        hosts=_hosts(archive, asks),
        pace_s=archive.config.pace_s,
        workers=archive.config.fetch_workers,
        now=archive.clock,
        obey_robots=obey_robots,
        unpaced=_own_servers(archive, asks),
        free_at=archive.free_at,
    ):
        if visit.host_changed:
            archive.catalogue.record_host(visit.host)
        yield visit


def _hosts(archive: Archive, asks: Iterable[Ask]) -> Mapping[str, HostState]:
    return archive.catalogue.hosts(addresses.host_and_port(ask.url) for ask in asks)


def _own_servers(archive: Archive, asks: Iterable[Ask]) -> frozenset[str]:
    """Hosts of the sample newsroom: our own server needs no pauses."""
    if not archive.config.sample:
        return frozenset()
    ending = f".localhost:{archive.config.sample_port}"
    hosts = {addresses.host_and_port(ask.url) for ask in asks}
    return frozenset(host for host in hosts if host.endswith(ending))
