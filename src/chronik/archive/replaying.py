"""Acts: holds dossiers and clips against the acts that made them, and against the press pages they came with.

A dossier whose acts hold all that was done is made anew and compared whole. Where an earlier version recorded less,
each clip is held against what its own acts do say.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chronik.archive.kept_whole import PRESS_PAGE
from chronik.errors import RefusedInputError, VaultError
from chronik.model import Verb
from chronik.model.records import WRITTEN_WHEN_SET, clip_record, whole_clip_record, whole_dossier_record
from chronik.publish.as_known import Known, as_known
from chronik.sample import newsroom
from chronik.takein import press_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Act, Clip

Fault = tuple[str, str]
_UNTOLD = frozenset({"position"})
"""What moves without an act of the clip's own."""
_OF_CLIPS = frozenset({Verb.CLIP, Verb.MEND_ENTRY, Verb.EDIT_CLIP, Verb.FILE_CLIP, Verb.RESTORE_CLIP})


def dossier_faults(archive: Archive) -> Iterator[Fault]:
    """Dossiers and clips that are not what the acts upon them say."""
    told = dict(_clips_of_pages(archive))
    for act in archive.catalogue.acts_in_order():
        new = act.detail.get("new")
        if act.verb in _OF_CLIPS and isinstance(new, dict):
            told.setdefault(act.subject, {}).update({**WRITTEN_WHEN_SET, **new} if "id" in new else new)
    standing = {one.slug: one for one in archive.catalogue.dossiers()}
    remade = dict(_remade(archive))
    for slug in sorted(standing.keys() - remade.keys()):
        yield from _clips_told(archive.catalogue.clips(slug), told)
    for slug, known in remade.items():
        clips = archive.catalogue.clips(slug) if slug in standing else []
        if known is None:
            yield from _clips_told(clips, told)
        elif slug not in standing:
            yield f"dossier {slug}", "its acts say that it is there, and the catalogue lacks it"
        else:
            whole = whole_dossier_record(known.dossier), whole_dossier_record(standing[slug])
            yield from _other(f"dossier {slug}", *whole)
            yield from _clips_remade(known.clips, clips, told)
            yield from _clips_remade(known.removed, archive.catalogue.removed_clips(slug), told)


def _remade(archive: Archive) -> Iterator[tuple[str, Known | None]]:
    """Every dossier that acts tell of, as they tell it; None where they do not tell everything."""
    acts: dict[str, list[Act]] = {}
    home: dict[str, str] = {}
    sample_removed = False
    for act in archive.catalogue.acts_in_order():
        acts.setdefault(_home(act, home), []).append(act)
        sample_removed = sample_removed or act.verb is Verb.REMOVE_SAMPLE
    for slug, done in acts.items():
        if done[0].verb not in {Verb.CREATE_DOSSIER, Verb.IMPORT}:
            continue  # something else has this name
        if sample_removed and any(_is_of_sample(act) for act in done):
            yield slug, None
            continue
        try:
            known = as_known(done, at=max(act.at for act in done))
        except (RefusedInputError, AssertionError):
            yield slug, None
        else:
            if known is not None:
                yield slug, known


def _is_of_sample(act: Act) -> bool:
    """Whether an act concerns the sample newsroom, which can be removed without a trace but one act."""
    new = act.detail.get("new")
    url = new.get("url") if isinstance(new, dict) else None
    return act.verb is Verb.REMOVE_SAMPLE or (isinstance(url, str) and newsroom.is_sample(url))


def _home(act: Act, home: dict[str, str]) -> str:
    """The dossier that an act is about; `home` remembers those of clips."""
    new = act.detail.get("new")
    named = act.detail.get("dossier")
    if act.verb is Verb.IMPORT and isinstance(new, dict) and isinstance(new.get("clips"), list):
        home.update({str(clip.get("id")): act.subject for clip in new["clips"] if isinstance(clip, dict)})
    if isinstance(named, str) and named:
        home[act.subject] = named
    return home.get(act.subject, act.subject)


def _clips_remade(
    known: Sequence[Clip], clips: Sequence[Clip], told: Mapping[str, Mapping[str, Any]]
) -> Iterator[Fault]:
    """Clips that stand, or those that were removed, as the acts and as the catalogue say."""
    by_id = {clip.id: clip for clip in clips}
    for wanted in known:
        clip = by_id.pop(wanted.id, None)
        if clip is None:
            yield f"clip {wanted.id}", "is not where its acts put it: in its dossier, or taken out of it"
        elif faults := list(_other(f"clip {wanted.id}", whole_clip_record(wanted), whole_clip_record(clip))):
            yield from faults
        else:
            yield from _clips_told([clip], told)
    for identity in by_id:
        yield f"clip {identity}", "is in the catalogue where no act put it"


def _other(subject: str, told: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Fault]:
    other = [name for name in told if _in_order(told[name]) != _in_order(held[name])]
    if other:
        yield subject, f"the catalogue is not what the acts say: {', '.join(other)}"


def _in_order(value: object) -> object:
    """A dossier's first name is its main one, so order counts."""
    return list(value.items()) if isinstance(value, dict) else value


def _clips_told(clips: Sequence[Clip], told: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    for clip in clips:
        fields, known = whole_clip_record(clip), told.get(clip.id, {})
        other = [name for name in known if name in fields and name not in _UNTOLD and known[name] != fields[name]]
        if other:
            yield f"clip {clip.id}", f"the catalogue is not what its press page or its acts say: {', '.join(other)}"


def _clips_of_pages(archive: Archive) -> Iterator[tuple[str, dict[str, Any]]]:
    """Clips that were taken in with a press page, as the bytes of the page say: the act names it by its digest."""
    pages = {one.url: one for one in archive.catalogue.captures() if one.media_type == PRESS_PAGE}
    for act in archive.catalogue.acts_in_order():
        capture = pages.get(f"urn:sha256:{act.detail.get('digest')}") if act.verb is Verb.IMPORT else None
        if capture is None:
            continue
        with suppress(VaultError, RefusedInputError):  # what cannot be read is told where the vault is read
            page = press_page.parsed(archive.vault_of(capture.url).page(capture).body, name=capture.origin)
            clips, _ = press_page.clips(
                page, dossier=act.subject, zone=archive.config.zone, language_of=_unsaid, source_id_of=_unsaid
            )
            for clip in clips:
                fields = clip_record(clip)
                yield clip.id, {name: fields[name] for name in ("title", "credit", "excerpt", "clipped_at")}


def _unsaid(_: str) -> str:
    return ""
