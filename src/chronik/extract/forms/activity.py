"""A post in the JSON of the Fediverse (ActivityPub, the API of Mastodon) as an article (decides)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from chronik.extract import dates
from chronik.extract.encoding import clean_line, decoded
from chronik.extract.forms.fragment import blocks as html_blocks
from chronik.extract.forms.reading import FormReading
from chronik.model import ArticleKind, Failure, FailureKind, Picture

if TYPE_CHECKING:
    from chronik.model import Page

SIZE_BYTES_MAX = 4 * 2**20
"""Posts are a thousandth of this."""
PICTURES_MAX = 50
TYPES_MAX = 10

_MEDIA = frozenset({"application/activity+json", "application/ld+json", "application/json", "text/json"})
_HEAD = re.compile(
    rb'"(?:https?:(?:\\/|/){2}www\.w3\.org(?:\\/|/)ns(?:\\/|/)activitystreams|spoiler_text|attributedTo)"'
)
_ACTIVITIES = frozenset({"Create", "Announce"})
_POSTS = frozenset({"Note", "Article", "Question", "Page", "Video", "Audio", "Event"})
_NOT_ONE = Failure(
    kind=FailureKind.NOT_AN_ARTICLE,
    detail="This is JSON data, not a post and not an article. Rows of articles are taken in with chronik import.",
)


def is_activity(head: bytes, *, media_type: str) -> bool:
    """Whether the beginning of a file looks like a post in JSON."""
    is_object = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"
    return is_object and (media_type in {"", "text/plain"} or media_type in _MEDIA) and _HEAD.search(head) is not None


def post(page: Page) -> FormReading | Failure:
    """The post, or why there is none."""
    if len(page.body) > SIZE_BYTES_MAX:
        detail = f"The post has {len(page.body):,} bytes; the limit is {SIZE_BYTES_MAX:,}."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    text = decoded(page.body, page.charset or "utf-8")
    if isinstance(text, Failure):
        return text
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_ONE
    if isinstance(data, dict) and _types(data) & _ACTIVITIES and isinstance(data.get("object"), dict):
        data = data["object"]
    if not isinstance(data, dict):
        return _NOT_ONE
    if "spoiler_text" in data and isinstance(data.get("account"), dict):
        return _status(data)
    return _note(data) if _types(data) & _POSTS else _NOT_ONE


def _types(data: dict[str, Any]) -> frozenset[str]:
    """What an object says it is; it may say several things (ActivityStreams 2.0 §3)."""
    stated = data.get("type")
    return frozenset(map(_string, stated[:TYPES_MAX] if isinstance(stated, list) else [stated]))


def _note(data: dict[str, Any]) -> FormReading:
    """An object of ActivityPub (ActivityStreams 2.0 §3)."""
    author = data.get("attributedTo")
    url = _address(data.get("url")) or _address(data.get("id"))
    name = clean_line(_string(data.get("name")))
    languages = data.get("contentMap")
    return FormReading(
        kind=ArticleKind.ARTICLE if "Article" in _types(data) else ArticleKind.POST,
        origin="ActivityPub",
        url=url,
        title=name or clean_line(_string(data.get("summary"))),
        authors=tuple(name for name in (_author(author),) if name),
        published=dates.moment(_string(data.get("published"))),
        modified=dates.moment(_string(data.get("updated"))),
        language=next(iter(languages), "") if isinstance(languages, dict) else "",
        blocks=html_blocks(_string(data.get("content")), url=url, lines=True),
        pictures=_pictures(data.get("attachment"), address="url", caption="name"),
    )


def _status(data: dict[str, Any]) -> FormReading:
    """A status of Mastodon's own API."""
    account: dict[str, Any] = data["account"]
    name = clean_line(_string(account.get("display_name"))) or clean_line(_string(account.get("username")))
    url = _address(data.get("url")) or _address(data.get("uri"))
    return FormReading(
        kind=ArticleKind.POST,
        origin="Mastodon's API",
        url=url,
        title=clean_line(_string(data.get("spoiler_text"))),
        authors=(name,) if name else (),
        published=dates.moment(_string(data.get("created_at"))),
        modified=dates.moment(_string(data.get("edited_at"))),
        language=_string(data.get("language")),
        blocks=html_blocks(_string(data.get("content")), url=url, lines=True),
        pictures=_pictures(data.get("media_attachments"), address="url", caption="description"),
    )


def _author(value: Any) -> str:
    """The name of who wrote a post: given with it, or the account's name out of its address."""
    if isinstance(value, list):
        return next((name for name in map(_author, value[:PICTURES_MAX]) if name), "")
    if isinstance(value, dict):
        return clean_line(_string(value.get("name"))) or _string(value.get("preferredUsername"))
    account = re.search(r"/(?:@|users/|u/|accounts/|profile/|author/)([\w.-]{1,100})/?$", _string(value))
    return f"@{account[1]}" if account else ""


def _pictures(value: Any, *, address: str, caption: str) -> tuple[Picture, ...]:
    given = [each for each in value[:PICTURES_MAX] if isinstance(each, dict)] if isinstance(value, list) else []
    found = ((_address(each.get(address)), each) for each in given if _is_picture(each))
    return tuple(Picture(url=url, caption=clean_line(_string(each.get(caption)))) for url, each in found if url)


def _is_picture(each: dict[str, Any]) -> bool:
    return "image" in (_string(each.get("mediaType")) or _string(each.get("type"))).lower()


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = next((each.get("href") if isinstance(each, dict) else each for each in value[:10]), "")
    text = _string(value.get("href") if isinstance(value, dict) else value)
    return text if text.startswith(("http://", "https://")) else ""
