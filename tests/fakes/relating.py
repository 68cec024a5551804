"""The part of the catalogue in dictionaries that relating needs."""

from dataclasses import dataclass, field, replace

from chronik.errors import NotFoundError
from chronik.model import Reason, ReasonKind, StoryLink, story_id
from chronik.ports.relating import (
    DueReport,
    Marks,
    Proposed,
    Relation,
    Spellings,
    StoryHead,
    StoryReport,
    Suggesting,
    SuggestionState,
    WholeStory,
)
from chronik.relate.stories import Placed, derived
from tests.fakes.looking_up import LookingUpMemory


@dataclass
class WordState:
    word: object
    act: str
    withdrawn: bool = False


@dataclass
class SuggestedState:
    suggestion: object
    state: SuggestionState = SuggestionState.OPEN
    decided_at: object = None


@dataclass
class RelatingMemory(LookingUpMemory):
    """Stories are derived anew from everything, every time."""

    relation_map: dict = field(default_factory=dict)
    traced_map: dict = field(default_factory=dict)
    judgement_map: dict = field(default_factory=dict)
    word_list: list = field(default_factory=list)
    link_list: list = field(default_factory=list)
    link_word_list: list = field(default_factory=list)
    gist_map: dict = field(default_factory=dict)
    suggested_map: dict = field(default_factory=dict)
    suggesting_map: dict = field(default_factory=dict)
    side_map: dict = field(default_factory=dict)
    spellings_map: dict = field(default_factory=dict)
    withdrawn_spellings: set = field(default_factory=set)
    waiting_map: dict = field(default_factory=dict)

    # Placing

    def unrelated(self, *, limit):
        shown = [state.article for key, state in self.article_map.items() if not state.superseded]
        due = [self._due(article) for article in shown if not self._is_related(article.id)]
        return sorted(due, key=lambda one: (one.when, one.article.id))[:limit]

    def _is_related(self, article_id):
        return any(relation.article == article_id for relation in self.relation_map.values())

    def _due(self, article):
        known = {relation.report: relation for relation in self.relation_map.values()}
        for version in self.versions(article.id):
            if version.id != article.id and self.article_map[version.id].superseded:
                held = next((one for one in known.values() if one.article == version.id), None)
                if held is not None:
                    return DueReport(article=article, report=held.report, when=self.sort_at(article), placed=True)
        report = next((key for key, traced in self.traced_map.items() if traced[1] == article.id), article.id)
        return DueReport(article=article, report=report, when=self.sort_at(article))

    def record_related(self, related, *, at):
        for one in related:
            report = one.due.report
            self.traced_map[report] = (one.traced, one.due.article.id)
            if one.placement is None:
                held = self.relation_map[report]
                self.relation_map[report] = replace(held, article=one.due.article.id, traced=one.traced, weighed=b"")
                continue
            anchor = one.placement.anchor if one.placement.anchor in self.relation_map else ""
            self.relation_map[report] = Relation(
                report=report,
                article=one.due.article.id,
                number=self.marks().placed + 1,
                when=one.due.when,
                traced=one.traced,
                weighed=one.weighed,
                placement=replace(one.placement, anchor=anchor, judgements=(), follows=(), original_of=()),
            )
            for copy in one.placement.original_of:
                held = self.relation_map[copy]
                moved = replace(held.placement, copy_of=report)
                self.relation_map[copy] = replace(held, placement=moved)
            if one.gist is not None:
                self.gist_map[one.gist.story] = one.gist
                anew = [x for x in self.link_list if x.later == one.gist.story and x.made_by.startswith("recall ")]
                self.link_list = [link for link in self.link_list if link not in anew]
            self.link_list += one.placement.follows
            self.judgement_map.update({(word.first, word.second): word for word in one.placement.judgements})

    def _told(self):
        placed = [
            Placed(report=r.report, anchor=r.placement.anchor, score=r.placement.score, copy_of=r.placement.copy_of)
            for r in sorted(self.relation_map.values(), key=lambda r: r.number)
        ]
        return derived(placed, self.words())

    def _now(self, relation):
        story = next(story.id for story in self._told() if relation.report in story.members)
        return replace(relation, placement=replace(relation.placement, story=story))

    def relations(self, begin, end, *, after=0):
        found = [r for r in self.relation_map.values() if begin <= r.when < end and r.number > after]
        return iter([self._slim(relation) for relation in sorted(found, key=lambda r: r.number)])

    def latest_relations(self, *, after=0, limit):
        found = sorted((r for r in self.relation_map.values() if r.number > after), key=lambda r: r.number)
        return [self._slim(relation) for relation in found[-limit:]]

    def _slim(self, relation):
        now = self._now(relation)
        return replace(now, placement=replace(now.placement, reasons=()))

    def relation(self, identity):
        pages = {version.id for version in self.versions(identity)}
        for relation in self.relation_map.values():
            if identity in {relation.report, relation.article} or relation.article in pages:
                return self._now(relation)
        return None

    def traced(self, reports):
        return {report: self.traced_map[report][0] for report in reports if report in self.traced_map}

    def span(self):
        times = [relation.when for relation in self.relation_map.values()]
        return (min(times), max(times)) if times else None

    def articles(self, ids):
        return {key: self.article_map[key].article for key in ids if key in self.article_map}

    def marks(self):
        placed = max((relation.number for relation in self.relation_map.values()), default=0)
        withdrawn = sum(state.withdrawn for state in self.word_list)
        return Marks(placed=placed, said=(len(self.word_list), withdrawn))

    def forget_places(self):
        count = len(self.relation_map)
        self.relation_map.clear()
        self.judgement_map.clear()
        self.link_list.clear()
        self.gist_map.clear()
        return count

    # Stories of months and years ago

    def gists_holding(self, keys, *, limit):
        kept = list(self.gist_map.values())
        found = {key: [n for n, gist in enumerate(kept, 1) if key in gist.keys][::-1][:limit] for key in keys}
        return {key: numbers for key, numbers in found.items() if numbers}

    def gist_count(self):
        return len(self.gist_map)

    def gists(self, numbers, *, ended, begun):
        kept = list(self.gist_map.values())
        found = [kept[number - 1] for number in numbers]
        return [gist for gist in found if gist.last_at <= ended or gist.first_at >= begun]

    def say_link(self, word, act):
        if act.id not in {state.act for state in self.link_word_list}:
            self.link_word_list.append(WordState(replace(word, by=act.by), act.id))
            self.record_act(act)

    def unsay_link(self, said, act):
        rows = [state for state in self.link_word_list if state.act == said and not state.withdrawn]
        for state in rows:
            state.withdrawn = True
        if rows:
            self.record_act(act)
        return len(rows)

    # Judgements and words

    def judgements(self, report):
        found = [word for pair, word in self.judgement_map.items() if report in pair]
        return sorted(found, key=lambda word: -word.score)

    def words(self):
        return [state.word for state in self.word_list if not state.withdrawn]

    def say(self, words, act):
        if act.id not in {state.act for state in self.word_list}:
            self.word_list += [WordState(word, act.id) for word in words]
            self.record_act(act)

    def unsay(self, said, act):
        rows = [state for state in self.word_list if state.act == said and not state.withdrawn]
        for state in rows:
            state.withdrawn = True
        if rows:
            self.record_act(act)
        return len(rows)

    # Stories

    def _head(self, story):
        reports = [self._report(self.relation_map[member]) for member in story.members]
        return StoryHead(
            id=story.id,
            title=reports[0].title,
            language=reports[0].language,
            article=reports[0].article,
            first_at=min(report.when for report in reports),
            last_at=max(report.when for report in reports),
            reports=len(reports),
            origins=story.origins,
            languages=tuple(sorted({report.language for report in reports} - {"und"})),
        )

    def _report(self, relation):
        article = self.article_map[relation.article].article
        return StoryReport(
            report=relation.report,
            article=article.id,
            title=article.title,
            url=article.url,
            language=article.language,
            source=article.source,
            source_id=article.source_id,
            published=article.published,
            when=relation.when,
            score=relation.placement.score,
            certain=relation.placement.certain,
            anchor=relation.placement.anchor,
            copy_of=relation.placement.copy_of,
            reasons=relation.placement.reasons,
        )

    def stories(self, query):
        heads = [(self._head(story), story) for story in self._told()]
        shown = [
            head
            for head, story in heads
            if (query.since is None or head.last_at >= query.since)
            and (query.until is None or head.first_at < query.until)
            and (not query.language or query.language in head.languages)
            and head.reports >= query.reports_min
            and (not query.dossier or self._is_clipped(query.dossier, story.members))
        ]
        shown.sort(key=lambda head: head.id)
        shown.sort(key=lambda head: head.last_at, reverse=True)
        return shown[query.offset : query.offset + query.limit]

    def _is_clipped(self, dossier, reports):
        clipped = {clip.article_id for clip in self.clips(dossier)}
        return any(self.relation_map[report].article in clipped for report in reports)

    def story(self, identity):
        wanted = self.story_now(identity)
        told = next((story for story in self._told() if story.id == wanted), None)
        if told is None:
            return None
        reports = sorted((self.relation_map[member] for member in told.members), key=lambda r: (r.when, r.number))
        links = self._links()
        return WholeStory(
            head=self._head(told),
            reports=tuple(self._report(relation) for relation in reports),
            earlier=tuple(link for link in links.values() if link.later == wanted),
            later=tuple(link for link in links.values() if link.earlier == wanted),
        )

    def _links(self):
        made = [
            StoryLink(
                earlier=state.word.earlier,
                later=state.word.later,
                score=1.0 if state.word.goes_on else 0.0,
                reasons=(Reason(kind=ReasonKind.EDITOR, words=(state.word.by,)),),
                made_by=state.word.by,
                by_editor=True,
            )
            for state in self.link_word_list
            if not state.withdrawn
        ]
        links = {}
        for link in [*self.link_list[::-1], *made]:
            now = replace(link, earlier=self.story_now(link.earlier), later=self.story_now(link.later))
            links[now.earlier, now.later] = now
        return {pair: link for pair, link in links.items() if all(pair) and pair[0] != pair[1] and link.score}

    def story_now(self, identity):
        told = self._told()
        for story in told:
            if identity == story.id or identity in {story_id(member) for member in story.members}:
                return story.id
        begun = [story.id for story in told if len(identity) >= 8 and story.id.startswith(identity)]
        return begun[0] if len(begun) == 1 else ""

    # Suggestions

    def suggesting(self, dossier):
        return self.suggesting_map.get(dossier, Suggesting())

    def record_suggestions(self, dossier, suggestions, *, seen, anew, at):
        if anew:
            opened = [key for key, s in self.suggested_map.items() if key[0] == dossier and s.state == "open"]
            for key in opened:
                del self.suggested_map[key]
        for suggestion in suggestions:
            self.suggested_map.setdefault((dossier, suggestion.article), SuggestedState(suggestion))
        self.suggesting_map[dossier] = seen

    def proposed(self, dossier, *, state=SuggestionState.OPEN, limit=200):
        clipped = {clip.article_id for clip in self.clips(dossier)}
        found = []
        for (slug, report), suggested in self.suggested_map.items():
            relation = self._now(self.relation_map[report])
            is_open = state is SuggestionState.OPEN
            if slug != dossier or suggested.state is not state or (is_open and relation.article in clipped):
                continue
            found.append(
                Proposed(
                    suggestion=replace(suggested.suggestion, article=relation.article),
                    report=report,
                    state=state,
                    story=relation.placement.story,
                    decided_at=suggested.decided_at,
                )
            )
        return sorted(found, key=lambda one: -one.suggestion.score)[:limit]

    def proposed_scores(self, dossier, *, state, limit):
        return {one.report: one.suggestion.score for one in self.proposed(dossier, state=state, limit=limit)}

    def decide(self, dossier, reports, *, state, act):
        from chronik.model import Suggestion

        self._need_dossier(dossier)
        if any(report not in self.relation_map for report in reports):
            raise NotFoundError("No such report was placed yet.")
        for report in reports:
            made = SuggestedState(Suggestion(dossier=dossier, article=report, score=0.0))
            suggested = self.suggested_map.setdefault((dossier, report), made)
            suggested.state = state
            suggested.decided_at = None if state is SuggestionState.OPEN else act.at
        self.record_act(act)

    def suggestion_states(self, dossier, reports):
        asked = {report: self.suggested_map.get((dossier, report)) for report in reports}
        return {report: suggested.state for report, suggested in asked.items() if suggested}

    # Sides and spellings

    def sides(self, dossier):
        return [side for (slug, _), side in self.side_map.items() if slug == dossier]

    def put_side(self, side, act):
        self._need_dossier(side.dossier)
        self.side_map[side.dossier, side.key] = side
        self.record_act(act)

    def remove_side(self, dossier, key, *, act):
        if (dossier, key) not in self.side_map:
            raise NotFoundError(f"The dossier {dossier!r} has no side {key!r}.")
        del self.side_map[dossier, key]
        self.record_act(act)

    def spellings(self):
        return [one for number, one in self.spellings_map.items() if number not in self.withdrawn_spellings]

    def add_spellings(self, spellings, *, same, act):
        number = len(self.spellings_map) + 1
        self.spellings_map[number] = Spellings(number=number, spellings=tuple(spellings), same=same, by=act.by)
        self.record_act(act)
        return self.spellings_map[number]

    def remove_spellings(self, number, act):
        if number not in self.spellings_map or number in self.withdrawn_spellings:
            raise NotFoundError(f"There are no spellings with the number {number}.")
        self.withdrawn_spellings.add(number)
        self.record_act(act)

    def restore_spellings(self, number, act):
        if number not in self.withdrawn_spellings:
            raise NotFoundError(f"There are no spellings with the number {number}.")
        self.withdrawn_spellings.discard(number)
        self.record_act(act)

    # Acts, and what waits

    def act(self, act_id):
        found = [act for act in self.act_list if act.id == act_id or (len(act_id) >= 8 and act.id.startswith(act_id))]
        return found[0] if len(found) == 1 else None

    def record_waiting(self, step, reason, *, at):
        if reason:
            self.waiting_map[step] = reason
        else:
            self.waiting_map.pop(step, None)

    def forget_reports_of(self, articles):
        for report in [key for key, relation in self.relation_map.items() if relation.article in articles]:
            del self.relation_map[report]
            self.suggested_map = {key: one for key, one in self.suggested_map.items() if key[1] != report}
            self.judgement_map = {pair: one for pair, one in self.judgement_map.items() if report not in pair}
