"""Check a proof bundle of a Chronik archive without Chronik: `python verify_bundle.py FILE [--key KEY] [--json]`.

Needs Python 3.11 and the package `cryptography`; opens no connection and no other file. Written from the formats
alone (docs/how-to/verify.md; RFC 6962, RFC 8785, C2SP signed-note and tlog-checkpoint, WARC 1.1), it shares no line
with the archive that it checks. Exit code 0: everything in the bundle holds. 1: something does not.
"""

import argparse
import base64
import hashlib
import hmac
import itertools
import json
import re
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "chronik-bundle/1"
BYTES_MAX = 2**29
NOTE_BYTES_MAX = 64 * 2**10
SIGNATURES_MAX = 64
PATH_MAX = 64
RECORDS_MAX = 1_000
RECORD_BYTES_MAX = 2**31
NAME = re.compile(r"[^\s+\x00-\x1f]+")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
HEX = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(rb"\x18[\x0f-\x1b](\d{14})(?:\.\d+)?Z")


class FaultError(Exception):
    """Something in the bundle does not hold."""


def _need(holds, words):
    if not holds:
        raise FaultError(words)


def _sha256(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    """RFC 8785 for values without fractions and with keys of one plane, which is all that the format itself needs."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _unbase64(text):
    _need(isinstance(text, str), "not base64")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise FaultError("not base64") from None
    _need(base64.b64encode(data).decode() == text, "not base64 in its one right form")
    return data


# Keys and notes (C2SP signed-note)


def key_of(text):
    """(name, id, public key) of a verifier key: name+id+base64(0x01 || key)."""
    _need(isinstance(text, str) and text.count("+") >= 2, "not a key")
    name, key_id, encoded = text.split("+", 2)
    data = _unbase64(encoded)
    _need(NAME.fullmatch(name) and len(data) == 33 and data[0] == 1, "not an Ed25519 key")
    made = _sha256(name.encode() + b"\n" + data)[:4]
    _need(key_id == made.hex(), "the key's id does not belong to it")
    return name, made, data[1:]


def _is_signed(message, signature, public):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def checkpoint_of(note, keys):
    """(size, root) of a checkpoint that every one of these keys has signed (C2SP tlog-checkpoint)."""
    _need(len(note.encode()) <= NOTE_BYTES_MAX, "the note is too long")
    _need(not any(sign < " " and sign != "\n" for sign in note), "the note holds control characters")
    text, separator, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    _need(separator and lines.pop() == "" and 1 <= len(lines) <= SIGNATURES_MAX, "not a signed note")
    text += "\n"
    head = text[:-1].split("\n")
    _need(len(head) >= 3 and all(head) and SIZE.fullmatch(head[1]), "not a checkpoint")
    root = _unbase64(head[2])
    _need(len(root) == 32, "not a checkpoint")
    signatures = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        data = _unbase64(encoded)
        _need(dash == "—" and NAME.fullmatch(name) and len(data) > 4, "a signature line cannot be read")
        signatures.append((name, data[:4], data[4:]))
    for name, key_id, public in keys:
        _need(head[0] == name, "the checkpoint is of another ledger than the key")
        mine = [data for signer, signer_id, data in signatures if (signer, signer_id) == (name, key_id)]
        _need(mine, f"the checkpoint is not signed by {name}+{key_id.hex()}")
        good = all(_is_signed(text.encode(), data, public) for data in mine)
        _need(good, f"the checkpoint's signature by {name}+{key_id.hex()} does not belong to it")
    return int(head[1]), root


# The Merkle tree (RFC 6962 §2.1)


def root_by(path, leaf, index, size):
    """The root that an audit path leads to, from the top down: the path is as long as the tree is deep there."""
    if size == 1:
        _need(not path, "the path is too long")
        return leaf
    _need(path, "the path is too short")
    split = 1 << (size - 1).bit_length() - 1
    if index < split:
        return _sha256(b"\x01" + root_by(path[:-1], leaf, index, split) + path[-1])
    return _sha256(b"\x01" + path[-1] + root_by(path[:-1], leaf, index - split, size - split))


def check_leaf(item, size, root):
    """(index, payload) of a leaf that leads to the root."""
    _need(isinstance(item, dict) and set(item) == {"index", "salt", "payload", "path"}, "a leaf cannot be read")
    index, salt, text, path = item["index"], item["salt"], item["payload"], item["path"]
    shaped = type(index) is int and isinstance(salt, str) and isinstance(text, str) and isinstance(path, list)
    _need(shaped and HEX.fullmatch(salt), "a leaf cannot be read")
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        raise FaultError(f"leaf {index}: its payload is not JSON") from None
    _need(isinstance(payload, dict), f"leaf {index}: its payload is no object")
    _need(all(isinstance(payload.get(name), str) for name in ("kind", "id")), f"leaf {index}: it does not say of what")
    steps = [_unbase64(step) for step in path]
    _need(0 <= index < size and len(steps) <= PATH_MAX, f"leaf {index}: there is no such leaf")
    commitment = hmac.new(bytes.fromhex(salt), text.encode(), "sha256").hexdigest()
    leaf = _sha256(b"\x00" + canonical({"commitment": commitment, "version": 1}))
    _need(root_by(steps, leaf, index, size) == root, f"leaf {index}: it does not lead to the root of the checkpoint")
    return index, payload


def check_rotation(payload, index, old, new):
    """That the old key hands over to the new one by this leaf, and that both have signed that."""
    _need(payload.get("kind") == "key-rotation", "a change of keys has no leaf in the bundle")
    _need((payload.get("old"), payload.get("new")) == (old, new), "a change of keys names another key")
    said = {"purpose": "chronik/key-rotation/v1", "at": str(payload.get("at", "")), "size": index}
    message = canonical({**said, "old": old, "new": new})
    for whose, key in (("old", old), ("new", new)):
        signatures = payload.get("signatures")
        signature = _unbase64(signatures.get(whose) if isinstance(signatures, dict) else None)
        _need(_is_signed(message, signature, key_of(key)[2]), f"leaf {index}: the {whose} key did not sign it")


# WARC records (WARC 1.1)


def records_in(data):
    """(fields, block) of every gzip member, which holds one record each."""
    for _ in range(RECORDS_MAX):
        if not data:
            return
        inflating = zlib.decompressobj(wbits=31)
        try:
            record = inflating.decompress(data, RECORD_BYTES_MAX)
        except zlib.error:
            raise FaultError("the records are not gzip") from None
        _need(inflating.eof, "the records are torn or too large")
        data = inflating.unused_data
        head, separator, rest = record.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        _need(separator and lines[0].startswith("WARC/"), "the records are no WARC")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = fields.get("content-length", "")
        _need(length.isdigit() and rest[int(length) :] == b"\r\n\r\n", "a record's length is not what it says")
        yield fields, rest[: int(length)]


def _instant(text):
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def check_capture(payload, data):
    """That one of these records is the page that the leaf tells of."""
    about, wanted = payload.get("records"), payload.get("capture")
    same = about == {"sha256": _sha256(data).hex(), "bytes": len(data)} and type(about["bytes"]) is int
    _need(same, f"capture {payload['id']}: its records are not what the leaf says")
    _need(isinstance(wanted, dict), f"capture {payload['id']}: the leaf does not describe it")
    for fields, block in records_in(data):
        if (fields.get("warc-type"), fields.get("warc-target-uri")) != (wanted.get("record"), wanted.get("url")):
            continue
        moment, digest = _instant(fields.get("warc-date")), _sha256(block).hex()
        if digest != wanted.get("block_sha256") or not moment or moment != _instant(wanted.get("captured_at")):
            continue
        at = moment.isoformat() if wanted["record"] == "response" else None
        identity = {"block": digest, "captured_at": at, "record": wanted["record"], "url": wanted["url"]}
        if _sha256(canonical(identity)).hex() == payload["id"]:
            return
    raise FaultError(f"capture {payload['id']}: no record in it is what the leaf says")


def _values_of(data):
    _need(len(data) <= BYTES_MAX, "the bundle is too large")
    try:
        values = json.loads(data)
        same = canonical(values) == data
    except (ValueError, RecursionError):
        raise FaultError("the bundle is not JSON") from None
    _need(isinstance(values, dict) and same, "the bundle is not canonical JSON")
    parts = {"format": str, "keys": list, "checkpoint": str, "leaves": list, "records": dict, "stamps": list}
    held = set(values) - {"cosignatures"}  # of witnesses whose keys are not known here: not looked at
    shaped = held == set(parts) and all(isinstance(values[name], kind) for name, kind in parts.items())
    _need(shaped, f"the bundle is not of the format {FORMAT}")
    _need(values["format"] == FORMAT, f"the bundle is not of the format {FORMAT}")
    return values


def terms_of(items):
    """(first size, key) of each key in the bundle."""
    terms = []
    for item in items:
        _need(isinstance(item, dict) and set(item) == {"size", "key"}, "a key cannot be read")
        _need(type(item["size"]) is int, "a key cannot be read")
        key_of(item["key"])
        terms.append((item["size"], item["key"]))
    sizes = [size for size, _ in terms]
    _need(sizes and sizes[0] == 0 and sizes == sorted(set(sizes)), "the keys are not in order")
    _need(len({key_of(key)[0] for _, key in terms}) == 1, "the keys are of several ledgers")
    return terms


def verified(data, trusted=""):
    """What the bundle proves. Raises FaultError."""
    values = _values_of(data)
    terms = terms_of(values["keys"])
    _need(not trusted or trusted in {key for _, key in terms}, "the trusted key is none of the bundle's")
    last_size, last_key = terms[-1]
    size, root = checkpoint_of(values["checkpoint"], [key_of(last_key)])
    _need(last_size <= size, "a key of the bundle signs only later checkpoints")
    if last_size == size and len(terms) > 1:
        checkpoint_of(values["checkpoint"], [key_of(terms[-2][1])])
    leaves = [check_leaf(item, size, root) for item in values["leaves"]]
    indices = [index for index, _ in leaves]
    _need(indices == sorted(set(indices)), "the leaves are not in order")
    payloads = dict(leaves)
    for (_, old), (first, new) in itertools.pairwise(terms):
        check_rotation(payloads.get(first - 1, {}), first - 1, old, new)
    captures = {payload["id"]: payload for payload in payloads.values() if payload["kind"] == "capture"}
    _need(set(captures) == set(values["records"]), "records and captures do not agree")
    for identity, payload in captures.items():
        check_capture(payload, _unbase64(values["records"][identity]))
    stamped = []
    for item in values["stamps"]:
        _need(isinstance(item, dict) and set(item) == {"authority", "token"}, "a stamp cannot be read")
        token = _unbase64(item["token"])
        place = token.find(_sha256(values["checkpoint"].encode()))
        moment = MOMENT.search(token, place) if place >= 0 else None
        _need(moment, f"the stamp of {item['authority']} is not over this checkpoint")
        stamped.append(f"{item['authority']} {moment[1].decode()}Z")
    proved = [f"{payload['kind']} {payload['id']}" for payload in payloads.values()]
    return {"fault": None, "proved": proved, "key": last_key, "stamped": stamped}


def main():
    """Check the file that the command names."""
    arguments = argparse.ArgumentParser(description="Check a proof bundle of a Chronik archive, without Chronik.")
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--key", default="", help="the ledger's public key, as you know it from elsewhere")
    arguments.add_argument("--json", action="store_true", help="print JSON")
    given = arguments.parse_args()
    try:
        found = verified(given.file.read_bytes(), given.key)
    except (FaultError, OSError) as error:
        found = {"fault": str(error), "proved": [], "key": "", "stamped": []}
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif found["fault"]:
        print(f"PROVES NOTHING: {found['fault']}", file=sys.stderr)
    else:
        for subject in found["proved"]:
            print(f"{subject}: holds")
        for stamp in found["stamped"]:
            print(f"stamp of {stamp} names this checkpoint; check its own signature with: openssl ts -verify")
        print(f"signed by {found['key']}" + ("" if given.key else " (not compared with a key that you know)"))
    sys.exit(bool(found["fault"]))


if __name__ == "__main__":
    main()
