"""Everything but vault and ledger is made anew from these two, and is what it was."""

from dataclasses import replace

import pytest
from django.db import transaction
from tests.archive import busy_house

from chronik.archive import doing_again, rebuilding, relating
from chronik.archive.dump_differences import differences
from chronik.catalogue.dumping import dump
from chronik.catalogue.models import ActRow
from chronik.catalogue.rebuilding import RebuildingTables
from chronik.model import Verb


def test_each_verb_is_done_again_or_leaves_nothing_but_its_act():
    assert set(doing_again.EFFECTS) | doing_again.NOTHING_ELSE == set(Verb)
    assert not set(doing_again.EFFECTS) & doing_again.NOTHING_ELSE


@pytest.fixture
def archive(db, tmp_path):
    with busy_house.house(tmp_path / "archive") as archive:
        yield archive


@pytest.fixture
def lived(archive, tmp_path):
    """An archive, and the empty database that it began with."""
    begun = transaction.savepoint()
    busy_house.live(archive, tmp_path)
    return archive, begun


def rebuilt(archive, begun, scratch):
    transaction.savepoint_rollback(begun)
    assert not ActRow.objects.exists()
    scratch.mkdir()
    afresh = replace(archive, index=type(archive.index)(), kept={})
    return rebuilding.fill(afresh, RebuildingTables(), scratch=scratch)


def test_everything_is_what_it_was(lived, tmp_path):
    archive, begun = lived
    done = {act.verb for act in archive.catalogue.acts_in_order()}
    assert set(doing_again.EFFECTS) - done == {Verb.REMOVE_SAMPLE, Verb.REDACT}
    relating.relate_again(archive)
    before = list(dump(derived=True))
    made = rebuilt(archive, begun, tmp_path / "scratch")
    assert (made.lost, made.notes, made.waiting) == ([], [], "")
    assert [(one.subject, one.what) for one in differences(before, dump(derived=True))] == []
    assert before == list(dump(derived=True))
