"""Reading a page: fields, failures, bad input."""

from chronik.extract.article import article
from chronik.model import Article, FailureKind, Page


def test_an_empty_page_is_a_failure_that_says_so():
    failure = article(Page(url="https://example.org/a", body=b"", media_type="text/html"))
    assert not isinstance(failure, Article)
    assert failure.kind is FailureKind.NO_TEXT
