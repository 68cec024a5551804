"""What is hidden is gone for readers at once, and comes back."""

import pytest
from tests.archive.houses import FIRST, SECOND, URL, captured, clipped, house, later

from chronik.archive import hiding, searching
from chronik.archive.reading import index_due
from chronik.errors import ConflictError, NotFoundError
from chronik.model import TakedownReason, Verb

TEXT = f"{FIRST}\n\n{SECOND}"


@pytest.fixture
def archive(tmp_path):
    with house(tmp_path / "a") as made:
        capture = captured(made, FIRST, SECOND)
        clipped(made, capture, FIRST, text=TEXT)
        index_due(made)
        yield made


def found(archive):
    return {one.noun.id for one in searching.search(archive, "sluice").found}


@pytest.mark.parametrize("named", ["address", "article", "clip", "capture"])
def test_whatever_names_it_is_hidden_with_all_that_comes_from_it(archive, named):
    capture = next(archive.catalogue.captures())
    names = {
        "address": URL,
        "article": archive.catalogue.reading_in(capture.id).id,
        "clip": archive.catalogue.clips("sluice")[0].id,
        "capture": capture.id,
    }
    assert found(archive)
    hiding.hide(archive, names[named], reason=TakedownReason.PRIVACY, by="ada")
    assert not found(archive)
    assert hiding.shown(archive, archive.catalogue.clips("sluice")) == []
    act = archive.catalogue.acts(limit=1)[0]
    assert (act.verb, act.detail["reason"]) == (Verb.HIDE, "privacy")
    assert URL not in str(act), "an act stays, and an address may name a person"


def test_what_is_clipped_later_of_something_hidden_is_hidden_too(archive):
    hiding.hide(archive, URL, reason=TakedownReason.COPYRIGHT, by="ada")
    clipped(later(archive, hours=1), next(archive.catalogue.captures()), SECOND, text=TEXT, number=2)
    assert hiding.shown(archive, archive.catalogue.clips("sluice")) == []


def test_hidden_things_come_back(archive):
    before = found(archive)
    hiding.hide(archive, URL, reason=TakedownReason.ERROR, by="ada")
    hiding.unhide(archive, URL, by="ben")
    assert found(archive) == before
    assert len(hiding.shown(archive, archive.catalogue.clips("sluice"))) == 1


def test_what_is_hidden_already_or_not_at_all_or_unknown_is_said(archive):
    with pytest.raises(ConflictError, match="not hidden"):
        hiding.unhide(archive, URL, by="ada")
    hiding.hide(archive, URL, reason=TakedownReason.SAFETY, by="ada")
    with pytest.raises(ConflictError, match="hidden already"):
        hiding.hide(archive, URL, reason=TakedownReason.SAFETY, by="ben")
    for unknown in ("", " ", "0" * 64, "https://nowhere.example/", "\0", "x" * 100_000, "\udc80"):
        with pytest.raises(NotFoundError):
            hiding.hide(archive, unknown, reason=TakedownReason.SAFETY, by="ada")
