"""Pages as odd as sites send them, each with a sentence that has to be found in its replay."""

import gzip
import zlib
from dataclasses import replace

import brotli
import zstandard
from tests.preserve.material import NOW, exchange

from chronik.model import Hop

SITE = "https://talbote.example"
SENTENCE = "Die Brücke über den Bach ist gesperrt, meldete Ждановская"
"""With letters that a wrong character set spoils."""
PLAIN = "Die Brücke über den Bach ist gesperrt"
CYRILLIC = "Мост через ручей закрыт"


def page(sentence, *, charset="utf-8", meta=True):
    declared = f'<meta charset="{charset}">' if meta else ""
    return f"<!doctype html><html><head>{declared}<title>Probe</title></head><body><p>{sentence}</p></body></html>"


def answer(body, *headers, start="HTTP/1.1 200 OK"):
    lines = [start, "Content-Type: text/html", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def raw_deflated(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


UTF8 = page(SENTENCE).encode()
ODD = {
    "gzip": (answer(gzip.compress(UTF8), "Content-Encoding: gzip"), SENTENCE),
    "brotli": (answer(brotli.compress(UTF8), "Content-Encoding: br"), SENTENCE),
    "deflate": (answer(zlib.compress(UTF8), "Content-Encoding: deflate"), SENTENCE),
    "raw-deflate": (answer(raw_deflated(UTF8), "Content-Encoding: deflate"), SENTENCE),
    "zstd": (answer(zstandard.compress(UTF8), "Content-Encoding: zstd"), SENTENCE),
    "chunked": (answer(chunked(UTF8), "Transfer-Encoding: chunked"), SENTENCE),
    "chunked-gzip": (
        answer(chunked(gzip.compress(UTF8)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        SENTENCE,
    ),
    "http-2": (answer(gzip.compress(UTF8), "Content-Encoding: gzip", start="HTTP/2 200"), SENTENCE),
    "latin-1": (answer(page(PLAIN, charset="iso-8859-1").encode("latin-1")), PLAIN),
    "cyrillic": (answer(page(CYRILLIC, charset="windows-1251").encode("cp1251")), CYRILLIC),
    "strasse/straße-ж?frage=ü&n=%C3%BC": (answer(UTF8), SENTENCE),
    "?leer=&b=2&a=1": (answer(UTF8), SENTENCE),
    "gone": (answer(UTF8, start="HTTP/1.1 410 Gone"), SENTENCE),
}


def exchanges():
    """One exchange for each odd page, by its name."""
    return {name: exchange(data, url=f"{SITE}/{name}") for name, (data, _) in ODD.items()} | {"moved": moved()}


def moved():
    """A page that was reached by a redirect."""
    target = exchange(answer(UTF8), url=f"{SITE}/there")
    request = b"GET /moved HTTP/1.1\r\nHost: talbote.example\r\n\r\n"
    response = b"HTTP/1.1 301 Moved Permanently\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
    first = Hop(
        url=f"{SITE}/moved", request=request, response=response, status=301, headers=(), started_at=NOW, elapsed_s=0.1
    )
    return replace(target, asked_url=first.url, hops=(first, *target.hops))
