"""What the invented outlets wrote, and the dossier made of it."""

from collections import Counter

import pytest

from chronik.extract.language import language
from chronik.model import FeedKind, SourceKind
from chronik.sample.newsroom import Markup, Play, choices, dossier, feeds, is_sample, outlets, sources

PORT = 8471
RUN_LENGTH = 5
PIECES = [(outlet, piece) for outlet in outlets() for piece in outlet.pieces]
every_piece = pytest.mark.parametrize(
    ("outlet", "piece"), PIECES, ids=[f"{outlet.id}-{piece.published:%m%d}" for outlet, piece in PIECES]
)


def outlet_named(key):
    return next(outlet for outlet in outlets() if outlet.id == f"sample-{key}")


def piece_of(key, day):
    return next(piece for piece in outlet_named(key).pieces if f"{piece.published:%Y-%m-%d}" == day)


def runs(piece):
    words = piece.first.text.split()
    return {tuple(words[start : start + RUN_LENGTH]) for start in range(len(words) - RUN_LENGTH + 1)}


def share_copied(original, printed):
    return len(runs(printed) & runs(original)) / len(runs(printed))


def test_there_are_six_outlets_in_four_languages():
    assert Counter(outlet.language for outlet in outlets()) == {"de": 3, "en": 1, "fr": 1, "ar": 1}


def test_each_outlet_has_a_host_a_markup_and_a_feed_format_of_its_own():
    for attribute in ("host", "markup", "feed_format", "id"):
        assert len({getattr(outlet, attribute) for outlet in outlets()}) == len(outlets())
    assert {outlet.markup for outlet in outlets()} == set(Markup)


def test_no_two_outlets_share_a_path():
    paths = [piece.path for _, piece in PIECES]
    assert len(set(paths)) == len(paths)


def test_there_are_about_three_dozen_pieces_within_two_weeks_besides_the_one_a_year_later():
    days = sorted(piece.published.date() for _, piece in PIECES)
    assert 30 <= len(days) <= 36
    assert (days[-2] - days[0]).days < 14
    assert 350 < (days[-1] - days[-2]).days < 380


@every_piece
def test_a_piece_has_a_length_and_paragraphs_like_an_article(outlet, piece):
    assert 100 <= len(piece.first.text.split()) <= 250
    assert len(piece.first.paragraphs) >= 3


@every_piece
def test_a_piece_is_in_the_language_of_its_outlet(outlet, piece):
    assert language(piece.first.text) == outlet.language


@every_piece
def test_a_piece_can_be_written_in_its_outlet_s_encoding(outlet, piece):
    piece.first.text.encode(outlet.charset)


@pytest.mark.parametrize(
    ("printer", "day"),
    [
        ("talbote", "2025-04-03"),
        ("abend", "2025-04-03"),
        ("abend", "2025-04-05"),
        ("talbote", "2025-04-08"),
        ("abend", "2025-04-10"),
    ],
)
def test_agency_copy_is_printed_nearly_verbatim(printer, day):
    original, printed = piece_of("orwepress", day), piece_of(printer, day)
    assert 0.8 < share_copied(original, printed) < 1
    assert original.published < printed.published


def test_accounts_of_one_s_own_are_not_copies():
    assert share_copied(piece_of("talbote", "2025-04-04"), piece_of("abend", "2025-04-04")) < 0.1


def test_one_piece_is_reworded_without_notice():
    reworded = [piece for _, piece in PIECES if piece.later]
    assert len(reworded) == 1
    piece = reworded[0]
    before, after = Play(port=PORT), Play(port=PORT, shown=frozenset({piece.path}))
    assert "suspect members of the campaign group" in before.wording(piece).text
    assert "suspect members" not in after.wording(piece).text
    assert after.updated(piece) > before.updated(piece) == piece.published


def test_feeds_and_sources_stand_for_the_same_outlets():
    assert {feed.source_id for feed in feeds(PORT)} == {source.id for source in sources(PORT)}
    assert all(is_sample(feed.url) and "Sample newsroom" in feed.title for feed in feeds(PORT))
    assert {feed.kind for feed in feeds(PORT)} == set(FeedKind) - {FeedKind.UNKNOWN}
    assert [source.kind for source in sources(PORT)].count(SourceKind.AGENCY) == 1
    assert all(source.id.startswith("sample-") and source.hosts for source in sources(PORT))


def test_the_dossier_has_names_and_introductions_in_each_language():
    assert set(dossier().names) == set(dossier().introductions) == {"de", "en", "fr", "ar"}
    assert dossier().slug.startswith("sample-")


def test_the_dossier_starts_with_passages_in_all_languages():
    languages = {outlet.url(PORT, piece.path): outlet.language for outlet, piece in PIECES}
    assert 8 <= len(choices(PORT)) <= 10
    assert {languages[choice.url] for choice in choices(PORT)} == {"de", "en", "fr", "ar"}


def test_each_chosen_passage_stands_in_one_paragraph_of_its_piece():
    pieces = {outlet.url(PORT, piece.path): piece for outlet, piece in PIECES}
    for choice in choices(PORT):
        assert any(choice.quote in paragraph for paragraph in pieces[choice.url].first.paragraphs), choice.quote


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://talbote.localhost:8471/", True),
        ("http://TALBOTE.LOCALHOST/x?y", True),
        ("https://echo.localhost/", True),
        ("http://localhost:8471/", False),
        ("http://notlocalhost/", False),
        ("http://talbote.localhost.example.org/", False),
        ("http://example.org/?u=http://talbote.localhost/", False),
        ("http://[broken/", False),
        ("", False),
    ],
)
def test_a_sample_address_is_known_by_its_host(url, expected):
    assert is_sample(url) is expected
