"""`stories`, `story`, `judge`, `accounts`: what tells of one happening, and what editors say of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, reasons, story_shapes
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError
from chronik.model import Verdict
from chronik.ports.relating import StoryQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chronik.archive import Archive
    from chronik.model import Act, Article
    from chronik.ports.relating import WholeStory
    from chronik.relate.accounts import Account, Place, Utterance

ID_SHOWN_LENGTH = 12
SAID = ("same", "different")
CHANGES = ("merge", "split", "link", "unlink", "undo")
LIMIT_MAX = 10_000


def stories(
    since: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="With a report of this day or later.")] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="Told in this language, among others.")] = "",
    dossier: Annotated[str, typer.Option(metavar="SLUG", help="With a clip in this dossier.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Also those of one report.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=LIMIT_MAX, help="How many to show.")] = 50,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List stories: reports of one happening in any language, the latest first.

    Example: `chronik stories --since 2026-05-01 --language ru`
    """
    query = StoryQuery(
        since=_day(since), language=language, dossier=dossier, reports_min=1 if every else 2, limit=limit
    )
    with opened(archive) as house:
        if dossier:
            house.the_dossier(dossier)
        found = house.catalogue.stories(query)
    if as_json:
        output.emit([story_shapes.story_head(head) for head in found])
        return
    rows = [
        (
            head.id[:ID_SHOWN_LENGTH],
            head.last_at.date(),
            f"{head.reports} / {head.origins}",
            " ".join(head.languages),
            output.one_line(head.title),
        )
        for head in found
    ]
    output.table(("Story", "Last", "Reports / origins", "Languages", "First report"), rows)


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(f"--since: {text!r} is not a day; write it like 2020-09-27") from error


def story(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID | merge ID ID... | split ID ARTICLE... | link ID ID | unlink ID ID | undo ACT",
            help="What to show or to change.",
        ),
    ],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Show a story with its reports, and why each is there; or merge stories, split one, link two, or take that back.

    An id's beginning is enough, and an article's will do. Your word wins for ever over what machines judge.

    Example: `chronik story 1f3a9c2e`, `chronik story merge 1f3a9c2e 77ab01cd`, `chronik story split 1f3a9c2e 0b44d1e2`
    """
    what, rest = words[0], words[1:]
    with opened(archive) as house:
        if what in CHANGES:
            act = _changed(house, what, rest)
            _tell_act(act, as_json=as_json)
            return
        if rest:
            raise UsageError(f"{what!r} is none of {', '.join(CHANGES)}; give one story's id to show it.")
        from chronik.archive.judging import the_story

        whole = the_story(house, what)
    titles = {report.report: f"“{output.one_line(report.title)}”" for report in whole.reports}
    if as_json:
        output.emit(story_shapes.story(whole, titles=titles))
    else:
        _tell(whole, titles)


def _changed(house: Archive, what: str, rest: Sequence[str]) -> Act:
    from chronik.archive import judging

    least = {"undo": 1}.get(what, 2)
    if len(rest) < least or (what in {"link", "unlink"} and len(rest) > least):
        raise UsageError(
            "Write: merge STORY STORY..., split STORY ARTICLE..., link STORY STORY, unlink STORY STORY, or undo ACT."
        )
    if what in {"link", "unlink"}:
        from chronik.archive.recalling import say_link

        return say_link(house, (rest[0], rest[1]), goes_on=what == "link", by=person())
    if what == "merge":
        return judging.merge(house, rest, by=person())
    if what == "split":
        return judging.split_off(house, rest[0], articles=rest[1:], by=person())
    return judging.undo(house, rest[0], by=person())


def _tell_act(act: Act, *, as_json: bool) -> None:
    if as_json:
        output.emit({"act": act.id, "verb": str(act.verb), "subject": act.subject, "detail": dict(act.detail)})
    else:
        output.say(f"Done. To take it back: chronik story undo {act.id[:ID_SHOWN_LENGTH]}")


def _tell(whole: WholeStory, titles: Mapping[str, str]) -> None:
    head = whole.head
    output.say(f"{output.one_line(head.title)}\n{head.id}")
    output.say(f"{head.reports} reports, {head.origins} origins, {' '.join(head.languages)}\n")
    for report in whole.reports:
        sure = "" if report.certain or not report.anchor else "?"
        output.say(
            f"{report.when:%Y-%m-%d %H:%M} [{report.language}] {output.one_line(report.source)}: "
            f"{output.one_line(report.title)}  {report.article[:ID_SHOWN_LENGTH]}"
        )
        why = reasons.told(report.reasons, titles=titles)
        if report.anchor:
            output.say(f"    {report.score:.2f}{sure} {why}".rstrip())
    for words, links in (
        ("goes on from", [(one.earlier, one) for one in whole.earlier]),
        ("goes on in", [(one.later, one) for one in whole.later]),
    ):
        for other, link in links:
            why = reasons.told(link.reasons, titles=titles)
            output.say(f"{words} {other[:ID_SHOWN_LENGTH]}  {link.score:.2f} {why}".rstrip())


def judge(
    first: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's id (its beginning is enough) or address.")
    ],
    second: Annotated[str, typer.Argument(metavar="ARTICLE", help="Another one.")],
    verdict: Annotated[str, typer.Argument(metavar="same|different", help="What you say of them.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last word on these two.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that two articles tell of one happening, or that they do not; your word wins over any machine's, for ever.

    Example: `chronik judge 1f3a9c2e 77ab01cd same`
    """
    if undo == bool(verdict) or (verdict and verdict not in SAID):
        raise UsageError(f"Say {' or '.join(SAID)}, or --undo.")
    with opened(archive) as house:
        from chronik.archive import judging

        if undo:
            act = judging.undo(house, judging.last_word(house, (first, second)).id, by=person())
        else:
            act = judging.judge(house, (first, second), verdict=Verdict(verdict), by=person())
    _tell_act(act, as_json=as_json)


def accounts(
    words: Annotated[list[str], typer.Argument(metavar="STORY|WORDS...", help="A story's id, or a question.")],
    dossier: Annotated[str, typer.Option(metavar="SLUG", help="Whose sides count.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Set the statements of the parties side by side: verbatim passages with speaker, oldest first, by side.

    Example: `chronik accounts 1f3a9c2e`, `chronik accounts who closed the sluice`
    """
    from chronik.archive.gathering import accounts as gathered
    from chronik.archive.judging import story_of

    with opened(archive) as house:
        asked = " ".join(words)
        story = story_of(house, asked) if len(words) == 1 else ""
        found, articles = gathered(house, story=story, question=asked, dossier=dossier)
    if as_json:
        output.emit([_account(account, articles) for account in found])
        return
    for account in found:
        output.say(f"== {account.side or account.speaker or account.credit}")
        for said in account.utterances:
            _say(said, articles)


def _say(said: Utterance, articles: Mapping[str, Article]) -> None:
    article = articles[said.article]
    who = f"{said.speaker}, " if said.speaker else ""
    source = output.one_line(article.source)
    output.say(f"  {article.published[:10]} {who}{source} [{said.language}] {article.id[:ID_SHOWN_LENGTH]}")
    words = output.one_line(said.words)
    output.say(f"    “{words}”" if said.quoted else f"    {words}")
    for how, places in (("also in", said.again), ("in another language", said.translations)):
        for one in places:
            where = f"{output.one_line(one.credit)} [{one.language}] {one.article[:ID_SHOWN_LENGTH]}"
            output.say(f"    {how}: {where}, {int(100 * one.confidence)} % sure")


def _elsewhere(place: Place | Utterance) -> dict[str, Any]:
    """Where a statement stands once more, and how surely it is the same, from 0 to 1."""
    return {"article": place.article, "start": place.start, "end": place.end, "confidence": place.confidence}


def _account(account: Account, articles: Mapping[str, Article]) -> dict[str, Any]:
    return {
        "side": account.side or None,
        "speaker": account.speaker or None,
        "credit": account.credit or None,
        "statements": [
            {
                "article": said.article,
                "url": articles[said.article].url,
                "start": said.start,
                "end": said.end,
                "words": said.words,
                "quoted": said.quoted,
                "speaker": said.speaker or None,
                "name": said.name or None,
                "cue": said.cue or None,
                "language": said.language,
                "published": articles[said.article].published or None,
                "credit": said.credit or None,
                "again": [_elsewhere(place) for place in said.again],
                "translations": [{**_elsewhere(one), "words": one.words} for one in said.translations],
            }
            for said in account.utterances
        ],
    }
