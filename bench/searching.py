"""How fast search answers, against SQLite's FTS5 on the same texts."""

import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from bench.material import pages
from chronik.extract.article import article
from chronik.model import Article, Page
from chronik.ports import Document
from chronik.search.index import TantivyIndex

COPIES = 40
QUERIES = ("government", "regierung", "police berlin", "neue jahr", "the", "und", "israel war")


def measure():
    """Rows of the table: median milliseconds a query of both, and the ratio."""
    bodies, origin = pages()
    read = [article(Page(url="https://example.org/a", body=body, media_type="text/html")) for body in bodies]
    texts = [one for one in read if isinstance(one, Article)]
    documents = [
        Document(id=f"{copy}-{number}", kind="article", title=one.title, text=one.text, language=one.language)
        for copy in range(COPIES)
        for number, one in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder) / "index")
        index.add(documents)
        peer = full_text_table(documents)
        ours = median_ms(lambda query: index.search(query, limit=10))
        theirs = median_ms(lambda query: ask_table(peer, query))
    return [
        f"material: {len(documents)} documents ({COPIES} copies of {len(texts)} texts), {origin}",
        "| what | median ms a query, ten hits with snippet | ratio |",
        "|---|---|---|",
        f"| SQLite FTS5, bm25 and snippet() | {theirs:.2f} | 1.00 |",
        f"| chronik's index | {ours:.2f} | {theirs / ours:.2f} |",
    ]


def median_ms(ask):
    """Median wall milliseconds over all queries, asked five times each."""
    times = []
    for query in QUERIES * 5:
        start = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def full_text_table(documents):
    """The same texts in SQLite."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    connection.executemany("INSERT INTO texts VALUES (?, ?)", [(one.title, one.text) for one in documents])
    return connection


def ask_table(connection, query):
    """Ten best hits with snippets."""
    words = " ".join(f'"{word}"' for word in query.split())
    sql = "SELECT rowid, snippet(texts, 1, '', '', '…', 24) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10"
    return connection.execute(sql, (words,)).fetchall()
