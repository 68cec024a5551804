"""The part of the catalogue in dictionaries that witnesses need."""

from dataclasses import dataclass, field

from chronik.model import Verb


@dataclass
class WitnessingMemory:
    published_map: dict = field(default_factory=dict)
    """Slug → when its edition was frozen."""

    def captures_at(self, url, *, limit):
        return self._latest(lambda capture: capture.url == url)[:limit]

    def captures_taken_in(self, url, *, limit):
        return self._latest(lambda capture: capture.url == url and capture.origin)[:limit]

    def captures_of_kind(self, media_type, *, limit):
        return self._latest(lambda capture: capture.media_type == media_type)[:limit]

    def _latest(self, wanted):
        found = sorted((one for one in self.capture_map.values() if wanted(one)), key=lambda one: one.id)
        return sorted(found, key=lambda one: one.captured_at, reverse=True)

    def reading_in(self, capture_id):
        found = [
            state.article
            for state in self.article_map.values()
            if state.article.capture_id == capture_id and not state.replaced
        ]
        return max(found, key=lambda one: (one.read_at is not None, one.read_at), default=None)

    def acts_of(self, verbs, *, subject="", limit):
        found = [act for act in reversed(self.act_list) if act.verb in verbs and subject in {"", act.subject}]
        return found[:limit]

    def spoken_of(self, captures):
        heard = {act.subject for act in self.act_list if act.verb is Verb.HEAR_WITNESS}
        taken = {one.url for one in self.capture_map.values() if one.origin}
        return {one.id for one in captures if one.id in heard or one.url in taken}

    def published_clips(self, url, *, limit):
        return [clip for clip in self.clips_at(url) if self._is_published(clip)][:limit]

    def _is_published(self, clip):
        at = self.published_map.get(clip.dossier)
        if at is None or clip.clipped_at > at:
            return False
        return not any(
            act.at > at and (act.subject == clip.id or (act.subject == clip.dossier and act.verb is Verb.IMPORT))
            for act in self.act_list
        )
