"""Scores readings against the sets (decides): the shared scorer's definitions, and the minute of publication besides.

A finding is what every reader gives for a page, ours and the peers' alike: `text`, `title`, `authors`, `published`.
"""

import importlib.util
from datetime import datetime
from functools import cache

from bench.reading import sets


@cache
def scorer():
    """The shared scorer, which defines the figures."""
    path = sets.SHARED / "bench" / "score_extraction.py"
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(pages, findings):
    """The figures of one set, by name; those that the set has nothing for are left out."""
    pairs = [(gold, findings.get(gold.page) or {}) for gold in pages]
    found = _body(pairs)
    found["title"] = _share(_title(gold, one) for gold, one in pairs if gold.title)
    found["authors_f1"] = _share(_authors(gold, one) for gold, one in pairs if gold.authors)
    found["day"] = _share(_day(gold, one) for gold, one in pairs if gold.published)
    timed = [(gold, one) for gold, one in pairs if ":" in gold.published]
    found["minute"] = _share(same_minute(gold.published, _said(one)) for gold, one in timed)
    found["failed"] = sum(bool(one.get("failure")) for _, one in pairs)
    return {name: value for name, value in found.items() if value is not None}


def _body(pairs):
    if not any(gold.text for gold, _ in pairs):
        return {}
    body = scorer().body((gold.text, one.get("text")) for gold, one in pairs)
    return {f"body_{name}": body[name] for name in ("f1", "precision", "recall")}


def page_f1(gold, finding):
    """Precision, recall and their harmonic mean of one page."""
    body = scorer().body([(gold.text, finding.get("text"))])
    return body["precision"], body["recall"], body["f1"]


def _title(gold, finding):
    return scorer().plain(gold.title) == scorer().plain(finding.get("title"))


def _authors(gold, finding):
    wanted, given = scorer().names(gold.authors), scorer().names(finding.get("authors"))
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted else 1.0


def _day(gold, finding):
    return gold.published[:10] == _said(finding)[:10]


def _said(finding):
    return str(finding.get("published") or "")


def same_minute(wanted, said):
    """Whether two instants are the same to the minute; where one has no offset, by the clocks that they show."""
    one, other = _instant(wanted), _instant(said)
    if one is None or other is None:
        return False
    if one.tzinfo is None or other.tzinfo is None:
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def _instant(said):
    """The instant; None where only a day is said."""
    try:
        return datetime.fromisoformat(said) if ":" in said else None
    except ValueError:
        return None


def _share(values):
    values = list(values)
    return sum(values) / len(values) if values else None
