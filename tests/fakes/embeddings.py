"""A server on the loopback that speaks OpenAI's /v1/embeddings, with the fake encoder behind it."""

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime

from chronik.collect.posting import Poster
from chronik.relate.endpoint import EndpointEncode
from tests.fakes.encode import FakeEncode
from tests.fakes.server import answer, loopback

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


def body_of(wire, head):
    """The body that belongs to this head, part of which may have come with it."""
    length = int(LENGTH.search(head)[1])
    body = head.partition(b"\r\n\r\n")[2]
    while len(body) < length:
        body += wire.recv(2**16)
    return body


def speak(wire, head):
    """Answer as such servers do; in no particular order, since each entry has its index."""
    asked = json.loads(body_of(wire, head))
    rows = FakeEncode().vectors(asked["input"]) * 3
    data = [{"object": "embedding", "index": place, "embedding": row.tolist()} for place, row in enumerate(rows)]
    body = json.dumps({"object": "list", "data": data[::-1], "model": asked["model"]}).encode()
    wire.sendall(answer(body, "Content-Type: application/json"))


def poster(server, **settings):
    return Poster(
        **{
            "user_agent": "Chronik/test",
            "timeout_s": 5,
            "size_bytes_max": 2**24,
            "clock": lambda: datetime.now(UTC),
            "permitted_endpoints": frozenset({server.endpoint}),
            **settings,
        }
    )


@contextmanager
def endpoint(script=speak):
    """An encoder that asks such a server."""
    with loopback(script) as server:
        yield EndpointEncode(url=server.url("/v1"), model="words-1", key="secret", post=poster(server)), server
