"""`dossier`, `clip`, `publish`, `export`: from passages to what readers see."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, shapes, wacz
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.public.freeze import Frozen

CITATIONS = ("csl", "bibtex", "ris")
EXPORT_KINDS = ("press-page", "json", "wacz", *CITATIONS)
AsOf = Annotated[
    str,
    typer.Option(metavar="MOMENT", help="As it was known then: 2026-05-01T12:00, or a day for its first moment."),
]

group = typer.Typer(help="Dossiers: topics kept for years.", no_args_is_help=True)


@group.command(name="new")
def new(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Names; each may begin with its language: de=Der Streik")
    ],
    slug: Annotated[str, typer.Option(help="Short name in addresses. Default: made from the first name.")] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Begin a dossier, with its name in one or more languages.

    Example: `chronik dossier new "en=The mill stream" "de=Der Mühlbach"`
    """
    with opened(archive) as house:
        from chronik.desk import actions

        dossier = actions.new_dossier(
            house.catalogue, names=shapes.named_languages(names), slug=slug, by=person(), now=house.clock()
        )
        if as_json:
            output.emit(shapes.dossier(dossier, clip_count=0))
        else:
            output.say(dossier.slug)


@group.command(name="list")
def list_(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """List all dossiers.

    Example: `chronik dossier list --json`
    """
    with opened(archive) as house:
        rows = [
            shapes.dossier(dossier, clip_count=len(house.catalogue.clips(dossier.slug)))
            for dossier in house.catalogue.dossiers()
        ]
    if as_json:
        output.emit(rows)
        return
    shown = [(row["slug"], row["clip_count"], " / ".join(row["names"].values()), row["years"]) for row in rows]
    output.table(("Slug", "Clips", "Names", "Years"), shown)


@group.command(name="show")
def show(
    dossier: Annotated[str, typer.Argument(help="The dossier's slug.")],
    as_of: AsOf = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Show a dossier with its clips, in the order in which readers see them; with `--as-of`, as it was known then.

    Example: `chronik dossier show mill-stream --as-of 2026-05-01 --json`
    """
    with opened(archive) as house:
        then = _instant(as_of, house)
        whole = _whole(house, dossier) if then is None else _whole_as_known(house, dossier, then)
    if as_json:
        output.emit(whole)
        return
    _say(whole)


def _say(whole: dict[str, Any]) -> None:
    output.say(" / ".join([*whole["names"].values(), whole["years"]]).strip(" /"))
    sections, section = {one["id"]: one["names"] for one in whole["sections"]}, ""
    for clip in whole["clips"]:
        if sections and clip["section"] != section:
            section = clip["section"]
            output.say(f"\n{' / '.join(sections.get(section, {}).values()) or 'In no section'}")
        mark = " key document" if clip["id"] in whole["pinned"] else ""
        output.say(f"\n{clip['clipped'][:16].replace('T', ' ')} [ {clip['credit']} ] ({clip['language']}){mark}")
        output.say(f"    {clip['title']}")
    for event in whole["timeline"]:
        when = " – ".join(filter(None, (event["begins"], event["ends"])))
        output.say(f"\n{when}: {' / '.join(event['labels'].values())}")
    for entry in whole["unread_entries"]:
        output.say(f"\nto be mended, line {entry['line']}: {entry['reason']}")


def _whole(house: Archive, slug: str) -> dict[str, Any]:
    from chronik.archive import grading
    from chronik.publish.edition import in_sections, ordered

    dossier = house.the_dossier(slug)
    clips = in_sections(ordered(house.catalogue.clips(slug), dossier.order), dossier.sections)
    sources = {source.id: source for source in house.catalogue.sources()}
    proofs = grading.proofs_of_clips(house, clips)
    return {
        **shapes.dossier(dossier, clip_count=len(clips)),
        "clips": [
            {
                **shapes.clip(clip, source=sources.get(clip.source_id), zone=house.config.zone),
                "proofs": [shapes.proof(one) for one in proofs[clip.id]],
            }
            for clip in clips
        ],
        "unread_entries": [shapes.unread_entry(entry) for entry in house.catalogue.unread_entries(slug)],
    }


def _whole_as_known(house: Archive, slug: str, then: datetime) -> dict[str, Any]:
    from chronik.web.publishing import edition_as_known

    edition = edition_as_known(house, slug, at=then)
    clips = [
        shapes.clip(clip, source=edition.sources.get(clip.source_id), zone=house.config.zone) for clip in edition.clips
    ]
    return {**shapes.dossier(edition.dossier, clip_count=len(clips)), "clips": clips, "unread_entries": []}


def clip(
    article: Annotated[str, typer.Argument(help="The article's id (its beginning is enough) or its address.")],
    dossier: Annotated[str, typer.Option(help="Slug of the dossier.")],
    quote: Annotated[
        list[str],
        typer.Option(help="The passage; it must stand verbatim in the article. Given again: a further passage."),
    ],
    happened: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day it happened, if known.")] = "",
    note: Annotated[str, typer.Option(help="Private note, never published.")] = "",
    credit: Annotated[str, typer.Option(help="The source as credited. Default: as the page names itself.")] = "",
    quotation_reason: Annotated[
        str, typer.Option(metavar="WORDS", help="Why more of the report is quoted than the limit allows. Private.")
    ] = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Put a verbatim passage of an article into a dossier, or several passages as one clip.

    Example: `chronik clip 1f3a9c2e --dossier mill-stream --quote "The sluice was closed"`
    """
    with opened(archive) as house:
        from chronik.desk import actions

        made = actions.clip(
            house.catalogue,
            article_id=article,
            dossier=dossier,
            quote=quote,
            by=person(),
            now=house.clock(),
            happened=_day(happened),
            note=note,
            credit=credit or None,
            quotation_reason=quotation_reason,
        )
        if as_json:
            source = next((source for source in house.catalogue.sources() if source.id == made.source_id), None)
            output.emit(shapes.clip(made, source=source, zone=house.config.zone))
        else:
            output.say(f"{made.id[:12]} in {made.dossier}: {made.title}")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--happened: {text!r} is not a day; write it like 2020-09-27") from error


def publish(
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[DOSSIER...]", help="Slugs of dossiers.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Publish all dossiers.")] = False,
    to: Annotated[Path | None, typer.Option(help="Write to this folder instead of the archive's `site`.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the dossiers out of the public folder.")] = False,
    quotation_reason: Annotated[
        str, typer.Option(metavar="WORDS", help="Why more of a report is quoted than the limit allows. Private.")
    ] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Freeze dossiers as plain files (HTML, Atom, JSON) that any web server can carry.

    With `--as-of`, as they were known then: the same bytes as the edition published then, told from the acts alone.

    Example: `chronik publish mill-stream`
    """
    if bool(slugs) == every:
        raise UsageError("Name the dossiers to publish, or say --all.")
    if as_of and (to is None or remove):
        raise UsageError("--as-of: a past state is written to a folder of its own; name one with --to DIR.")
    results = []
    with opened(archive) as house, output.progress(hidden=as_json or not every) as show:
        from chronik.archive import Step

        then = _instant(as_of, house)
        wanted = slugs or [dossier.slug for dossier in house.catalogue.dossiers()]
        for number, slug in enumerate(wanted):
            show(Step(stage="publish", done=number, total=len(wanted)))
            frozen = _frozen(house, slug, to=to, then=then, remove=remove, quotation_reason=quotation_reason)
            results.append({"dossier": slug, "folder": str(to or house.config.site), **shapes.frozen(frozen)})
            if not remove and then is None:
                _complain_of_quotations(house, slug)
    if as_json:
        output.emit(results)
        return
    for result in results:
        output.say(
            f"{result['dossier']}: {result['files']} files, {result['changed']} changed, "
            f"{result['removed']} removed, in {result['folder']}"
        )
        if result["unsealed"]:
            output.complain(f"{result['dossier']}: not sealed, so readers cannot check it. {result['unsealed']}")


def _frozen(
    house: Archive, slug: str, *, to: Path | None, then: datetime | None, remove: bool, quotation_reason: str
) -> Frozen:
    from chronik.web import publishing

    if then is not None and to is not None:
        return publishing.publish_as_known(house, slug, at=then, to=to)
    if remove:
        return publishing.unpublish(house, slug, by=person(), now=house.clock(), to=to)
    now = house.clock()
    return publishing.publish(house, slug, by=person(), now=now, to=to, quotation_reason=quotation_reason)


def _complain_of_quotations(house: Archive, slug: str) -> None:
    """Say that more is quoted than may be where nobody has said why."""
    from chronik.archive import quoting

    over = quoting.beyond(house, slug, clips=house.catalogue.clips(slug))
    if over:
        clips = "1 clip quotes" if len(over) == 1 else f"{len(over)} clips quote"
        output.complain(
            f"{slug}: {clips} more of a report than the limit allows. See: chronik dossier check {slug}; say why with "
            "--quotation-reason."
        )


def _instant(text: str, house: Archive) -> datetime | None:
    """A past moment as a person writes it, in the archive's zone unless it names another; None for no words."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of: {text!r} is no moment; write it like 2026-05-01T12:00 or 2026-05-01") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=house.config.zone)
    if moment > house.clock():
        raise UsageError(f"--as-of: {text!r} has not come yet.")
    return moment


def export(
    dossier: Annotated[
        str, typer.Argument(help="The dossier's slug; for a WACZ also a story, clip, article or capture.")
    ],
    kind: Annotated[str, typer.Option("--as", metavar="|".join(EXPORT_KINDS), help="Form to write.")] = "json",
    to: Annotated[Path | None, typer.Option(help="File to write. Default: standard output.")] = None,
    as_of: AsOf = "",
    force: Annotated[bool, typer.Option("--force", help="Write a WACZ over a file that is there.")] = False,
    archive: ArchiveFolder = None,
) -> None:
    """Write a whole dossier in a form that others can read; with `--as-of`, as it was known then (JSON only).

    Example: `chronik export mill-stream --as press-page --to page.txt`
    """
    if kind not in EXPORT_KINDS:
        raise UsageError(f"--as: {kind!r} is none of {', '.join(EXPORT_KINDS)}")
    if as_of and kind != "json":
        raise UsageError("--as-of: a past state is written as JSON only, without private notes.")
    if kind == "wacz":
        with opened(archive) as house:
            wacz.export(house, dossier, to=to, replacing=force)
        return
    with opened(archive) as house:
        data = _exported(house, dossier, kind, then=_instant(as_of, house))
    if to is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        to.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written: {error.strerror}.") from error
    output.say(f"{to}: {output.size(len(data))}")


def _exported(house: Archive, slug: str, kind: str, *, then: datetime | None = None) -> bytes:
    from chronik.archive import hiding
    from chronik.publish import exports, press_page
    from chronik.publish.edition import edition

    if then is not None:
        from chronik.web.publishing import edition_as_known

        return shapes.json_bytes(exports.as_json(edition_as_known(house, slug, at=then)))
    if kind in CITATIONS:
        return _cited(house, slug, kind)
    dossier = house.the_dossier(slug)
    clips = hiding.shown(house, house.catalogue.clips(slug))
    if kind == "press-page":
        return press_page.written(dossier, clips, house.catalogue.unread_entries(slug), zone=house.config.zone)
    whole = edition(dossier, clips, house.catalogue.sources(), published_at=house.clock())
    return shapes.json_bytes(exports.as_json(whole))


def _cited(house: Archive, slug: str, kind: str) -> bytes:
    """What reference managers read: one record a clip."""
    from chronik.archive.citing import citations
    from chronik.publish import citing

    found = citations(house, slug)
    if kind == "csl":
        return shapes.json_bytes([citing.csl(one) for one in found])
    written = citing.bibtex if kind == "bibtex" else citing.ris
    return "".join(map(written, found)).encode()
