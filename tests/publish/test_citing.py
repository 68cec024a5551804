"""How clips and dossiers are cited."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.model import SourceKind
from chronik.publish.citing import Cited, bibtex, csl, date_parts, ris

CITED = Cited(
    id="ab12" * 16,
    title="Die Schleuse & das {Tal} – 50 %",
    language="de",
    container="Talbote",
    authors=("Merle Hagenstroth", "نشرة"),
    kind=SourceKind.NEWSPAPER,
    published="2025-03-31T05:40:00+02:00",
    accessed=datetime(2025, 4, 2, 9, tzinfo=UTC),
    url="https://talbote.example/a_b?x=1&y=50%25",
    archive="Pressearchiv",
    permalink="https://press.example.org/schleuse/c/ab12ab12ab12/",
)


def test_csl_says_what_is_known():
    assert csl(CITED) == {
        "id": "ab12ab12ab12",
        "type": "article-newspaper",
        "title": CITED.title,
        "language": "de",
        "container-title": "Talbote",
        "author": [{"literal": "Merle Hagenstroth"}, {"literal": "نشرة"}],
        "issued": {"date-parts": [[2025, 3, 31]]},
        "accessed": {"date-parts": [[2025, 4, 2]]},
        "URL": CITED.url,
        "archive": "Pressearchiv",
        "archive_location": CITED.permalink,
    }
    assert csl(Cited(id="x", title="Ohne")) == {"id": "x", "type": "webpage", "title": "Ohne"}


def test_bibtex_escapes_what_tex_takes_for_its_own():
    assert bibtex(CITED) == (
        "@online{chronik-ab12ab12ab12,\n"
        "  title = {Die Schleuse \\& das \\{Tal\\} – 50 \\%},\n"
        "  author = {{Merle Hagenstroth} and {نشرة}},\n"
        "  organization = {Talbote},\n"
        "  date = {2025-03-31},\n"
        "  url = {https://talbote.example/a_b?x=1&y=50\\%25},\n"
        "  urldate = {2025-04-02},\n"
        "  langid = {de},\n"
        "  note = {Pressearchiv, https://press.example.org/schleuse/c/ab12ab12ab12/},\n"
        "}\n"
    )


def test_ris_has_a_tag_a_line():
    assert ris(CITED).split("\r\n") == [
        "TY  - NEWS",
        "ID  - ab12ab12ab12",
        "TI  - Die Schleuse & das {Tal} – 50 %",
        "AU  - Merle Hagenstroth",
        "AU  - نشرة",
        "T2  - Talbote",
        "PY  - 2025",
        "DA  - 2025/03/31/",
        "Y2  - 2025/04/02/",
        "UR  - https://talbote.example/a_b?x=1&y=50%25",
        "LA  - de",
        "DB  - Pressearchiv",
        "L1  - https://press.example.org/schleuse/c/ab12ab12ab12/",
        "ER  - ",
        "",
        "",
    ]
    assert "DA  - 2025/03//\r\n" in ris(replace(CITED, published="2025-03"))


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("", []),
        ("2025", [2025]),
        ("2025-03", [2025, 3]),
        ("2025-13-01", [2025]),
        ("2025-02-30", [2025]),
        ("0000", []),
        ("x", []),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(published, parts):
    assert date_parts(published) == parts


@given(st.text(), st.text(), st.text())
def test_nothing_that_a_page_says_breaks_out_of_its_field(title, author, container):
    cited = replace(CITED, title=title, authors=(author,), container=container)
    json.dumps(csl(cited))
    assert all(len(line) < 4 or line[2:6] == "  - " for line in ris(cited).split("\r\n"))
    assert len(ris(cited).splitlines()) <= 15
    entry = bibtex(cited)
    bare = entry.replace("\\textbackslash{}", "").replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert len(entry.splitlines()) <= 10
