"""The catalogue in dictionaries: what `chronik.catalogue.store` promises, without SQL."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from chronik.errors import ConflictError, NotFoundError
from chronik.extract.versions import same_version
from chronik.model import ArticleKind, Failure, FeedHealth, LeafKind
from chronik.model.records import clip_record, dossier_record
from chronik.ports import Document, DueLead, Standing
from chronik.ports.watching import NEVER_SO_LATE
from tests.fakes.access import AccessMemory
from tests.fakes.fixity import FixityMemory
from tests.fakes.ledger import LedgerMemory
from tests.fakes.naming import NamingMemory
from tests.fakes.overview import OverviewMemory
from tests.fakes.quoting import QuotingMemory
from tests.fakes.redacting import RedactingMemory
from tests.fakes.relating import RelatingMemory
from tests.fakes.sources import SourceMemory
from tests.fakes.watching import WatchingMemory
from tests.fakes.witnessing import WitnessingMemory


@dataclass
class LeadState:
    lead: object
    state: str = "waiting"
    tries: int = 0
    next_try: object = None
    failure: str = ""


@dataclass
class ArticleState:
    article: object
    superseded: bool = False
    replaced: bool = False
    indexed: bool = False


@dataclass
class ClipState:
    clip: object
    removed: bool = False
    indexed: bool = False


@dataclass
class MemoryCatalogue(
    AccessMemory,
    QuotingMemory,
    RelatingMemory,
    NamingMemory,
    OverviewMemory,
    WatchingMemory,
    LedgerMemory,
    FixityMemory,
    WitnessingMemory,
    RedactingMemory,
    SourceMemory,
):
    source_map: dict = field(default_factory=dict)
    feed_map: dict = field(default_factory=dict)
    lead_map: dict = field(default_factory=dict)
    host_map: dict = field(default_factory=dict)
    capture_map: dict = field(default_factory=dict)
    reading_map: dict = field(default_factory=dict)
    failure_map: dict = field(default_factory=dict)
    article_map: dict = field(default_factory=dict)
    dossier_map: dict = field(default_factory=dict)
    removed_dossiers: set = field(default_factory=set)
    clip_map: dict = field(default_factory=dict)
    unread_map: dict = field(default_factory=dict)
    mended: set = field(default_factory=set)
    act_list: list = field(default_factory=list)

    # Sources, feeds, leads, hosts

    def sources(self):
        return [self.source_map[key] for key in sorted(self.source_map) if key not in self.merged_map]

    def add_sources(self, sources):
        new = [source for source in sources if source.id not in self.source_map]
        self.source_map.update({source.id: source for source in new})
        return len(new)

    def add_feed(self, feed, *, due_at):
        known = self.feed_map.get(feed.url)
        if known is not None and not known.stopped:
            return False
        self.feed_map[feed.url] = FeedHealth(feed=known.feed if known else feed, next_due=due_at)
        return True

    def feeds(self):
        return [self.feed_map[url] for url in sorted(self.feed_map)]

    def due_feeds(self, now, *, limit):
        due = [one for one in self.feeds() if not one.stopped and not now < one.next_due <= now + NEVER_SO_LATE]
        return sorted(due, key=lambda health: (health.next_due, health.feed.url))[:limit]

    def record_poll(self, poll):
        known = self.feed_map.get(poll.health.feed.url)
        if known is not None:
            stopped = known.stopped or poll.health.stopped
            self.feed_map[poll.health.feed.url] = replace(poll.health, stopped=stopped)
        return self.add_leads(poll.leads)

    def add_leads(self, leads, *, not_before=None):
        return sum(self._add_lead(lead, not_before) for lead in leads)

    def _add_lead(self, lead, not_before):
        known = self.lead_map.get(lead.url)
        if known is None:
            self.lead_map[lead.url] = LeadState(lead, next_try=not_before)
            return True
        before = known.lead.updated
        changed = lead.updated is not None and (before is None or lead.updated > before)
        if not lead.by_hand and not (changed and known.state != "waiting"):
            return False
        kept = replace(known.lead, updated=lead.updated or before, by_hand=known.lead.by_hand or lead.by_hand)
        self.lead_map[lead.url] = LeadState(kept, next_try=not_before)
        return True

    def due_leads(self, now, *, limit):
        waiting = [state for state in self.lead_map.values() if state.state == "waiting"]
        due = [s for s in waiting if s.next_try is None or not now < s.next_try <= now + NEVER_SO_LATE]
        return [DueLead(lead=state.lead, tries=state.tries) for state in reversed(due)][:limit]

    def record_lead_failure(self, url, failure, *, next_try, is_try=True):
        state = self.lead_map.get(url)
        if state is not None:
            state.tries += is_try
            state.failure = str(failure)
            state.next_try = next_try
            state.state = "waiting" if next_try else "given-up"

    def hosts(self, names):
        return {name: self.host_map[name] for name in names if name in self.host_map}

    def record_host(self, state):
        self.host_map[state.host] = state

    # Captures, articles, index

    def record_capture(self, capture, *, to_read=True):
        addresses = {capture.url, capture.asked_url} - {""}
        for url in addresses & self.lead_map.keys():
            if self.lead_map[url].state == "waiting":
                self.lead_map[url] = LeadState(self.lead_map[url].lead, state="fetched")
        if capture.id in self.capture_map:
            return False
        self.capture_map[capture.id] = capture
        self.mark_due(LeafKind.CAPTURE, capture.id)
        of_feeds = {url for health in self.feed_map.values() for url in (health.feed.url, health.asks_url)}
        self.reading_map[capture.id] = "due" if to_read and not addresses & of_feeds else "read"
        return True

    def capture(self, capture_id):
        return self.capture_map.get(capture_id)

    def captures(self):
        return iter([self.capture_map[key] for key in sorted(self.capture_map)])

    def known_captures(self, ids):
        return set(ids) & self.capture_map.keys()

    def unread_captures(self, *, limit):
        due = [capture for capture in self.capture_map.values() if self.reading_map[capture.id] == "due"]
        return sorted(due, key=lambda capture: (capture.captured_at, capture.id))[:limit]

    def due_again(self):
        of_pages = {state.article.capture_id for state in self.article_map.values() if self._stands(state)}
        again = [key for key, state in self.reading_map.items() if state == "failed" or key in of_pages]
        again = [key for key in again if self.reading_map[key] != "due"]
        self.reading_map.update(dict.fromkeys(again, "due"))
        return len(again)

    def _stands(self, state):
        of_feed = state.article.kind is ArticleKind.FEED_ENTRY
        return bool(state.article.capture_id) and not state.replaced and not of_feed

    def _reading_of(self, capture_id):
        standing = (state for state in self.article_map.values() if self._stands(state))
        return next((state for state in standing if state.article.capture_id == capture_id), None)

    def record_reading(self, capture_id, outcome):
        if isinstance(outcome, Failure) and self._reading_of(capture_id) is None:
            self.reading_map[capture_id] = "failed"
            self.failure_map[capture_id] = str(outcome)
            return False
        self.reading_map[capture_id] = "read"
        return not isinstance(outcome, Failure) and self.add_article(outcome)

    def add_article(self, article):
        if article.id in self.article_map:
            return False
        state = ArticleState(article)
        earlier = None if article.kind is ArticleKind.FEED_ENTRY else self._reading_of(article.capture_id)
        if earlier is not None:
            state.superseded = earlier.superseded
            earlier.superseded = earlier.replaced = True
            self.article_map[article.id] = state
            return True
        there = self._of_same_page(article)
        shown = next((known for known in there if not known.superseded), None)
        of_feed = article.kind is ArticleKind.FEED_ENTRY
        rivals = [known for known in there if (known.article.kind is ArticleKind.FEED_ENTRY) == of_feed]
        before = rivals[0] if of_feed and rivals else shown
        if before in rivals and same_version(before.article, article):
            return False
        if shown is not None:
            same_rank = shown in rivals
            state.superseded = self._seen_at(article) < self._seen_at(shown.article) if same_rank else of_feed
            shown.superseded = not state.superseded
        self.article_map[article.id] = state
        return True

    def _of_same_page(self, article):
        """Latest first."""
        wanted = {article.url, article.canonical_url} - {""}
        there = [
            state
            for state in self.article_map.values()
            if state.article.id == article.id
            or (state.article.url and state.article.url == article.url)
            or (
                article.url
                and state.article.title == article.title
                and wanted & {state.article.url, state.article.canonical_url}
            )
        ]
        there = [state for state in there if not state.replaced or state.article.id == article.id]
        return sorted(there, key=lambda state: self._seen_at(state.article), reverse=True)

    def versions(self, article_id):
        known = self.article_map.get(article_id)
        return [state.article for state in self._of_same_page(known.article)] if known else []

    def sort_at(self, article):
        told = datetime.fromisoformat(article.published) if article.published else None
        told = told.replace(tzinfo=UTC) if told and not told.tzinfo else told
        return told or article.read_at or datetime(1970, 1, 1, tzinfo=UTC)

    def _seen_at(self, article):
        capture = self.capture_map.get(article.capture_id)
        return capture.captured_at if capture else article.read_at

    def captures_of_entries(self):
        return sorted({article.capture_id for article in self._entries()})

    def entries_in(self, capture_id):
        found = [article for article in self._entries() if article.capture_id == capture_id]
        return sorted(found, key=lambda article: article.id)

    def _entries(self):
        states = (state for state in self.article_map.values() if not state.replaced)
        return [s.article for s in states if s.article.kind is ArticleKind.FEED_ENTRY and s.article.capture_id]

    def without_capture(self, *, after, limit):
        states = (state for state in self.article_map.values() if not state.replaced)
        found = [s.article for s in states if not s.article.capture_id and s.article.id > after]
        return sorted(found, key=lambda article: article.id)[:limit]

    def renew(self, article_id, article):
        earlier = self.article_map.get(article_id)
        if earlier is None or (article.id != article_id and article.id in self.article_map):
            return False
        if article.id == article_id:
            earlier.indexed = earlier.indexed and earlier.article.language == article.language
            earlier.article = replace(article, capture_id=earlier.article.capture_id)
        else:
            self.article_map[article.id] = ArticleState(article, superseded=earlier.superseded)
            earlier.superseded = earlier.replaced = True
        return True

    def last_said(self, urls, *, by):
        found, wanted = {}, set(urls)
        for state in sorted(self.article_map.values(), key=lambda state: self._seen_at(state.article), reverse=True):
            capture = self.capture_map.get(state.article.capture_id)
            of_feed = state.article.kind is ArticleKind.FEED_ENTRY and not state.replaced and capture
            if of_feed and state.article.url in wanted and {capture.url, capture.asked_url} & set(by):
                found.setdefault(state.article.url, state.article)
        return found

    def article(self, article_id):
        if not article_id:
            return None
        if article_id in self.article_map:
            return self.article_map[article_id].article
        articles = [state.article for state in self.article_map.values()]
        begun = [article for article in articles if len(article_id) >= 8 and article.id.startswith(article_id)]
        if len(begun) == 1:
            return begun[0]
        there = [s for s in self.article_map.values() if article_id in {s.article.url, s.article.canonical_url}]
        return min(there, key=lambda state: state.superseded).article if there else None

    def unindexed(self, *, limit):
        articles = [s.article for s in self.article_map.values() if not s.indexed and not s.superseded]
        clips = [s.clip for s in self.clip_map.values() if not s.indexed and not s.removed]
        documents = [
            Document(id=a.id, kind="article", title=a.title, text=a.text, language=a.language) for a in articles
        ]
        altered = {one.clip: str(one.state) for one in self.altered(noted=True, limit=10**9)}
        documents += [
            Document(
                id=c.id,
                kind="clip",
                title=c.title,
                text=c.excerpt,
                dossier=c.dossier,
                states=("altered", altered[c.id]) if c.id in altered else (),
            )
            for c in clips
        ]
        return documents[:limit]

    def mark_indexed(self, documents):
        for document in documents:
            states = self.article_map if document.kind == "article" else self.clip_map
            states[document.id].indexed = True

    def withdrawn(self, *, limit):
        articles = [key for key, state in self.article_map.items() if state.indexed and state.superseded]
        clips = [key for key, state in self.clip_map.items() if state.indexed and state.removed]
        return [*sorted(articles), *sorted(clips)][:limit]

    def mark_withdrawn(self, ids):
        for id in ids:
            for states in (self.article_map, self.clip_map):
                if id in states:
                    states[id].indexed = False

    def forget_indexed(self):
        self.mark_withdrawn([*self.article_map, *self.clip_map])

    # Dossiers, clips, acts

    def dossiers(self):
        return [self.dossier_map[slug] for slug in sorted(self.dossier_map) if slug not in self.removed_dossiers]

    def dossier(self, slug):
        return None if slug in self.removed_dossiers else self.dossier_map.get(slug)

    def _need_dossier(self, slug):
        if self.dossier(slug) is None:
            raise NotFoundError(f"There is no dossier {slug!r}.")

    def _need_clip(self, clip_id, *, removed=False):
        if clip_id not in self.clip_map or self.clip_map[clip_id].removed is not removed:
            raise NotFoundError(f"There is no clip {clip_id!r}.")

    def add_dossier(self, dossier, act):
        if dossier.slug in self.dossier_map:
            raise ConflictError(f"There is a dossier {dossier.slug!r} already.")
        self.dossier_map[dossier.slug] = dossier
        self.record_act(act)

    def change_dossier(self, dossier, act):
        self._need_dossier(dossier.slug)
        self.dossier_map[dossier.slug] = dossier
        self.record_act(act)

    def remove_dossier(self, slug, act):
        self._need_dossier(slug)
        self.removed_dossiers.add(slug)
        for state in self.clip_map.values():
            state.removed = state.removed or state.clip.dossier == slug
        self.record_act(act)

    def clips(self, dossier):
        standing = [s.clip for s in self.clip_map.values() if s.clip.dossier == dossier and not s.removed]
        return sorted(standing, key=lambda clip: (clip.position, clip.id))

    def clip(self, clip_id):
        state = self.clip_map.get(clip_id)
        return state.clip if state and not state.removed else None

    def take_in(self, dossier, clips, unread, act):
        if dossier.slug in self.removed_dossiers:
            raise ConflictError(f"The dossier {dossier.slug!r} was removed.")
        clips, unread = list(clips), list(unread)
        moved = self._follow_page(dossier, clips, unread)
        new_dossier = dossier.slug not in self.dossier_map
        self.dossier_map.setdefault(dossier.slug, dossier)
        new_clips = [clip for clip in clips if clip.id not in self.clip_map]
        self.clip_map.update({clip.id: ClipState(clip) for clip in new_clips})
        new_unread = [entry for entry in unread if entry.id not in self.unread_map]
        self.unread_map.update({entry.id: entry for entry in new_unread})
        if new_dossier or moved or new_clips or new_unread:
            held = sorted((self.clip_map[clip.id].clip for clip in clips), key=lambda clip: (clip.position, clip.id))
            now = {"dossier": dossier_record(self.dossier_map[dossier.slug]), "clips": [clip_record(c) for c in held]}
            self.record_act(replace(act, detail={**act.detail, "new": now}))
        return len(new_clips), len(new_unread)

    def _follow_page(self, dossier, clips, unread):
        known = self.dossier_map.get(dossier.slug)
        before = known, [state.clip for state in self.clip_map.values()]
        if known and known.heading_as_received:
            self.dossier_map[dossier.slug] = replace(
                known, heading_as_received=dossier.heading_as_received, years=dossier.years
            )
        held = sorted(
            (state.clip for state in self.clip_map.values() if state.clip.dossier == dossier.slug),
            key=lambda clip: (clip.position, clip.id),
        )
        on_page = [clip for clip in clips if clip.id in self.clip_map]
        ids = [clip.id for clip in on_page]
        unmoved = [clip.id for clip in held if clip.id in ids] == ids
        for clip in on_page:
            state = self.clip_map[clip.id]
            position = clip.position if unmoved else state.clip.position
            state.clip = replace(state.clip, position=position, as_received=state.clip.as_received and clip.as_received)
        if unmoved:
            places = {clip.position for clip in clips if clip.id not in self.clip_map}
            on_this_page = {entry.id for entry in unread}
            held_entries = [entry for entry in self.unread_map.values() if entry.dossier == dossier.slug]
            self.mended |= {e.id for e in held_entries if e.position in places and e.id not in on_this_page}
            self.unread_map.update({entry.id: entry for entry in unread if entry.id in self.unread_map})
        after = self.dossier_map.get(dossier.slug), [state.clip for state in self.clip_map.values()]
        return known is not None and before != after

    def unread_entries(self, dossier):
        waiting = [e for e in self.unread_map.values() if e.dossier == dossier and e.id not in self.mended]
        return sorted(waiting, key=lambda entry: (entry.position, entry.id))

    def mend_entry(self, entry_id, clip, act):
        if entry_id not in self.unread_map or entry_id in self.mended:
            raise NotFoundError(f"No entry {entry_id!r} waits for mending.")
        self.add_clip(clip, act)
        self.mended.add(entry_id)

    def add_clip(self, clip, act):
        self._need_dossier(clip.dossier)
        if clip.id in self.clip_map:
            raise ConflictError(f"The clip {clip.id!r} is in the dossier already.")
        self.clip_map[clip.id] = ClipState(clip)
        self.record_act(act)

    def change_clip(self, clip, act):
        self._need_clip(clip.id)
        self.clip_map[clip.id] = ClipState(clip)
        self.record_act(act)

    def remove_clip(self, clip_id, act):
        self._need_clip(clip_id)
        self.clip_map[clip_id].removed = True
        self.record_act(act)

    def restore_clip(self, clip_id, act, *, new=None):
        self._need_clip(clip_id, removed=True)
        held = self.clip_map[clip_id].clip
        self._need_dossier(held.dossier)
        self.clip_map[clip_id] = ClipState(replace(new, id=clip_id) if new else held)
        self.record_act(act)

    def order_clips(self, dossier, ids, act):
        clips = {clip.id: clip for clip in self.clips(dossier)}
        if sorted(ids) != sorted(clips):
            raise ConflictError("The dossier has changed meanwhile.")
        places = sorted(clip.position for clip in clips.values())
        if len(set(places)) != len(places):
            places = range(len(places))
        for place, id in zip(places, ids, strict=True):
            self.clip_map[id].clip = replace(clips[id], position=place)
        self.record_act(act)

    def record_act(self, act):
        if act.id not in {known.id for known in self.act_list}:
            self.act_list.append(act)
            self.mark_due(LeafKind.ACT, act.id)

    def acts_on(self, dossier):
        clips = {state.clip.id for state in self.clip_map.values() if state.clip.dossier == dossier}
        return [act for act in self.act_list if act.subject == dossier or act.subject in clips]

    def acts(self, *, subject="", limit=100):
        return [act for act in reversed(self.act_list) if not subject or act.subject == subject][:limit]

    # The sample, and numbers

    def _at(self, url, hosts):
        return urlsplit(url).hostname in hosts

    def documents_of_hosts(self, hosts):
        articles = [key for key, state in self.article_map.items() if self._at(state.article.url, hosts)]
        return articles + [key for key, state in self.clip_map.items() if state.clip.article_id in articles]

    def remove_hosts(self, hosts, *, dossiers, act):
        slugs, of_articles = set(dossiers), set(self.documents_of_hosts(hosts))
        self.forget_names_of(of_articles)
        self.forget_reports_of(of_articles)
        doomed = [
            (self.clip_map, lambda key, s: key in of_articles or s.clip.dossier in slugs),
            (self.unread_map, lambda _, entry: entry.dossier in slugs),
            (self.dossier_map, lambda key, _: key in slugs),
            (self.article_map, lambda key, _: key in of_articles),
            (self.capture_map, lambda _, capture: self._at(capture.url, hosts)),
            (self.lead_map, lambda key, _: self._at(key, hosts)),
            (self.feed_map, lambda key, _: self._at(key, hosts)),
            (self.host_map, lambda key, _: self._at(f"//{key}", hosts)),
            (self.source_map, lambda _, source: self._at(source.home_page, hosts)),
        ]
        removed = 0
        for table, is_doomed in doomed:
            for key in [key for key, value in table.items() if is_doomed(key, value)]:
                del table[key]
                removed += 1
        if removed:
            self.record_act(act)
        return removed

    def standing(self, now, *, silent_after):
        counts = {
            "sources": len(self.source_map),
            "feeds": len(self.feed_map),
            "leads": len(self.lead_map),
            "captures": len(self.capture_map),
            "articles": len(self.article_map),
            "dossiers": len(self.dossiers()),
            "clips": sum(not state.removed for state in self.clip_map.values()),
            "unread_entries": len(self.unread_map) - len(self.mended),
            "acts": len(self.act_list),
            "stories": len(self._told()),
        }
        due = {
            "feeds": len(self.due_feeds(now, limit=10**9)),
            "leads": len(self.due_leads(now, limit=10**9)),
            "readings": len(self.unread_captures(limit=10**9)),
            "indexing": len(self.unindexed(limit=10**9)),
            "relating": len(self.unrelated(limit=10**9)),
        }
        times = sorted(capture.captured_at for capture in self.capture_map.values())
        return Standing(
            counts=counts,
            due=due,
            problems=self._problems(),
            first_capture_at=times[0] if times else None,
            last_capture_at=times[-1] if times else None,
        )

    def _problems(self):
        problems = [("lead", url, s.failure, s.next_try) for url, s in self.lead_map.items() if s.failure]
        problems += [("feed", url, h.failure, h.next_due) for url, h in self.feed_map.items() if h.failure]
        problems += [("capture", self.capture_map[key].url, text, None) for key, text in self.failure_map.items()]
        problems += [("step", step, reason, None) for step, reason in self.waiting_map.items()]
        return [
            {"kind": kind, "subject": subject, "reason": reason, "next_try": at.isoformat() if at else None}
            for kind, subject, reason, at in problems
        ]
