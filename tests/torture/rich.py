"""An archive that holds some of everything that is evidence, made in a folder; and how it is checked."""

import io
import os
from dataclasses import dataclass, replace
from pathlib import Path

from chronik import config as configuration
from chronik import wiring
from chronik.archive import checking, judging, packing, recording, stamping
from chronik.errors import ChronikError
from chronik.model import Act, Article, Verb, article_id
from chronik.preserve.ledger import note
from chronik.preserve.ledger.note import SignerKey
from chronik.preserve.wacz import verifying
from chronik.preserve.witness import cosigning
from chronik.preserve.witness.shelf import Shelf
from tests.preserve.authorities import make_authority
from tests.preserve.material import exchange

PAGES = 7
SEALED_PAGES = 4
"""The others stand in a file that nobody sealed."""
DOSSIER = "tal"
READER = "torture 1"
PACKAGE = "tal.wacz"
CLOCKS = ("one", "two")


@dataclass(frozen=True)
class Seen:
    """What a check said: about which object, and what."""

    subject: str
    what: str


def settle(folder: Path) -> None:
    """Make the archive, its state directory beside it, and two authorities whose stamps it holds."""
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["CHRONIK_ENCODER"] = "none"
    house = folder / "archive"
    wiring.init(house)
    clocks = [make_authority(folder / "clocks" / name, name) for name in CLOCKS]
    _set_authorities(house, clocks)
    with wiring.opened(house) as opened:
        archive = replace(opened, config=configuration.load(house))
        _fill(archive, clocks)
        packing.pack(archive, DOSSIER, to=folder / PACKAGE)
        archive.release()


def _set_authorities(house: Path, clocks) -> None:
    texts = []
    for clock in clocks:
        (house / f"{clock.name}.pem").write_bytes(clock.root_pem())
        texts.append(f'"{clock.name} https://{clock.name}.example/tsr {clock.name}.pem"')
    settings = house / configuration.FILE_NAME
    settings.write_text(f"{settings.read_text()}timestamp_authorities = [{', '.join(texts)}]\n")


def _fill(archive, clocks) -> None:
    from chronik.desk import actions

    now = archive.clock()
    actions.new_dossier(archive.catalogue, names={"de": "Tal", "en": "Valley"}, slug=DOSSIER, by="lena", now=now)
    clips = [_clipped(archive, number) for number in range(PAGES)]
    actions.edit_clip(archive.catalogue, clips[0].id, by="max", now=archive.clock(), note="Prüfen")
    actions.move_clip(archive.catalogue, clips[1].id, places=2, by="max", now=archive.clock())
    actions.remove_clip(archive.catalogue, clips[2].id, by="max", now=archive.clock())
    names = {"de": "Das Tal", "en": "The valley"}
    actions.edit_dossier(archive.catalogue, DOSSIER, by="max", now=archive.clock(), names=names)
    judging.add_spellings(archive, ["Talbote", "Tal-Bote"], same=True, by="lena")
    recording.record_due(archive)
    recording.rotate_key(archive, salt=bytes(range(32)))
    archive.catalogue.record_act(Act(at=archive.clock(), by="lena", verb=Verb.PUBLISH, subject="x", detail={}))
    recording.record_due(archive)
    _stamp(archive, clocks)
    _cosign(archive)


def _clipped(archive, number: int):
    """A page kept, read and clipped."""
    from chronik.desk import actions

    if number == SEALED_PAGES:
        archive.vault.close()
    url, text = f"https://talbote.example/{number}", f"Die Brücke {number} bleibt gesperrt."
    body = f"<html><title>Die Brücke</title><p>{text}</p></html>".encode() + os.urandom(300).hex().encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    capture = archive.vault.keep(exchange(answer, url=url, started_at=archive.clock()))
    archive.catalogue.record_capture(capture)
    identity = article_id(capture_id=capture.id, made_by=READER)
    read = Article(id=identity, capture_id=capture.id, url=url, title="Die Brücke", text=text, made_by=READER)
    archive.catalogue.record_reading(capture.id, replace(read, language="de", source="Talbote"))
    if number % 3 == 0:
        recording.record_due(archive)
    now = archive.clock()
    return actions.clip(archive.catalogue, article_id=identity, dossier=DOSSIER, quote=text, by="lena", now=now)


def _stamp(archive, clocks) -> None:
    by_address = {f"https://{clock.name}.example/tsr": clock for clock in clocks}

    def post(url, _headers, body):
        return by_address[url].answer(body)

    replies = stamping.stamp_due(archive, post=post, at_once=True)
    assert len([reply for reply in replies if reply.stamp]) == len(clocks), replies


def _cosign(archive) -> None:
    """Two witnesses saw the latest checkpoint."""
    head, shelf = recording.ledger(archive).checkpoint(), Shelf(archive.config.ledger)
    for number in (1, 2):
        key = SignerKey(name=f"witness-{number}.example", seed=bytes([number]) * 32, algorithm=note.COSIGNATURE)
        line = cosigning.cosigned(head, key=key, at_s=int(archive.clock().timestamp()))
        [made] = cosigning.cosignatures(line, checkpoint=head, keys=[key.verifier])
        shelf.keep(head.size, made)


def checked(folder: Path) -> list[Seen]:
    """What `chronik verify` finds in the archive and in its package; what stops it is a finding, too."""
    from django.db import connections

    connections.close_all()
    try:
        with wiring.opened(folder / "archive") as opened:
            archive = replace(opened, config=configuration.load(folder / "archive"))
            found = [Seen(one.subject, one.what) for one in checking.examine(archive)[1]]
    except Exception as error:  # noqa: BLE001 - whatever stops a check is what was looked for
        found = [Seen("archive", f"{type(error).__name__}: {error}")]
    finally:
        connections.close_all()
    return found


def checked_package(data: bytes) -> list[Seen]:
    """What the check of a WACZ finds."""
    try:
        return [Seen(one.where, one.what) for one in verifying.verified(io.BytesIO(data)).faults]
    except ChronikError as error:
        return [Seen("package", str(error))]
