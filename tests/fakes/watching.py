"""The part of the catalogue in dictionaries that watches clipped pages."""

from dataclasses import dataclass, field, replace

from chronik.errors import NotFoundError
from chronik.model import PassageState
from chronik.ports.watching import NEVER_SO_LATE


@dataclass
class WatchingMemory:
    watch_map: dict = field(default_factory=dict)
    sighting_list: list = field(default_factory=list)
    noted_map: dict = field(default_factory=dict)

    def _standing(self):
        return [state.clip for state in self.clip_map.values() if not state.removed]

    def unwatched(self, *, limit):
        last = {}
        for clip in self._standing():
            watch = self.watch_map.get(clip.url)
            if clip.url and clip.capture_id and (watch is None or clip.clipped_at > watch.since):
                last[clip.url] = max(clip.clipped_at, last.get(clip.url, clip.clipped_at))
        return sorted(last.items(), key=lambda item: (item[1], item[0]))[:limit]

    def watch(self, watches):
        self.watch_map |= {watch.url: watch for watch in watches}

    def due_watches(self, now, *, limit):
        standing = {clip.url for clip in self._standing()}
        late = [watch for watch in self.watch_map.values() if not now < watch.due <= now + NEVER_SO_LATE]
        due = [watch for watch in late if watch.url in standing]
        return sorted(due, key=lambda watch: watch.due)[:limit]

    def watches(self, urls):
        return [self.watch_map[url] for url in sorted(set(urls)) if url in self.watch_map]

    def clips_at(self, url):
        return sorted((clip for clip in self._standing() if clip.url == url), key=lambda clip: clip.id)

    def record_look(self, watch, sightings):
        self.watch([watch])
        for one in sightings:
            last = next(iter(self.sightings(one.clip)), None)
            same = last and (last.state, last.status, last.wording, last.detail) == (
                one.state,
                one.status,
                one.wording,
                one.detail,
            )
            if same:
                longer = replace(last, last_at=one.last_at, times=last.times + 1)
                self.sighting_list[last.number - 1] = longer
            elif one.clip in self.clip_map:
                self.sighting_list.append(replace(one, number=len(self.sighting_list) + 1))
                self.clip_map[one.clip].indexed = False

    def sightings(self, clip):
        return [one for one in reversed(self.sighting_list) if one.clip == clip]

    def latest_states(self, clips):
        latest = {one.clip: str(one.state) for one in self.sighting_list}
        return {clip: latest[clip] for clip in clips if clip in latest}

    def altered(self, *, dossier="", noted=False, limit, offset=0):
        latest = {one.clip: one for one in self.sighting_list}
        wanted = {clip.id for clip in self._standing() if not dossier or clip.dossier == dossier}
        found = [
            one
            for one in latest.values()
            if one.state is not PassageState.STANDS
            and one.clip in wanted
            and (noted or one.number not in self.noted_map)
        ]
        return sorted(found, key=lambda one: (one.first_at, one.number), reverse=True)[offset : offset + limit]

    def noted(self, sightings):
        return {one.number: self.noted_map[one.number] for one in sightings if one.number in self.noted_map}

    def note_sighting(self, number, act):
        if not 0 < number <= len(self.sighting_list):
            raise NotFoundError(f"There is no sighting {number}. See: chronik watch")
        self.noted_map[number] = act.by
        self.record_act(act)
