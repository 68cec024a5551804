"""Lives that do more than collect: they publish and back up, redact, or bring an older database up to date."""

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from chronik import wiring
from chronik.archive import backing_up, collecting, recording
from chronik.model import TakedownReason
from tests.torture.house import DOSSIER, canary, one_page, promising

EARLIER = "0008_leaves"
"""The state of the tables from which a database is brought up to date."""
PAGES_A_ROUND = 2


def publish_and_back_up(folder: Path, turn: int, pipe: int) -> None:
    """Keep and clip, record, publish, back up, again and again."""
    from chronik.web import publishing

    promise = promising(pipe)
    house = wiring.opened(folder)
    collecting.recover(house)
    promise("ready", turn)
    recording.record_due(house)
    for number in count():
        for page in range(PAGES_A_ROUND):
            one_page(house, f"{turn}/{number}-{page}", promise)
        promise("leaves", recording.record_due(house).size)
        frozen = publishing.publish(house, DOSSIER, by="torture", now=house.clock())
        promise("published", frozen.digest)
        promise("leaves", recording.record_due(house).size)
        made = backing_up.back_up(house, folder.with_name(f"{folder.name}-backup"))
        promise("backups", made.name)


def redact(folder: Path, turn: int, pipe: int) -> None:
    """Keep and clip two pages, and have one of them redacted, again and again."""
    from chronik.archive import redacting

    promise = promising(pipe)
    house = wiring.opened(folder)
    collecting.recover(house)
    promise("ready", turn)
    recording.record_due(house)
    for number in count():
        one_page(house, f"{turn}/{number}", promise)
        gone = one_page(house, f"{turn}/{number}-gone", _unsaid, words=canary(turn, number))
        promise("leaves", recording.record_due(house).size)
        request = redacting.ask(house, gone.id, reason=TakedownReason.PRIVACY, by="lena")
        promise("redacting", canary(turn, number))
        redacting.confirm(house, request.id, by="max")
        promise("redacted", canary(turn, number))
        promise("leaves", recording.record_due(house).size)


def _unsaid(_kind: str, _value: object) -> None:
    """What is to be redacted is promised to nobody."""


def bring_up_to_date(folder: Path, turn: int, pipe: int, *, arm: Callable[[], None]) -> None:
    """Put the tables back to an earlier state, and die while they are brought up to date; else collect."""
    from django.core.management import call_command

    promise = promising(pipe)
    house = wiring.opened(folder)
    collecting.recover(house)
    recording.record_due(house)
    house.close()
    call_command("migrate", "catalogue", EARLIER, verbosity=0, interactive=False)
    promise("ready", turn)
    arm()
    house = wiring.opened(folder)
    collecting.recover(house)
    for number in count():
        one_page(house, f"{turn}/{number}", promise)
        time.sleep(0)
