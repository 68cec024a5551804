"""What is frozen of a dossier: order, sources, and no private word."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.material import BEGUN, NOW, TALBOTE, make_clip, make_dossier

from chronik.errors import RefusedInputError
from chronik.model import DossierOrder, Source
from chronik.publish.edition import digest, edition


def frozen(dossier=None, clips=(), sources=(TALBOTE,), published_at=NOW):
    return edition(dossier or make_dossier(), clips, sources, published_at=published_at)


def numbers(edition):
    return [clip.position for clip in edition.clips]


def test_clips_stand_newest_first_by_when_they_were_clipped():
    clips = [make_clip(n, clipped_at=BEGUN + timedelta(days=n)) for n in (2, 3, 1)]
    assert numbers(frozen(clips=clips)) == [3, 2, 1]


def test_clips_stand_oldest_first_where_the_dossier_says_so():
    clips = [make_clip(n, clipped_at=BEGUN + timedelta(days=n)) for n in (2, 3, 1)]
    assert numbers(frozen(make_dossier(order=DossierOrder.OLDEST_FIRST), clips)) == [1, 2, 3]


@pytest.mark.parametrize("order", list(DossierOrder))
def test_clips_of_one_minute_keep_their_order_by_hand(order):
    clips = [make_clip(n, clipped_at=BEGUN) for n in (2, 3, 1)]
    assert numbers(frozen(make_dossier(order=order), clips)) == [1, 2, 3]


def test_an_order_by_hand_does_not_care_for_time():
    clips = [make_clip(n, clipped_at=BEGUN - timedelta(days=n * (-1) ** n)) for n in (3, 1, 2)]
    assert numbers(frozen(make_dossier(order=DossierOrder.BY_HAND), clips)) == [1, 2, 3]


@given(st.permutations(range(1, 7)))
def test_the_order_does_not_depend_on_how_the_clips_came(order):
    clips = [make_clip(n, clipped_at=BEGUN + timedelta(minutes=n // 3)) for n in order]
    assert frozen(clips=clips) == frozen(clips=sorted(clips, key=lambda clip: clip.position))


def test_private_words_are_left_behind():
    assert "SECRET" not in repr(frozen(clips=[make_clip()]))


def test_only_sources_that_a_clip_names_go_along():
    other = Source(id="other", names={"und": "Other"})
    assert list(frozen(clips=[make_clip()], sources=[other, TALBOTE]).sources) == ["talbote"]


def test_a_dossier_without_a_name_goes_under_its_slug():
    assert frozen(make_dossier(names={"en": " "})).dossier.names == {"und": "mill-stream"}


@pytest.mark.parametrize("slug", ["", "..", "a/b", "a\\b", "ä", "-a", "a b", "x" * 81, "index.html", "a\n", "c\0"])
def test_a_slug_that_cannot_be_a_folder_is_refused(slug):
    with pytest.raises(RefusedInputError):
        frozen(make_dossier(slug=slug))


@pytest.mark.parametrize("tag", ["", "c", "..", "de/x", "de_DE", "de\n", "german-language-tag-"])
def test_a_language_that_cannot_be_a_folder_is_refused(tag):
    with pytest.raises(RefusedInputError, match="language tag"):
        frozen(make_dossier(names={tag: "Name"}))


def test_the_digest_does_not_depend_on_the_date_of_publication():
    assert digest(frozen(clips=[make_clip()])) == digest(
        frozen(clips=[make_clip()], published_at=NOW + timedelta(days=9))
    )


def test_the_digest_does_not_depend_on_private_notes():
    assert digest(frozen(clips=[make_clip(note="other")])) == digest(frozen(clips=[make_clip()]))


@pytest.mark.parametrize(
    "changes",
    [{"title": "x"}, {"excerpt": "x"}, {"credit": ""}, {"happened": None}, {"url": ""}, {"language": "fr"}],
    ids=str,
)
def test_the_digest_changes_with_what_readers_see_of_a_clip(changes):
    assert digest(frozen(clips=[make_clip(**changes)])) != digest(frozen(clips=[make_clip()]))


def test_the_digest_changes_when_another_language_becomes_the_main_one():
    names = make_dossier().names
    turned = make_dossier(names=dict(reversed(names.items())))
    assert digest(frozen(turned)) != digest(frozen())
