"""How well the encoder finds the same text in another language: no figure falls below its floor."""

import pytest
from bench import encoding
from tests.quality.floors import assert_not_below, corpus

from chronik.relate.encode import E5Encode

WITH_TEXT = ("arb", "deu", "hye", "rus", "tur")


@pytest.fixture(scope="module")
def titles():
    corpus("language/ntrex")
    return {language: encoding.titles(E5Encode(), language) for language in (*encoding.TESTED, encoding.ENGLISH)}


def test_titles_find_their_english_counterparts_as_well_as_before(titles):
    english = titles[encoding.ENGLISH]
    figures = {language: encoding.accuracy(titles[language], english) for language in encoding.TESTED}
    assert_not_below("encoder_titles", figures)


def test_the_same_document_is_linked_across_languages_as_well_as_before(titles):
    vectors = {language: titles[language] for language in encoding.TESTED}
    begun = {language: encoding.beginnings(E5Encode(), language) for language in WITH_TEXT}
    figures = {
        "titles": encoding.links(vectors)[2],
        "titles_a_third_alone": encoding.links(vectors, alone=encoding.ALONE)[2],
        "titles_and_text": encoding.links(begun)[2],
        "titles_and_text_a_third_alone": encoding.links(begun, alone=encoding.ALONE)[2],
    }
    assert_not_below("encoder_links", figures)
