"""Kept pages are read again by better readers: what people did stays."""

from dataclasses import replace

from tests.archive.test_losing_nothing import archive_in
from tests.preserve.material import URL, exchange

from chronik.archive import reading

SENTENCE = b"The sluice at the mill stayed shut until the evening, said the union's speaker on Thursday. "
PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><h1>The sluice stays shut</h1><p>"
    + b"</p><p>".join(str(number).encode() + b". " + SENTENCE * 2 for number in range(5))
    + b"</p></article></body></html>"
)


def test_pages_are_read_again_and_stay_one_article_each(tmp_path):
    with archive_in(tmp_path) as archive:
        archive.catalogue.record_capture(archive.vault.keep(exchange(PAGE, url=URL)))
        first = reading.read_due(archive)
        catalogue = archive.catalogue
        state = next(iter(catalogue.article_map.values()))
        old = replace(state.article, made_by="an older reader", id="0" * 64, title="Older")
        state.article = old
        catalogue.article_map = {old.id: state}
        again = reading.read_again(archive)
        assert (first.articles, again.articles) == (1, 1)
        assert catalogue.article(old.url).title != "Older"
        assert catalogue.article(old.id).title == "Older"
        assert reading.read_again(archive).articles == 1
        assert len(catalogue.article_map) == 2
