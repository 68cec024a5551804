"""Acts: learns from the archive's own stories which spellings are one name, and lets editors accept or refuse it.

Stories teach where reports in several languages surely belong together: by an editor's word, or by links that placing
was certain of. What an editor says of a proposal is kept as spellings, like `chronik names add`: it counts at once for
relating, suggesting, accounts and search, can be taken back like every act (`judging.undo`), and what was refused does
not come back while that stands. The proposals themselves can be learned again at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.archive.spellings import bridge_of
from chronik.errors import ConflictError, NotFoundError
from chronik.model import UNDETERMINED, Act, Report, Verb, Verdict
from chronik.ports.naming import LearnedName, NamesLearned, Witness
from chronik.ports.relating import StoryQuery
from chronik.relate.bridge.codes import short
from chronik.relate.bridge.learning import NAMES_MAX, TEXT_CHARACTERS_MAX, Aligned, learned
from chronik.relate.bridge.together import surely_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.archive.archive import Archive
    from chronik.model import Article
    from chronik.ports.relating import Marks, Spellings, StoryHead, StoryReport
    from chronik.relate.bridge.learning import Pairing

STORIES_MAX = 2_000
"""The latest stories in several languages are learned from."""
STORIES_A_PAGE = 200
REPORTS_A_STORY_MAX = 12
PAIRS_A_STORY_MAX = 40
LEARN_AFTER_REPORTS = 1_000
LEARN_AFTER = timedelta(days=1)
"""Names are learned anew after so many new reports, or so much time with any news."""
CERTAIN_SCORE = 0.7
"""What is used without asking has at least this score, beside the stories that the setting asks for, and no rival."""


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    USED = "used"
    """Open, and used meanwhile by the setting `learned_names_stories`."""
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two spellings that the archive's stories show as one name, and what an editor said of it."""

    learned: LearnedName
    state: ProposalState
    word: Spellings | None = None
    """What an editor said; None where it is open."""


def proposals(archive: Archive, *, states: Sequence[ProposalState] = tuple(ProposalState)) -> list[Proposal]:
    """Proposals in these states, the surest first."""
    words = archive.catalogue.spellings()
    found = (_proposal(one, words) for one in archive.catalogue.learned_names())
    return [one for one in found if one.state in states]


def proposal(archive: Archive, number: int) -> Proposal:
    """One proposal by its number. Raises NotFoundError."""
    found = next((one for one in proposals(archive) if one.learned.number == number), None)
    if found is None:
        raise NotFoundError(f"No learned name has the number {number}. See: chronik names learned")
    return found


def accept(archive: Archive, number: int, *, by: str) -> Act:
    """Say that the two spellings are one name; from now on the bridge knows it. Raises NotFoundError, ConflictError."""
    return _say(archive, proposal(archive, number), same=True, by=by)


def refuse(archive: Archive, number: int, *, by: str) -> Act:
    """Say that the two spellings are two names; it is not proposed again. Raises NotFoundError, ConflictError."""
    return _say(archive, proposal(archive, number), same=False, by=by)


def _say(archive: Archive, one: Proposal, *, same: bool, by: str) -> Act:
    if one.word is not None:
        raise ConflictError(
            f"{' / '.join(one.learned.spellings)} was {one.state} already (by {one.word.by}). "
            f"To take that back: chronik names remove {one.word.number}"
        )
    spellings = list(one.learned.spellings)
    detail = {
        "spellings": spellings,
        "same": same,
        "learned": one.learned.number,
        "stories": [witness.story for witness in one.learned.witnesses],
    }
    act = Act(at=archive.clock(), by=by, verb=Verb.ADD_SPELLINGS, subject=spellings[0], detail=detail)
    archive.catalogue.add_spellings(spellings, same=same, act=act)
    return act


def _proposal(one: LearnedName, words: Sequence[Spellings]) -> Proposal:
    pair = set(one.spellings)
    word = next((word for word in reversed(words) if pair <= set(word.spellings)), None)
    if word is not None:
        return Proposal(learned=one, state=ProposalState.ACCEPTED if word.same else ProposalState.REFUSED, word=word)
    return Proposal(learned=one, state=ProposalState.USED if one.used else ProposalState.OPEN)


# Learning


def learn_due(archive: Archive) -> int:
    """Learn anew where enough came since the last time; proposals, counted, or 0 where it was not due."""
    marks, before = archive.catalogue.marks(), archive.catalogue.names_learned()
    return learn(archive) if _is_due(archive, marks, before) else 0


def _is_due(archive: Archive, marks: Marks, before: NamesLearned | None) -> bool:
    if before is None:
        return marks.placed > 0
    if marks == before.marks:
        return False
    late = archive.clock() - before.at >= LEARN_AFTER
    return late or abs(marks.placed - before.marks.placed) >= LEARN_AFTER_REPORTS


def learn(archive: Archive) -> int:
    """Learn names anew from the latest stories in several languages; proposals, counted."""
    seen = NamesLearned(at=archive.clock(), marks=archive.catalogue.marks())
    words = archive.catalogue.spellings()
    found = learned(_aligned(archive), bridge=bridge_of(words))
    names = [_name(one, stories_min=archive.config.learned_names_stories) for one in found]
    decided = {one.learned.number for one in proposals(archive) if one.word is not None}
    archive.catalogue.record_learned_names(names, keep=decided, seen=seen)
    return len(names)


def _name(pairing: Pairing, *, stories_min: int) -> LearnedName:
    """A pairing as it is kept; certain ones are used without asking where the settings say from how many stories."""
    certain = pairing.stories >= stories_min > 0 and not pairing.rivals and pairing.score >= CERTAIN_SCORE
    return LearnedName(
        spellings=(pairing.first, pairing.second),
        languages=pairing.languages,
        stories=pairing.stories,
        reports=pairing.support,
        against=pairing.against,
        rivals=pairing.rivals,
        score=pairing.score,
        witnesses=tuple(Witness(story=story, first=one, second=two) for story, one, two in pairing.witnesses),
        used=certain,
    )


def _aligned(archive: Archive) -> Iterator[Aligned]:
    """Pairs of reports in two languages that surely tell one story."""
    words = archive.catalogue.words()
    same = [(word.first, word.second) for word in words if word.verdict is Verdict.SAME]
    different = {frozenset((word.first, word.second)) for word in words if word.verdict is Verdict.DIFFERENT}
    for head in _across(archive):
        whole = archive.catalogue.story(head.id)
        reports = whole.reports[:REPORTS_A_STORY_MAX] if whole else ()
        links = [(report.report, report.anchor) for report in reports if report.certain and report.anchor]
        pairs = surely_together([one.report for one in reports], links=[*links, *same], apart=different)
        told = {one.report: one for one in reports}
        across = [(told[one], told[two]) for one, two in pairs if _language(told[one]) != _language(told[two])]
        yield from _read(archive, head, across[:PAIRS_A_STORY_MAX])


def _across(archive: Archive) -> Iterator[StoryHead]:
    """The latest stories that are told in several languages."""
    taken = offset = 0
    while taken < STORIES_MAX:
        heads = archive.catalogue.stories(StoryQuery(reports_min=2, limit=STORIES_A_PAGE, offset=offset))
        several = [head for head in heads if len(head.languages) > 1][: STORIES_MAX - taken]
        yield from several
        taken, offset = taken + len(several), offset + len(heads)
        if len(heads) < STORIES_A_PAGE:
            return


def _language(report: StoryReport) -> str:
    return short(report.language)


def _read(archive: Archive, head: StoryHead, pairs: Sequence[tuple[StoryReport, StoryReport]]) -> Iterator[Aligned]:
    known = [pair for pair in pairs if all(one.language != UNDETERMINED for one in pair)]
    articles = archive.catalogue.articles({one.article for pair in known for one in pair})
    reports: dict[str, Report] = {}
    for one in {one.report: one for pair in known for one in pair}.values():
        if article := articles.get(one.article):
            reports[one.report] = _report(article, language=_language(one))
    for one, two in known:
        if one.report in reports and two.report in reports:
            yield Aligned(first=reports[one.report], second=reports[two.report], story=head.id)


def _report(article: Article, *, language: str) -> Report:
    """An article as learning sees it: its title, how its text begins, and the names that a reader found."""
    names = dict.fromkeys(article.text[mention.start : mention.end] for mention in article.mentions)
    text = article.text[:TEXT_CHARACTERS_MAX]
    return Report(id=article.id, title=article.title, text=text, language=language, names=tuple(names)[:NAMES_MAX])
