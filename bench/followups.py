"""How well stories are linked to what they go on from months ago, and how fast among many thousand older ones.

Nobody has said which story of one year goes on from which of another, so months are made from what people said of one:
half of the events of each open set are told in two parts, 200 days apart (`EARLIER`, `LATER`), a quarter only early, a
quarter only late. Headlines are parted in the middle of the event, look-alike events at random, translated documents
in the middle of the text, the later part in another language. What is told early and late is one event: a link is right
where both stories are mostly about it. `--learn` writes the model anew; its figures are of events that were not learned
from. `--conflicts N` shows links found in three years of articles on four conflicts, for judging by eye. `--speed`
times placing among many thousand older stories.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

import numpy as np

from bench import stories_sets as sets
from bench.curve_fitting import fitted
from bench.material import SHARED
from chronik.model import Report
from chronik.relate import recall
from chronik.relate.curves import curves_of
from chronik.relate.encode import E5Encode
from chronik.relate.placing import Placer

FILE = sets.HERE.parent / "src" / "chronik" / "relate" / recall.FILE
VERSION = "1"
LINKED = 0.8
BARS = (0.6, 0.7, 0.8, 0.9)
PENALTY = 8.0
SMALL = 6
FURNITURE_TIMES = 3
MONTHS = timedelta(days=200)
PERIOD_DAYS = 26
SPLIT, EARLY = 0.5, 0.75
TRANSLATED = ("eng", "deu", "rus", "fra", "tur", "arb")


@dataclass
class Kept:
    """Gists of stories, as the catalogue keeps them."""

    gists: list = field(default_factory=list)
    number_of: dict = field(default_factory=dict)
    holding: dict = field(default_factory=lambda: defaultdict(list))

    def common(self, gist):
        """In which stories what the gist holds stands."""
        limit = recall.STORIES_A_KEY_MAX
        holding = {key: self.holding[key][-limit:][::-1] for key in gist.found_by() if key in self.holding}
        return recall.Commonness(stories=len(self.gists), holding=holding)

    def put(self, gist):
        """Keep a gist, in the place of the story's former one."""
        if gist.story in self.number_of:
            number = self.number_of[gist.story]
            old = set(self.gists[number].found_by())
            self.gists[number] = gist
        else:
            number, old = len(self.gists), set()
            self.number_of[gist.story] = number
            self.gists.append(gist)
        for key in set(gist.found_by()) - old:
            self.holding[key].append(number)


@dataclass(frozen=True)
class Looked:
    """A story that was looked at with those that it was compared with."""

    gist: object
    common: object
    others: list


def played(traits):
    """Place reports in order; gives back the story of each, and what each story was compared with."""
    placer, kept, looked, stories = Placer(made_by=E5Encode().made_by), Kept(), [], []
    for each in traits:
        story = placer.place(each).story
        stories.append(story)
        if placer.reports_of(story) in recall.GROWN_TO:
            gist = placer.gist(story)
            common = kept.common(gist)
            found = [kept.gists[number] for number in recall.candidates(gist, common)]
            apart = [other for other in found if other.story != story and recall.is_apart(gist, other)]
            looked.append(Looked(gist, common, apart[: recall.COMPARED_MAX]))
            kept.put(gist)
    return stories, looked


def share(text):
    """A number from 0 to 1 for a text, the same always."""
    return int(sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def parted():
    """Reports of all sets in two periods, in time order, each with its event."""
    found = []
    for known in (timed_apart(sets.games(), "games"), halves(spread(sets.ecb()), "ecb"), translated()):
        found += known
    return sorted(found, key=lambda each: each.traits.published)


def period(event, *, late):
    """Whether a part of an event is told at all."""
    kind = share(f"kind {event}")
    return kind < SPLIT or (kind >= EARLY) == late


def told(known, name, is_late):
    """The reports that are told in either period."""
    for each in known:
        event, late = f"{name} {each.story}", is_late(each)
        if period(event, late=late):
            when = each.traits.published + (MONTHS if late else timedelta(0))
            yield replace(each, story=event, traits=replace(each.traits, id=f"{name} {each.traits.id}", published=when))


def timed_apart(known, name):
    """Events that are parted in the middle of their time."""
    times = defaultdict(list)
    for each in known:
        times[each.story].append(each.traits.published)
    middle = {story: sorted(when)[len(when) // 2] for story, when in times.items()}
    alone = {story: share(f"alone {story}") < 0.5 for story in times}
    return told(
        known,
        name,
        lambda each: each.traits.published >= middle[each.story] and (len(times[each.story]) > 1 or alone[each.story]),
    )


def halves(known, name):
    """Events that are parted at random."""
    return told(known, name, lambda each: share(f"half {each.traits.id}") < 0.5)


def spread(known):
    """Reports without time, spread over a period."""
    start = sets.games(1)[0].traits.published
    return [
        replace(each, traits=replace(each.traits, published=start + timedelta(days=PERIOD_DAYS * number / len(known))))
        for number, each in enumerate(known)
    ]


def translated():
    """Documents: the first half of the text in three languages, the second half months later in three others."""
    start = sets.games(1)[0].traits.published
    reports, events = [], []
    for place, code in enumerate(TRANSLATED):
        for document, sentences in sets.documents(code).items():
            late = (place % 2 == 1) ^ (share(document) < 0.5)
            middle = max(1, len(sentences) // 2)
            lines = sentences[middle:] if late and len(sentences) > 1 else sentences[:middle]
            event = f"ntrex {document}"
            if period(event, late=late):
                when = (
                    start
                    + timedelta(days=PERIOD_DAYS * share(f"{code} {document}"))
                    + (MONTHS if late else timedelta(0))
                )
                spoken = sets.NTREX_LANGUAGES[code]
                reports.append(
                    Report(
                        id=f"{code}/{document}/{late}",
                        title=lines[0],
                        text=" ".join(lines[1:]),
                        language=spoken,
                        published=when,
                    )
                )
                events.append(event)
    return sets.known(reports, events, name="ntrex-parted")


def mostly(known, stories):
    """Story → the event that most of its reports are about."""
    events = defaultdict(Counter)
    for each, story in zip(known, stories, strict=True):
        events[story][each.story] += 1
    return {story: counts.most_common(1)[0][0] for story, counts in events.items()}


def rows(looked, event_of, *, part):
    """Features of compared stories, and whether both are about one event; of events of one part."""
    table, right = [], []
    for each in looked:
        event = event_of[each.gist.story]
        if each.others and in_part(event, part):
            table += [recall.Compared.of(each.gist, other, common=each.common).row for other in each.others]
            right += [event_of[other.story] == event for other in each.others]
    return np.array(table, np.float32), np.array(right, float)


def in_part(event, part):
    """Whether an event belongs to a half of the events, or to all (None)."""
    return part is None or (share(f"part {event}") < 0.5) == (part == 0)


def small_ones(known):
    """The same in small archives, where little is known of what is rare: tenths of the events, each played alone."""
    found = []
    for number in range(SMALL):
        few = [each for each in known if int(share(f"small {each.story}") * 10) == number]
        stories, looked = played([each.traits for each in few])
        found.append((looked, mostly(few, stories)))
    return found


def learned(streams, *, part):
    """A model, as JSON."""
    tables, rights = zip(*(rows(looked, event_of, part=part) for looked, event_of in streams), strict=True)
    table, right = np.concatenate(tables), np.concatenate(rights)
    model = fitted(table, right, weights=np.ones(len(right)), penalty=PENALTY)
    return {"bias": model["bias"], "curves": dict(zip(recall.RECALL, model["curves"], strict=True))}


def judged(looked, event_of, known, *, model, part):
    """Set → bar → precision and recall of links, and how many there are."""
    early = {each.story for each in known if each.traits.published < known[0].traits.published + MONTHS / 2}
    late = {each.story for each in known if each.traits.published >= known[0].traits.published + MONTHS / 2}
    found = {}
    for bar in BARS:
        latest = {}
        for each in looked:
            links = recall.links(
                each.gist, each.others, common=each.common, made_by="", model=replace(model, linked=bar)
            )
            latest[each.gist.story] = links
        for name in ("games", "ecb", "ntrex"):
            wanted = {event for event in early & late if event.startswith(name) and in_part(event, part)}
            made = [
                (event_of[link.earlier], event_of[link.later])
                for links in latest.values()
                for link in links
                if event_of[link.later].startswith(name) and in_part(event_of[link.later], part)
            ]
            right = sum(earlier == later for earlier, later in made)
            reached = {later for earlier, later in made if earlier == later}
            found[name, bar] = (
                right / max(len(made), 1),
                len(reached & wanted) / max(len(wanted), 1),
                len(made),
                len(wanted),
            )
    return found


def model_of(content):
    """A model out of JSON."""
    return recall.Recalling(version=VERSION, curves=curves_of(content, recall.RECALL), linked=LINKED)


def measure(options=()):
    """Lines of the tables."""
    if not SHARED.is_dir():
        return ["The shared data are not beside this checkout."]
    parser = argparse.ArgumentParser(prog="bench followups")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--conflicts", type=int, default=0)
    parser.add_argument("--speed", action="store_true")
    wanted = parser.parse_args(options)
    if wanted.speed:
        from bench.followups_speed import speed

        return speed()
    if wanted.conflicts:
        return conflicts(wanted.conflicts)
    known = parted()
    stories, looked = played([each.traits for each in known])
    event_of = mostly(known, stories)
    small = small_ones(known)
    if wanted.learn:
        content = {"version": VERSION, "linked": LINKED, "model": learned([(looked, event_of), *small], part=None)}
        FILE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    lines = [
        "| set, events not learned from | bar | precision | recall | links | events in both |",
        "|---|---|---|---|---|---|",
    ]
    for part in (0, 1):
        model = model_of(learned([(looked, event_of), *small], part=1 - part))
        for (name, bar), (precision, found, links, events) in judged(
            looked, event_of, known, model=model, part=part
        ).items():
            lines.append(f"| {name}, half {part + 1} | {bar} | {precision:.3f} | {found:.3f} | {links} | {events} |")
    return lines


def without_furniture(report, times):
    """A report without the lines that stand in several: the pages of this set are kept with all that is around them."""
    lines = [line for line in (report.title, *report.text.split("\n\n")) if times[line] < FURNITURE_TIMES]
    return replace(report, title=lines[0] if lines else "", text="\n\n".join(lines[1:]))


def conflicts(count):
    """Links found in articles on four conflicts over years: how many stay within a conflict, and some to look at."""
    from bench.suggesting_sets import timelines
    from chronik.relate.bridge import Bridge
    from chronik.relate.traits import beginning, traits_of

    labelled = sorted(timelines(), key=lambda each: (each.report.published, each.report.id))
    times = Counter(line for each in labelled for line in {each.report.title, *each.report.text.split("\n\n")})
    labelled = [replace(each, report=without_furniture(each.report, times)) for each in labelled]
    vectors = sets.vectors_of([beginning(each.report) for each in labelled], name="timelines")
    bridge = Bridge()
    traits = [
        traits_of(each.report, bridge=bridge, vector=vector) for each, vector in zip(labelled, vectors, strict=True)
    ]
    stories, looked = played(traits)
    topic = {story: min(each.topics) for story, each in zip(stories, labelled, strict=True)}
    first = {}
    for story, each in zip(stories, traits, strict=True):
        first.setdefault(story, each)
    links = [link for each in looked for link in recall.links(each.gist, each.others, common=each.common, made_by="")]
    latest = {(link.earlier, link.later): link for link in links}
    within = sum(topic[link.earlier] == topic[link.later] for link in latest.values())
    lines = [
        f"{len(traits)} articles, {len(set(stories))} stories, {len(latest)} links, {within} within a conflict",
        "",
    ]
    for link in random.Random(1).sample(
        sorted(latest.values(), key=lambda link: link.later + link.earlier), min(count, len(latest))
    ):
        why = "; ".join(f"{reason.kind} {', '.join(reason.words)} {reason.value or ''}" for reason in link.reasons)
        for label, story in (("from", link.earlier), ("to  ", link.later)):
            lines.append(
                f"{label} {first[story].published:%Y-%m-%d} [{first[story].language}] {first[story].title[:150]}"
            )
        lines += [f"     {link.score:.2f} {why}", ""]
    return lines
