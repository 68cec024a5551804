"""The part of the catalogue in dictionaries that a dossier's overview needs."""

from chronik.model import NameKind
from chronik.ports.overview import Belonging, Clipped, Heard, Saying
from chronik.ports.relating import SuggestionState


class OverviewMemory:
    """Asks what the other parts hold."""

    def belonging(self, dossier, *, limit, captured=False):
        scores = {}
        for state in (SuggestionState.OPEN, SuggestionState.ACCEPTED):
            scores |= self.proposed_scores(dossier, state=state, limit=limit)
        refused = self.proposed_scores(dossier, state=SuggestionState.REFUSED, limit=limit)
        clipped = self.spots(clip.article_id for clip in self.clips(dossier))
        spots = self.spots_in(spot.story for spot in clipped.values()) | self.spots(scores)
        found = [spot for spot in spots.values() if spot.report not in refused][:limit]
        articles = [self.article_map[spot.article].article for spot in found]
        captures = [self.capture_map.get(article.capture_id) for article in articles]
        return Belonging(
            reports=[spot.report for spot in found],
            articles=[spot.article for spot in found],
            stories=[spot.story for spot in found],
            copies_of=[spot.copy_of for spot in found],
            languages=[article.language for article in articles],
            source_ids=[article.source_id for article in articles],
            credits=[article.source for article in articles],
            published=[article.published for article in articles],
            captured_at=[capture.captured_at if capture else None for capture in captures] if captured else [],
        )

    def clipped(self, dossier, *, limit, captured=False):
        del captured
        clips = sorted(self.clips(dossier), key=lambda clip: clip.clipped_at, reverse=True)
        return [self._clipped(clip) for clip in clips[:limit]]

    def _clipped(self, clip):
        spot = self.spots([clip.article_id]).get(clip.article_id)
        capture = self.capture_map.get(clip.capture_id)
        return Clipped(
            clip=clip.id,
            article=clip.article_id,
            report=spot.report if spot else "",
            story=spot.story if spot else "",
            copy_of=spot.copy_of if spot else "",
            language=clip.language,
            source_id=clip.source_id,
            credit=clip.credit,
            published=clip.published,
            happened=clip.happened,
            captured_at=capture.captured_at if capture else None,
            excerpt=clip.excerpt,
            start=clip.passage.start if clip.passage else -1,
            end=clip.passage.end if clip.passage else -1,
        )

    def heard(self, articles):
        return {article.id: _heard(article) for article in self.articles(articles).values()}

    def links_within(self, stories):
        wanted = set(stories)
        return [link for pair, link in sorted(self._links().items()) if wanted.issuperset(pair)]


def _heard(article):
    sayings = [
        Saying(
            start=said.start,
            end=said.end,
            speaker=article.text[said.speaker.start : said.speaker.end] if said.speaker else "",
            words=len(article.text[said.start : said.end].split()),
        )
        for said in article.statements
        if said.quoted
    ]
    places = [article.text[one.start : one.end] for one in article.mentions if one.kind is NameKind.PLACE]
    return Heard(sayings=tuple(sayings), places=tuple(places))
