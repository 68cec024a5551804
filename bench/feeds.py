"""How feeds are read: every test feed of feedparser and of the W3C's validator, and feeds as large as papers' are.

Each is read by us and by feedparser in the same run; what the two say of entries, ids, links, dates and titles is
compared field by field. `--differences` prints every difference with its kind.
"""

import calendar
import hashlib
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


def corpus_hash():
    """SHA-256 over names and bytes of all test feeds: what a floor was measured on."""
    digest = hashlib.sha256()
    for path in files():
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def media_type(body):
    """What the server of the test was told to say of the feed."""
    found = _HEADER.search(body[:2_000])
    return found[1].decode("ascii", "replace") if found else "application/xml"


def peer(body, *, plainly=True):
    """The feed as feedparser reads it, without what it does to markup."""
    import feedparser

    headers = {"content-location": URL, "content-type": media_type(body)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            resolve_relative_uris=not plainly,
            sanitize_html=not plainly,
        )


def ours(body):
    """The feed as Chronik reads it."""
    return parsed(body, url=URL, media_type=media_type(body))


def compared(path, body):
    """How many values were compared of each field, and where they differ."""
    name = path.relative_to(FOLDER).as_posix()
    mine, theirs = ours(body), peer(body)
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
        rows += [f"{one.field}\t{one.path}\t{one.ours!r:.120}\t{one.theirs!r:.120}" for one in differences]
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
