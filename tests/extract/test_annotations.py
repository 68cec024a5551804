"""An article is annotated whole, or kept as it is."""

import pytest

from chronik.extract import annotations
from chronik.extract.annotations import annotated
from chronik.model import Article

ARTICLE = Article(
    id="a",
    url="https://talbote.example/1",
    text="„Die Schleuse bleibt zu“, sagte Anna Berg am 3. Mai 2024 in Hamburg.",
    language="de",
    published="2024-05-04",
)


def test_all_places_lie_in_the_text():
    found = annotated(ARTICLE)
    assert {ARTICLE.text[mention.start : mention.end] for mention in found.mentions} == {"Anna Berg", "Hamburg"}
    (said,) = found.statements
    assert ARTICLE.text[said.start : said.end] == "Die Schleuse bleibt zu"
    assert [(ARTICLE.text[date.start : date.end], date.date) for date in found.dates] == [("3. Mai 2024", "2024-05-03")]


def test_a_text_that_breaks_a_finder_leaves_the_article_as_it_is(monkeypatch):
    def breaks(*_, **__):
        raise IndexError

    monkeypatch.setattr(annotations, "dates", breaks)
    assert annotated(ARTICLE) == ARTICLE


def test_memory_that_runs_out_is_told(monkeypatch):
    def breaks(*_, **__):
        raise MemoryError

    monkeypatch.setattr(annotations, "names", breaks)
    with pytest.raises(MemoryError):
        annotated(ARTICLE)
