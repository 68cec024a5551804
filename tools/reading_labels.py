"""Which leaves of a page its gold text holds (decides)."""

from __future__ import annotations

import re

SIZE = 4
SLACK_WORDS = 12
_WORD = re.compile(r"\w+")


def words(text):
    """The words of a text as the scorer sees them."""
    return _WORD.findall(text)


def labels(leaves, gold):
    """For each leaf the share of its words that stand in the gold text, where the leaf itself may stand there."""
    gold = words(gold)
    where = {size: _places(gold, size) for size in range(1, SIZE + 1)}
    tokens = [words(leaf.text) for leaf in leaves]
    found = [_share(own, where[min(SIZE, max(1, len(own)))]) for own in tokens]
    _place_short(found, tokens, where)
    _drop_digests(found, leaves)
    _settle_twins(found, leaves, gold)
    return found


def _places(gold, size):
    places = {}
    for start in range(len(gold) - size + 1):
        places.setdefault(tuple(gold[start : start + size]), []).append(start)
    return places


def _share(own, where):
    if not own:
        return 0.0
    size = min(SIZE, len(own))
    covered = [False] * len(own)
    for start in range(len(own) - size + 1):
        if tuple(own[start : start + size]) in where:
            covered[start : start + size] = [True] * size
    return sum(covered) / len(own)


def _place_short(found, tokens, where):
    """A few words stand in the gold text by chance, unless between the same neighbours as on the page."""
    last = -1
    anchors = []
    for share, own in zip(found, tokens, strict=True):
        anchors.append(last)
        if share > 0.8 and len(own) >= 8:
            places = where[SIZE].get(tuple(own[-SIZE:]), ())
            last = next((place + SIZE for place in places if place >= last), last)
    following = len(where[1]) * 1000
    after = []
    for share, own in zip(reversed(found), reversed(tokens), strict=True):
        after.append(following)
        if share > 0.8 and len(own) >= 8:
            places = where[SIZE].get(tuple(own[:SIZE]), ())
            following = next((place for place in reversed(places) if place <= following), following)
    after.reverse()
    for number, own in enumerate(tokens):
        if found[number] and len(own) < 8:
            size = min(SIZE, len(own))
            places = where[size].get(tuple(own[:size]), ())
            near = (anchors[number] - SLACK_WORDS, after[number] + SLACK_WORDS)
            at_edge = anchors[number] < 0
            if not any(
                near[0] <= place <= near[1]
                and (place - anchors[number] <= SLACK_WORDS + 4 or after[number] - place <= SLACK_WORDS + 4 or at_edge)
                for place in places
            ):
                found[number] = 0.0


def _drop_digests(found, leaves):
    """A leaf that holds several others, as one kept for machines does, is none of the text."""
    keys = [leaf.text[:40] for leaf, share in zip(leaves, found, strict=True) if share > 0.5 and len(leaf.text) >= 60]
    for number, leaf in enumerate(leaves):
        if found[number] > 0.5 and len(leaf.text) >= 500 and sum(key in leaf.text for key in keys) > 3:
            found[number] = 0.0


def _settle_twins(found, leaves, gold):
    """Of leaves with the same text only as many count as the gold text holds, those in the best company first."""
    text = " ".join(gold)
    twins = {}
    for number, leaf in enumerate(leaves):
        if found[number] > 0.5:
            twins.setdefault(leaf.text, []).append(number)
    for same, numbers in twins.items():
        if len(numbers) < 2:
            continue
        wanted = max(1, text.count(" ".join(words(same))))
        company = {n: sum(found[max(0, n - 4) : n + 5]) for n in numbers}
        enough = max(company.values()) / 2
        for number in sorted(numbers, key=lambda n: (company[n] < enough, n))[wanted:]:
            found[number] = 0.0
