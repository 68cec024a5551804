"""Acts: what editors say of stories, sides and spellings, each with an act that can be taken back.

Their word wins for ever: machines place around it. Taking an act back restores what was before.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from chronik.archive import credits_unknown, sources
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Story, Verb, Verdict
from chronik.model.records import in_order
from chronik.ports.relating import Side, SuggestionState
from chronik.relate.editing import merged, said, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Judgement
    from chronik.ports import Hit
    from chronik.ports.relating import Relation, Spellings, StoryHead, WholeStory

SPELLINGS_MAX = 100
CHARACTERS_MAX = 300
ACTS_LOOKED_AT_MAX = 1_000
NEAR_MAX = 8
FOUND_MAX = 20
"""Stories that are offered for merging: those that are near, and those that were searched for."""
NEAR_SCORE_MIN = 0.1
"""Below, a machine was sure that two reports have nothing to do with one another."""
HITS_MAX = 100


def the_story(archive: Archive, identity: str) -> WholeStory:
    """A story that must be there, by its id, a former one, or an article's. Raises NotFoundError."""
    whole = archive.catalogue.story(identity)
    if whole is None and (relation := _relation(archive, identity)) is not None:
        whole = archive.catalogue.story(relation.placement.story)
    if whole is None:
        raise _no_story(identity)
    return whole


def story_of(archive: Archive, identity: str) -> str:
    """Id of the story that is meant by an id, its own or an article's; empty where there is none."""
    found = archive.catalogue.story_now(identity)
    relation = None if found else _relation(archive, identity)
    return relation.placement.story if relation else found


def judge(archive: Archive, pair: tuple[str, str], *, verdict: Verdict, by: str) -> Act:
    """Say that two articles tell of one happening, or that they do not. Raises NotFoundError, RefusedInputError."""
    first, second = (_the_relation(archive, one).report for one in pair)
    now = archive.clock()
    word = said((first, second), verdict, editor=by, at=now)
    detail = {"first": word.first, "second": word.second, "verdict": str(verdict)}
    return _say(archive, [word], Act(at=now, by=by, verb=Verb.JUDGE, subject=word.first, detail=detail))


def link(archive: Archive, story: str, *, article: str, verdict: Verdict, by: str) -> Act:
    """Say whether a report belongs to its story: that it goes with the report that it was placed at, or does not.

    Where that one has left the story, with the story's first report. Raises NotFoundError, RefusedInputError.
    """
    whole = the_story(archive, story)
    inside = {report.report: report for report in whole.reports}
    relation = _the_relation(archive, article)
    if relation.report not in inside:
        raise RefusedInputError(f"The article {article[:12]} is not in this story. See: chronik story {story[:12]}")
    anchor = inside[relation.report].anchor
    first = _stories(archive, [whole.head.id])[0].members[0]
    return judge(archive, (relation.report, anchor if anchor in inside else first), verdict=verdict, by=by)


def near(archive: Archive, whole: WholeStory) -> list[tuple[StoryHead, Judgement]]:
    """Other stories with a report that a machine found like one of this story, the likeliest first, and why."""
    inside = {report.report for report in whole.reports}
    words = [word for word in archive.catalogue.judgements_on(inside) if word.score >= NEAR_SCORE_MIN]
    outside = {word: word.second if word.first in inside else word.first for word in words}
    spots = archive.catalogue.spots(outside.values())
    best: dict[str, Judgement] = {}
    for word, report in outside.items():
        if report in spots and spots[report].story != whole.head.id:
            best.setdefault(spots[report].story, word)
    wanted = dict(list(best.items())[:NEAR_MAX])
    heads = archive.catalogue.story_heads(wanted)
    return [(heads[story], word) for story, word in wanted.items() if story in heads]


def found_stories(archive: Archive, words: str, *, without: str = "") -> list[StoryHead]:
    """Stories by an id, or with an article that holds these words, best first."""
    now = story_of(archive, words.strip()) if words.strip() else ""
    hits = () if now or not words.strip() else _hits(archive, words)
    spots = archive.catalogue.spots(hit.id for hit in hits)
    ids = dict.fromkeys([*([now] if now else []), *(spots[hit.id].story for hit in hits if hit.id in spots)])
    wanted = [story for story in ids if story != without][:FOUND_MAX]
    heads = archive.catalogue.story_heads(wanted)
    return [heads[story] for story in wanted if story in heads]


def _hits(archive: Archive, words: str) -> tuple[Hit, ...]:
    return archive.index.search(f"kind:article {words}", limit=HITS_MAX, snippets=False).hits


def merge(archive: Archive, stories: Sequence[str], *, by: str) -> Act:
    """Make one story of several; it keeps the id of the one that was founded first. Raises NotFoundError."""
    told = _stories(archive, stories)
    now = archive.clock()
    words = merged(told, editor=by, at=now)
    reports = list(dict.fromkeys(end for word in words for end in _ends(word)))
    detail = {"stories": [story.id for story in told], "reports": reports}
    return _say(archive, words, Act(at=now, by=by, verb=Verb.MERGE_STORIES, subject=told[0].id, detail=detail))


def split_off(archive: Archive, story: str, *, articles: Sequence[str], by: str) -> Act:
    """Take articles out of a story, into one of their own. Raises NotFoundError, RefusedInputError."""
    (told,) = _stories(archive, [story])
    out = set(reports_of(archive, articles))
    strangers = out - set(told.members)
    if strangers:
        raise RefusedInputError(f"The article {min(strangers)[:12]} is not in this story. See: chronik story {story}")
    now = archive.clock()
    words = split(told, out, editor=by, at=now)
    detail = {"story": told.id, "out": sorted(out)}
    return _say(archive, words, Act(at=now, by=by, verb=Verb.SPLIT_STORY, subject=told.id, detail=detail))


def _ends(word: Judgement) -> tuple[str, str]:
    return word.first, word.second


def _stories(archive: Archive, identities: Iterable[str]) -> list[Story]:
    """Stories that must be there, each once, with their reports in the order of placing. Raises NotFoundError."""
    members: dict[str, list[str]] = {}
    for identity in identities:
        story = story_of(archive, identity)
        if not story:
            raise _no_story(identity)
        members.setdefault(story, [])
    for spot in sorted(archive.catalogue.spots_in(members).values(), key=lambda spot: spot.number):
        members[spot.story].append(spot.report)
    return [Story(id=story, members=tuple(reports)) for story, reports in members.items()]


def _no_story(identity: str) -> NotFoundError:
    return NotFoundError(f"There is no story {identity[:64]!r}. See: chronik stories")


def _say(archive: Archive, words: Sequence[Judgement], act: Act) -> Act:
    ends = {end for word in words for end in _ends(word)}
    told = [[word.first, word.second, str(word.verdict)] for word in words]
    act = replace(act, detail={**act.detail, "words": told, "pages": pages_of(archive, ends)})
    archive.catalogue.say(words, act)
    return act


def pages_of(archive: Archive, reports: Iterable[str]) -> dict[str, dict[str, str]]:
    """Report → capture and address that it was read from: a later reader gives its readings other ids."""
    found = archive.catalogue.articles(sorted(reports))
    return {key: {"capture": one.capture_id, "url": one.url} for key, one in sorted(found.items())}


def _relation(archive: Archive, article: str) -> Relation | None:
    found = archive.catalogue.article(article)
    return archive.catalogue.relation(found.id if found else article)


def reports_of(archive: Archive, articles: Iterable[str]) -> list[str]:
    """The reports of articles, in their order, by ids, beginnings of ids or addresses. Raises NotFoundError."""
    asked = list(articles)
    spots = archive.catalogue.spots(asked)
    return [spots[one].report if one in spots else _the_relation(archive, one).report for one in asked]


def _the_relation(archive: Archive, article: str) -> Relation:
    relation = _relation(archive, article)
    if relation is None:
        raise NotFoundError(f"The article {article[:64]!r} is not there, or was not related yet. See: chronik status")
    return relation


# Sides and spellings


def define_side(archive: Archive, side: Side, *, by: str) -> Act:
    """Define a side of a dossier, or define it anew. Raises NotFoundError, RefusedInputError."""
    archive.the_dossier(side.dossier)
    if not side.names or not (side.sources or side.speakers or side.words):
        raise RefusedInputError("A side needs a name, and sources, speakers or words that tell it.")
    old = _side(archive, side.dossier, side.key)
    detail = {"old": _side_fields(old) if old else None, "new": _side_fields(side)}
    act = Act(at=archive.clock(), by=by, verb=Verb.DEFINE_SIDE, subject=side.dossier, detail=detail)
    archive.catalogue.put_side(side, act)
    return act


def remove_side(archive: Archive, dossier: str, *, key: str, by: str) -> Act:
    """Forget a side. Raises NotFoundError."""
    old = _side(archive, dossier, key)
    detail = {"old": _side_fields(old) if old else None, "key": key}
    act = Act(at=archive.clock(), by=by, verb=Verb.REMOVE_SIDE, subject=dossier, detail=detail)
    archive.catalogue.remove_side(dossier, key, act=act)
    return act


def _side(archive: Archive, dossier: str, key: str) -> Side | None:
    return next((side for side in archive.catalogue.sides(dossier) if side.key == key), None)


def _side_fields(side: Side) -> dict[str, Any]:
    return {**asdict(side), "names": dict(side.names), "languages": list(side.names)}


def side_of(fields: Mapping[str, Any]) -> Side:
    """A side as an act holds it. Raises KeyError."""
    lists = {name: tuple(fields.get(name, ())) for name in ("sources", "speakers", "words")}
    names = in_order(fields["names"], fields.get("languages", ()))
    return Side(dossier=fields["dossier"], key=fields["key"], names=names, **lists)


def add_spellings(archive: Archive, spellings: Sequence[str], *, same: bool, by: str) -> Spellings:
    """Say that spellings name one entity, or that two of them name different ones. Raises RefusedInputError."""
    told = list(dict.fromkeys(" ".join(one.split()) for one in spellings))
    if len(told) < 2 or not all(told) or len(told) > SPELLINGS_MAX or any(len(one) > CHARACTERS_MAX for one in told):
        raise RefusedInputError("Give at least two different spellings, each of them short.")
    if not same and len(told) != 2:
        raise RefusedInputError("Say of two spellings at a time that they name different things.")
    detail = {"spellings": told, "same": same}
    act = Act(at=archive.clock(), by=by, verb=Verb.ADD_SPELLINGS, subject=told[0], detail=detail)
    return archive.catalogue.add_spellings(told, same=same, act=act)


def remove_spellings(archive: Archive, number: int, *, by: str) -> Act:
    """Take back what was said of spellings. Raises NotFoundError."""
    act = Act(at=archive.clock(), by=by, verb=Verb.REMOVE_SPELLINGS, subject=str(number), detail={"number": number})
    archive.catalogue.remove_spellings(number, act)
    return act


# Taking back


def undo(archive: Archive, act_id: str, *, by: str) -> Act:
    """Take an act back: all is as it was before. Raises NotFoundError, or ConflictError where it cannot be."""
    done = archive.catalogue.act(act_id)
    if done is None:
        raise NotFoundError(f"There is no act {act_id[:64]!r}.")
    if done.verb not in _UNDONE or done.verb in _NOT_HERE:
        raise ConflictError(f"This act ({done.verb}) cannot be taken back here.")
    detail = {"undoes": done.id, "verb": str(done.verb)}
    act = Act(at=archive.clock(), by=by, verb=Verb.UNDO, subject=done.subject, detail=detail)
    take_back(archive, done, act=act)
    return act


def take_back(archive: Archive, done: Act, *, act: Act) -> None:
    """Do what an act of taking back says. Raises KeyError for what cannot be taken back, ConflictError where it was."""
    _UNDONE[done.verb](archive, done, act)


def last_word(archive: Archive, pair: tuple[str, str]) -> Act:
    """The last act that judged these two articles and still stands. Raises NotFoundError."""
    reports = sorted(_the_relation(archive, one).report for one in pair)
    taken_back = {
        act.detail.get("undoes") for act in archive.catalogue.acts(subject=reports[0], limit=ACTS_LOOKED_AT_MAX)
    }
    for act in archive.catalogue.acts(subject=reports[0], limit=ACTS_LOOKED_AT_MAX):
        judged = [act.detail.get("first"), act.detail.get("second")]
        if act.verb is Verb.JUDGE and judged == reports and act.id not in taken_back:
            return act
    raise NotFoundError("Nobody has judged these two articles, or it was taken back.")


def _take_back_words(archive: Archive, done: Act, act: Act) -> None:
    if not archive.catalogue.unsay(done.id, act):
        raise ConflictError("This was taken back already.")


def _take_back_link(archive: Archive, done: Act, act: Act) -> None:
    if not archive.catalogue.unsay_link(done.id, act):
        raise ConflictError("This was taken back already.")


def _take_back_decision(archive: Archive, done: Act, act: Act) -> None:
    for state in SuggestionState:
        reports = [report for report, old in done.detail["old"].items() if old == state]
        if reports:
            archive.catalogue.decide(done.subject, reports, state=state, act=act)


def _take_back_side(archive: Archive, done: Act, act: Act) -> None:
    old = done.detail.get("old")
    if old:
        archive.catalogue.put_side(side_of(old), act)
    else:
        archive.catalogue.remove_side(done.subject, done.detail["new"]["key"], act=act)


def _take_back_spellings(archive: Archive, done: Act, act: Act) -> None:
    told = tuple(done.detail["spellings"])
    numbers = [one.number for one in archive.catalogue.spellings() if one.spellings == told]
    if not numbers:
        raise ConflictError("This was taken back already.")
    archive.catalogue.remove_spellings(numbers[-1], act)


def _say_spellings_again(archive: Archive, done: Act, act: Act) -> None:
    archive.catalogue.restore_spellings(done.detail["number"], act)


def _take_back_source(archive: Archive, done: Act, act: Act) -> None:
    sources.take_back(archive, done, act=act)


def _take_credit_up(archive: Archive, done: Act, act: Act) -> None:
    credits_unknown.take_up(archive, done, act=act)


_NOT_HERE = frozenset({Verb.MERGE_SOURCES})
"""Taken back by those who may do them: see `merging.undo`."""
_UNDONE: Mapping[Verb, Callable[[Archive, Act, Act], None]] = {
    Verb.JUDGE: _take_back_words,
    Verb.MERGE_STORIES: _take_back_words,
    Verb.SPLIT_STORY: _take_back_words,
    Verb.LINK_STORIES: _take_back_link,
    Verb.UNLINK_STORIES: _take_back_link,
    Verb.ACCEPT_SUGGESTION: _take_back_decision,
    Verb.REFUSE_SUGGESTION: _take_back_decision,
    Verb.DEFINE_SIDE: _take_back_side,
    Verb.REMOVE_SIDE: _take_back_side,
    Verb.ADD_SPELLINGS: _take_back_spellings,
    Verb.REMOVE_SPELLINGS: _say_spellings_again,
    Verb.ADD_SOURCE: _take_back_source,
    Verb.EDIT_SOURCE: _take_back_source,
    Verb.MERGE_SOURCES: _take_back_source,
    Verb.NAME_CREDIT: _take_back_source,
    Verb.PUT_CREDIT_ASIDE: _take_credit_up,
}
