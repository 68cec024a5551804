"""Sentence vectors and names of the articles that suggesting is measured with, kept between runs in bench/out."""

import json
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from chronik.relate.bridge import Bridge
from chronik.relate.encode import E5Encode
from chronik.relate.report_vectors import report_vectors
from chronik.relate.suggest import piece

FOLDER = Path(__file__).resolve().parent / "out" / "vectors"
CHARACTERS_MAX = 4_000
"""The encoder reads the beginning only."""
NAMED_CHARACTERS_MAX = 2_500
TEXTS_AT_ONCE = 500


@cache
def bridge():
    """The bridge between spellings."""
    return Bridge()


def vectors(texts):
    """One row each; what was encoded before is read from the file."""
    encoder = E5Encode(threads=1)
    files = FOLDER / f"{_digest(encoder.made_by)}.npy", FOLDER / f"{_digest(encoder.made_by)}.json"
    keys = json.loads(files[1].read_text()) if files[1].is_file() else []
    rows = np.load(files[0]) if keys else np.zeros((0, encoder.dimensions), dtype=np.float32)
    known = set(keys)
    new = [text for text in dict.fromkeys(texts) if _digest(text) not in known]
    for start in range(0, len(new), TEXTS_AT_ONCE):
        part = new[start : start + TEXTS_AT_ONCE]
        rows = np.concatenate([rows, encoder.vectors([text[:CHARACTERS_MAX] for text in part])])
        keys += [_digest(text) for text in part]
        FOLDER.mkdir(parents=True, exist_ok=True)
        np.save(files[0], rows)
        files[1].write_text(json.dumps(keys))
    places = {key: place for place, key in enumerate(keys)}
    return rows[[places[_digest(text)] for text in texts]]


class KeptBetweenRuns:
    """Stands for `ports.Encode` where vectors are asked for."""

    def vectors(self, texts):
        """One row each."""
        return vectors(texts)


_read = {}


def pieces(reports):
    """What suggesting knows of each report; what was read before in this process is not read again."""
    fresh = [report for report in reports if report not in _read]
    rows = report_vectors(fresh, encode=KeptBetweenRuns()) if fresh else ()
    for report, row in zip(fresh, rows, strict=True):
        _read[report] = piece(report, names=named(report), vector=row)
    return [_read[report] for report in reports]


def named(report):
    """Names in the beginning of a report, as the archive looks for them."""
    return bridge().names_in(f"{report.title}\n{report.text}"[:NAMED_CHARACTERS_MAX], language=report.language)


def _digest(text):
    return blake2b(text[:CHARACTERS_MAX].encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
