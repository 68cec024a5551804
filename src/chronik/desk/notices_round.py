"""Acts: one round of telling people: what is new is matched, alarms are told, what is due is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import wiring
from chronik.desk import notices, notices_alarms, notices_matching, notices_outbox
from chronik.desk.notices_outbox import Means
from chronik.errors import ConfigError

if TYPE_CHECKING:
    from chronik.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a round did, counted."""

    matches: int
    alarms: int
    sent: int


def tell(archive: Archive, means: Means | None = None) -> Told:
    """Match, and send what is due. Raises ConfigError where the mail server's password cannot be read."""
    matches = notices_matching.match_new(archive)
    alarms = notices_alarms.tell_alarms(archive)
    fault = None
    if means is None:
        means, fault = _means(archive)
    sent = notices_outbox.send_due(archive, means)
    notices.forget_old(archive.clock())
    if fault is not None:
        raise fault
    return Told(matches=matches, alarms=alarms, sent=sent)


def _means(archive: Archive) -> tuple[Means, ConfigError | None]:
    """What the settings give; without a readable password no mails, but everything else."""
    config, server, fault = archive.config, None, None
    try:
        server = wiring.mail_server(config)
    except ConfigError as error:
        fault = error
    return Means(server=server, post=wiring.webhook_post(config), desk_url=wiring.desk_url(config)), fault
