"""Decides how rows of relating's tables become nouns, and nouns rows."""

from __future__ import annotations

from struct import pack, unpack
from typing import TYPE_CHECKING, Any

from chronik.model import Judgement, Placement, Reason, ReasonKind, StoryLink, Suggestion, Verdict
from chronik.ports.relating import (
    KeptGist,
    LinkWord,
    Proposed,
    Relation,
    Side,
    Spellings,
    StoryHead,
    StoryReport,
    SuggestionState,
    Traced,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chronik.catalogue import models
    from chronik.catalogue import story_models as tables


CREDITS_MAX = 6
CREDITS_CHARACTERS_MAX = 200


def reasons(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as JSON holds them, as nouns."""
    return tuple(
        Reason(
            kind=ReasonKind(one["kind"]),
            words=tuple(one.get("words", ())),
            value=one.get("value"),
            weight=one.get("weight", 0.0),
        )
        for one in stored
    )


def reason_fields(nouns: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as JSON holds them; what is empty is left out."""
    return [
        {
            "kind": str(noun.kind),
            **({"words": list(noun.words)} if noun.words else {}),
            **({"value": float(noun.value)} if noun.value is not None else {}),
            "weight": float(noun.weight),
        }
        for noun in nouns
    ]


def relation(row: tables.RelationRow, *, with_reasons: bool = True) -> Relation:
    """A placed report out of its row."""
    return Relation(
        report=row.report,
        article=row.article_id,
        number=row.number,
        when=row.sort_at,
        traced=traced(row),
        weighed=bytes(row.weighed),
        placement=Placement(
            report=row.report,
            story=row.story,
            score=row.score,
            anchor=row.anchor,
            certain=row.certain,
            copy_of=row.copy_of,
            reasons=reasons(row.reasons) if with_reasons else (),
            made_by=row.made_by,
        ),
    )


def traced(row: tables.RelationRow) -> Traced:
    """What relating read in a report."""
    return Traced(
        traits=bytes(row.traits),
        vector=bytes(row.vector),
        encoder=row.encoder,
        credits=tuple(row.credits.split()),
        agency=row.agency,
    )


def traced_fields(noun: Traced) -> dict[str, Any]:
    """What relating read in a report, as columns."""
    return {
        "traits": noun.traits,
        "vector": noun.vector,
        "encoder": noun.encoder,
        "credits": " ".join(noun.credits[:CREDITS_MAX])[:CREDITS_CHARACTERS_MAX],
        "agency": noun.agency,
    }


def placement_fields(noun: Placement) -> dict[str, Any]:
    """A placement's columns, without its story, which the catalogue decides."""
    return {
        "anchor": noun.anchor,
        "score": noun.score,
        "certain": noun.certain,
        "copy_of": noun.copy_of,
        "reasons": reason_fields(noun.reasons),
        "made_by": noun.made_by,
    }


def judgement(row: tables.JudgementRow) -> Judgement:
    """A machine's judgement out of its row."""
    return Judgement(
        first=row.first,
        second=row.second,
        verdict=Verdict(row.verdict),
        score=row.score,
        reasons=reasons(row.reasons),
        made_by=row.made_by,
        judged_at=row.judged_at,
    )


def judgement_fields(noun: Judgement) -> dict[str, Any]:
    """A machine's judgement as columns."""
    return {
        "first": noun.first,
        "second": noun.second,
        "verdict": str(noun.verdict),
        "score": noun.score,
        "reasons": reason_fields(noun.reasons),
        "made_by": noun.made_by,
        "judged_at": noun.judged_at,
    }


def word(row: tables.WordRow) -> Judgement:
    """An editor's word out of its row."""
    verdict = Verdict(row.verdict)
    return Judgement(
        first=row.first,
        second=row.second,
        verdict=verdict,
        score=1.0 if verdict is Verdict.SAME else 0.0,
        reasons=(Reason(kind=ReasonKind.EDITOR, words=(row.by,)),),
        made_by=row.by,
        by_editor=True,
        judged_at=row.at,
    )


def story_head(row: tables.StoryRow, founder: tables.RelationRow | None) -> StoryHead:
    """What a list shows of a story."""
    return StoryHead(
        id=row.id,
        title=founder.article.title if founder else "",
        language=founder.article.language if founder else "",
        article=founder.article_id if founder else "",
        first_at=row.first_at,
        last_at=row.last_at,
        reports=row.reports,
        origins=row.origins,
        languages=tuple(row.languages.split()),
    )


def story_report(row: tables.RelationRow) -> StoryReport:
    """A report of a story out of its row, which has its article."""
    article: models.ArticleRow = row.article
    return StoryReport(
        report=row.report,
        article=article.id,
        title=article.title,
        url=article.url,
        language=article.language,
        source=article.source_name,
        source_id=article.source_id or "",
        published=article.published,
        when=row.sort_at,
        score=row.score,
        certain=row.certain,
        anchor=row.anchor,
        copy_of=row.copy_of,
        reasons=reasons(row.reasons),
    )


def story_link(row: tables.StoryLinkRow, *, earlier: str, later: str) -> StoryLink:
    """A link between stories, under the ids that they have now."""
    return StoryLink(earlier=earlier, later=later, score=row.score, reasons=reasons(row.reasons), made_by=row.made_by)


def link_word(row: tables.LinkWordRow) -> LinkWord:
    """What an editor said of a link, out of its row."""
    return LinkWord(earlier=row.earlier, later=row.later, goes_on=row.goes_on, by=row.by)


def said_link(noun: LinkWord, *, earlier: str, later: str) -> StoryLink:
    """The link that an editor's word makes, under the ids that the stories have now."""
    reasons = (Reason(kind=ReasonKind.EDITOR, words=(noun.by,)),)
    return StoryLink(earlier=earlier, later=later, score=1.0, reasons=reasons, made_by=noun.by, by_editor=True)


def gist(row: tables.GistRow) -> KeptGist:
    """What is kept of a story, out of its row."""
    return KeptGist(
        story=row.story,
        first_at=row.first_at,
        last_at=row.last_at,
        keys=keys(bytes(row.keys)),
        content=bytes(row.content),
        vector=bytes(row.vector),
        encoder=row.encoder,
    )


def gist_fields(noun: KeptGist) -> dict[str, Any]:
    """What is kept of a story, as columns without the story's id."""
    return {
        "first_at": noun.first_at,
        "last_at": noun.last_at,
        "content": noun.content,
        "vector": noun.vector,
        "encoder": noun.encoder,
        "keys": pack(f"<{len(noun.keys)}q", *noun.keys),
    }


def keys(stored: bytes) -> tuple[int, ...]:
    """The keys that a row holds."""
    return unpack(f"<{len(stored) // 8}q", stored[: len(stored) // 8 * 8])


def proposed(row: tables.SuggestionRow) -> Proposed:
    """A suggestion out of its row, which has its relation."""
    return Proposed(
        suggestion=Suggestion(
            dossier=row.dossier_id,
            article=row.relation.article_id,
            score=row.score,
            reasons=reasons(row.reasons),
        ),
        report=row.relation_id,
        state=SuggestionState(row.state),
        story=row.relation.story,
        decided_at=row.decided_at,
    )


def side(row: tables.SideRow) -> Side:
    """A side out of its row."""
    return Side(
        dossier=row.dossier_id,
        key=row.key,
        names=dict(row.names),
        sources=tuple(row.sources),
        speakers=tuple(row.speakers),
        words=tuple(row.words),
    )


def spellings(row: tables.SpellingsRow) -> Spellings:
    """What an editor said of spellings, out of its row."""
    return Spellings(number=row.number, spellings=tuple(row.spellings), same=row.same, by=row.by)
