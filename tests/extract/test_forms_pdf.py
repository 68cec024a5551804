"""PDF documents: reading order, joined words, running heads, fields, and those that cannot be read."""

import zlib

import pytest
from tests.extract.pdf_files import Line, column, pdf, stream

from chronik.extract.article import article
from chronik.extract.forms import bidi, vertical
from chronik.extract.forms import pdf as reader
from chronik.extract.forms.stated import stated_day
from chronik.extract.workers import readings
from chronik.model import Article, ArticleKind, BlockKind, Failure, FailureKind, Page

BODY = [
    "The ministry said on Monday that the sluice at Hallwerd",
    "stays shut until the water has fallen below the mark that",
    "was set in spring.",
]
MORE = [
    "Nobody on the river knows for how long that will be, said",
    "the boatmen, who have waited for three weeks now.",
]


def read(body, **fields):
    found = article(Page(url="", body=body, **fields))
    assert isinstance(found, Article), str(found)
    return found


def refused(body):
    found = article(Page(url="", body=body))
    assert isinstance(found, Failure), found.text
    assert found.detail
    assert "\n" not in found.detail
    return found


def test_lines_become_paragraphs():
    found = read(pdf([*column(BODY), *column(MORE, y=640)]))
    assert found.paragraphs == (" ".join(BODY), " ".join(MORE))
    assert found.kind is ArticleKind.DOCUMENT
    assert found.language == "en"
    assert "text from pypdfium2" in found.made_by


def test_the_largest_line_of_the_first_page_is_the_title():
    found = read(pdf([Line(60, 760, "Sluice stays shut", 20), *column(BODY)]))
    assert found.title == "Sluice stays shut"
    assert found.paragraphs == (" ".join(BODY),)


@pytest.mark.parametrize(
    "head", ["PRESSEMITTEILUNG", "Press Release No. 12/2026", "Communiqué de presse", "Пресс-релиз"]
)
def test_what_every_release_is_headed_with_is_no_title(head):
    found = read(pdf([Line(60, 790, head, 26), Line(60, 755, "Sluice stays shut until autumn", 18), *column(BODY)]))
    assert found.title == "Sluice stays shut until autumn"


def test_a_title_over_two_lines_is_one():
    found = read(pdf([Line(60, 780, "Sluice stays shut", 20), Line(60, 755, "until autumn", 20), *column(BODY)]))
    assert found.title == "Sluice stays shut until autumn"


def test_two_columns_are_read_one_after_the_other():
    left = [f"Left column line {number} tells of the" for number in range(12)]
    right = [f"Right column line {number} tells of a" for number in range(12)]
    rows = [line for pair in zip(column(left), column(right, x=320), strict=True) for line in pair]
    text = read(pdf([Line(60, 760, "Title over both columns of text", 18), *rows])).text
    assert text.index("Left column line 11") < text.index("Right column line 0")


def test_a_table_is_read_row_by_row():
    rows = [("Income", "2024", "1,200"), ("Costs", "2024", "1,100"), ("Profit", "2024", "100"), ("Tax", "2024", "20")]
    cells = [
        Line(60 + 180 * at, 700 - 18 * number, cell) for number, row in enumerate(rows) for at, cell in enumerate(row)
    ]
    text = " ".join(read(pdf([*column(BODY, y=800), *cells])).text.split())
    assert "Income 2024 1,200 Costs 2024 1,100" in text


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        (["Das Ministerium bestätigte die Schlie-", "ßung der Schleuse."], "die Schließung der"),
        (["Die Ein-", "und Ausfahrt bleibt gesperrt."], "Die Ein- und Ausfahrt"),
        (["Der Schleusen-Plan liegt vor. Der Schleusen-", "Plan gilt ab Mai."], "Der Schleusen-Plan gilt"),
        (["the well-known and well-", "known case of the sluice"], "and well-known case"),
        (["the sluice was reo\u00ad", "pened on Monday at noon"], "was reopened on"),
    ],
)
def test_words_that_a_line_end_parts_are_put_together(lines, together):
    assert together in read(pdf(column([*lines, "Mehr sagte der Sprecher nicht dazu."]))).text


def test_what_stands_on_every_page_is_left_out():
    pages = [
        [
            Line(60, 810, "Ministry of Waters · Press office", 8),
            *column([f"Paragraph {number} of the text is told here at some length.", "It has a second line."]),
            Line(60, 30, "press@example.org", 8),
            Line(520, 30, f"Page {number} of 3", 8),
        ]
        for number in (1, 2, 3)
    ]
    text = read(pdf(*pages)).text
    assert "Ministry of Waters" not in text
    assert "press@" not in text
    assert "Page" not in text
    assert "Paragraph 3 of the text" in text


def test_a_paragraph_goes_on_over_the_end_of_a_page():
    first = column([*BODY[:2], "was set in the spring of last year by the"], y=200)
    found = read(pdf(first, column(["council of the town. That is all."], y=780)))
    assert found.paragraphs == (
        " ".join([*BODY[:2], "was set in the spring of last year by the council of the town. That is all."]),
    )


def test_indented_lines_begin_paragraphs():
    lines = []
    for number in range(5):
        y = 700 - 45 * number
        lines += [Line(80, y, f"Paragraph number {number} begins with an indent and", 11)]
        lines += column(
            ["goes on in the second line, which has no end", "and then in the third one"], y=y - 15, leading=1.36
        )
    assert len(read(pdf(lines)).paragraphs) == 5


def test_items_of_a_list_stay_apart():
    found = read(pdf(column([*BODY, "• the gates are old", "• the mark is low"])))
    assert found.paragraphs[1:] == ("the gates are old", "the mark is low")
    assert [block.kind for block in found.blocks][1:] == [BlockKind.ITEM, BlockKind.ITEM]


def test_hebrew_is_read_from_right_to_left_with_numbers_in_order():
    words = "השר אמר ביום שני כי הסכר בנהר יישאר סגור עד שנת 2026"
    shown = "2026 " + words.removesuffix(" 2026")[::-1]
    assert words in read(pdf(column([shown, "השר אמר ביום שני כי הסכר"[::-1]], x=100))).text


def test_japanese_gets_no_spaces_at_line_ends():
    lines = ["港でのストライキは続いている、と労働組合は月曜日に", "述べた。今後の見通しは不明だ。"]
    assert "".join(lines) in read(pdf(column(lines))).text


def test_ligatures_become_letters():
    assert "the official office" in read(pdf(column(["He left the o\ufb03cial o\ufb03ce on Monday at noon."]))).text


def test_a_page_that_is_shown_turned_is_read_as_shown():
    found = read(pdf([*column(BODY), *column(MORE, y=640)], rotate=180))
    assert " ".join(MORE).split()[0] in found.text


# Fields out of the file's properties


def test_a_title_among_the_properties_counts_where_the_text_bears_it_out():
    lines = [Line(60, 780, "PRESSEMITTEILUNG", 24), Line(60, 750, "Sluice stays shut", 14), *column(BODY)]
    assert read(pdf(lines, info="/Title (Sluice stays shut)")).title == "Sluice stays shut"
    assert (
        read(pdf(lines, info="/Title (Microsoft Word - pm_12_final.docx)")).title != "Microsoft Word - pm_12_final.docx"
    )
    assert read(pdf(lines, info="/Title (Something else entirely)")).title != "Something else entirely"


def test_an_author_among_the_properties_counts_where_the_text_names_them():
    lines = [*column(BODY), *column(["By Ana Torres"], y=640)]
    assert read(pdf(lines, info="/Author (Ana Torres)")).authors == ("Ana Torres",)
    assert read(pdf(lines, info="/Author (m.schmidt)")).authors == ()


def test_the_date_of_the_file_counts_only_where_the_text_names_that_day():
    made = "/CreationDate (D:20260503101500+02'00')"
    dated = column(["Hallwerd, 4. Mai 2026", *BODY])
    assert read(pdf(dated, info=made)).published == "2026-05-04"
    assert read(pdf(column(BODY), info=made)).published == ""


@pytest.mark.parametrize(
    "text",
    [
        "Berlin, 3. Mai 2026",
        "May 3, 2026 – London",
        "3 мая 2026 года",
        "03.05.2026",
        "3/5/2026",
        "05/03/2026",
        "2026-05-03",
        "2026年5月3日",
        "٣ مايو ٢٠٢٦",
        "le 3 mai 2026",
        "3 de mayo de 2026",
    ],
)
def test_a_day_is_found_as_texts_write_it(text):
    assert stated_day(f"Title\n{text}\nText", "2026-05-03") == "2026-05-03"


@pytest.mark.parametrize("text", ["", "3. Mai 2025", "13.05.2026", "in the year 2026", "33.05.2026", "2026-05-033"])
def test_a_day_that_the_text_does_not_name_is_none(text):
    assert stated_day(text, "2026-05-03") == ""
    assert stated_day(text, "no date") == ""


# What cannot be read


def test_a_scan_without_text_is_refused_as_such():
    found = refused(pdf([]))
    assert found.kind is FailureKind.NO_TEXT
    assert "scanned pictures; no text layer" in found.detail


def test_a_locked_file_is_refused_as_such():
    keys = f"/O <{'00' * 32}> /U <{'11' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 {keys} >> /ID [<00> <00>]"
    found = refused(pdf(column(BODY), trailer=lock))
    assert found.kind is FailureKind.UNREADABLE
    assert "password" in found.detail


@pytest.mark.parametrize("length", [8, 60, 700])
def test_a_file_that_is_cut_short_is_damaged(length):
    assert refused(pdf(column(BODY))[:length]).kind is FailureKind.UNREADABLE


def test_a_file_with_a_broken_table_of_places_is_read_all_the_same():
    body = pdf(column(BODY)).replace(b"startxref\n", b"startxref\n9")
    assert " ".join(BODY) in read(body).text


def test_what_stands_before_the_first_line_does_no_harm():
    assert " ".join(BODY) in read(b"\n\n" + pdf(column(BODY)), media_type="application/octet-stream").text


def test_thousands_of_pages_are_too_many():
    found = refused(pdf(*[column(BODY)] * (reader.PAGES_MAX + 1)))
    assert found.kind is FailureKind.TOO_LARGE
    assert "500" in found.detail


def test_a_tree_of_pages_that_bites_its_tail_is_refused():
    loop = {2: b"<< /Type /Pages /Kids [2 0 R 10 0 R] /Count 1000000 >>"}
    assert refused(pdf(column(BODY), extra=loop.items())).kind is FailureKind.TOO_LARGE


def _drawing(times):
    """A drawing that draws the next one many times over, eight deep."""
    resources = "/Resources << /Font << /F 3 0 R >> /XObject << /X{0} {1} 0 R >> >>"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources.format(0, 30)} /Contents 11 0 R >>"
    objects = {10: page.encode()}
    for number in range(8):
        draw = f"/X{number + 1} Do " * times
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 600 900] {resources.format(number + 1, 31 + number)}"
        objects[30 + number] = f"<< {head} /Length {len(draw)} >>\nstream\n{draw}\nendstream".encode()
    text = "BT /F 11 Tf 1 0 0 1 50 50 Tm <00410042> Tj ET"
    head = "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 3 0 R >> >>"
    objects[38] = f"<< {head} /Length {len(text)} >>\nstream\n{text}\nendstream".encode()
    return pdf(contents=[stream(zlib.compress(b"/X0 Do"))], extra=objects.items())


def test_bombs_end_their_reader_and_nothing_else():
    packer = zlib.compressobj(9)
    blanks = b"".join(packer.compress(b" " * 2**20) for _ in range(1024)) + packer.flush()
    pages = {
        "blanks": pdf(contents=[stream(blanks)]),
        "drawings": _drawing(10),
        "fine": pdf(column(BODY)),
    }
    found = dict(readings(((name, Page(url="", body=body)) for name, body in pages.items()), workers=1, timeout_s=8))
    assert isinstance(found["blanks"], Failure)
    assert isinstance(found["drawings"], Failure)
    assert isinstance(found["fine"], Article)


def test_the_first_line_of_a_short_title_belongs_to_it():
    title = [Line(60, 780, "Harbour", 20), Line(60, 756, "town votes to rebuild", 20), Line(60, 732, "its library", 20)]
    assert read(pdf([*title, *column(BODY)])).title == "Harbour town votes to rebuild its library"


def test_a_page_written_from_above_to_below_is_known_by_its_signs():
    columns = [(500.0 - 20 * number, 700.0 - 11 * at, 11.0) for number in range(3) for at in range(16)]
    assert vertical.is_vertical(columns)
    assert not vertical.is_vertical([(y, x, size) for x, y, size in columns])
    assert not vertical.is_vertical(columns[:10])


def test_paragraphs_of_one_or_two_lines_are_told_apart():
    starts = (700, 660, 620, 580)
    lines = [line for y in starts for line in column([BODY[0], "and so on for ever."], y=y, leading=1.2)]
    assert len(read(pdf(lines)).paragraphs) == len(starts)


def test_a_column_that_begins_a_line_above_the_other_is_read_in_its_place():
    left = column([*BODY, *MORE, *BODY], x=50, y=690, size=9)
    right = column(["On Tuesday the other side said that nothing of it is true,", *MORE, *BODY], x=320, y=700, size=9)
    text = read(pdf([Line(60, 780, "Sluice stays shut until autumn", 20), *left, *right])).text
    assert text.index("On Tuesday") > text.rindex("was set in spring.", 0, text.index("On Tuesday"))
    assert text.startswith("The ministry")


def test_type_that_the_page_makes_smaller_has_the_size_that_is_seen():
    drawn = "\n".join(
        f"BT /F 20 Tf .5 0 0 .5 {x} {y} Tm <{''.join(f'{ord(sign):04X}' for sign in text)}> Tj ET"
        for y, pair in zip((700, 687, 674, 661), zip(BODY + MORE[:1], MORE + BODY[:2], strict=True), strict=True)
        for x, text in zip((30, 330), pair, strict=True)
    )
    text = read(pdf(contents=[stream(zlib.compress(drawn.encode()))])).text
    assert text.startswith(f"{BODY[0]} {BODY[1]}")


def test_gaps_around_vowel_signs_part_no_word():
    signs = [("न", 0, 8), ("ि", 8, 16), (" ", 16, 16), ("ग", 17, 25), ("म", 25, 33), (" ", 33, 33), ("न", 40, 48)]
    assert bidi.read([bidi.Sign(*sign) for sign in signs], size=16) == "निगम न"


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("إن المشروع »سينهي أزمة العطش«، مضيفا", "إن المشروع «سينهي أزمة العطش»، مضيفا"),
        ("المشروع » سينهي", "المشروع «سينهي"),
        ("الوزارة )المياه( أمس", "الوزارة (المياه) أمس"),
        ("إن المشروع «سينهي أزمة العطش»، مضيفا", "إن المشروع «سينهي أزمة العطش»، مضيفا"),
    ],
)
def test_marks_of_lines_from_the_right_stand_as_they_are_written(drawn, written):
    assert bidi.mirrored(drawn) == written
