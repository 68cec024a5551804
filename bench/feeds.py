"""How feeds are read: every test feed of feedparser and of the W3C's validator, and feeds as large as papers' are.

Each is read by us and by feedparser in the same run; what the two say of entries, ids, links, dates and titles is
compared field by field. `--differences` prints every difference with its kind.
"""

import ast
import calendar
import io
import re
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.material import SHARED
from chronik.collect.characters import plain
from chronik.collect.entries import TITLE_CHARACTERS_MAX, address
from chronik.collect.feeds import ParsedFeed, parsed
from chronik.model import FeedKind

FOLDER = SHARED / "feeds"
URL = "http://feeds.example/all.xml"
UNEXPLAINED = "unexplained"
FIELDS = ("entries", "id", "link", "published", "updated", "title")
EARLIEST_YEAR = 1990
_HEADER = re.compile(rb"^\s*Header:\s*content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two readers say of one field of one entry."""

    path: str
    field: str
    ours: object
    theirs: object


def files():
    """All test feeds, by name."""
    return sorted(path for path in FOLDER.rglob("*") if path.is_file())


def media_type(body):
    """What the server of the test was told to say of the feed."""
    found = _HEADER.search(body[:2_000])
    return found[1].decode("ascii", "replace") if found else "application/xml"


def peer(body, *, plainly=True, told="application/xml"):
    """The feed as feedparser reads it, without what it does to markup."""
    import feedparser

    headers = {"content-location": URL, "content-type": told}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            resolve_relative_uris=not plainly,
            sanitize_html=not plainly,
        )


def ours(body, *, told="application/xml"):
    """The feed as Chronik reads it."""
    return parsed(body, url=URL, media_type=told)


def compared(path, body):
    """How many values were compared of each field, and where they differ."""
    name = path.relative_to(FOLDER).as_posix()
    told = media_type(body)
    mine, theirs = ours(body, told=told), peer(body, told=told)
    if not isinstance(mine, ParsedFeed):
        counts = Counter(entries=1)
        found = [Difference(path=name, field="entries", ours=mine.detail, theirs=len(theirs["entries"]))]
        return counts, found if theirs["entries"] else []
    total = len(mine.entries) + len(mine.unaddressed)
    if total != len(theirs["entries"]):
        return Counter(entries=1), [Difference(path=name, field="entries", ours=total, theirs=len(theirs["entries"]))]
    counts, found = Counter(entries=1), []
    for one, other in pairs(mine, theirs["entries"]):
        for field, (left, right) in values(one, other, kind=mine.kind).items():
            counts[field] += bool(left or right)
            if left != right:
                found.append(Difference(path=name, field=field, ours=left, theirs=right))
    return counts, found


def pairs(mine, theirs):
    """Entries of both readers in order; those without an address stand apart with us."""
    addressed, unaddressed = list(mine.entries), list(mine.unaddressed)
    for other in theirs:
        first, second = (addressed, unaddressed) if usable_link(other) else (unaddressed, addressed)
        yield (first or second).pop(0), other


def usable_link(other):
    """The address that feedparser found, as we write addresses."""
    return address(dict.get(other, "link") or "", base=URL)


def values(one, other, *, kind):
    """Field → what we and they say, folded to what both can say."""
    published, updated = instant(other, "published_parsed"), instant(other, "updated_parsed")
    if published is None:
        published = updated if kind is FeedKind.RSS and updated else instant(other, "created_parsed")
    given = " ".join(str(dict.get(other, "id") or "").split())
    mine = " ".join(one.id.split())
    return {
        "id": (mine, mine if same_address(mine, given) else given),
        "link": (one.url, usable_link(other)),
        "published": (one.published, published),
        "updated": (one.updated, updated),
        "title": (one.title, plain(str(dict.get(other, "title") or ""), characters_max=TITLE_CHARACTERS_MAX)),
    }


def same_address(mine, theirs):
    """Whether two ids differ only because one was resolved."""
    return bool(mine) and address(mine, base=URL) == address(theirs, base=URL) != ""


def instant(other, key):
    """A date of feedparser's, unless it is of a time before the web."""
    parts = dict.get(other, key)
    if not parts:
        return None
    try:
        read = datetime.fromtimestamp(calendar.timegm(parts), UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.year >= EARLIEST_YEAR else None


# What feedparser's own tests expect, where it is a field that we have: `entries[0]['title'] == 'x'`.
_EXPECTED = re.compile(
    r"""(entries\[0\]\['(?:title|id|guid|link)'\]|len\(entries\)) == (u?'[^'\\]*'|u?"[^"\\]*"|\d+)"""
)


def expectations():
    """Tests whose expectation speaks of a field that we have: path, the expectation, whether we meet it."""
    for path in files():
        body = path.read_bytes()
        line = re.search(rb"^\s*Expect:\s*(.+?)\s*$", body[:3_000], re.MULTILINE)
        found = _EXPECTED.search(line[1].decode("utf-8", "replace")) if line and b"not in" not in line[1] else None
        if found:
            yield path.relative_to(FOLDER).as_posix(), found[0], _is_met(found, ours(body, told=media_type(body)))


def _is_met(expectation, mine):
    entries = [*mine.entries, *mine.unaddressed] if isinstance(mine, ParsedFeed) else []
    wanted = ast.literal_eval(expectation[2])
    if expectation[1] == "len(entries)":
        return len(entries) == wanted
    if not entries:
        return False
    one = entries[0]
    if "title" in expectation[1]:
        return one.title == plain(wanted, characters_max=TITLE_CHARACTERS_MAX)
    if "link" in expectation[1]:
        return one.url == address(wanted, base=URL)
    return one.id == wanted or same_address(one.id, wanted)


def reason(one):
    """Why two readers differ, in words."""
    if one.field == "entries":
        if isinstance(one.ours, str):
            return "one Atom entry by itself is no feed"
        return "an entry within an entry is not one of the feed's" if one.ours < one.theirs else "RSS 1.1 is read too"
    return _REASONS[one.field](one)


def _of_link(one):
    if not one.ours:
        return "an id or guid without a scheme is no address of a page"
    if not one.theirs:
        return "the page is named by RSS 1.0's `about`, or by a link whose type or relation is written at length"
    if one.ours.startswith(one.theirs) or "?" in one.ours:
        return "an address stays as it stands there, an empty query too"
    if "enclosure" in one.theirs:
        return "an enclosure is not the page (their own test expects ours)"
    told = ("multiple", "same-rel", "origLink", "atom_link")
    return (
        "of several links the first, of page and counter the page" if any(t in one.path for t in told) else UNEXPLAINED
    )


def _of_date(one):
    if one.ours is None:
        return "there is no such month, day or hour: nothing is taken"
    if one.theirs is None:
        return "a dialect, or comments in it, that only ours reads"
    if one.ours == one.theirs.replace(second=59, minute=one.ours.minute, hour=one.ours.hour):
        return "a second 60 or 61 is the minute's last"
    if one.ours.date() != one.theirs.date() and one.ours.time() != one.theirs.time():
        several = "multiple" in one.path or "all" in one.path
        return "of several dates the first" if several else "a zone named by a letter (RFC 822 section 5.1)"
    if one.theirs.hour == one.theirs.minute == 0 or "everything" in one.path:
        return "a time without colons, or a zone named by a letter, that only ours reads"
    if "multiple" in one.path:
        return "of several dates the first"
    return "a second 60 or 61 is the minute's last" if "seconds" in one.path else UNEXPLAINED


def _of_id(one):
    if "multiple" in one.path:
        return "of several ids the first"
    told = ("canonical", "ValueError")
    return "an id stays as it stands there, letter for letter" if any(t in one.path for t in told) else UNEXPLAINED


def _of_title(one):
    if "chardet" in one.path:
        return "neither knows the encoding, which nobody declares"
    if not one.ours:
        return "the title of a picture within is not the entry's"
    if plain(f"<b>{one.theirs}</b>", characters_max=TITLE_CHARACTERS_MAX) != one.ours:
        return UNEXPLAINED
    return "markup in a title that is not declared as such is left out all the same"


_REASONS = {"link": _of_link, "published": _of_date, "updated": _of_date, "id": _of_id, "title": _of_title}


def agreement():
    """Field → values compared and values that differ, and all differences."""
    counts, differences = Counter(), []
    for path in files():
        here, found = compared(path, path.read_bytes())
        counts.update(here)
        differences += found
    return counts, differences


def measure(options=()):
    """Rows of the tables."""
    if not FOLDER.is_dir():
        return ["The test feeds are not beside this checkout."]
    counts, differences = agreement()
    by_field = Counter(one.field for one in differences)
    rows = ["| field | values | same | differ | % same |", "|---|---|---|---|---|"]
    rows += [
        f"| {field} | {counts[field]} | {counts[field] - by_field[field]} | {by_field[field]} "
        f"| {100 - 100 * by_field[field] / max(counts[field], 1):.2f} |"
        for field in FIELDS
    ]
    if "--differences" in options:
        rows += [
            f"{one.field}\t{one.path}\t{one.ours!r:.120}\t{one.theirs!r:.120}\t{reason(one)}" for one in differences
        ]
    rows += ["", "| field | why they differ | values |", "|---|---|---|"]
    grouped = Counter((one.field, reason(one)) for one in differences)
    order = sorted(grouped.items(), key=lambda group: (FIELDS.index(group[0][0]), -group[1]))
    rows += [f"| {field} | {why} | {count} |" for (field, why), count in order]
    met = list(expectations())
    rows += ["", f"feedparser's expectations of these fields: {len(met)}, met {sum(one[2] for one in met)}"]
    if "--differences" in options:
        rows += [f"expected\t{path}\t{wanted}" for path, wanted, is_met in met if not is_met]
    return [*rows, "", *speed()]


def speed():
    """Feeds a CPU second of both readers, in turns on the same bytes."""
    rows = [
        "| material | feedparser as it comes | feedparser without sanitising | ours | ratio |",
        "|---|---|---|---|---|",
    ]
    for label, bodies in materials().items():
        theirs = rate(bodies, lambda body: peer(body, plainly=False))
        plainly, mine = rate(bodies, peer), rate(bodies, ours)
        ratios = f"{mine / theirs:.1f} and {mine / plainly:.1f}"
        rows.append(f"| {label} | {theirs:.0f}/s | {plainly:.0f}/s | {mine:.0f}/s | {ratios} |")
    return rows


def rate(bodies, read):
    """Feeds a CPU second."""
    start = time.process_time()
    for body in bodies:
        read(body)
    return len(bodies) / (time.process_time() - start)


PARAGRAPH = "<p>Der Rat der Stadt hat am Abend &uuml;ber die <a href='/b'>Br&uuml;cke</a> beraten, sagte Anna Kern.</p>"


def materials():
    """Test feeds, and feeds of thirty entries as papers make them: with teasers, and with whole articles."""
    return {
        "the 4,298 test feeds (561 bytes each)": [path.read_bytes() for path in files()],
        "RSS of 30 entries with teasers": [paper(paragraphs=1)] * 100,
        "RSS of 30 entries with whole articles": [paper(paragraphs=12)] * 50,
    }


def paper(*, paragraphs):
    """A feed as large as a paper's."""
    items = "".join(
        f"<item><title>Streit um Br&#252;cke {number} &amp; Tal</title>"
        f"<link>https://paper.example/a/{number}?x=1&amp;y=2</link><guid isPermaLink='false'>p-{number}</guid>"
        f"<pubDate>Sun, 27 Sep 2020 09:{number:02}:00 +0200</pubDate>"
        f"<dc:creator>Jana B\u00f6hm</dc:creator><category>Politik</category>"
        f"<description><![CDATA[{PARAGRAPH}]]></description>"
        + (f"<content:encoded><![CDATA[{PARAGRAPH * paragraphs}]]></content:encoded>" if paragraphs > 1 else "")
        + "</item>"
        for number in range(30)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Der Talbote</title>'
        f"<link>https://paper.example/</link><language>de</language><ttl>60</ttl>{items}</channel></rss>"
    ).encode()
