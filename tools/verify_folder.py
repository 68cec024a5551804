"""Check a folder that Chronik published, without Chronik: `python verify_folder.py FOLDER [--key KEY] [--json]`.

Needs Python 3.11, the package `cryptography` and `verify_bundle.py` beside it; opens no connection. Written from the
formats alone (docs/how-to/verify-published.md), it shares no line with the archive that published. Exit code 0: every
dossier is what the archive's ledger says; the list of dossiers, proofs/ and tombstones are not sealed. 1: it is not.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import stat
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from verify_bundle import FaultError, canonical, verified

FILE_BYTES_MAX = 2**28
PROOF_BYTES_MAX = 2**24
CHANGED_PAGE_BYTES_MAX = 2**20  # one that is not the sealed one is looked into only up to here
DEPTH_MAX = 100
SHARED = ("style.css", "verify.js")
PARTS = {"kind": str, "version": int, "slug": str, "edition": str, "files": dict}
SLUG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}")
STEP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
DIGEST = re.compile(r"[0-9a-f]{64}")
GONE = b'<meta name="chronik-status" content="410">'
TAG = re.compile(rb"<[^<>]*>")
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


def _need(holds, words):
    if not holds:
        raise FaultError(words)


def _digest(data):
    return hashlib.sha256(data).hexdigest()


def _plain(text):
    """Text from outside without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _read(path):
    """The bytes of a plain file. Raises FaultError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        raise FaultError("is missing" if missing else f"cannot be read ({error.strerror})") from None
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        _need(stat.S_ISREG(about.st_mode), "is no plain file")
        _need(about.st_size <= FILE_BYTES_MAX, "is too large")
        return file.read(FILE_BYTES_MAX)


def _is_path(slug, path):
    return path in SHARED or (path.startswith(f"{slug}/") and all(map(STEP.fullmatch, path.split("/"))))


def manifest_of(data, slug):
    """What a dossier's manifest says. Raises FaultError."""
    try:
        values = json.loads(data)
        same = canonical(values) == data
    except (ValueError, RecursionError):
        raise FaultError("is not JSON") from None
    shaped = isinstance(values, dict) and values.keys() == PARTS.keys()
    shaped = shaped and same and all(type(values[name]) is kind for name, kind in PARTS.items())
    _need(shaped and (values["kind"], values["version"]) == ("chronik-manifest", 1), "is no manifest")
    _need(values["slug"] == slug and DIGEST.fullmatch(values["edition"]), "is that of another dossier")
    for path, digest in values["files"].items():
        _need(_is_path(slug, path) and DIGEST.fullmatch(str(digest)), f"lists {path[:100]!r} wrongly")
    return values


def _words(text):
    """What readers see of a text: its signs without white space and controls."""
    return "".join(sign for sign in text if not sign.isspace() and (sign >= " " and not "\x7f" <= sign <= "\x9f"))


def _made_of(clip):
    """Whether an excerpt says what its passages say, with a gap between two that stand apart in the text."""
    quotes, places = zip(*(passage["selectors"] for passage in clip["passages"]), strict=True)
    reached = -1
    for place in places:
        if not reached < place["start"] < place["end"]:
            return False
        reached = place["end"]
    return len(quotes) > 1 and _words(clip["excerpt"]) == _words("[…]".join(quote["exact"] for quote in quotes))


def data_of(data):
    """(slug, digest as said, digest as derived, clips by name) of `dossier.json`. Raises FaultError."""
    try:
        values = json.loads(data)
        derived = _digest(canonical({name: values[name] for name in values.keys() - {"digest", "published_at"}}))
        clips = {}
        for clip in values["clips"]:
            name = clip["permalink"].removeprefix("c/").removesuffix("/index.html")
            _need(clip["permalink"] == f"c/{name}/index.html" and STEP.fullmatch(name), "is no dossier")
            _need("passages" not in clip or _made_of(clip), "has an excerpt that is not made of its passages")
            clips[name] = (clip["id"], tuple(_words(clip[part]) for part in ("title", "credit", "excerpt")))
        _need((values["kind"], values["version"]) == ("chronik-dossier", 1), "is no dossier")
        return values["slug"], values["digest"], derived, clips
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        raise FaultError("is no dossier") from None


class Shown(HTMLParser):
    """The clips on a page: name, title, credit and passage of each."""

    def __init__(self):
        super().__init__()
        self.clips, self._open = [], []

    def handle_starttag(self, tag, attrs):
        """Note where a clip, or a part of it, begins."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        inside = {part for _, part in self._open}
        part = "credit" if tag == "span" and classes == ["credit"] else ""
        if tag == "article" and "clip" in classes and "clip" not in inside:
            part = "clip"
            self.clips.append([(given.get("id") or "").removeprefix("c-"), "", "", ""])
        elif tag in {"h1", "h2", "h3"} and "clip" in inside and "untitled" not in classes:
            part = "title"
        elif tag == "bdi" and "credit" in inside:
            part = "credited"
        elif tag == "blockquote":
            part = "quote"
        if tag not in VOID:
            _need(len(self._open) < DEPTH_MAX, "is not built as our pages are")
            self._open.append((tag, part))

    def handle_endtag(self, tag):
        """Close what this ends."""
        if tag in {name for name, _ in self._open}:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        """Keep what stands in a part of a clip."""
        inside = {part for _, part in self._open}
        for place, part in ((1, "title"), (2, "credited"), (3, "quote")):
            if {part, "clip"} <= inside:
                self.clips[-1][place] += data


def clip_faults(page, path, clips):
    """(clip, what) for each clip that a page shows otherwise than `dossier.json`."""
    name = path.split("/")[2] if path.split("/")[1] == "c" else None
    wanted = dict(clips) if name is None else {name: clips[name]} if name in clips else {}
    rest = TAG.sub(b"", page)
    _need(page.count(b"<!") <= 1 and b"<" not in rest and b"<?" not in page, "is not built as our pages are")
    parser = Shown()
    parser.feed(page.decode("utf-8", "replace"))
    parser.close()
    for anchor, *shown in parser.clips:
        identity, words = wanted.pop(anchor if name is None else name, (None, ()))
        if identity is None:
            yield "", f"shows a clip ({anchor}) that is not in dossier.json"
        elif words != tuple(map(_words, shown)):
            yield identity, "its words there and in dossier.json differ"
    for identity, _ in wanted.values():
        yield identity, "does not stand there, though it is in dossier.json"


def seal_of(proof, slug, edition, digest, trusted):
    """(leaf, ledger, signing key, stamps) of the seal; None where it is over another manifest. Raises FaultError."""
    _need(len(proof) <= PROOF_BYTES_MAX, "is too large")
    found, values = verified(proof, trusted), json.loads(proof)
    for leaf in values["leaves"]:
        payload = json.loads(leaf["payload"])
        act = payload.get("act")
        if payload["kind"] != "act" or not isinstance(act, dict) or act.get("verb") != "seal-edition":
            continue
        if act.get("subject") == slug and act.get("detail") == {"edition": edition, "manifest": digest}:
            return leaf["index"], values["keys"][0]["key"], found["key"], found["stamped"]
        if act.get("subject") == slug:
            return None
    raise FaultError("is the proof of something else")


class Dossier:
    """One dossier while it is checked."""

    def __init__(self, root, slug, trusted):
        self.root, self.slug, self.faults, self.manifest, self.seal, self.clips = root, slug, [], None, None, None
        self._guarded(f"{slug}/manifest.json", self._begin, trusted)

    def fault(self, path, what, clip=""):
        """Note that something is wrong."""
        path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        self.faults.append({"dossier": self.slug, "file": path, "clip": clip, "what": what})

    def _guarded(self, path, check, *arguments, clip=""):
        try:
            check(path, *arguments)
        except FaultError as error:
            self.fault(path, str(error), clip)

    def _begin(self, path, trusted):
        listed = _read(self.root / path)
        self.manifest = manifest_of(listed, self.slug)
        if (self.root / self.slug / "dossier.json").exists():
            self._guarded(f"{self.slug}/dossier.json", self._data)
        self._guarded(f"{self.slug}/proof.json", self._proof, _digest(listed), trusted)

    def _data(self, path):
        slug, said, derived, self.clips = data_of(_read(self.root / path))
        _need(slug == self.slug, "is that of another dossier")
        _need(said == derived, "its fingerprint does not follow from its words")
        _need(derived == self.manifest["edition"], "is another edition than the manifest names")

    def _proof(self, path, digest, trusted):
        self.seal = seal_of(_read(self.root / path), self.slug, self.manifest["edition"], digest, trusted)
        if self.seal is None:
            self.fault(
                f"{self.slug}/manifest.json", "is not the one that was sealed, or the proof is of another edition"
            )

    def check(self, neighbours):
        """Hold every file against the manifest; `neighbours` give the other dossiers of the folder."""
        if self.manifest is None:
            return
        names = {f"{self.slug}/c/{name}/index.html": clip for name, (clip, _) in (self.clips or {}).items()}
        for path in sorted(self.manifest["files"]):
            self._guarded(path, self._file, neighbours, clip=names.get(path, ""))
        for path in names.keys() - self.manifest["files"].keys():
            self.fault(f"{self.slug}/manifest.json", "lists no page of it", names[path])
        for path in self.manifest["files"] if self.clips is not None else ():
            if path.startswith(f"{self.slug}/c/") and path not in names:
                self.fault(path, "is the page of a clip that is not in dossier.json")
        known = {f"{self.slug}/manifest.json", f"{self.slug}/proof.json", *self.manifest["files"]}
        for place, folders, files in os.walk(self.root / self.slug):
            links = [name for name in folders if Path(place, name).is_symlink()]
            for path in (Path(place, name).relative_to(self.root).as_posix() for name in files + links):
                if path not in known and not self._may_lie_beside(path):
                    self.fault(path, "is there, and the manifest does not name it")

    def _file(self, path, neighbours):
        content = _read(self.root / path)
        digest = _digest(content)
        same = digest == self.manifest["files"][path]
        readable = self.clips is not None and (same or len(content) <= CHANGED_PAGE_BYTES_MAX)
        if path.endswith("/index.html") and readable:
            for clip, what in clip_faults(content, path, self.clips):
                self.fault(path, what, clip)
        others = [one for one in neighbours if one.seal and self.seal and one.seal[1] == self.seal[1]]
        later = path in SHARED and any(one.manifest["files"].get(path) == digest for one in others)
        _need(same or later, "was changed: it is not the file that the manifest names")

    def _may_lie_beside(self, path):
        if path.startswith(f"{self.slug}/c/"):
            with contextlib.suppress(FaultError):
                return GONE in _read(self.root / path)[:1024]
        return path.endswith("/proofs/index.html") and path.count("/") <= 3


def checked(folder, trusted=""):
    """The dossiers of a folder, checked."""
    names = ("index.html", "manifest.json", "dossier.json", "proof.json")
    inside = sorted(path for path in folder.iterdir() if SLUG.fullmatch(path.name) and path.is_dir())
    slugs = [path.name for path in inside if any((path / name).is_file() for name in names)]
    _need(slugs, "there is no published dossier in it")
    dossiers = [Dossier(folder, slug, trusted) for slug in slugs]
    for one in dossiers:
        one.check(dossiers)
    ledgers = Counter(one.seal[1] for one in dossiers if one.seal)
    for one in dossiers:
        if one.seal and one.seal[1] != ledgers.most_common(1)[0][0]:
            one.fault(f"{one.slug}/proof.json", "is sealed by another ledger than the others")
    return dossiers


def main():
    """Check the folder that the command names."""
    arguments = argparse.ArgumentParser(description="Check a folder that Chronik published, without Chronik.")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--key", default="", help="the ledger's public key, as you know it from elsewhere")
    arguments.add_argument("--json", action="store_true", help="print JSON")
    given = arguments.parse_args()
    try:
        dossiers = checked(given.folder.resolve(), given.key)
    except (FaultError, OSError) as error:
        sys.exit(f"{given.folder}: {error}")
    faults = [fault for one in dossiers for fault in one.faults]
    if given.json:
        print(json.dumps({"faults": faults, "seals": {one.slug: one.seal for one in dossiers}}, indent=2))
        sys.exit(bool(faults))
    for fault in faults:
        clip = f" (clip {fault['clip']})" if fault["clip"] else ""
        print(_plain(f"{fault['file']}{clip}: {fault['what']}"), file=sys.stderr)
    for one in (one for one in dossiers if not one.faults):
        leaf, _, key, stamps = one.seal
        told = f"stamps (not checked): {', '.join(stamps)}" if stamps else "no stamp: when is the archive's own word"
        print(_plain(f"{one.slug}: as sealed by leaf {leaf} of {key}; {told}"))
    print("" if given.key else "Not compared with a key that you know: the folder only fits the key it brings itself.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
