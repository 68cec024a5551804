"""Which answers are packed, and that a packed one is the same."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from chronik.web.compressing import CompressingMiddleware

WORDS = "Die Schleuse bleibt zu. " * 100


def answered(path, *, method="get", kind="text/html; charset=utf-8", encodings="br, gzip", status=200):
    request = getattr(RequestFactory(headers={"Accept-Encoding": encodings}), method)(path)
    request.resolver_match = resolve(path)
    middleware = CompressingMiddleware(lambda _request: HttpResponse(WORDS, content_type=kind, status=status))
    return middleware(request)


@pytest.mark.parametrize("path", ["/desk/", "/desk/search/", "/desk/dossiers/x/", "/x/en/index.html"])
def test_a_page_is_packed_and_stays_the_same(path):
    answer = answered(path)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content).decode() == WORDS
    assert len(answer.content) * 5 < len(WORDS)


@pytest.mark.parametrize(
    "path", ["/desk/account/second-factor/", "/desk/join/x", "/desk/enter/x", "/desk/people/", "/desk/clipper/"]
)
def test_what_shows_a_secret_is_sent_as_it_is(path):
    assert "Content-Encoding" not in answered(path).headers


@pytest.mark.parametrize("given", [{"method": "post"}, {"kind": "image/png"}, {"encodings": "br"}, {"status": 206}])
def test_what_need_not_be_packed_is_not(given):
    assert "Content-Encoding" not in answered("/desk/", **given).headers


def test_two_packed_answers_are_not_of_one_length():
    lengths = {len(answered("/desk/").content) for _ in range(40)}
    assert len(lengths) > 1
