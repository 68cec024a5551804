"""The pages that are read worst, shown so that a person can say what kind of failure each is."""

from bench.reading import figures

SHOWN_MAX = 3
CHARACTERS_SHOWN = 160
KNOWN_SHARE = 0.5
"""Of a paragraph's shingles: with fewer on the other side, the paragraph stands on one side only."""


def report(pages, findings, *, count):
    """Lines about the `count` pages of the lowest F1, the worst first."""
    scored = sorted(
        ((figures.page_f1(gold, findings.get(gold.page) or {}), gold) for gold in pages if gold.text),
        key=lambda item: (item[0][2], item[1].page),
    )
    for (precision, recall, f1), gold in scored[:count]:
        found = findings.get(gold.page) or {}
        text = found.get("text") or ""
        yield ""
        yield f"### {f1:.3f} (P {precision:.3f}, R {recall:.3f}) {gold.page}"
        yield f"{gold.url}"
        said = found.get("failure") or found.get("made_by")
        yield f"gold {len(gold.text):,} characters, found {len(text):,}; {said}"
        yield from _one_sided("missing", gold.text, text)
        yield from _one_sided("extra", text, gold.text)


def _one_sided(label, one, other):
    """The first paragraphs of the one text that the other one lacks."""
    known, said = figures.scorer().shingles(other), f" {figures.scorer().plain(other)} "
    lines = [line for line in one.split("\n") if line.strip()]
    lacking = [(number, line) for number, line in enumerate(lines, 1) if not _known(line, known=known, said=said)]
    for number, line in lacking[:SHOWN_MAX]:
        yield f"  {label} {number}/{len(lines)}: {_cut(line)}"
    if len(lacking) > SHOWN_MAX:
        yield f"  {label}: {len(lacking) - SHOWN_MAX} more"


def _known(line, *, known, said):
    """Whether the other text has a line: as it is, or most of its shingles."""
    shingles = figures.scorer().shingles(line)
    common, whole = sum((shingles & known).values()), sum(shingles.values())
    return f" {figures.scorer().plain(line)} " in said or common >= KNOWN_SHARE * whole


def _cut(line):
    return line if len(line) <= CHARACTERS_SHOWN else line[:CHARACTERS_SHOWN] + " …"
