"""Decides how a stored failure is told to an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.model import FailureKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS: dict[FailureKind, _StrPromise] = {
    FailureKind.UNREACHABLE: _("cannot be reached"),
    FailureKind.TIMEOUT: _("took too long to answer"),
    FailureKind.TLS: _("its certificate is not good"),
    FailureKind.HTTP_ERROR: _("answered with an error"),
    FailureKind.RATE_LIMITED: _("asked us to come back later"),
    FailureKind.TRUNCATED: _("broke off in the middle"),
    FailureKind.MALFORMED_HTTP: _("gave an answer that is no HTTP"),
    FailureKind.GONE: _("is gone for good"),
    FailureKind.BLOCKED_ADDRESS: _("lies in a network that must not be asked"),
    FailureKind.BAD_ADDRESS: _("is no address that can be fetched"),
    FailureKind.ROBOTS: _("asks not to be collected (robots.txt)"),
    FailureKind.TOO_MANY_REDIRECTS: _("redirects without end"),
    FailureKind.TOO_LARGE: _("is too large"),
    FailureKind.BAD_ENCODING: _("is encoded in a way that cannot be read"),
    FailureKind.NOT_A_FEED: _("is no feed, and leads to none"),
    FailureKind.NO_TEXT: _("holds no text"),
    FailureKind.NOT_AN_ARTICLE: _("is no article"),
    FailureKind.UNSUPPORTED_MEDIA: _("is of a kind that is not read yet"),
    FailureKind.EXTRACT_TIMEOUT: _("took too long to read"),
    FailureKind.UNREADABLE: _("cannot be read"),
}
_KINDS = frozenset(str(kind) for kind in FailureKind)


def in_words(failure: str) -> str:
    """`timeout: no answer after 30 s` as a sentence part, details in brackets; empty stays empty."""
    kind, _colon, detail = failure.partition(": ")
    if kind not in _KINDS:
        return failure
    words = str(WORDS[FailureKind(kind)])
    return f"{words} ({detail})" if detail else words
