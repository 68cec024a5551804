"""The part of the catalogue in dictionaries that pages about stories need."""

from chronik.model import Verb
from chronik.ports.looking_up import Said, Spot, Voices


class LookingUpMemory:
    """Asks what `RelatingMemory` holds."""

    def spots(self, identities):
        wanted, found = set(identities), {}
        for relation in map(self._now, self.relation_map.values()):
            spot = Spot(
                report=relation.report,
                article=relation.article,
                story=relation.placement.story,
                number=relation.number,
                when=relation.when,
                copy_of=relation.placement.copy_of,
            )
            found |= {key: spot for key in (relation.article, relation.report) if key in wanted}
        return found

    def spots_in(self, stories):
        wanted = set(stories)
        return {key: spot for key, spot in self.spots(self.relation_map).items() if spot.story in wanted}

    def voices(self, articles):
        return {
            article.id: Voices(
                language=article.language,
                source=article.source,
                source_id=article.source_id,
                speakers=tuple(
                    article.text[said.speaker.start : said.speaker.end] for said in article.statements if said.speaker
                ),
            )
            for article in self.articles(articles).values()
        }

    def clips_by_id(self, ids):
        return {key: clip for key in set(ids) if (clip := self.clip(key))}

    def story_heads(self, stories):
        wanted = set(stories)
        return {story.id: self._head(story) for story in self._told() if story.id in wanted}

    def story_reports(self, reports):
        return {key: self._report(self.relation_map[key]) for key in reports if key in self.relation_map}

    def judgements_on(self, reports, *, limit=200):
        inside = set(reports)
        found = [word for pair, word in self.judgement_map.items() if len(inside & set(pair)) == 1]
        return sorted(found, key=lambda word: (-word.score, word.first, word.second))[:limit]

    def said_on(self, reports, *, limit=100):
        wanted = set(reports)
        found = {}
        for state in self.word_list:
            if wanted & {state.word.first, state.word.second}:
                found[state.act] = state
        undone = {act.detail.get("undoes"): act for act in self.act_list if act.verb is Verb.UNDO}
        acts = {act.id: act for act in self.act_list}
        said = [
            Said(act=acts[key], standing=not state.withdrawn, undone=undone.get(key)) for key, state in found.items()
        ]
        return said[::-1][:limit]

    def sides_on(self, articles):
        wanted = set(articles)
        slugs = [
            dossier.slug
            for dossier in self.dossiers()
            if any(clip.article_id in wanted for clip in self.clips(dossier.slug))
        ]
        return [side for slug in slugs for side in self.sides(slug)]
