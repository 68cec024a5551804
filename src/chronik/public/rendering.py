"""The readers' pages as bytes, the same on every machine. Decides; wraps Django's templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from chronik.public import arrangement as arranging
from chronik.public import dates, reading
from chronik.publish.addresses import absolute, short_ids
from chronik.publish.direction import direction
from chronik.publish.edition import digest
from chronik.publish.manifest import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from chronik.model import Edition
    from chronik.public.reading import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page of a published folder shares."""

    name: str
    public_url: str
    """Absolute address of the folder, or empty."""
    zone: ZoneInfo
    language: str
    """Of the list of dossiers, which has no language of its own."""
    has_proofs: bool = False
    """A page beside each edition says what is proved of its clips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A dossier as the list of all shows it."""

    slug: str
    names: tuple[tuple[Text, str], ...]
    """Name and address, the main one first."""
    years: str
    count: int
    span: tuple[dates.Moment, ...]


def dossier_page(edition: Edition, language: str, site: Site, *, path: str) -> bytes:
    """The dossier in one language, for its place (`slug/index.html`, `slug/de/index.html`) in the folder."""
    main = language == edition.languages[0]
    up = "../" * (path.count("/") - 1)
    slug = edition.dossier.slug
    address = f"{slug}/" if main else f"{slug}/{language}/"
    context = {
        **_page(path, language, site),
        **_dossier(edition, language, site),
        "canonical": absolute(site.public_url, address),
        "folder": up,
        "feed": "feed.atom",
        "preview": False,
    }
    return _rendered("dossier", context, language)


def preview_page(edition: Edition, language: str, site: Site, *, style: str) -> bytes:
    """The dossier as it would be published, for an editor: links lead to places on the page itself."""
    context = {
        **_page("", language, site),
        **_dossier(edition, language, site),
        "style": style,
        "preview": True,
    }
    return _rendered("dossier", context, language)


def clip_pages(edition: Edition, site: Site) -> Iterator[tuple[str, bytes]]:
    """A page for each clip, in the dossier's main language: path and bytes."""
    language = edition.languages[0]
    slug = edition.dossier.slug
    names = short_ids(clip.id for clip in edition.clips)
    of_dossier = _heading(edition, language)
    for clip, shown in zip(edition.clips, reading.clips(edition, language, site.zone), strict=True):
        path = f"{slug}/c/{names[clip.id]}/index.html"
        context = {
            **_page(path, language, site),
            **of_dossier,
            "canonical": absolute(site.public_url, f"{slug}/c/{names[clip.id]}/"),
            "folder": "../../",
            "clip": shown,
            "given": clip,
            "language_name": reading.autonym(clip.language),
        }
        yield path, _rendered("clip", context, language)


def proofs_page(  # noqa: PLR0913 - keyword-only parts of one page
    edition: Edition,
    language: str,
    *,
    site: Site,
    path: str,
    shown: Sequence[object],
    meanings: Sequence[tuple[str, str]],
    keys: Sequence[str],
) -> bytes:
    """What is proved of a dossier's clips, for its place beside the dossier's page in one language."""
    context = {
        **_page(path, language, site),
        **_heading(edition, language),
        "shown": shown,
        "meanings": meanings,
        "keys": keys,
    }
    return _rendered("proofs", context, language)


def index_page(listed: Sequence[Listed], site: Site) -> bytes:
    """The list of all published dossiers."""
    context = {
        **_page("index.html", site.language, site),
        "canonical": absolute(site.public_url, ""),
        "dossiers": listed,
    }
    return _rendered("index", context, site.language)


def tombstone_page(said: Sequence[object], site: Site, *, path: str) -> bytes:
    """What stands where something was that is redacted; `said` is it in each language, for a place in the folder."""
    context = {**_page(path, site.language, site), "said": said, "folder": "../../" if path else ""}
    return _rendered("tombstone", context, site.language)


def plain_page(name: str, *, language: str, site: Site, style: str, home: str, desk: str) -> bytes:  # noqa: PLR0913 - what a page outside the folder must be told
    """A page of the live server itself: `empty` or `missing`."""
    context = {**_page("", language, site), "style": style, "home": home, "desk": desk}
    return _rendered(name, context, language)


def _page(path: str, language: str, site: Site) -> dict[str, Any]:
    ours = dates.interface(language)
    root = "../" * path.count("/")
    return {
        "language": language,
        "direction": direction(language),
        "site": site,
        "root": root,
        "style": f"{root}{STYLE}",
        # Our own words are marked where they are in another language than the page.
        "ui": "" if language.lower().split("-")[0] == ours else mark_safe(f' lang="{ours}" dir="ltr" data-ui'),  # noqa: S308 - one of our own three tags
    }


def _heading(edition: Edition, language: str) -> dict[str, Any]:
    return {
        "dossier": edition.dossier,
        "name": reading.Text(text=edition.dossier.names[language], language=language),
        "languages": reading.languages(edition, language),
    }


def _dossier(edition: Edition, language: str, site: Site) -> Mapping[str, Any]:
    shown = reading.clips(edition, language, site.zone)
    years = reading.years(edition, shown, language)
    arrangement = arranging.arrangement(edition, shown, language=language)
    return {
        **_heading(edition, language),
        "introduction": reading.introduction(edition, language),
        "description": reading.description(edition, language),
        "count": len(shown),
        "span": reading.span(edition, language, site.zone),
        "years": years,
        "arrangement": arrangement,
        "jump": not arrangement.parts
        and len(shown) >= reading.JUMP_LIST_FROM
        and sum(len(year.months) for year in years) > 1,
        "published": dates.moment(edition.published_at, language, site.zone),
        "digest": digest(edition),
    }


def _rendered(name: str, context: dict[str, Any], language: str) -> bytes:
    with translation.override(dates.interface(language)):
        page: str = get_template(f"public/{name}.html").render(context)
    return page.encode()
