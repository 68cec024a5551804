"""A whole archive with marked words in every place; they are redacted, and every file is searched for them.

Run as a program, for a process serves one archive: `python -m tests.archive.redaction_trial FOLDER [PLACE...]` prints a
JSON object. With places, the redaction is killed at each of them in a fresh copy, and finished by who opens it next.
"""

import io
import json
import os
import shutil
import signal
import sys
import traceback
import zipfile
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from chronik import config as configuration
from chronik import wiring
from chronik.archive import (
    backing_up,
    checking,
    fixing,
    packing,
    reading,
    recording,
    redacting,
    relating,
    searching,
    taking_wacz,
)
from chronik.model import (
    Act,
    Article,
    ArticleKind,
    Feed,
    Lead,
    TakedownReason,
    Verb,
    article_id,
)
from chronik.preserve.ledger.bundle import checked, written
from chronik.preserve.stopping import VARIABLE

MARK = "zqxkanari"
URL = f"https://talbote.example/{MARK}-address-of-the-page"
OTHER = "https://talbote.example/other"
FEED = "https://talbote.example/feed.xml"
TITLE = f"{MARK} title of the report on the sluice"
AUTHOR = f"{MARK} Author"
TEXT = f"The water board of {MARK} Hallwerd closed the Mirre sluice in the night.\n\nNobody said {MARK} why it did so."
QUOTE = TEXT.partition("\n")[0]
PLAIN = "Anglers counted 300 kilograms of dead fish below the gates, and the keeper opened both of them at dawn."
UNPACKED_MAX = 2**28


def page(title, text, *, author="Nobody"):
    image = f"<img src=/p.png alt='{title} picture'>"
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta name=author content='{author}'></head>"
        f"<body><article><h1>{title}</h1>{image}{body}</article></body></html>"
    ).encode()


def prepare(world):
    """An archive with a page to be redacted and another beside it."""
    house = world / "archive"
    wiring.init(house)
    (world / "second").mkdir()
    settings = house / configuration.FILE_NAME
    settings.write_text(f'{settings.read_text()}encoder = "none"\nsecond_vault = "{world / "second"}"\n')
    with wiring.opened(house) as archive:
        fill(replace(archive, config=configuration.load(house)), world)


def fill(archive, world):
    from tests.preserve.material import exchange

    from chronik.desk import actions
    from chronik.web import publishing

    catalogue, now = archive.catalogue, archive.clock()
    catalogue.add_feed(Feed(url=FEED, added_at=now), due_at=now)
    catalogue.add_leads([Lead(url=URL, found_in=FEED, title=TITLE, found_at=now)])
    feed = f"<rss version='2.0'><channel><item><title>{TITLE}</title><link>{URL}</link></item></channel></rss>"
    captures = {}
    for url, body in (
        (URL, page(TITLE, TEXT, author=AUTHOR)),
        (OTHER, page("Another report", PLAIN)),
        (FEED, feed.encode()),
        (f"{OTHER}?2", page("A third report", f"{PLAIN} Twice.")),
    ):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        captures[url] = archive.vault.keep(exchange(head + body, url=url))
        catalogue.record_capture(captures[url], to_read=url != FEED)
    texts = {URL: (TITLE, TEXT, (AUTHOR,)), OTHER: ("Another report", PLAIN, ())}
    for url, (title, text, authors) in texts.items():
        catalogue.record_reading(captures[url].id, article(captures[url], title, text, authors, now=now))
    entry = article(captures[FEED], TITLE, TEXT, (AUTHOR,), now=now, url=URL, kind=ArticleKind.FEED_ENTRY)
    catalogue.add_article(entry)
    reading.index_due(archive)
    relating.relate_due(archive)
    actions.new_dossier(catalogue, names={"en": "The sluice"}, slug="sluice", by="ada", now=now)
    for url, quote, note in ((OTHER, PLAIN, ""), (URL, QUOTE, f"{MARK} private note")):
        reading_of = catalogue.reading_in(captures[url].id)
        clip = actions.clip(
            catalogue, article_id=reading_of.id, dossier="sluice", quote=quote, by="ada", now=archive.clock(), note=note
        )
        actions.move_clip(catalogue, clip.id, places=1, by="ada", now=archive.clock())
    actions.edit_clip(catalogue, clip.id, by="ada", now=archive.clock(), title=f"{TITLE}, edited")
    arrange(archive, [one.id for one in catalogue.clips("sluice")])
    catalogue.record_act(Act(at=archive.clock(), by="ada", verb=Verb.ADD, subject=URL, detail={}))
    reading.index_due(archive)
    publishing.publish(archive, "sluice", by="ada", now=archive.clock())
    publishing.publish(archive, "sluice", by="ada", now=archive.clock(), to=world / "elsewhere")
    packing.pack(archive, clip.id, to=world / "brought.wacz")
    taking_wacz.take(archive, world / "brought.wacz")
    (world / "brought.wacz").unlink()
    archive.close()
    torn = archive.config.vault / "quarantine" / "torn.from-7"
    torn.parent.mkdir()
    warc = next(archive.config.vault.glob("*.warc.gz"))
    torn.write_bytes(warc.read_bytes()[:-9])
    fixing.look_again(archive, everything=True)
    recording.record_due(archive)
    backing_up.back_up(archive, world / "backup")


def arrange(archive, clips):
    """Put all clips into a section, pin them, and let an event be called as the page is."""
    from chronik.desk import arrangement, timeline

    catalogue, by = archive.catalogue, {"by": "ada"}
    made = arrangement.add_section(catalogue, "sluice", names={"en": "Causes"}, now=archive.clock(), **by)
    for clip in clips:
        arrangement.file_clip(catalogue, clip, section=made.detail["item"], now=archive.clock(), **by)
        arrangement.pin_clip(catalogue, clip, now=archive.clock(), **by)
    for label in (TITLE, "In other words"):
        words = timeline.EventWords(begins="2026-03", labels={"en": label}, clips=clips)
        timeline.add_event(catalogue, "sluice", words=words, now=archive.clock(), **by)


def article(capture, title, text, authors, *, now, url="", kind=ArticleKind.ARTICLE):
    return Article(
        id=article_id(capture_id=capture.id, made_by="trial", given_id=url),
        capture_id=capture.id,
        url=url or capture.url,
        title=title,
        authors=authors,
        text=text,
        language="en",
        published="2026-05-01",
        made_by="trial",
        read_at=now,
        kind=kind,
    )


def pieces(data):
    """The bytes, and all that is packed in them."""
    yield data
    for magic, window in ((b"\x1f\x8b\x08", zlib.MAX_WBITS + 16),):
        place = data.find(magic)
        while place >= 0:
            inflater = zlib.decompressobj(window)
            with suppress(zlib.error):
                yield inflater.decompress(data[place:], UNPACKED_MAX)
            place = data.find(magic, place + 1)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield from pieces(package.read(name))


def hits(*folders):
    """Files in which the mark stands, in whatever form."""
    wanted = [MARK.encode(), MARK.encode("utf-16-le"), MARK.encode("utf-16-be"), MARK.upper().encode()]
    wanted += [MARK.encode().hex().encode()]
    found = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and any(
                form in piece.lower() or form in piece for piece in pieces(path.read_bytes()) for form in wanted
            ):
                found.add(str(path.relative_to(folder.parent)))
            if MARK in path.name:
                found.add(f"name {path.name}")
    return sorted(found)


def everything(world):
    return [world / name for name in ("archive", "state", "second", "elsewhere", "backup") if (world / name).exists()]


def redact(world):
    """Ask, confirm, publish again."""
    with wiring.opened(world / "archive") as archive:
        from chronik.web import takedown

        request = takedown.ask(archive, URL, reason=TakedownReason.PRIVACY, by="ada", note=f"{MARK} asked by letter")
        takedown.confirm(archive, request.id, by="ben")


def look(world):
    """Open the archive as anybody would, and say what is left and whether all is well."""
    with wiring.opened(world / "archive") as archive:
        from chronik.web import takedown

        waiting = [one.id for one in redacting.waiting(archive)]
        takedown.publish_again(archive, by="ben")
        recording.record_due(archive)
        found = {
            "waiting": len(waiting),
            "wrong": [f"{one.subject}: {one.what}" for one in checking.verify(archive)[1]],
            "captures": sorted(one.url for one in archive.catalogue.captures()),
            "clips": [one.url for one in archive.catalogue.clips("sluice")],
            "tombstones": len(redacting.tombstones(archive)),
            "site": sorted(path.name for path in (world / "archive" / "site").glob("sluice/c/*")),
            "proved": proved(archive),
        }
        if not waiting:
            backing_up.back_up(archive, world / "backup")
    found["hits"] = hits(*everything(world))
    return found


def proved(archive):
    from chronik.archive import proving

    kept = [one.id for one in archive.catalogue.captures() if one.url == OTHER]
    return checked(written(proving.bundle(archive, kept))).fault


def restore(world, backups):
    """Bring an older backup back, beside the archive, with the state directory as it is."""
    folder = world / "restored"
    backing_up.restore(backups, folder)
    wiring.make_key(folder)
    with wiring.opened(folder) as archive:
        left = sorted(one.url for one in archive.catalogue.captures())
        found = [one.noun.id for one in searching.search(archive, MARK).found]
    return {"captures": left, "found": found, "hits": hits(folder)}


def in_child(work, *, place=""):
    """What work gives in a process of its own; None where that was killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            if place:
                os.environ[VARIABLE] = place
            answer = {"done": work()}
        except BaseException:  # noqa: BLE001 - whatever went wrong is told to the parent
            answer = {"error": traceback.format_exc()}
        with os.fdopen(writer, "w") as out:
            json.dump(answer, out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return {"killed": os.WTERMSIG(status) == signal.SIGKILL}
    return json.loads(text)


def main(folder, places):
    world = Path(folder) / "world"
    world.mkdir(parents=True)
    os.environ["XDG_STATE_HOME"] = str(world / "state")
    report = {"prepared": in_child(lambda: prepare(world)), "before": hits(*everything(world))}
    untouched = Path(folder) / "untouched"
    shutil.copytree(world, untouched)
    report["redacted"] = in_child(lambda: redact(world))
    report["after"] = in_child(lambda: look(world))
    report["restored"] = in_child(lambda: restore(world, untouched / "backup"))
    report["killed"] = {}
    for place in places:
        shutil.rmtree(world)
        shutil.copytree(untouched, world)
        killed = in_child(lambda: redact(world), place=place)
        report["killed"][place] = {"killed": killed, "after": in_child(lambda: look(world))}
    json.dump(report, sys.stdout, indent=1)


if __name__ == "__main__":
    from tests.cli import warm

    warm.load()
    main(sys.argv[1], sys.argv[2:])
