"""What every catalogue promises of fixity marks, tried on the SQL one and on the fake."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.catalogue import MemoryCatalogue

from chronik.ports.fixity import FixityMark

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "sql"])
def catalogue(request):
    if request.param == "memory":
        return MemoryCatalogue()
    request.getfixturevalue("db")
    from chronik.catalogue.store import DjangoCatalogue

    return DjangoCatalogue()


def test_marks_come_back_longest_ago_first(catalogue):
    late = FixityMark(file="a", read_at=NOW, digest="d" * 64, index_digest="i" * 64)
    early = FixityMark(file="sample/b", read_at=NOW - timedelta(days=1), damage="at byte 3 it is torn")
    catalogue.keep_fixity_marks([late, early])
    assert catalogue.fixity_marks() == [early, late]


def test_a_mark_takes_the_place_of_the_one_before(catalogue):
    first = FixityMark(file="a", read_at=NOW, damage="torn")
    second = FixityMark(file="a", read_at=NOW + timedelta(days=1))
    catalogue.keep_fixity_marks([first])
    catalogue.keep_fixity_marks([second])
    assert catalogue.fixity_marks() == [second]


def test_a_forgotten_mark_is_gone(catalogue):
    catalogue.keep_fixity_marks([FixityMark(file="a", read_at=NOW)])
    catalogue.forget_fixity_marks(["a", "never there"])
    assert catalogue.fixity_marks() == []
