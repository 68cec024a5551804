"""Acts: holds published dossiers against their manifests, those against their seals, and seals against the ledger.

Nothing of an archive is needed, and nothing is believed that it wrote: all is derived again from the bytes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from chronik.archive.archive import Progress, Step, unseen
from chronik.errors import ChronikError, NotFoundError, RefusedInputError
from chronik.model import sha256_hex
from chronik.preserve import stamps
from chronik.preserve.ledger import seal as seals
from chronik.publish import dossier_data, manifest, shown_words
from chronik.publish.exports import DATA
from chronik.publish.manifest import GONE, MANIFEST, PROOF, ROOT_FILES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from chronik.archive.published_files import PublishedFiles
    from chronik.model import Stamp
    from chronik.preserve.ledger.note import VerifierKey
    from chronik.preserve.ledger.seal import Seal
    from chronik.preserve.stamps import Authority
    from chronik.publish.dossier_data import PublishedClip, PublishedData
    from chronik.publish.manifest import Manifest

INDEX = "index.html"
PROOFS_PAGE = "/proofs/index.html"
HEAD_BYTES = 1_024
"""Within so many bytes a page says that it stands for something redacted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it should be."""

    dossier: str
    """Slug."""
    what: str
    file: str = ""
    """Path relative to the folder that holds the list of dossiers."""
    clip: str = ""
    """Id."""
    leaf: int | None = None

    @property
    def subject(self) -> str:
        """What it is about, for people."""
        clip = f"clip {self.clip}" if self.clip else ""
        return ", ".join(part for part in (clip, self.file or self.dossier) if part)


@dataclass(slots=True, kw_only=True)
class CheckedDossier:
    """One published dossier, and what is known of it."""

    slug: str
    manifest: Manifest | None = None
    data: PublishedData | None = None
    seal: Seal | None = None
    faults: list[Fault] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Files that may lie there and that no seal covers."""
    clips: dict[str, PublishedClip] = field(default_factory=dict)
    """By the names of their permalinks."""
    stamps: list[Stamp] = field(default_factory=list)
    """Those whose own signatures lead to a root certificate that was given."""

    def fault(self, what: str, *, file: str = "", clip: str = "", leaf: int | None = None) -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(dossier=self.slug, what=what, file=_printable(file), clip=clip, leaf=leaf))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found."""

    dossiers: tuple[CheckedDossier, ...]
    files: int
    """That were held against a manifest."""
    others: tuple[str, ...]
    """What lies beside the dossiers and was not looked at."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All of them, dossier by dossier."""
        return tuple(fault for one in self.dossiers for fault in one.faults)


def checked(published: PublishedFiles, *, key: VerifierKey | None = None, progress: Progress = unseen) -> Checked:
    """Hold every file, clip and seal against what it must be. `key` is the ledger's as it is known from elsewhere."""
    return _Check(published, key).done(progress)


def check_stamps(found: Checked, *, trusted: Sequence[Authority], now: datetime) -> None:
    """Check the stamps' own signatures; one that leads to none of these authorities is a fault."""
    for one in found.dossiers:
        for name, answer in one.seal.stamps if one.seal else ():
            assert one.seal, "whose stamps these are"
            stamp = _stamp(answer, note=one.seal.note, trusted=trusted, now=now)
            if isinstance(stamp, str):
                one.fault(f"the stamp of {name[:100]!r} {stamp}", file=f"{one.slug}/{PROOF}", leaf=one.seal.leaf)
            else:
                one.stamps.append(replace(stamp, authority=name))


def _stamp(answer: bytes, *, note: bytes, trusted: Sequence[Authority], now: datetime) -> Stamp | str:
    """The stamp, or why it is none by any of these."""
    whys = ["leads to no root certificate that is known here"]
    for authority in trusted:
        try:
            return stamps.stored_stamp(answer, note=note, size=0, authority=authority, now=now)
        except RefusedInputError as error:
            whys.append(f"does not hold: {error}")
    return whys[-1] if len(whys) == 2 else whys[0]


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class _Check:
    """One look at published dossiers."""

    def __init__(self, published: PublishedFiles, key: VerifierKey | None) -> None:
        self._published = published
        self._key = key
        self._begun = cache(self._begin)

    def done(self, progress: Progress) -> Checked:
        dossiers = [self._begun(slug) for slug in self._published.dossiers()]
        total = sum(len(one.manifest.files) for one in dossiers if one.manifest)
        done = 0
        for one in dossiers:
            for path in sorted(one.manifest.files) if one.manifest else ():
                self._file(one, path)
                done += 1
                progress(Step(stage="verify", done=done, total=total))
            self._pages_of_clips(one)
            self._extra(one)
        _same_ledger(dossiers)
        others = tuple(_printable(name) for name in self._published.others())
        return Checked(dossiers=tuple(dossiers), files=total, others=others)

    def _begin(self, slug: str) -> CheckedDossier:
        """A dossier with its manifest, data and seal, as far as they hold."""
        found = CheckedDossier(slug=slug)
        listed = self._read(found, f"{slug}/{MANIFEST}", "is missing: nothing shows which files make up the edition")
        if listed is None:
            return found
        try:
            found.manifest = _manifest_of(slug, listed)
        except ChronikError as error:
            found.fault(str(error), file=f"{slug}/{MANIFEST}")
            return found
        self._data(found)
        proof = self._read(found, f"{slug}/{PROOF}", "is missing: nothing shows that the archive published this")
        if proof is None:
            return found
        edition = found.manifest.edition
        try:
            found.seal = seals.seal(proof, slug=slug, edition=edition, manifest=sha256_hex(listed), key=self._key)
        except seals.SealError as error:
            at_fault = MANIFEST if error.of_another_manifest else PROOF
            found.fault(str(error), file=f"{slug}/{at_fault}", leaf=error.leaf)
        return found

    def _read(self, one: CheckedDossier, path: str, words: str) -> bytes | None:
        """A file's bytes, or None with the fault noted: `words` where it is missing."""
        try:
            return self._published.read(path)
        except NotFoundError:
            one.fault(words, file=path)
        except ChronikError as error:
            one.fault(str(error), file=path)
        return None

    def _data(self, one: CheckedDossier) -> None:
        """Read what the dossier says, and derive the digest of the edition from it."""
        assert one.manifest, "there is one where there is data to be held against it"
        path = f"{one.slug}/{DATA}"
        with suppress(NotFoundError):  # told as a file that the manifest lists
            try:
                one.data = dossier_data.read(self._published.read(path))
            except NotFoundError:
                raise
            except ChronikError as error:
                one.fault(str(error), file=path)
        if one.data is None:
            return
        one.clips = {clip.name: clip for clip in one.data.clips}
        if one.data.slug != one.slug:
            one.fault(f"is that of another dossier, {one.data.slug[:100]!r}", file=path)
        if one.data.digest != one.data.said_digest:
            one.fault("is not the edition that it says: its fingerprint follows from other words", file=path)
        elif one.data.digest != one.manifest.edition:
            one.fault("is another edition than the manifest names", file=path)

    def _file(self, one: CheckedDossier, path: str) -> None:
        """Hold one file against the manifest, and the clips on it against the data."""
        assert one.manifest, "whose files these are"
        clip = self._clip_of(one, path)
        try:
            content = self._published.read(path)
        except ChronikError as error:
            one.fault(str(error), file=path, clip=clip)
            return
        if sha256_hex(content) != one.manifest.files[path] and not self._of_a_later_version(one, path, content):
            one.fault("was changed: it is not the file that the manifest names", file=path, clip=clip)
        if path.endswith(f"/{INDEX}"):
            self._words(one, path, content)

    def _clip_of(self, one: CheckedDossier, path: str) -> str:
        """Id of the clip whose own page this is, or empty."""
        start, end = f"{one.slug}/c/", f"/{INDEX}"
        own = path.startswith(start) and path.endswith(end)
        clip = one.clips.get(path[len(start) : -len(end)]) if own else None
        return clip.id if clip else ""

    def _of_a_later_version(self, one: CheckedDossier, path: str, content: bytes) -> bool:
        """Whether a shared file is as another dossier names it that the same ledger sealed."""
        if path not in ROOT_FILES or one.seal is None:
            return False
        digest = sha256_hex(content)
        for slug in self._published.neighbours():
            other = self._begun(slug)
            same = other.seal is not None and other.seal.ledger == one.seal.ledger
            if same and other.manifest and other.manifest.files.get(path) == digest:
                return True
        return False

    def _words(self, one: CheckedDossier, path: str, page: bytes) -> None:
        """Name each clip whose words on a page are not those of the data."""
        if one.data is None:
            return
        own = path.split("/")[2] if path.startswith(f"{one.slug}/c/") else ""
        clips = {name: clip for name, clip in [(own, one.clips.get(own))] if clip} if own else dict(one.clips)
        for name, words in shown_words.shown(page):
            clip = clips.pop(own or name, None)
            if clip is None:
                one.fault(f"shows a clip ({name or 'without name'}) that is not in {DATA}", file=path)
            elif differing := clip.words.differing(words):
                one.fault(f"its {' and '.join(differing)} there and in {DATA} differ", file=path, clip=clip.id)
        for clip in clips.values():
            one.fault(f"does not stand there, though it is in {DATA}", file=path, clip=clip.id)

    def _pages_of_clips(self, one: CheckedDossier) -> None:
        """Each clip has a page that the manifest lists, and each page of a clip has its clip."""
        if one.data is None or one.manifest is None:
            return
        start, end = f"{one.slug}/c/", f"/{INDEX}"
        for clip in one.data.clips:
            if f"{start}{clip.name}{end}" not in one.manifest.files:
                one.fault("the manifest lists no page of it", file=f"{one.slug}/{MANIFEST}", clip=clip.id)
        for path in sorted(one.manifest.files):
            if path.startswith(start) and not self._clip_of(one, path):
                one.fault(f"is the page of a clip that is not in {DATA}", file=path)

    def _extra(self, one: CheckedDossier) -> None:
        """What lies in the dossier's folder and no manifest names."""
        try:
            listed = self._published.listed(one.slug)
        except ChronikError as error:
            one.fault(str(error))
            return
        known = {*(one.manifest.files if one.manifest else ()), f"{one.slug}/{MANIFEST}", f"{one.slug}/{PROOF}"}
        for path in listed or () if one.manifest else ():
            if path in known:
                continue
            if self._may_lie_beside(one, path):
                one.beside.append(path)
            else:
                one.fault("is there, and the manifest does not name it", file=path)

    def _may_lie_beside(self, one: CheckedDossier, path: str) -> bool:
        """Whether this is a page of proofs, or one that stands for something redacted."""
        if path.endswith(PROOFS_PAGE) and path.count("/") <= PROOFS_PAGE.count("/") + 1:
            return True
        try:
            return path.startswith(f"{one.slug}/c/") and GONE in self._published.read(path)[:HEAD_BYTES]
        except ChronikError:
            return False


def _manifest_of(slug: str, data: bytes) -> Manifest:
    found = manifest.read(data)
    if found.slug != slug:
        raise RefusedInputError(f"is that of another dossier, {found.slug}")
    return found


def _same_ledger(dossiers: list[CheckedDossier]) -> None:
    """Dossiers of one folder are sealed by one ledger: where most are by one, the others are told."""
    counted = Counter(one.seal.ledger for one in dossiers if one.seal)
    if len(counted) > 1:
        usual = counted.most_common(1)[0][0]
        for one in dossiers:
            if one.seal and one.seal.ledger != usual:
                words = f"is sealed by another ledger ({one.seal.ledger}) than most dossiers beside it ({usual})"
                one.fault(words, file=f"{one.slug}/{PROOF}", leaf=one.seal.leaf)
