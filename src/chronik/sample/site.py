"""What the sample's server answers to a request. Decides: a request in, an answer out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from chronik.model import sha256_hex
from chronik.sample import announce, pages
from chronik.sample.newsroom import FeedFormat, encoded, outlets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.sample.newsroom import Outlet, Play

ETAG_LENGTH = 16

FEED_CONTENT_TYPES: Mapping[FeedFormat, str] = {
    FeedFormat.RSS_0_91: "text/xml",
    FeedFormat.RSS_1_0: "application/rdf+xml",
    FeedFormat.RSS_2_0: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON_FEED: "application/feed+json",
    FeedFormat.NEWS_SITEMAP: "application/xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The parts of a request that the answer depends on."""

    host: str
    """Value of the Host header."""
    target: str
    """Path and query as they stand in the request line."""
    if_none_match: str = ""
    if_modified_since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers and body to send."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    piece_path: str = ""
    """Path of the piece that was shown, where it was a piece."""


def answer(request: Request, play: Play) -> Answer:
    """The answer to a GET."""
    host = request.host.lower().rsplit(":", 1)[0].rstrip(".")
    outlet = next((outlet for outlet in outlets() if outlet.host == host), None)
    if outlet is None:
        return _whole(404, "text/html; charset=utf-8", pages.missing_host(play.port).encode())
    return _conditional(request, _from_outlet(outlet, encoded(unquote(request.target)), play=play))


def _from_outlet(outlet: Outlet, target: str, *, play: Play) -> Answer:
    piece = next((piece for piece in outlet.pieces if piece.path == target), None)
    if piece:
        text = pages.article_page(outlet, piece, play=play)
        return _page(outlet, text, updated=play.updated(piece), piece_path=piece.path)
    if target == "/":
        text = pages.front_page(outlet, play)
        return _page(outlet, text, updated=play.outlet_updated(outlet))
    if target == outlet.feed_path:
        return _feed(outlet, play)
    if target == "/robots.txt":
        return _whole(200, "text/plain; charset=utf-8", _robots(outlet, play.port).encode())
    if target == pages.FORBIDDEN_PATH:
        return _page(outlet, pages.forbidden_page(outlet))
    return _page(outlet, pages.missing_page(outlet), status=404)


def _page(
    outlet: Outlet, text: str, *, status: int = 200, updated: datetime | None = None, piece_path: str = ""
) -> Answer:
    content_type = f"text/html; charset={outlet.charset}" if outlet.charset_in_header else "text/html"
    body = text.encode(outlet.charset, errors="xmlcharrefreplace")
    return _whole(status, content_type, body, updated=updated, piece_path=piece_path)


def _feed(outlet: Outlet, play: Play) -> Answer:
    content_type = FEED_CONTENT_TYPES[outlet.feed_format]
    if outlet.charset_in_header:
        content_type += f"; charset={outlet.charset}"
    body = announce.feed(outlet, play).encode(outlet.charset, errors="xmlcharrefreplace")
    return _whole(200, content_type, body, updated=play.outlet_updated(outlet))


def _robots(outlet: Outlet, port: int) -> str:
    lines = ["User-agent: *", f"Disallow: {pages.FORBIDDEN_PATH}"]
    if outlet.feed_format is FeedFormat.NEWS_SITEMAP:
        lines.append(f"Sitemap: {outlet.url(port, outlet.feed_path)}")
    return "\n".join([*lines, ""])


def _whole(
    status: int, content_type: str, body: bytes, *, updated: datetime | None = None, piece_path: str = ""
) -> Answer:
    headers = [
        ("Content-Type", content_type),
        ("ETag", f'"{sha256_hex(body)[:ETAG_LENGTH]}"'),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ]
    if updated:
        headers.append(("Last-Modified", format_datetime(updated.astimezone(UTC), usegmt=True)))
    return Answer(status=status, headers=tuple(headers), body=body, piece_path=piece_path)


def _conditional(request: Request, whole: Answer) -> Answer:
    """304 without a body where the asker already has what would be sent (RFC 9110 §13.2.2)."""
    if whole.status != 200 or not _known(request, dict(whole.headers)):
        return whole
    kept = tuple(pair for pair in whole.headers if pair[0] != "Content-Type")
    return Answer(status=304, headers=kept, body=b"", piece_path=whole.piece_path)


def _known(request: Request, headers: Mapping[str, str]) -> bool:
    if request.if_none_match:
        tags = {tag.strip().removeprefix("W/") for tag in request.if_none_match.split(",")}
        return "*" in tags or headers["ETag"] in tags
    since, modified = _instant(request.if_modified_since), _instant(headers.get("Last-Modified", ""))
    return bool(since and modified and modified <= since)


def _instant(text: str) -> datetime | None:
    """The instant of an HTTP date, or None where it is none (RFC 9110 §13.1.3: then ignore it)."""
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
