"""Gives a large archive for `python -m bench desk` its dossiers, and what editors said and did."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from bench.desk_archive import NOW, REASONS, SPEAKERS, YEARS, identity, kept
from chronik.catalogue import convert
from chronik.model import Act, Clip, Passage, Verb, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.desk_archive import Filled

DOSSIERS = 30
LARGE_DOSSIER = "dossier-0"
LARGE_DOSSIER_CLIPS = 500
CLIPS = 60
SUGGESTIONS, LARGE_DOSSIER_SUGGESTIONS = 200, 3_000
EDITOR = "eva"


def work(filled: Filled, *, seed: int = 11) -> None:
    """Put down what years of work at the desk leave."""
    dice = random.Random(seed)
    _keep_dossiers(filled, dice)
    _keep_words(filled, dice)


def _keep_dossiers(filled: Filled, dice: random.Random) -> None:
    """Dossiers with clips, sides and suggestions; one of them is large."""
    from chronik.catalogue.models import ArticleRow, DossierRow, SideRow

    for number in range(DOSSIERS):
        slug = f"dossier-{number}"
        large = slug == LARGE_DOSSIER
        names = {"de": f"Akte {number}", "en": f"Dossier {number}", "ru": f"Дело {number}"}
        introductions = {"de": "Worum es geht. " * 20, "en": "What it is about. " * 20}
        kept([DossierRow(slug=slug, names=names, introductions=introductions, created_at=NOW - YEARS)])
        kept(
            SideRow(
                dossier_id=slug,
                key=f"side-{side}",
                names={"de": f"Seite {side}"},
                sources=[f"source-{side}"],
                speakers=[SPEAKERS[side]],
                words=[],
            )
            for side in range(3)
        )
        chosen = dice.sample(filled.drawn, LARGE_DOSSIER_CLIPS if large else CLIPS)
        rows = ArticleRow.objects.in_bulk([one.article for one in chosen])
        clips = [_clip(rows[one.article], slug, place, dice) for place, one in enumerate(chosen)]
        kept(clip for clip, _ in clips)
        kept(act for _, act in clips)
        kept(_suggestions(filled, slug, dice, count=LARGE_DOSSIER_SUGGESTIONS if large else SUGGESTIONS))


def _clip(row: object, slug: str, place: int, dice: random.Random) -> tuple[object, object]:
    from chronik.catalogue.models import ActRow, ClipRow

    start = row.text.find(" ", dice.randrange(len(row.text) // 2)) + 1
    exact = row.text[start : start + dice.randint(150, 900)].split("\n\n")[0]
    noun = Clip(
        id=identity("clip", slug, place),
        dossier=slug,
        position=place,
        title=row.title,
        language=row.language,
        credit=row.source_name,
        source_id=row.source_id or "",
        excerpt=exact,
        url=row.url,
        article_id=row.id,
        capture_id=row.capture_id,
        text_digest=row.text_digest,
        passage=Passage(start=start, end=start + len(exact), exact=exact, prefix="", suffix=""),
        published=row.published,
        clipped_at=row.sort_at + timedelta(hours=6),
        note="",
    )
    act = Act(at=noun.clipped_at, by=EDITOR, verb=Verb.CLIP, subject=noun.id, detail={"dossier": slug, "url": row.url})
    return ClipRow(**convert.clip_fields(noun)), _act_row(ActRow, act)


def _act_row(table: type, act: Act) -> object:
    return table(id=act.id, at=act.at, by=act.by, verb=str(act.verb), subject=act.subject, detail=dict(act.detail))


def _suggestions(filled: Filled, slug: str, dice: random.Random, *, count: int) -> Iterator[object]:
    """Half of them among what is new."""
    from chronik.catalogue.models import SuggestionRow

    fresh = filled.drawn[-len(filled.drawn) // 10 :]
    chosen = {one.article for one in dice.choices(fresh, k=count // 2) + dice.choices(filled.drawn, k=count // 2)}
    for report in sorted(chosen):
        state = dice.choices(("open", "accepted", "refused"), (70, 15, 15))[0]
        yield SuggestionRow(
            dossier_id=slug,
            relation_id=report,
            score=dice.random(),
            reasons=REASONS,
            state=state,
            suggested_at=NOW,
            decided_at=None if state == "open" else NOW,
        )


def _keep_words(filled: Filled, dice: random.Random) -> None:
    """What editors said of pairs of reports, what they did since, and names that were learned."""
    from chronik.catalogue.models import ActRow, LearnedNameRow, SpellingsRow, WordRow

    several = [reports for reports in filled.stories.values() if len(reports) > 1]
    words, acts = [], []
    for reports in dice.sample(several, len(several) // 10):
        first, second = sorted(one.article for one in reports[:2])
        detail = {"first": first, "second": second, "verdict": str(Verdict.SAME)}
        act = Act(at=reports[-1].when, by=EDITOR, verb=Verb.JUDGE, subject=first, detail=detail)
        acts.append(_act_row(ActRow, act))
        words.append(WordRow(first=first, second=second, verdict=str(Verdict.SAME), by=EDITOR, at=act.at, act=act.id))
    kept(words)
    kept(acts)
    kept(
        LearnedNameRow(
            key=identity("name", number),
            first=f"Torow{number}",
            second=f"Торов{number}",
            languages=["de", "ru"],
            stories=4,
            reports=9,
            used=number % 2 == 0,
        )
        for number in range(1_000)
    )
    kept(SpellingsRow(spellings=[f"Kevo{number}", f"Кево{number}"], by=EDITOR, at=NOW) for number in range(60))
