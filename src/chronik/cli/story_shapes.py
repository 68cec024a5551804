"""Decides the JSON shapes of stories, judgements, suggestions and what goes with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chronik.cli import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Judgement, Placement, StoryLink
    from chronik.ports.relating import Proposed, Side, StoryHead, StoryReport, WholeStory

LINE_ENDS = "\x85\u2028\u2029"


def line(value: dict[str, Any]) -> bytes:
    """One JSON object on one line, in UTF-8; no reader may see a line end within."""
    text = json.dumps(value, ensure_ascii=False)
    for mark in LINE_ENDS:
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def placement(
    given_id: Any, noun: Placement, *, verbose: bool = False, titles: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Where a report of a file was placed, and why."""
    shape: dict[str, Any] = {
        "id": given_id,
        "story": noun.story,
        "score": round(noun.score, 4),
        "certain": noun.certain,
        "copy_of": noun.copy_of or None,
        "reasons": reasons.told(noun.reasons, titles=titles),
    }
    if verbose:
        shape["judgements"] = [judgement(one, titles=titles) for one in noun.judgements]
    return shape


def judgement(noun: Judgement, *, titles: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What was judged about two reports."""
    return {
        "first": noun.first,
        "second": noun.second,
        "verdict": str(noun.verdict),
        "score": round(noun.score, 4),
        "reasons": reasons.told(noun.reasons, titles=titles),
        "made_by": noun.made_by or None,
        "by_editor": noun.by_editor,
    }


def story_head(noun: StoryHead) -> dict[str, Any]:
    """A story in a list."""
    return {
        "id": noun.id,
        "title": noun.title,
        "language": noun.language,
        "article": noun.article,
        "first": noun.first_at.isoformat(),
        "last": noun.last_at.isoformat(),
        "reports": noun.reports,
        "origins": noun.origins,
        "languages": list(noun.languages),
    }


def story(noun: WholeStory, *, titles: Mapping[str, str]) -> dict[str, Any]:
    """A story with its reports and the stories around it."""
    return {
        **story_head(noun.head),
        "members": [story_report(report, titles=titles) for report in noun.reports],
        "earlier": [link(one, other=one.earlier, titles=titles) for one in noun.earlier],
        "later": [link(one, other=one.later, titles=titles) for one in noun.later],
    }


def story_report(noun: StoryReport, *, titles: Mapping[str, str]) -> dict[str, Any]:
    """A report of a story, and why it is there."""
    return {
        "report": noun.report,
        "article": noun.article,
        "title": noun.title,
        "url": noun.url,
        "language": noun.language,
        "source": noun.source,
        "source_id": noun.source_id or None,
        "published": noun.published or None,
        "score": round(noun.score, 4),
        "certain": noun.certain,
        "anchor": noun.anchor or None,
        "copy_of": noun.copy_of or None,
        "reasons": reasons.told(noun.reasons, titles=titles),
    }


def link(noun: StoryLink, *, other: str, titles: Mapping[str, str]) -> dict[str, Any]:
    """A story before or after."""
    return {
        "story": other,
        "score": round(noun.score, 4),
        "reasons": reasons.told(noun.reasons, titles=titles),
        "made_by": noun.made_by or None,
        "by_editor": noun.by_editor,
    }


def proposed(noun: Proposed, *, title: str, language: str) -> dict[str, Any]:
    """An article that is suggested to a dossier."""
    return {
        "article": noun.suggestion.article,
        "title": title,
        "language": language,
        "score": round(noun.suggestion.score, 4),
        "state": str(noun.state),
        "story": noun.story,
        "reasons": reasons.told(noun.suggestion.reasons),
    }


def side(noun: Side) -> dict[str, Any]:
    """A party of a dossier."""
    return {
        "dossier": noun.dossier,
        "key": noun.key,
        "names": dict(noun.names),
        "sources": list(noun.sources),
        "speakers": list(noun.speakers),
        "words": list(noun.words),
    }
