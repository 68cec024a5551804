"""`dossier suggest`, `backtest`, `gaps`, `side`: what belongs into a dossier, and what it lacks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, shapes, story_shapes
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError
from chronik.ports.relating import Side, SuggestionState

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.relate.backtest import Backtest

ID_SHOWN_LENGTH = 12
Slug = Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's slug.")]
Articles = Annotated[
    list[str] | None, typer.Option(metavar="ARTICLE", help="An article's id, or its beginning; may be repeated.")
]


def suggest(
    dossier: Slug,
    accept: Articles = None,
    refuse: Articles = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List articles that seem to belong to a dossier, best first, with reasons; or accept or refuse some.

    Suggestions get better with each clip and each refusal. `chronik story undo ACT` takes a decision back.

    Example: `chronik dossier suggest mill-stream --refuse 1f3a9c2e`
    """
    with opened(archive) as house, output.progress(hidden=as_json) as show:
        from chronik.archive import relating

        house.the_dossier(dossier)
        acts = _decided(house, dossier, accept or [], refuse or [])
        waiting = relating.relate_due(house, progress=show).waiting
        rows = _rows(house, dossier, limit)
    if as_json:
        output.emit({"dossier": dossier, "acts": acts, "waiting": waiting or None, "suggestions": rows})
        return
    for act in acts:
        output.say(f"Done. To take it back: chronik story undo {act[:ID_SHOWN_LENGTH]}")
    if waiting:
        output.complain(waiting)
    for row in rows:
        output.say(
            f"{row['score']:.2f} {row['article'][:ID_SHOWN_LENGTH]} [{row['language']}] {output.one_line(row['title'])}"
        )
        output.say(f"    {row['reasons']}")
    if not rows:
        output.say("Nothing is suggested.")


def _decided(house: Archive, dossier: str, accepted: list[str], refused: list[str]) -> list[str]:
    from chronik.archive.suggesting import decide

    acts = []
    for articles, state in ((accepted, SuggestionState.ACCEPTED), (refused, SuggestionState.REFUSED)):
        if articles:
            acts.append(decide(house, dossier, articles=articles, state=state, by=person()).id)
    return acts


def _rows(house: Archive, dossier: str, limit: int) -> list[dict[str, Any]]:
    found = house.catalogue.proposed(dossier, limit=limit)
    articles = house.catalogue.articles(one.suggestion.article for one in found)
    return [
        story_shapes.proposed(
            one, title=articles[one.suggestion.article].title, language=articles[one.suggestion.article].language
        )
        for one in found
        if one.suggestion.article in articles
    ]


def backtest(dossier: Slug, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Replay a dossier's own history in time order without peeking, and say what suggesting would have proposed.

    Example: `chronik dossier backtest mill-stream`
    """
    from chronik.archive.gathering import replay

    with opened(archive) as house, output.progress(hidden=as_json) as show:
        result = replay(house, dossier, progress=show)
    if as_json:
        output.emit({"dossier": dossier, **asdict(result)})
    else:
        _tell_backtest(result)


def _tell_backtest(result: Backtest) -> None:
    rows = [
        (
            week.begins,
            week.articles,
            week.relevant,
            week.shown_of_first,
            week.found_in_first,
            week.found_in_further,
            week.looked_at,
        )
        for week in result.weeks
        if week.relevant or week.proposed
    ]
    output.table(("Week", "Articles", "Clipped", "First 10", "right", "In 50", "Looked at"), rows)
    output.say(
        f"precision@10 {_share(result.precision_at_10)}, ranked first {_share(result.ranked_first)}, "
        f"recall@50 per week {_share(result.recall_at_50)}, proposed at all {_share(result.recall)}; "
        f"{result.looked_at} of {result.articles} articles to look at for all {result.relevant}."
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def gaps(dossier: Slug, as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Say what a dossier lacks that the archive holds: a party, language, kind of source, country or week.

    Example: `chronik dossier gaps mill-stream`
    """
    from chronik.archive.gathering import missing

    with opened(archive) as house:
        found = missing(house, dossier)
    if as_json:
        output.emit([asdict(gap) for gap in found])
        return
    rows = [
        (str(gap.kind), gap.value, gap.held, gap.there, " ".join(one[:ID_SHOWN_LENGTH] for one in gap.examples))
        for gap in found
    ]
    output.table(("What", "Which", "Clips", "Articles there", "Such as"), rows)


def side(
    dossier: Slug,
    key: Annotated[
        str, typer.Argument(metavar="[KEY]", help="Short name of the side; without it sides are listed.")
    ] = "",
    name: Annotated[
        list[str] | None, typer.Option(help="Its name; may begin with its language: de=Der Verband")
    ] = None,
    source: Annotated[list[str] | None, typer.Option(help="A source that speaks for it.")] = None,
    speaker: Annotated[list[str] | None, typer.Option(help="Somebody who speaks for it.")] = None,
    word: Annotated[list[str] | None, typer.Option(help="Whoever is introduced with this word speaks for it.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the side.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Define a side of a dossier: whose sources and speakers count as one party; or list or remove sides.

    Example: `chronik dossier side mill-stream board --name "en=Water board" --speaker "Ruven Eschlohe"`
    """
    from chronik.archive import judging

    with opened(archive) as house:
        house.the_dossier(dossier)
        if remove:
            if not key:
                raise UsageError("Name the side to remove.")
            judging.remove_side(house, dossier, key=key, by=person())
        elif key:
            named = shapes.named_languages(name or [f"und={key}"])
            made = Side(
                dossier=dossier,
                key=key,
                names=named,
                sources=tuple(source or ()),
                speakers=tuple(speaker or ()),
                words=tuple(word or ()),
            )
            judging.define_side(house, made, by=person())
        sides = house.catalogue.sides(dossier)
    if as_json:
        output.emit([story_shapes.side(one) for one in sides])
    else:
        rows = [
            (one.key, " / ".join(one.names.values()), ", ".join((*one.sources, *one.speakers, *one.words)))
            for one in sides
        ]
        output.table(("Side", "Names", "Who"), rows)
