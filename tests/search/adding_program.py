"""Adds documents one by one and says so on its standard output, until it is killed; or holds the lock."""

import sys
import time
from pathlib import Path

from chronik.ports import Document
from chronik.search.index import TantivyIndex


def said(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def documents(first):
    yield Document(id=f"n{first}", kind="article", title="Wort", text="Wort " * 200, language="de")


def slow(first):
    yield from documents(first)
    said("holding")
    time.sleep(60)


index = TantivyIndex(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    index.add(slow(number) if sys.argv[3:] == ["hold"] else documents(number))
    said(f"n{number}")
    number += 1
