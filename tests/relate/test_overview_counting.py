"""What an overview counts: periods, series, origins, balance, stories in lanes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.relate.overview import counting, lacks, lanes
from chronik.relate.overview.counting import NONE, OTHERS
from chronik.relate.overview.items import Items
from chronik.relate.overview.narrowing import Narrowing
from chronik.relate.overview.periods import PERIODS_MAX, Width, beginning, day, empty_runs, periods
from chronik.relate.overview.words import word_count

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 5, 4)


def item(key, *, days=0, **fields):
    day = None if days is None else FIRST + timedelta(days=days)
    told = {"origin": key, "story": "s", "language": "de", "kind": "agency", "country": "DE", "side": ""}
    return {"id": key, "day": day, "words": 0, "quoted": 0} | told | fields


def items(*rows):
    names = {"id": "ids", "country": "countries", "story": "stories", "words": "words", "quoted": "quoted"}
    return Items(**{names.get(one, f"{one}s"): [row[one] for row in rows] for one in item("x")})


@given(st.dates(), st.dates())
def test_periods_follow_one_another_and_hold_both_ends(one, other):
    first, last = sorted((one, other))
    width, found = periods(first, last)
    assert list(found) == sorted(set(found))
    assert found[-1] == beginning(last, width)
    assert len(found) <= PERIODS_MAX
    assert found[0] == beginning(first, width) or len(found) == PERIODS_MAX
    assert all(beginning(start, width) == start for start in found)


@pytest.mark.parametrize(
    ("days", "width"), [(0, Width.DAY), (61, Width.DAY), (62, Width.WEEK), (800, Width.MONTH), (9_000, Width.YEAR)]
)
def test_the_longer_the_time_the_longer_the_periods(days, width):
    assert periods(FIRST, FIRST + timedelta(days=days))[0] is width


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2026-05-01", date(2026, 5, 1)),
        ("2026-04-30T22:30:00+00:00", date(2026, 5, 1)),
        ("2026-05-01T00:30:00+02:00", date(2026, 5, 1)),
        ("2026-05-01T23:30:00", date(2026, 5, 1)),
        ("2026-05", None),
        ("", None),
        ("9999-12-31T23:59:59+00:00", None),
        ("heute\0\ud800", None),
        ("2" * 100_000, None),
    ],
)
def test_a_day_is_that_of_the_zone_and_a_date_stays_what_it_is(said, found):
    assert day(said, BERLIN) == found


def test_series_are_the_largest_first_and_the_rest_is_one():
    reports = [item(f"{tag}{n}", language=f"l{tag}") for tag in range(12) for n in range(20 - tag)]
    found = counting.over_time(items(*reports), items(item("c", days=2)), trait="language")
    assert [value for value, _ in found.series] == [*(f"l{tag}" for tag in range(7)), OTHERS]
    assert found.totals == (len(reports), 0, 0)
    assert found.clips == (0, 0, 1)


def test_what_has_no_value_comes_last():
    reports = items(item("a", country=NONE), item("b", country=NONE), item("c"))
    assert [value for value, _ in counting.over_time(reports, items(), trait="country").series] == ["DE", NONE]


def test_nothing_with_a_day_makes_no_chart():
    undated = items(item("a", days=None))
    assert counting.over_time(undated, items(), trait="kind") is None
    assert counting.origins(undated) is None


def test_copies_are_one_origin_where_the_first_of_them_came():
    reports = items(item("a", days=1), item("b", origin="a"), item("c", days=2, origin="z"), item("d", days=2))
    found = counting.origins(reports)
    assert (found.reports, found.origins) == ((1, 1, 2), (1, 0, 2))


def test_a_balance_counts_reports_origins_clips_and_words():
    reports = items(item("a"), item("b", origin="a"), item("c", country="FR"))
    clips = items(item("a", words=12, quoted=5), item("x", country="", words=3, quoted=1))
    lines = counting.balance(reports, clips, trait="country")
    assert [(line.value, line.reports, line.origins, line.clips, line.words, line.quoted) for line in lines] == [
        ("DE", 2, 1, 1, 12, 5),
        ("FR", 1, 1, 0, 0, 0),
        ("", 0, 0, 1, 3, 1),
    ]
    told = counting.balance(reports, clips, trait="side", quoted={"a": 7})
    assert [(line.value, line.quoted) for line in told] == [("a", 7), ("", 0)]


def test_a_narrowing_keeps_both_ends_and_what_has_no_day_only_where_no_day_is_asked_for():
    there = items(*(item(str(n), days=n) for n in range(5)), item("u", days=None))
    asked = Narrowing(since=FIRST + timedelta(days=1), until=FIRST + timedelta(days=3))
    assert asked.kept(there).ids == ["1", "2", "3"]
    assert len(Narrowing(language="de").kept(there)) == 6
    assert len(Narrowing(language="fr").kept(there)) == 0


def test_a_story_has_a_mark_in_each_language_at_its_first_report():
    reports = items(
        item("a", days=1),
        item("b", language="fr"),
        item("c", days=3, language="fr", origin="b"),
        item("d", story="t", days=2),
        item("e", story=""),
        item("f", days=None),
    )
    first, second = lanes.stories(reports)
    assert (first.story, first.began, first.reports, first.origins) == ("s", FIRST, 3, 2)
    assert first.languages == {"de": (FIRST + timedelta(days=1), 1), "fr": (FIRST, 2)}
    assert second.story == "t"
    assert lanes.lanes([first, second]) == ("de", "fr")


def test_runs_without_reports_lie_between_such_with():
    counts = [(FIRST + timedelta(days=n), count) for n, count in enumerate([0, 1, 0, 0, 2, 1, 0, 3, 0])]
    runs = empty_runs(counts)
    assert [(start.day, end.day, number) for start, end, number in runs] == [(6, 7, 2), (10, 10, 1)]
    assert empty_runs([]) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Die Mühle – still.", 3), ("水门关闭", 4), ("水门 closed", 3), ("…", 0), ("\0\ud800", 0)],
)
def test_words_are_counted_in_any_script(text, words):
    assert word_count(text) == words


def test_time_zones_of_moments_may_be_any():
    assert day(datetime(2026, 5, 1, 23, tzinfo=UTC).isoformat(), ZoneInfo("Pacific/Auckland")) == date(2026, 5, 2)


def test_lacks_are_those_that_gaps_would_tell():
    from chronik.relate.gaps import Held, gaps

    def held(one):
        when = datetime.combine(one["day"], datetime.min.time(), UTC)
        told = {"language": one["language"], "source_kind": one["kind"], "country": one["country"], "published": when}
        parties = frozenset({one["side"]} - {""})
        return Held(id=one["id"], origin="" if one["origin"] == one["id"] else one["origin"], parties=parties, **told)

    tags = ("fr", "pt-BR", "de")
    clips = [item("a"), item("b", days=1, language="und")]
    reports = [
        item("a"),
        *(item(f"r{n}", days=9 * (n % 3), language=tags[n % 3], side="x" * (n % 2)) for n in range(12)),
        *(item(f"c{n}", language="it", origin="r1", country="") for n in range(5)),
    ]
    told = lacks.gaps(items(*clips), items(*reports))
    assert {(gap.kind, gap.value) for gap in told} >= {("language", "fr"), ("language", "pt"), ("party", "x")}
    wanted = gaps(map(held, clips), map(held, reports))
    assert [(gap.kind, gap.value, gap.held, gap.there, gap.expected) for gap in told] == [
        (gap.kind, gap.value, gap.held, gap.there, gap.expected) for gap in wanted
    ]
