"""Acts: does again what each act says was done, in an archive that is being made anew.

Every verb has its place here: in `EFFECTS`, or in `NOTHING_ELSE` where the act itself is all that came of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chronik.archive import credits_unknown, judging, sources
from chronik.archive.doing import IncompleteActError
from chronik.archive.taking_in_again import follow, take_in, unfollow
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Clip, Dossier, Hidden, HiddenKind, PassageState, TakedownReason, Verb, Verdict, access_of
from chronik.model.arranging import STEPS, arranged
from chronik.model.records import changed_dossier, clip_values, dossier_values
from chronik.model.redaction import redaction_of
from chronik.ports.relating import LinkWord, SuggestionState
from chronik.relate.editing import said
from chronik.sample import newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from chronik.archive.doing import Doing
    from chronik.model import Act, Judgement


def do(doing: Doing, act: Act) -> None:
    """Do again what this act did. Raises what `EFFECTS` raise; the act itself is kept by whoever calls."""
    pages = act.detail.get("pages")
    if isinstance(pages, dict):
        doing.pages.update(pages)
    if act.verb not in NOTHING_ELSE:
        EFFECTS[act.verb](doing, act)


# Dossiers and clips


def _opened(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.add_dossier(Dossier(**dossier_values(act.detail["new"])), act)


def _changed(doing: Doing, act: Act) -> None:
    old = doing.archive.the_dossier(act.subject)
    doing.archive.catalogue.change_dossier(changed_dossier(old, act.detail["new"]), act)


def _closed(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.remove_dossier(act.subject, act)


def _opened_to(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.set_access(act.subject, access_of(act.detail["new"]), act=act)


def _arranged(doing: Doing, act: Act) -> None:
    slug = act.detail.get("dossier") or act.subject
    doing.archive.catalogue.change_dossier(arranged(doing.archive.the_dossier(slug), act), act)


def _filed(doing: Doing, act: Act) -> None:
    filed = replace(_standing(doing, act.subject), section=act.detail["new"]["section"])
    doing.archive.catalogue.change_clip(filed, act)


def _clipped(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.add_clip(_clip(doing, act.detail["new"]), act)


def _mended(doing: Doing, act: Act) -> None:
    clip = _clip(doing, act.detail["new"])
    try:
        doing.archive.catalogue.mend_entry(act.detail["entry"], clip, act)
    except NotFoundError:  # its press page is gone; what was made of it is in the act
        doing.archive.catalogue.add_clip(clip, act)


def _edited(doing: Doing, act: Act) -> None:
    old = _standing(doing, act.subject)
    doing.archive.catalogue.change_clip(_held(doing, replace(old, **clip_values(act.detail["new"]))), act)


def _taken_out(doing: Doing, act: Act) -> None:
    if "redaction" in act.detail:
        return  # the act of redacting did it
    doing.archive.catalogue.remove_clip(act.subject, act)


def _brought_back(doing: Doing, act: Act) -> None:
    new = act.detail.get("new")
    doing.archive.catalogue.restore_clip(act.subject, act, new=_clip(doing, new) if new else None)


def _moved(doing: Doing, act: Act) -> None:
    moved = _standing(doing, act.subject)
    others = [clip.id for clip in doing.archive.catalogue.clips(moved.dossier) if clip.id != moved.id]
    others.insert(act.detail["new"]["place"], moved.id)
    doing.archive.catalogue.order_clips(moved.dossier, others, act)


def _standing(doing: Doing, identity: str) -> Clip:
    clip = doing.archive.catalogue.clip(identity)
    if clip is None:
        raise NotFoundError(f"The clip {identity[:12]} does not stand.")
    return clip


def _clip(doing: Doing, record: Mapping[str, Any]) -> Clip:
    clip = Clip(**clip_values(record))
    if newsroom.is_sample(clip.url):
        doing.of_sample.add(clip.id)
    return _held(doing, clip)


def _held(doing: Doing, clip: Clip) -> Clip:
    """The clip, held by what is there: its source, and a reading that has the text that it was clipped from."""
    catalogue = doing.archive.catalogue
    if clip.source_id and not any(source.id == clip.source_id for source in catalogue.sources()):
        doing.notes.append((f"clip {clip.id}", f"its source {clip.source_id} is not known any more"))
        clip = replace(clip, source_id="")
    if not clip.article_id or clip.article_id in catalogue.articles([clip.article_id]):
        return clip
    again = catalogue.reading_in(clip.capture_id) if clip.capture_id else None
    if again is not None and again.text_digest == clip.text_digest:
        return replace(clip, article_id=again.id)
    why = "the reading that it was clipped from cannot be made again: by today's reader its page reads otherwise"
    doing.notes.append((f"clip {clip.id}", why))
    return replace(clip, article_id="")


# What was published


def _published(doing: Doing, act: Act) -> None:
    if "folder" in act.detail:
        return
    doing.published[act.subject] = act
    if act.detail["edition"] != doing.editions.get(act.subject):
        doing.editions[act.subject] = act.detail["edition"]
        doing.tables.put_published(act.subject, act.at)


def _withdrawn(doing: Doing, act: Act) -> None:
    if "folder" not in act.detail:
        doing.published.pop(act.subject, None)
        doing.editions.pop(act.subject, None)
        doing.tables.put_published(act.subject, None)


def _sample_removed(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.remove_hosts(newsroom.hosts(), dossiers=[act.subject], act=act)
    doing.tables.forget_clips(doing.of_sample)


def _hidden(doing: Doing, act: Act) -> None:
    reason = TakedownReason(act.detail["reason"])
    doing.archive.catalogue.hide(list(_reached(act.detail["hidden"], reason=reason, at=act.at)), act)


def _shown(doing: Doing, act: Act) -> None:
    shown = _reached(act.detail["shown"], reason=TakedownReason.ERROR, at=act.at)
    doing.archive.catalogue.unhide(list(shown), act)


def _reached(listed: Mapping[str, Any], *, reason: TakedownReason, at: datetime) -> Iterable[Hidden]:
    for kind, ids in listed.items():
        for identity in ids:
            yield Hidden(kind=HiddenKind(kind), id=identity, reason=reason, since=at)


def _redacted(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.redact(act)
    for clip in redaction_of(act).clips:
        if doing.published.pop(clip.dossier, None) is not None:
            doing.notes.append((f"edition of {clip.dossier}", "something was redacted since: publish it again"))


def _source_said(doing: Doing, act: Act) -> None:
    sources.do_again(doing.archive, act)
    doing.credited.refresh()


def _credit_put_aside(doing: Doing, act: Act) -> None:
    credits_unknown.put_aside_again(doing.archive, act)


# What was said of stories


def _judged(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.say(list(_words(doing, act)), act)


def _words(doing: Doing, act: Act) -> Iterable[Judgement]:
    detail = act.detail
    told = detail.get("words")
    if told is None and act.verb is Verb.JUDGE:
        told = [[detail["first"], detail["second"], detail["verdict"]]]
    if told is None and act.verb is Verb.MERGE_STORIES:
        told = [[detail["reports"][0], other, Verdict.SAME] for other in detail["reports"][1:]]
    if told is None:
        raise IncompleteActError("it does not name the reports that stayed together")
    for first, second, verdict in told:
        doing.pages.setdefault(first, {})
        doing.pages.setdefault(second, {})
        yield said((first, second), Verdict(verdict), editor=act.by, at=act.at)


def _linked(doing: Doing, act: Act) -> None:
    goes_on = act.verb is Verb.LINK_STORIES
    word = LinkWord(earlier=act.detail["earlier"], later=act.detail["later"], goes_on=goes_on, by=act.by)
    doing.archive.catalogue.say_link(word, act)


def _decided(doing: Doing, act: Act) -> None:
    for report in act.detail["reports"]:
        doing.pages.setdefault(report, {})
    doing.later.append(act)


def _side_defined(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.put_side(judging.side_of(act.detail["new"]), act)


def _side_removed(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.remove_side(act.subject, act.detail["key"], act=act)


def _spelled(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.add_spellings(act.detail["spellings"], same=act.detail["same"], act=act)


def _spelled_no_more(doing: Doing, act: Act) -> None:
    doing.archive.catalogue.remove_spellings(act.detail["number"], act)


def _noted(doing: Doing, act: Act) -> None:
    state = PassageState(act.detail["state"])
    seen = next((one for one in doing.archive.catalogue.sightings(act.subject) if one.state is state), None)
    if seen is None:
        raise IncompleteActError("what it notes left no capture")
    doing.archive.catalogue.note_sighting(seen.number, act)


def _undone(doing: Doing, act: Act) -> None:
    if "undoes" not in act.detail:
        _decided(doing, act)
        return
    done = doing.archive.catalogue.act(act.detail["undoes"])
    if done is None:
        raise NotFoundError("the act that it takes back is gone")
    if done.verb in DECISIONS:
        doing.later.append(act)
    else:
        judging.take_back(doing.archive, done, act=act)
        doing.credited.refresh()


def decide(doing: Doing) -> None:
    """Accept, refuse and take back again, now that reports are placed."""
    for act in doing.later:
        if "undoes" in act.detail:
            done = doing.archive.catalogue.act(act.detail["undoes"])
            assert done is not None, "looked up when it was put off"
            states = {report: SuggestionState(old) for report, old in done.detail["old"].items()}
            slug = done.subject
        else:
            states = dict.fromkeys(act.detail["reports"], SuggestionState(act.detail["new"]))
            slug = act.subject
        known = doing.tables.known_reports(states)
        lost = sorted(states.keys() - known)
        doing.notes += [(f"act {act.id}", f"the report {report[:12]} that it names is not there") for report in lost]
        for state in SuggestionState:
            if reports := [report for report in states if states[report] is state and report in known]:
                doing.archive.catalogue.decide(slug, reports, state=state, act=act)


DECISIONS = frozenset({Verb.ACCEPT_SUGGESTION, Verb.REFUSE_SUGGESTION})
EFFECTS: Mapping[Verb, Callable[[Doing, Act], None]] = {
    Verb.CREATE_DOSSIER: _opened,
    Verb.EDIT_DOSSIER: _changed,
    Verb.REMOVE_DOSSIER: _closed,
    Verb.SET_ACCESS: _opened_to,
    Verb.CLIP: _clipped,
    Verb.MEND_ENTRY: _mended,
    Verb.EDIT_CLIP: _edited,
    Verb.MOVE_CLIP: _moved,
    Verb.REMOVE_CLIP: _taken_out,
    Verb.RESTORE_CLIP: _brought_back,
    Verb.FILE_CLIP: _filed,
    **dict.fromkeys(STEPS, _arranged),
    Verb.PUBLISH: _published,
    Verb.UNPUBLISH: _withdrawn,
    Verb.FOLLOW: follow,
    Verb.UNFOLLOW: unfollow,
    Verb.IMPORT: take_in,
    Verb.ADD_SOURCE: _source_said,
    Verb.EDIT_SOURCE: _source_said,
    Verb.MERGE_SOURCES: _source_said,
    Verb.NAME_CREDIT: _source_said,
    Verb.PUT_CREDIT_ASIDE: _credit_put_aside,
    Verb.REMOVE_SAMPLE: _sample_removed,
    Verb.JUDGE: _judged,
    Verb.MERGE_STORIES: _judged,
    Verb.SPLIT_STORY: _judged,
    Verb.LINK_STORIES: _linked,
    Verb.UNLINK_STORIES: _linked,
    Verb.ACCEPT_SUGGESTION: _decided,
    Verb.REFUSE_SUGGESTION: _decided,
    Verb.DEFINE_SIDE: _side_defined,
    Verb.REMOVE_SIDE: _side_removed,
    Verb.ADD_SPELLINGS: _spelled,
    Verb.REMOVE_SPELLINGS: _spelled_no_more,
    Verb.NOTE_SIGHTING: _noted,
    Verb.HIDE: _hidden,
    Verb.UNHIDE: _shown,
    Verb.REDACT: _redacted,
    Verb.UNDO: _undone,
}
NOTHING_ELSE = frozenset(
    {
        Verb.ADD,
        Verb.SEAL_EDITION,
        Verb.REPAIR,
        Verb.TRUST_WITNESS,
        Verb.DISTRUST_WITNESS,
        Verb.HEAR_WITNESS,
        Verb.SETTLE_WITNESS,
        Verb.SEND_PAGE,
        Verb.MAKE_TOKEN,
        Verb.REVOKE_TOKEN,
        Verb.ASK_REDACTION,
        Verb.REFUSE_REDACTION,
        # Accounts are no evidence: they are taken over from the former database (decision 19), not made again.
        Verb.INVITE,
        Verb.WITHDRAW_INVITATION,
        Verb.JOIN,
        Verb.ADD_ACCOUNT,
        Verb.CHANGE_ROLE,
        Verb.CLOSE_ACCOUNT,
        Verb.REOPEN_ACCOUNT,
        Verb.RESET_PASSWORD,
        Verb.END_SESSIONS,
        Verb.ADD_FACTOR,
        Verb.REMOVE_FACTOR,
        Verb.LINK_SIGN_ON,
        Verb.UNLINK_SIGN_ON,
    }
)
"""The act is all that came of it, or what came of it lies in the vault."""
EXPECTED = (
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    IncompleteActError,
    NotFoundError,
    ConflictError,
    RefusedInputError,
)
"""What an act that does not hold what it did may raise."""
