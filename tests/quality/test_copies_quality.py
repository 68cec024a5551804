"""How many made copies are found, and how few look-alikes are taken for one: no figure falls below its floor."""

import pytest
from bench import copies, copies_material, copies_translated
from tests.quality.floors import assert_not_below, corpus

TEXTS_EACH = 3
"""One text in so many: all of them take a minute."""


@pytest.fixture(scope="module", autouse=True)
def _corpora():
    for folder in ("extraction", "language/ntrex", "stories"):
        corpus(folder)


def test_copies_are_found_whatever_was_done_to_them_and_look_alikes_are_not():
    texts, spare = copies_material.texts()
    assert_not_below("copies", copies.figures(list(copies.answers(texts[::TEXTS_EACH], spare))))


def test_no_other_document_is_taken_for_a_translation():
    german, french = (dict(copies_translated.documents(file, file[:2])) for file in ("deu", "fra"))
    same, told, _, wrong = copies_translated.counted(german, french)
    assert_not_below("copies_translated", {"german_and_french": told / same, "right": told / (told + wrong)})
