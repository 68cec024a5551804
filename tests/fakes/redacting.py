"""The part of the catalogue in dictionaries that takedown needs."""

from dataclasses import dataclass, field, replace

from chronik.model import Clip, Reach
from chronik.model.arranging import STEPS, timeline_told
from chronik.model.records import clip_record, clip_values
from chronik.model.redaction import redaction_of, skeleton, taken_out


@dataclass
class RedactingMemory:
    hidden_map: dict = field(default_factory=dict)

    def reach(self, identity):
        if identity in self.capture_map:
            captures, urls = {identity}, {self.capture_map[identity].url}
            articles = {a for a, state in self.article_map.items() if state.article.capture_id == identity}
        else:
            url = self._address(identity)
            urls = {url}
            captures = {one.id for one in self.capture_map.values() if url and url in {one.url, one.asked_url}}
            articles = {
                a
                for a, state in self.article_map.items()
                if url and url in {state.article.url, state.article.canonical_url}
            }
        clips = {
            state.clip
            for state in self.clip_map.values()
            if state.clip.id == identity or state.clip.capture_id in captures or state.clip.article_id in articles
        }
        if not (captures or articles or clips):
            return None
        return Reach(
            captures=tuple(sorted(captures)),
            articles=tuple(sorted(articles)),
            clips=tuple(sorted(clip.id for clip in clips)),
            dossiers=tuple(sorted({clip.dossier for clip in clips})),
            addresses=tuple(sorted(urls - {""})),
        )

    def _address(self, identity):
        if identity in self.clip_map:
            return self.clip_map[identity].clip.url
        state = self.article_map.get(identity)
        return state.article.url if state else identity

    def hide(self, hidden, act):
        for one in hidden:
            self.hidden_map.setdefault((one.kind, one.id), one)
        self.record_act(act)

    def unhide(self, hidden, act):
        for one in hidden:
            self.hidden_map.pop((one.kind, one.id), None)
        self.record_act(act)

    def redact(self, act):
        redaction = redaction_of(act)
        for one in redaction.acts:
            self.act_list = [one.now if held.id == one.was else held for held in self.act_list]
        for slug in {one.now.subject for one in redaction.acts if one.now.verb in STEPS}:
            events = timeline_told(one for one in self.act_list if one.subject == slug)
            self.dossier_map[slug] = replace(self.dossier_map[slug], timeline=events)
        for identity in (*redaction.captures, *redaction.carriers):
            self.capture_map.pop(identity, None)
        for identity in redaction.articles:
            self.article_map.pop(identity, None)
        for clip in redaction.clips:
            state = self.clip_map.get(clip.id)
            if state is not None:
                state.clip, state.removed = Clip(**clip_values(skeleton(clip_record(state.clip)))), True
        for one in (act, *taken_out(act, redaction)):
            self.record_act(one)

    def scrub(self):
        pass

    def hidden(self):
        return sorted(self.hidden_map.values(), key=lambda one: (one.since, one.kind, one.id))
