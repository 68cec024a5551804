"""By what words a copy of a page is known, and acts without them. Decides."""

from __future__ import annotations

import html
import json
import re
import zlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chronik.extract.standing import wanted
from chronik.model import Verb
from chronik.model.arranging import STEPS, TIMELINE
from chronik.model.captures import paragraphs
from chronik.model.redaction import skeleton

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import BinaryIO

    from chronik.model import Act, Article, Clip

WORDS_MAX = 60
"""As many passages and addresses are looked for."""
PASSAGE_CHARACTERS_MIN = 24
"""A shorter one stands in other texts, too."""
PASSAGE_CHARACTERS_MAX = 160
ADDRESS_CHARACTERS_MIN = 12
UNPACKED_BYTES_MAX = 256 * 2**20
PIECE_BYTES = 2**20
OVERLAP_BYTES = 2**12
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b\x08", b"PK\x03\x04"
ZIP_HEAD_BYTES = 30
MEMBERS_MAX = 10_000
OF_DOSSIERS = frozenset({Verb.CREATE_DOSSIER, Verb.EDIT_DOSSIER, Verb.REMOVE_DOSSIER}) | {
    verb for verb, (name, _) in STEPS.items() if name != TIMELINE
}
"""What an editor wrote about a topic is the editor's to change; an event of a timeline may be a report's own title."""
IN_IDS_ONLY = frozenset({Verb.HIDE, Verb.UNHIDE, Verb.REDACT, Verb.REFUSE_REDACTION, Verb.MOVE_CLIP, Verb.FILE_CLIP})
OF_CLIPS = frozenset({Verb.CLIP, Verb.EDIT_CLIP, Verb.REMOVE_CLIP, Verb.RESTORE_CLIP, Verb.MEND_ENTRY})
"""Another clip that says the same stands on evidence of its own: what its acts say stays, as the clip does."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")
# How an address goes on to be another one. A question mark or a fragment leads to the same page, or so it is taken:
# rather too much is found than too little.
_GOES_ON = r"(?!(?:\\?/)?-?\w)"
_GOES_ON_BYTES = rb"(?!(?:\\?/|%2F)?-?\w)"
_GOES_ON_WIDE = rb"(?!(?:/\0)?(?:-\0)?\w\0)"


def telling(articles: Iterable[Article], clips: Iterable[Clip], *, addresses: Iterable[str]) -> tuple[str, ...]:
    """Addresses and passages that stand in a copy and hardly elsewhere, the surest first."""
    found = [url for url in addresses if len(url) >= ADDRESS_CHARACTERS_MIN]
    for clip in clips:
        found += [_cut(text) for text in (clip.title, *paragraphs(wanted(clip)), clip.note)]
        found += [clip.url] if len(clip.url) >= ADDRESS_CHARACTERS_MIN else []
    for article in articles:
        found += [_cut(text) for text in (article.title, *article.paragraphs)]
    urls = set(addresses)
    sure = [text for text in found if text in urls or len(text) >= PASSAGE_CHARACTERS_MIN]
    return tuple(dict.fromkeys(sure))[:WORDS_MAX]


def _cut(text: str) -> str:
    return text.strip()[:PASSAGE_CHARACTERS_MAX]


def stand_in(data: bytes, words: Collection[str]) -> bool:
    """Whether one of these stands in the bytes, in any of the forms that pages, feeds and JSON give it."""
    return any(_stands(form, data, whole=_is_address(word)) for word in words for form in _forms(word))


def _in_text(words: Collection[str], text: str) -> bool:
    """Whether one of these stands in a text; an address only where it is not the beginning of another one."""
    return any(word in text and (not _is_address(word) or bool(_text_pattern(word).search(text))) for word in words)


def _is_address(word: str) -> bool:
    """Whether it is one, and whole."""
    return bool(_ADDRESS.match(word)) and len(word) != PASSAGE_CHARACTERS_MAX


def _stands(form: bytes, data: bytes, *, whole: bool) -> bool:
    # Looked for plainly first: that is a hundred times faster.
    return form in data and (not whole or bool(_pattern(form).search(data)))


@lru_cache(maxsize=1024)
def _text_pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word) + _GOES_ON, re.ASCII)


@lru_cache(maxsize=1024)
def _pattern(form: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(form) + (_GOES_ON_WIDE if form[1:2] == b"\0" else _GOES_ON_BYTES))


def _forms(word: str) -> set[bytes]:
    texts = {word, html.escape(word), html.escape(word, quote=False), json.dumps(word)[1:-1]}
    texts |= {json.dumps(word).replace("/", "\\/")[1:-1], quote(word, safe=""), quote(word)}
    return {text.encode("utf-8", "surrogatepass") for text in texts} | {word.encode("utf-16-le", "surrogatepass")}


def unpacked(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file piece by piece, then whatever is packed in it with deflate, as far as that can be read."""
    file.seek(0)
    data = file.read(UNPACKED_BYTES_MAX)
    yield data
    yield from _starts(data, GZIP_MAGIC, zlib.MAX_WBITS + 16)
    for start in _starts(data, ZIP_MAGIC, -zlib.MAX_WBITS):
        yield start
        yield from _starts(start, GZIP_MAGIC, zlib.MAX_WBITS + 16)


def _starts(data: bytes, magic: bytes, window: int) -> Iterator[bytes]:
    place, left = data.find(magic), UNPACKED_BYTES_MAX
    for _ in range(MEMBERS_MAX):
        if place < 0 or left <= 0:
            return
        head = place
        if magic == ZIP_MAGIC:
            names = data[place + 26 : place + ZIP_HEAD_BYTES]
            head += ZIP_HEAD_BYTES + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
        piece = _inflated(data[head:], window, left)
        left -= len(piece)
        yield piece
        place = data.find(magic, place + 1)


def _inflated(data: bytes, window: int, limit: int) -> bytes:
    inflater, pieces = zlib.decompressobj(window), []
    try:
        while data and limit > 0 and (piece := inflater.decompress(data, min(PIECE_BYTES, limit))):
            pieces.append(piece)
            limit -= len(piece)
            data = inflater.unconsumed_tail
    except zlib.error:
        pass  # as far as it can be read
    return b"".join(pieces)


def without(act: Act, *, words: Collection[str], ids: Collection[str], request: str = "") -> Act | None:
    """The act as it stands after a redaction; None where it tells nothing of it.

    `ids` are those of the clips, captures and articles; `request` is the asking that is carried out.
    """
    if act.verb is Verb.ASK_REDACTION:
        noted = act.detail.get("request") == request and act.detail.get("note")
        return replace(act, detail={**act.detail, "note": ""}) if noted else None
    if act.verb in OF_DOSSIERS | IN_IDS_ONLY or (act.verb in OF_CLIPS and act.subject not in ids):
        return None
    detail = _detail(act, words, ids)
    subject = "" if _in_text(words, act.subject) else act.subject
    changed = subject != act.subject or detail != dict(act.detail)
    return replace(act, subject=subject, detail={**detail, "redacted": True}) if changed else None


def _detail(act: Act, words: Collection[str], ids: Collection[str]) -> dict[str, Any]:
    told = dict(act.detail)
    if act.subject in ids:
        kept = {"dossier": told["dossier"]} if "dossier" in told else {}
        if isinstance(told.get("new"), dict):
            whole = {"id", "clipped_at"} <= told["new"].keys()
            kept["new"] = skeleton(told["new"]) if whole else {}
        return kept if told.keys() - {"dossier"} else told
    found = _value(told, words, ids)
    assert isinstance(found, dict), "an object stays one"
    return found


def _value(value: object, words: Collection[str], ids: Collection[str]) -> object:
    """A JSON value without the words, and with nothing but the place of redacted clips."""
    if isinstance(value, dict):
        if value.get("id") in ids and "clipped_at" in value:
            return skeleton(value)
        return {key: _value(one, words, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [_value(one, words, ids) for one in value]
    return "" if isinstance(value, str) and _in_text(words, value) else value
