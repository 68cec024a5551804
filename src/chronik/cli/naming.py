"""`names`: what editors say of spellings, and what the archive learned of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson

if TYPE_CHECKING:
    from pathlib import Path

    from chronik.archive.naming import Proposal

group = typer.Typer(help="Spellings: which of them name one person, place or body.", no_args_is_help=True)


@group.command(name="add")
def add(
    spellings: Annotated[list[str], typer.Argument(metavar="SPELLING...", help="Two or more, in any script.")],
    apart: Annotated[bool, typer.Option("--apart", help="Say that these two name different things.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that spellings name one person, place or body; relating, suggesting and search go by it from then on.

    Articles that were placed before go by it after `chronik relate --again`.

    Example: `chronik names add Orvenne Orwe Орвен`
    """
    with opened(archive) as house:
        from chronik.archive import judging

        kept = judging.add_spellings(house, spellings, same=not apart, by=person())
    if as_json:
        output.emit({"number": kept.number, "spellings": list(kept.spellings), "same": kept.same})
    else:
        output.say(f"{kept.number}: {_line(kept.spellings, same=kept.same)}")


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List what was said of spellings.

    Example: `chronik names list --json`
    """
    with opened(archive) as house:
        kept = house.catalogue.spellings()
    if as_json:
        shapes = [
            {"number": one.number, "spellings": list(one.spellings), "same": one.same, "by": one.by} for one in kept
        ]
        output.emit(shapes)
    else:
        output.table(
            ("Number", "Spellings", "By"), [(one.number, _line(one.spellings, same=one.same), one.by) for one in kept]
        )


@group.command(name="remove")
def remove(
    number: Annotated[int, typer.Argument(help="As `chronik names list` gives it.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Take back what was said of spellings.

    Example: `chronik names remove 3`
    """
    with opened(archive) as house:
        from chronik.archive import judging

        act = judging.remove_spellings(house, number, by=person())
    if as_json:
        output.emit({"act": act.id, "number": number})
    else:
        output.say(f"{number}: taken back")


@group.command(name="learn")
def learn(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Learn from the latest stories in several languages which spellings are one name; the worker does so once a day.

    Example: `chronik names learn`
    """
    with opened(archive) as house:
        from chronik.archive import naming

        found = naming.learn(house)
    if as_json:
        output.emit({"learned": found})
    else:
        output.say(f"{found} learned. See: chronik names learned")


@group.command(name="learned")
def learned(
    every: Annotated[bool, typer.Option("--all", help="Also what was accepted or refused.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List spellings that the archive's own stories show as one name, the surest first, for you to accept or refuse.

    Example: `chronik names learned --json`
    """
    with opened(archive) as house:
        from chronik.archive import naming

        waiting = (naming.ProposalState.OPEN, naming.ProposalState.USED)
        found = naming.proposals(house) if every else naming.proposals(house, states=waiting)
        seen = house.catalogue.names_learned()
    if as_json:
        output.emit([_shape(one) for one in found])
    elif not found:
        output.say("Nothing was learned yet." if seen else "Nothing was learned yet. See: chronik names learn")
    else:
        heads = ("Number", "Spellings", "Languages", "Stories", "Reports", "Against", "Score", "State")
        output.table(heads, [_row(one) for one in found])


@group.command(name="accept")
def accept(
    numbers: Annotated[list[int], typer.Argument(metavar="NUMBER...", help="As `chronik names learned` gives them.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that learned spellings are one name; relating, suggesting and search go by it from then on.

    Example: `chronik names accept 3 4`
    """
    _decide(numbers, same=True, as_json=as_json, folder=archive)


@group.command(name="refuse")
def refuse(
    numbers: Annotated[list[int], typer.Argument(metavar="NUMBER...", help="As `chronik names learned` gives them.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say that learned spellings are two names; they are not proposed again.

    Example: `chronik names refuse 5`
    """
    _decide(numbers, same=False, as_json=as_json, folder=archive)


def _decide(numbers: list[int], *, same: bool, as_json: bool, folder: Path | None) -> None:
    with opened(folder) as house:
        from chronik.archive import naming

        for number in numbers:
            naming.proposal(house, number)
        act = naming.accept if same else naming.refuse
        acts = [act(house, number, by=person()) for number in dict.fromkeys(numbers)]
        words = [naming.proposal(house, int(one.detail["learned"])).word for one in acts]
    kept = [(one, word) for one, word in zip(acts, words, strict=True) if word]
    if as_json:
        output.emit([{"act": one.id, "number": w.number, "spellings": w.spellings, "same": w.same} for one, w in kept])
    else:
        for _, word in kept:
            taken_back = f"(to take it back: chronik names remove {word.number})"
            output.say(f"{_line(word.spellings, same=word.same)} {taken_back}")


def _shape(one: Proposal) -> dict[str, Any]:
    found = one.learned
    return {
        "number": found.number,
        "spellings": list(found.spellings),
        "languages": list(found.languages),
        "stories": found.stories,
        "reports": found.reports,
        "against": found.against,
        "rivals": found.rivals,
        "score": found.score,
        "state": str(one.state),
        "by": one.word.by if one.word else None,
        "witnesses": [{"story": seen.story, "articles": [seen.first, seen.second]} for seen in found.witnesses],
    }


def _row(one: Proposal) -> tuple[Any, ...]:
    found = one.learned
    languages = "/".join(found.languages)
    line = _line(found.spellings, same=True)
    return (found.number, line, languages, found.stories, found.reports, found.against, found.score, one.state)


def _line(spellings: tuple[str, ...], *, same: bool) -> str:
    return (" = " if same else " ≠ ").join(spellings)
