"""The part of the catalogue in dictionaries that keeps what editors say of sources."""

from dataclasses import dataclass, field, replace
from datetime import date

from chronik.errors import ConflictError, NotFoundError
from chronik.model.source_records import source_state
from chronik.ports.sources import Credited


@dataclass
class SourceMemory:
    merged_map: dict = field(default_factory=dict)
    move_map: dict = field(default_factory=dict)
    aside_map: dict = field(default_factory=dict)

    def source(self, identity):
        while identity in self.merged_map:
            identity = self.merged_map[identity]
        return self.source_map.get(identity)

    def add_source(self, source, act, *, credits_=()):
        if not self.add_sources([source]):
            raise ConflictError(f"There is a source {source.id!r} already.")
        self._give_credited(credits_, source.id, act)
        self.record_act(act)

    def change_source(self, source, act, *, based_on="", merged=(), credits_=()):
        known = self.source_map.get(source.id)
        if known is None or source.id in self.merged_map:
            raise NotFoundError(f"There is no source {source.id!r}. See: chronik source list")
        if based_on and source_state(known) != based_on:
            raise ConflictError(f"Somebody changed the source {source.id!r} meanwhile; look at it again.")
        if any(one in self.merged_map or one not in self.source_map for one in merged):
            raise ConflictError("One of these sources is not there any more; look at them again.")
        self.source_map[source.id] = source
        self.merged_map |= dict.fromkeys(merged, source.id)
        self._move(lambda held: held in set(merged), source.id, act)
        self._give_credited(credits_, source.id, act)
        self.record_act(act)

    def take_back_source(self, source, act, *, done, unmerged=()):
        if done.subject in self.merged_map:
            raise ConflictError(f"The source {done.subject!r} was merged into another one since; take that back first.")
        for one in unmerged:
            self.merged_map.pop(one, None)
        for states, name, key, before in self.move_map.pop(done.id, []):
            held = getattr(states[key], name)
            if held.source_id == done.subject:
                setattr(states[key], name, replace(held, source_id=before))
        if source is None:
            del self.source_map[done.subject]
        else:
            self.source_map[source.id] = source
        self.record_act(act)

    def settle_merged_sources(self):
        return 0

    def credits_unknown(self):
        counts = {}
        for held, credit in self._held():
            if not held.source_id and credit:
                counts.setdefault(credit, []).append(held)
        return [Credited(credit=credit, articles=len(held)) for credit, held in sorted(counts.items())]

    def report_days(self, sources, *, since):
        found = {source: {} for source in sources}
        for state in self.article_map.values():
            day = (state.article.published or state.article.read_at.isoformat())[:10]
            told = date.fromisoformat(day)
            if state.article.source_id in found and told >= since.date() and not state.superseded:
                days = found[state.article.source_id]
                days[told] = days.get(told, 0) + 1
        return found

    def put_credit_aside(self, credit, *, key, act):
        if key in self.aside_map:
            raise ConflictError("This credit was put aside already.")
        self.aside_map[key] = credit
        self.record_act(act)

    def take_credit_up(self, key, act):
        if self.aside_map.pop(key, None) is None:
            raise ConflictError("This was taken back already.")
        self.record_act(act)

    def credits_aside(self):
        return dict(self.aside_map)

    def _held(self):
        for state in self.article_map.values():
            yield state.article, state.article.source
        for state in self.clip_map.values():
            yield state.clip, state.clip.credit

    def _move(self, is_moved, to, act):
        for states, name in ((self.article_map, "article"), (self.clip_map, "clip")):
            for key, state in states.items():
                held = getattr(state, name)
                if is_moved(held.source_id):
                    self.move_map.setdefault(act.id, []).append((states, name, key, held.source_id))
                    setattr(state, name, replace(held, source_id=to))
                    state.indexed = False

    def _give_credited(self, credits_, to, act):
        for states, name in ((self.article_map, "article"), (self.clip_map, "clip")):
            for key, state in states.items():
                held = getattr(state, name)
                credit = held.source if name == "article" else held.credit
                if not held.source_id and credit in credits_:
                    self.move_map.setdefault(act.id, []).append((states, name, key, ""))
                    setattr(state, name, replace(held, source_id=to))
                    state.indexed = False
