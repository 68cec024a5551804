"""The benches have something to measure on also where no shared data stands beside the checkout."""

from bench import material

from chronik.extract.article import article
from chronik.model import Article, Page


def test_without_shared_data_the_sample_newsroom_is_measured_on(monkeypatch, tmp_path):
    monkeypatch.setattr(material, "SHARED", tmp_path)
    pages, origin = material.pages()
    assert origin == "sample newsroom"
    assert len(pages) == 25
    page = Page(url="https://example.org/a", body=pages[0], media_type="text/html")
    assert isinstance(article(page), Article)
