"""How much a browser is sent for a page that it has never seen, packed, with style, scripts and icons.

Times are measured by `python -m bench desk_pages`, since they are the machine's; weights are the pages' own.
"""

import gzip
import re

from bench import desk_archive, desk_dossiers
from bench.desk_requests import cases

ARTICLES = 600
FEWER = {"DOSSIERS": 4, "LARGE_DOSSIER_CLIPS": 120, "LARGE_DOSSIER_SUGGESTIONS": 120, "SUGGESTIONS": 60}
"""A page shows a hundred clips and fifty rows at once, however many there are."""
BUDGET_BYTES, FLOOR_BYTES = 150_000, 80_000
"""What a page may weigh at most, and what none has weighed for long."""
SLOW = {"accounts"}
"""It reads a hundred articles, which takes longer than all others; `bench desk_pages` weighs it."""
PART = re.compile(rb'(?:href|src)="(/static/[^"#]+)')
PACKED = {"Accept-Encoding": "gzip"}


def sent(client, address):
    """An answer as it goes over the wire, its head apart."""
    answer = client.get(address, headers=PACKED)
    assert answer.status_code == 200, address
    return answer.getvalue(), answer.headers.get("Content-Encoding", "")


def test_no_page_weighs_more_than_its_budget(archive, editor, monkeypatch):
    for name, number in FEWER.items():
        monkeypatch.setattr(desk_dossiers, name, number)
    desk_dossiers.work(desk_archive.fill(articles=ARTICLES))
    parts, weights = {}, {}
    for case in cases():
        address, form = next(case.asked, ("", {}))
        if form is not None or not address or case.name in SLOW:
            continue
        page, encoding = sent(editor, address)
        named = set(PART.findall(gzip.decompress(page) if encoding else page))
        for part in named - parts.keys():
            parts[part] = len(sent(editor, part.decode())[0])
        weights[case.name] = len(page) + sum(parts[part] for part in named)
    assert len(weights) > 25
    assert {name: weight for name, weight in weights.items() if weight > FLOOR_BYTES} == {}
    assert FLOOR_BYTES < BUDGET_BYTES
