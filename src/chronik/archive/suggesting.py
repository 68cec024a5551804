"""Acts: proposes new articles to dossiers, and keeps what editors decide about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.archive import neighbours as at_hand
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.judging import pages_of, reports_of
from chronik.model import Act, Report, Verb, content_id
from chronik.ports.relating import Suggesting, SuggestionState
from chronik.relate import keeping
from chronik.relate.report_vectors import report_vectors
from chronik.relate.suggest import Background, Piece, Profile, candidates, piece, profile, suggested

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chronik.model import Clip, Dossier
    from chronik.ports.relating import Relation

STEP = "suggesting"
CANDIDATES_MAX = 3_000
"""The articles placed last: older ones were candidates before."""
NAMED_CHARACTERS_MAX = 2_500
"""Of each text so much is read for names."""
PIECES = "pieces"
DECIDED_MAX = 1_000


def suggest_due(archive: Archive, *, progress: Progress = unseen) -> int:
    """Propose what came since, and all anew to dossiers that changed; suggestions made, counted."""
    latest = archive.catalogue.marks().placed
    dossiers = archive.catalogue.dossiers()
    knew = {dossier.slug: _knows(archive, dossier) for dossier in dossiers}
    seen = {dossier.slug: archive.catalogue.suggesting(dossier.slug) for dossier in dossiers}
    due = [one for one in dossiers if seen[one.slug].number < latest or seen[one.slug].knew != knew[one.slug]]
    if not due or not latest:
        return 0
    corpus = _Corpus(archive, progress)
    made = 0
    for dossier in due:
        before = seen[dossier.slug]
        made += _suggest(
            archive, dossier, corpus, before=before, now=Suggesting(number=latest, knew=knew[dossier.slug])
        )
    return made


def _suggest(archive: Archive, dossier: Dossier, corpus: _Corpus, *, before: Suggesting, now: Suggesting) -> int:
    anew = before.knew != now.knew
    pieces = corpus.pieces if anew else corpus.since(before.number)
    found = suggested(profile_of(archive, dossier), candidates(pieces, background=corpus.background))
    archive.catalogue.record_suggestions(dossier.slug, found, seen=now, anew=anew, at=archive.clock())
    return len(found)


class _Corpus:
    """The articles placed last, made ready for suggesting."""

    def __init__(self, archive: Archive, progress: Progress) -> None:
        relations = archive.catalogue.latest_relations(limit=CANDIDATES_MAX)
        self._numbers = [relation.number for relation in relations]
        self.pieces = pieces_of(archive, relations, progress=progress)
        self.background = Background()
        self.background.learn(self.pieces)

    def since(self, number: int) -> list[Piece]:
        """Those whose number is above this one."""
        return [one for one, mine in zip(self.pieces, self._numbers, strict=True) if mine > number]


def pieces_of(archive: Archive, relations: Sequence[Relation], *, progress: Progress = unseen) -> list[Piece]:
    """What suggesting knows of these reports; what was read before in this process is not read again."""
    held: dict[tuple[str, str], Piece] = archive.kept.get(PIECES, {})
    fresh = {key: held[key] for key in map(_key, relations) if key in held}
    lacking = [relation for relation in relations if _key(relation) not in fresh]
    articles = archive.catalogue.articles(relation.article for relation in lacking)
    encoder = at_hand.encoder_name(archive) if lacking else ""
    for done, relation in enumerate(lacking, start=1):
        article = articles.get(relation.article)
        text, title = (article.text, article.title) if article else ("", "")
        language = article.language if article else ""
        source = (article.source_id or article.source) if article else ""
        report = Report(
            id=relation.report, title=title, text=text, language=language, published=relation.when, source=source
        )
        vector = relation.traced.vector if relation.traced.encoder == encoder else b""
        fresh[_key(relation)] = _piece(archive, report, vector=vector)
        progress(Step(stage=STEP, done=done, total=len(lacking)))
    archive.kept[PIECES] = fresh
    return [
        replace(fresh[_key(relation)], story=relation.placement.story, copy_of=relation.placement.copy_of)
        for relation in relations
    ]


def _key(relation: Relation) -> tuple[str, str]:
    return relation.report, relation.article


def _piece(archive: Archive, report: Report, *, vector: bytes = b"") -> Piece:
    read = f"{report.title}\n{report.text}"[:NAMED_CHARACTERS_MAX]
    names = at_hand.bridge(archive).names_in(read, language=report.language)
    return piece(report, names=names, vector=keeping.vector(vector))


def texts_of(archive: Archive, dossier: Dossier) -> list[Piece]:
    """The dossier's names and introductions."""
    reports = [
        Report(id=f"{dossier.slug}/{kind}/{language}", title=title, text=text, language=language)
        for kind, titles, texts in (("name", dossier.names, {}), ("introduction", {}, dossier.introductions))
        for language in {**titles, **texts}
        for title, text in [(titles.get(language, ""), texts.get(language, ""))]
    ]
    return [_encoded(archive, report) for report in reports]


def clip_piece(archive: Archive, clip: Clip) -> Piece:
    """What suggesting knows of a clip without article."""
    report = Report(
        id=clip.id,
        title=clip.title,
        text=clip.excerpt,
        language=clip.language,
        published=clip.clipped_at,
        source=clip.source_id or clip.credit,
    )
    return _encoded(archive, report)


def _encoded(archive: Archive, report: Report) -> Piece:
    """A text with its vector, kept for the next time; without where the encoder cannot be asked."""
    held: dict[str, Piece] = archive.kept.setdefault("texts", {})
    key = content_id([report.id, report.title, report.text, at_hand.encoder_name(archive)])
    if key not in held:
        vector = b""
        if archive.encode:
            vector = keeping.kept_vector(report_vectors([report], encode=archive.encode)[0])
        held[key] = _piece(archive, report, vector=vector)
    return held[key]


def clipped(archive: Archive, clips: Iterable[Clip]) -> list[tuple[Clip, Piece]]:
    """Clips with what suggesting knows of their articles, or of themselves where none was placed."""
    listed = list(clips)
    relations = {clip.id: archive.catalogue.relation(clip.article_id) for clip in listed if clip.article_id}
    placed = [relation for relation in relations.values() if relation]
    pieces = {one.id: one for one in pieces_of_clips(archive, placed)}
    found = []
    for clip in listed:
        relation = relations.get(clip.id)
        found.append((clip, pieces[relation.report] if relation else clip_piece(archive, clip)))
    return found


def pieces_of_clips(archive: Archive, relations: Sequence[Relation]) -> list[Piece]:
    """As `pieces_of`, beside what is held of the articles placed last."""
    held = dict(archive.kept.get(PIECES, {}))
    pieces = pieces_of(archive, relations)
    archive.kept[PIECES] = held | archive.kept[PIECES]
    return pieces


def profile_of(archive: Archive, dossier: Dossier) -> Profile:
    """What is known of a dossier: its words, its clips, what was accepted and refused."""
    clips = sorted(archive.catalogue.clips(dossier.slug), key=lambda clip: clip.clipped_at)
    belonging = [one for _, one in clipped(archive, clips)]
    belonging += _decided(archive, dossier.slug, SuggestionState.ACCEPTED)
    refused = _decided(archive, dossier.slug, SuggestionState.REFUSED)
    return profile(dossier.slug, texts=texts_of(archive, dossier), clips=belonging, refused=refused)


def _decided(archive: Archive, slug: str, state: SuggestionState) -> list[Piece]:
    decided = archive.catalogue.proposed(slug, state=state, limit=DECIDED_MAX)
    found = [archive.catalogue.relation(one.report) for one in decided]
    return pieces_of_clips(archive, [relation for relation in found if relation])


def _knows(archive: Archive, dossier: Dossier) -> str:
    """Digest of what is known of a dossier."""
    decided = {
        str(state): sorted(
            one.report for one in archive.catalogue.proposed(dossier.slug, state=state, limit=DECIDED_MAX)
        )
        for state in (SuggestionState.ACCEPTED, SuggestionState.REFUSED)
    }
    clips = sorted([clip.id, clip.article_id, clip.excerpt] for clip in archive.catalogue.clips(dossier.slug))
    words = [dict(dossier.names), dict(dossier.introductions)]
    return content_id({"clips": clips, "decided": decided, "words": words, "encoder": at_hand.encoder_name(archive)})


# What editors decide


def decide(archive: Archive, slug: str, *, articles: Sequence[str], state: SuggestionState, by: str) -> Act:
    """Accept or refuse articles for a dossier, suggested or not, or leave them open again. Raises NotFoundError."""
    archive.the_dossier(slug)
    reports = list(dict.fromkeys(reports_of(archive, articles)))
    before = archive.catalogue.suggestion_states(slug, reports)
    detail = {
        "reports": reports,
        "old": {report: str(before.get(report, SuggestionState.OPEN)) for report in reports},
        "new": str(state),
        "pages": pages_of(archive, reports),
    }
    act = Act(at=archive.clock(), by=by, verb=_VERBS[state], subject=slug, detail=detail)
    archive.catalogue.decide(slug, reports, state=state, act=act)
    return act


_VERBS = {
    SuggestionState.ACCEPTED: Verb.ACCEPT_SUGGESTION,
    SuggestionState.REFUSED: Verb.REFUSE_SUGGESTION,
    SuggestionState.OPEN: Verb.UNDO,
}
