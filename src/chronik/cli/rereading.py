"""`reread`: the kept pages and feeds, read again by the readers of this version."""

from __future__ import annotations

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson


def reread(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Read every kept page and feed again: after an update, or after new rules for newspapers. Nothing is fetched.

    Clips stay as they are, articles put aside stay aside. Feeds come first, then pages; stopped among the pages, it
    goes on with the next `chronik collect`.

    Example: `chronik reread`
    """
    from chronik.archive import reading, rereading

    with opened(archive) as house, output.progress(hidden=as_json) as progress:
        done = rereading.read_again(house, progress=progress)
        reading.index_due(house, progress=progress)
    if as_json:
        output.emit({"articles": done.articles, "without_article": done.without_article})
        return
    output.say(f"Read again: {done.articles} articles, {done.without_article} pages without one.")
