"""An encoder behind an address: what it is sent, and what becomes of answers that are none."""

import json

import numpy as np
import pytest

from chronik.errors import EncoderError
from chronik.model import Failure, FailureKind
from chronik.relate.endpoint import TEXT_CHARACTERS_MAX, TEXTS_MAX, EndpointEncode


class Server:
    """Answers with what a test gives it, and remembers what it was sent."""

    def __init__(self, say=None):
        self.say = say or self.rows
        self.sent = []

    def rows(self, texts):
        return {"data": [{"index": n, "embedding": [len(text), 1, 0]} for n, text in enumerate(texts)]}

    def __call__(self, url, headers, body):
        self.sent.append((url, dict(headers), json.loads(body)))
        said = self.say(json.loads(body)["input"])
        return said if isinstance(said, bytes | Failure) else json.dumps(said).encode()


def asking(server, **settings):
    return EndpointEncode(**{"url": "https://v.example/v1", "model": "m", "key": "", "post": server, **settings})


def test_the_address_may_be_that_of_the_api_or_of_its_embeddings():
    for url in ("https://v.example/v1", "https://v.example/v1/", "https://v.example/v1/embeddings"):
        server = Server()
        asking(server, url=url).vectors(["a"])
        assert {url for url, _, _ in server.sent} == {"https://v.example/v1/embeddings"}


def test_the_key_and_the_model_are_sent():
    server = Server()
    asking(server, key="k3y").vectors(["a"])
    assert server.sent[-1][1]["Authorization"] == "Bearer k3y"
    assert server.sent[-1][2] == {"model": "m", "input": ["a"], "encoding_format": "float"}


def test_without_a_key_none_is_sent():
    server = Server()
    asking(server).vectors(["a"])
    assert "Authorization" not in server.sent[-1][1]


def test_many_texts_go_in_several_requests():
    server = Server()
    texts = [f"text{'x' * (n % 7)}" for n in range(TEXTS_MAX * 2 + 5)]
    found = asking(server).vectors(texts)
    assert [len(body["input"]) for _, _, body in server.sent[1:]] == [TEXTS_MAX, TEXTS_MAX, 5]
    assert found[:, 0] / found[:, 1] == pytest.approx([len(text) for text in texts])


def test_texts_are_cut_and_cleaned_and_empty_ones_are_not_sent():
    server = Server()
    found = asking(server).vectors(["", "a\0b\ud800", " \n", "x" * 10**6])
    assert server.sent[-1][2]["input"] == ["a b", "x" * TEXT_CHARACTERS_MAX]
    assert np.linalg.norm(found, axis=1) == pytest.approx([0, 1, 0, 1])


def test_the_maker_names_model_and_server():
    assert asking(Server()).made_by == "m at https://v.example/v1/embeddings"


def rows(*vectors):
    return {"data": [{"index": n, "embedding": vector} for n, vector in enumerate(vectors)]}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b"[" * 10**5,
        b"null",
        b"{}",
        b'{"data": 7}',
        b'{"data": [7]}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": [], "embedding": [1]}]}',
        b'{"data": [{"index": 0, "embedding": [1e999]}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"data": [{"index": 0, "embedding": [1' + b"0" * 400 + b"]}]}",
        rows(),
        rows([]),
        rows("abc"),
        rows({"a": 1}),
        rows([None]),
        rows([[1.0]]),
        rows([1.0] * 10_000),
    ],
    ids=lambda said: str(said)[:40],
)
def test_an_answer_that_is_none_is_an_error_that_says_where_to_look(said):
    with pytest.raises(EncoderError, match=r"https://v\.example/v1/embeddings answered with .*setting"):
        asking(Server(lambda _texts: said)).vectors(["a"])


def test_great_and_small_numbers_are_no_fault():
    found = asking(Server(lambda texts: rows(*[[3e300, -4e300]] * len(texts)))).vectors(["a"])
    assert found[0] == pytest.approx([0.6, -0.8])
    found = asking(Server(lambda texts: rows(*[[3e-300, 4e-300]] * len(texts)))).vectors(["a"])
    assert found[0] == pytest.approx([0.6, 0.8])


def test_a_vector_of_zeros_stays_one():
    assert not asking(Server(lambda texts: rows(*[[0, 0.0]] * len(texts)))).vectors(["…"]).any()


def test_vectors_of_another_length_than_before_are_refused():
    lengths = iter([3, 4])
    encode = asking(Server(lambda texts: rows(*[[1.0] * next(lengths)] * len(texts))))
    with pytest.raises(EncoderError, match="vectors of 4 numbers, where it gave 3 before"):
        encode.vectors(["a"])


def test_a_server_that_cannot_be_reached_is_an_error_that_says_nothing_is_lost():
    failure = Failure(kind=FailureKind.UNREACHABLE, detail="no connection to 192.0.2.1 port 443: refused")
    with pytest.raises(EncoderError, match=r"no connection to 192.* Nothing is lost.*encoder_key"):
        asking(Server(lambda _texts: failure)).vectors(["a"])


def test_a_server_that_repeats_the_key_does_not_get_it_shown():
    failure = Failure(kind=FailureKind.HTTP_ERROR, detail="the server answered 401 and says: wrong key s3cret")
    with pytest.raises(EncoderError) as raised:
        asking(Server(lambda _texts: failure), key="s3cret").vectors(["a"])
    assert "wrong key …" in str(raised.value)
    assert "s3cret" not in str(raised.value)
