"""What others say of a capture, each checked again out of what is kept. Acts: reads the catalogue and the vault.

A capture of this archive, whatever it claims to be, is no witness. What counts: the signed deposition of an archive of
the settings, a memento of a web archive of the settings whose bytes we fetched ourselves, and a WACZ signed by somebody
whom the operator knows or whose domain an authority vouches for. See docs/decisions/0018-witnesses.md.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive import known_witnesses, packages_of_others
from chronik.archive.disagreeing import Verdict
from chronik.archive.same_page import same_page
from chronik.errors import ChronikError, DamagedCaptureError
from chronik.extract import sealed, showing
from chronik.extract.standing import compared, stretches
from chronik.extract.wording import plain
from chronik.model import Hearing, PassageState, RecordKind, Testimony, Verb, Witness, hearing, sha256_hex
from chronik.preserve import evidence
from chronik.preserve.witness import deposition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.archive.archive import Archive
    from chronik.model import Capture
    from chronik.preserve.witness.deposition import Deposed, Deposition

HEARINGS_MAX = 500
"""Of one capture."""
PACKAGED_MAX = 50
"""Captures of one address that came in packages."""
_SHOWN = "shown in evidence"
NEAR = timedelta(days=2)
"""Two captures further apart in time than this may differ without either being wrong."""


def testimonies(
    archive: Archive,
    capture: Capture,
    *,
    passage: str = "",  # noqa: PT028 - no test, though its name begins like one
) -> tuple[Testimony, ...]:
    """What witnesses say of a capture, or of a passage of it, oldest sight first. No network is used.

    Without a passage, the whole text is asked about. One witness that saw the page several times is named once for
    each time.
    """
    if archive.is_sample(capture.url):
        return ()
    known = _known(archive, capture.id)
    found = {*_packaged(archive, capture, passage, known), *_heard(archive, capture, passage, known)}
    return tuple(sorted(found, key=lambda one: (one.seen_at, one.witness, one.name, one.address)))


def passage_digest(passage: str) -> str:
    """What stands for a passage in an act of hearing: the same for texts that differ in typography only."""
    return sha256_hex(plain(passage).encode("utf-8", "surrogatepass")) if passage.strip() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What acts say of a capture's witnesses."""

    hearings: tuple[Hearing, ...]
    """The latest first."""
    dismissed: frozenset[str]
    """Evidence of which an editor has said that it does not speak against this capture."""


def hearings(archive: Archive, capture_id: str) -> tuple[Hearing, ...]:
    """What was heard of a capture, the latest first."""
    return _known(archive, capture_id).hearings


def _known(archive: Archive, capture_id: str) -> _Known:
    settled, dismissed, found = dict[str, str](), set[str](), list[Hearing]()
    verbs = {Verb.HEAR_WITNESS, Verb.SETTLE_WITNESS}
    for act in archive.catalogue.acts_of(verbs, subject=capture_id, limit=HEARINGS_MAX):
        if act.verb is Verb.SETTLE_WITNESS:
            settled.setdefault(str(act.detail.get("hearing", "")), str(act.detail.get("verdict", "")))
            continue
        with suppress(KeyError, TypeError, ValueError):
            found.append(hearing(capture_id, act.detail))
            if settled.get(act.id) == Verdict.DISMISSED:
                dismissed.add(found[-1].evidence)
    return _Known(hearings=tuple(found), dismissed=frozenset(dismissed))


def evidence_of(archive: Archive, capture_id: str) -> list[str]:
    """Ids of the captures that keep what witnesses showed of this one: they may hold the same words."""
    return list(dict.fromkeys(one.evidence for one in hearings(archive, capture_id) if one.evidence))


def _heard(archive: Archive, capture: Capture, passage: str, known: _Known) -> Iterator[Testimony]:
    """Mementos and depositions: each piece of evidence once, as it was heard last."""
    seen: set[str] = set()
    wanted = passage_digest(passage)
    for one in known.hearings:
        if one.evidence in seen or (one.witness is Witness.MEMENTO and one.passage != wanted):
            continue
        seen.add(one.evidence)
        if one.witness is Witness.MEMENTO:
            told = _memento(archive, capture, one, passage)
        else:
            told = _deposed(archive, capture, one, passage) if one.witness is Witness.ARCHIVE else iter(())
        yield from (said for said in told if said.agrees or one.evidence not in known.dismissed)


def _memento(archive: Archive, capture: Capture, heard: Hearing, passage: str) -> Iterator[Testimony]:
    """A memento whose bytes still say what was heard: fetched by us, of this address, from an archive we know."""
    kept = archive.catalogue.capture(heard.evidence)
    if kept is None or heard.agrees is None or not _is_foreign_memento(archive, kept):
        return
    with suppress(ChronikError):
        told = evidence.memento_head(archive.vault_of(kept.url).records(kept), kept)
        holds = not heard.agrees or shown_in(archive, kept, excerpt=passage or _own_text(archive, capture))
        if told is not None and holds and same_page(told.original, capture.url):
            name = known_witnesses.memento_archive_of(archive.config, kept.url)
            yield Testimony(
                witness=Witness.MEMENTO,
                name=name,
                seen_at=told.seen_at,
                address=kept.url,
                agrees=heard.agrees,
                detail=heard.detail,
            )


def _is_foreign_memento(archive: Archive, kept: Capture) -> bool:
    """What was taken in from a file, or served by this archive, says nothing."""
    fetched = kept.record is RecordKind.RESPONSE and not kept.origin
    known = bool(known_witnesses.memento_archive_of(archive.config, kept.url))
    return fetched and known and not known_witnesses.is_own_host(archive.config, kept.url)


def _deposed(archive: Archive, capture: Capture, heard: Hearing, passage: str) -> Iterator[Testimony]:
    kept = archive.catalogue.capture(heard.evidence)
    if kept is None or kept.media_type != deposition.MEDIA_TYPE:
        return
    with suppress(ChronikError, DamagedCaptureError):
        told = read_deposition(archive, kept)
        if told.address != capture.url:
            return
        text, own = _own_text(archive, capture) or passage, payload_told(archive, capture)
        for seen in told.captures:
            agrees, detail = compared_with(archive, seen, capture=own, text=text, passage=passage)
            if agrees is not None:
                yield Testimony(
                    witness=Witness.ARCHIVE,
                    name=told.by.name,
                    seen_at=seen.captured_at,
                    agrees=agrees,
                    detail=detail,
                )


def read_deposition(archive: Archive, kept: Capture) -> Deposition:
    """The deposition that a capture keeps, checked against the settings. Raises RefusedInputError and others."""
    body = archive.vault_of(kept.url).page(kept, size_bytes_max=deposition.BYTES_MAX).body
    found = deposition.checked(body, keys=known_witnesses.foreign_keys(archive.config), now=archive.clock())
    known_witnesses.refuse_own_ledger(archive.config, found.origin)
    return found


def _own_text(archive: Archive, capture: Capture) -> str:
    """What was read in our capture, as far as that is known."""
    reading = archive.catalogue.reading_in(capture.id)
    return reading.text if reading else ""


def payload_told(archive: Archive, capture: Capture) -> Capture:
    """The capture with the payload digest that its bytes have, whatever its row says; empty where they are damaged."""
    try:
        digest = evidence.payload_digest(archive.vault_of(capture.url).records(capture), capture)
    except ChronikError:
        digest = ""
    return replace(capture, payload_digest=digest)


def shown_in(archive: Archive, kept: Capture, *, excerpt: str) -> bool:
    """Whether the bytes of a capture show an excerpt, whatever was read in it or heard of it; looked at once."""
    remembered: dict[tuple[str, str], bool] = archive.kept.setdefault(_SHOWN, {})
    asked = (kept.id, passage_digest(excerpt))
    if asked not in remembered:
        page = archive.vault_of(kept.url).page(kept, size_bytes_max=showing.BODY_BYTES_MAX)
        remembered[asked] = showing.shows(page.body, excerpt, charset=page.charset)
    return remembered[asked]


def _same_bytes(archive: Archive, capture: Capture, passage: str) -> tuple[bool | None, str]:
    """What it means that a witness has our very bytes: they have to show the passage, too."""
    if passage.strip() and not shown_in(archive, capture, excerpt=passage):
        return None, "its bytes are the same, and do not show the passage plainly"
    return True, "its bytes are the same"


def compared_with(
    archive: Archive, seen: Deposed, *, capture: Capture, text: str, passage: str
) -> tuple[bool | None, str]:
    """Whether another archive's capture agrees with ours on a passage, or None where that cannot be told; and why."""
    if seen.payload_digest and seen.payload_digest == capture.payload_digest:
        return _same_bytes(archive, capture, passage)
    ours, wanted = sealed.spoken(text), [said for part in stretches(passage) if (said := sealed.spoken(part))]
    places = [sealed.stretch(ours, sealed.Sealed(words=count, digest=digest)) for count, digest in seen.passages]
    found = [ours[place[0] : place[1]] for place in places if place]
    if wanted and all(any(sealed.holds(one, said) for one in found) for said in wanted):
        return True, "it has published the same words"
    if len(found) < len(places) and abs(seen.captured_at - capture.captured_at) <= NEAR:
        return False, "words that it has published of this page do not stand in this capture"
    if not wanted and found and len(found) == len(places):
        return True, "the words that it has published stand here; the rest was not compared"
    return None, "it has published other words of the page, and these were not compared"


def _packaged(archive: Archive, capture: Capture, passage: str, known: _Known) -> Iterator[Testimony]:
    """Captures of the same address in packages that somebody else signed."""
    others = packaged(archive, capture)
    keys = known_witnesses.trusted(archive) if others else {}
    for other in others:
        for signed in packages_of_others.holding(archive, other, known=keys):
            agrees, detail = _same(archive, capture, other, passage)
            if agrees or (agrees is False and other.id not in known.dismissed):
                yield Testimony(
                    witness=Witness.PACKAGE,
                    name=signed.name,
                    seen_at=other.captured_at,
                    agrees=agrees,
                    detail=f"{detail}; {signed.words}",
                )


def packaged(archive: Archive, capture: Capture) -> list[Capture]:
    """Captures of the same address that came in files; whether anybody vouches for those is another question."""
    return archive.catalogue.captures_taken_in(capture.url, limit=PACKAGED_MAX)


def _same(archive: Archive, capture: Capture, other: Capture, passage: str) -> tuple[bool | None, str]:
    """Whether another capture that is kept here says the same."""
    if other.id == capture.id:
        return _same_bytes(archive, capture, passage)
    theirs_told, own = payload_told(archive, other), payload_told(archive, capture)
    if own.payload_digest and theirs_told.payload_digest == own.payload_digest:
        return _same_bytes(archive, capture, passage)
    agrees, detail = _read_alike(archive, capture, other, passage)
    if agrees and not shown_in(archive, other, excerpt=passage or _own_text(archive, capture)):
        return None, "its bytes do not show plainly what was read in it"
    return agrees, detail


def _read_alike(archive: Archive, capture: Capture, other: Capture, passage: str) -> tuple[bool | None, str]:
    theirs = archive.catalogue.reading_in(other.id)
    wanted = passage or _own_text(archive, capture)
    if theirs is None:
        return _same_as_heard(archive, capture, other, passage)
    if not wanted:
        return None, "nothing is known here to compare with"
    state = compared(theirs.text, wanted).state
    if state is PassageState.STANDS:
        return True, "the passage stands there" if passage else "its text is the same"
    if abs(other.captured_at - capture.captured_at) > NEAR:
        return None, "it is of another time"
    return False, "the passage does not stand there"


def _same_as_heard(archive: Archive, capture: Capture, other: Capture, passage: str) -> tuple[bool | None, str]:
    """What was heard of a capture that has no reading of its own, as where its text was known already."""
    wanted = passage_digest(passage)
    for one in hearings(archive, capture.id):
        if one.witness is Witness.PACKAGE and one.evidence == other.id and one.passage == wanted:
            return one.agrees, one.detail
    return None, "no text was read in it"
