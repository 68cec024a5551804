"""What the real index does beyond the contract: languages, ranks, limits, several processes, damage."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chronik.errors import ChronikError, IndexBusyError
from chronik.ports import Document
from chronik.search import finding
from chronik.search.index import TantivyIndex

PROGRAM = Path(__file__).with_name("adding_program.py")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def document(id_, text, language="und", title="", **others):
    return Document(id=id_, kind="article", title=title, text=text, language=language, **others)


def found(index, query, **others):
    return [hit.id for hit in index.search(query, **others).hits]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("de", "Die Häuser brannten.", "haus"),
        ("de", "ein Haus", "Häuser"),
        ("de", "die Straßen", "strasse"),
        ("en", "they were negotiating", "negotiated"),
        ("fr", "les négociations", "negociation"),
        ("ru", "в Нагорном Карабахе", "Карабах"),
        ("es", "los acuerdos", "acuerdo"),
        ("it", "le trattative", "trattativa"),
        ("tr", "İSTANBUL'DAN IĞDIR'A", "istanbul"),
        ("tr", "Iğdır", "ığdır"),
        ("tr", "kitaplar", "kitap"),
        ("el", "Οι ΕΚΛΟΓΕΣ", "εκλογές"),
        ("ar", "المُفاوَضات", "المفاوضات"),
        ("he", "צה״ל הודיע", 'צה"ל'),
        ("fa", "می‌خواهند كتاب", "کتاب"),
        ("pl", "Łódź", "lodz"),
        ("hy", "Արցախ", "արցախ"),
        ("ka", "თბილისი", "თბილისი"),
        ("hi", "हिन्दी में", "हिन्दी"),
        ("zh", "北京大学发表声明", "大学"),
        ("zh", "北京大学发表声明", "明"),
        ("ja", "東京都の天気予報", "天気"),
        ("ko", "평양에서 회담", "평양"),
        ("th", "กรุงเทพมหานคร", "มหานคร"),
        ("de", "Sil\u00adben\u00adtren\u00adnung", "Silbentrennung"),
        ("de", "A\u0308rzte", "Ärzte"),
        ("en", "ﬁnal ｆｕｌｌｗｉｄｔｈ", "final fullwidth"),
        ("de", "COVID-19 und der 27.09.", "covid-19 27.09"),
    ],
)
def test_a_word_is_found_in_the_way_of_its_language(folder, language, text, query):
    index = TantivyIndex(folder)
    index.add([document("wanted", text, language), document("other", "etwas ganz anderes", "de")])
    hits = index.search(query).hits
    assert [hit.id for hit in hits] == ["wanted"]
    assert hits[0].marks


def test_the_title_weighs_more_than_the_text(folder):
    index = TantivyIndex(folder)
    index.add(
        [
            document("text", "waffenruhe " + "und noch viel mehr " * 5, title="anderes"),
            document("title", "anderes " + "und noch viel mehr " * 5, title="waffenruhe"),
        ]
    )
    assert found(index, "waffenruhe") == ["title", "text"]


def test_the_word_as_typed_comes_before_its_other_forms(folder):
    index = TantivyIndex(folder)
    index.add([document("forms", "Die Häuser", "de"), document("typed", "Das Haus", "de")])
    assert found(index, "haus") == ["typed", "forms"]


def test_a_question_is_answered_by_what_has_some_of_its_words_where_few_have_all(folder):
    index = TantivyIndex(folder)
    index.add(
        [
            document("all", "Regierung und Opposition streiten über den Haushalt.", "de"),
            document("two", "Die Opposition lehnt den Haushalt ab.", "de"),
            document("one", "Der Haushalt der Stadt.", "de"),
            document("none", "Es regnet.", "de"),
        ]
    )
    question = "Streiten Regierung und Opposition über Haushalt?"
    assert found(index, question) == ["all"]
    results = index.search(question, most=True)
    assert [hit.id for hit in results.hits][:2] == ["all", "two"]
    assert "none" not in [hit.id for hit in results.hits]
    assert results.every == 1
    assert index.search("Haushalt", most=True).every is None


def test_two_words_a_phrase_and_what_is_left_out_stay_as_they_were_asked(folder):
    index = TantivyIndex(folder)
    index.add(
        [document("a", "Regierung und Haushalt"), document("b", "Regierung"), document("c", "Haushalt Regierung")]
    )
    assert found(index, "Regierung Haushalt", most=True) == found(index, "Regierung Haushalt")
    assert found(index, '"Haushalt Regierung" Stadt Land', most=True) == ["c"]
    assert "a" not in found(index, "Regierung Haushalt Stadt Land -und", most=True)
    assert found(index, "Regierung Haushalt Stadt lang:fr", most=True) == []


def test_words_that_stand_everywhere_need_not_be_there(folder):
    index = TantivyIndex(folder)
    index.add(document(f"d{n}", f"der Bach und die Mühle {n}", "de") for n in range(30))
    index.add([document("wanted", "Schleuse klemmt", "de")])
    assert found(index, "die Schleuse und der Bach klemmt", most=True)[0] == "wanted"


def test_a_beginning_that_stands_for_too_many_words_is_cut_with_a_notice(folder, monkeypatch):
    monkeypatch.setattr(finding, "BEGINNING_WORDS_MAX", 5)
    index = TantivyIndex(folder)
    index.add(document(f"d{n}", f"wort{n}") for n in range(20))
    results = index.search("wort*")
    assert results.total == 5
    assert "“wort*”" in results.notice


def test_a_phrase_does_not_reach_from_one_author_to_the_next(folder):
    index = TantivyIndex(folder)
    index.add([document("a", "x", authors=("Anna Berg", "Carl Dorn"))])
    assert found(index, 'author:"anna berg"') == ["a"]
    assert found(index, 'author:"berg carl"') == []


def test_words_far_behind_the_beginning_are_found_and_shown(folder):
    index = TantivyIndex(folder)
    index.add([document("long", "wort " * 50_000 + "nadel im heu")])
    hit = index.search("nadel").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["nadel"]


def test_an_open_reader_sees_what_another_has_added(folder):
    reader, writer = TantivyIndex(folder), TantivyIndex(folder)
    assert reader.count() == 0
    writer.add([document("a", "wort")])
    assert found(reader, "wort") == ["a"]


def test_a_new_index_asks_to_be_filled_until_it_is(folder):
    index = TantivyIndex(folder)
    assert index.needs_rebuild
    assert TantivyIndex(folder).needs_rebuild
    index.add([document("a", "wort")])
    assert not index.needs_rebuild
    assert not TantivyIndex(folder).needs_rebuild


@pytest.mark.parametrize("damage", ["no meta", "broken meta", "half a file", "missing file", "not a folder"])
def test_a_damaged_index_starts_empty_and_asks_to_be_filled(folder, damage):
    TantivyIndex(folder).add([document("a", "wort")])
    inside = next(folder.glob("layout-*"))
    terms = next(inside.glob("*.term"))
    if damage == "no meta":
        (inside / "meta.json").unlink()
    elif damage == "broken meta":
        (inside / "meta.json").write_bytes(b'{"index')
    elif damage == "half a file":
        terms.write_bytes(terms.read_bytes()[:-30])
    elif damage == "missing file":
        terms.unlink()
    else:
        shutil.rmtree(inside)
        inside.write_bytes(b"?")
    index = TantivyIndex(folder)
    assert index.needs_rebuild
    assert index.count() == 0
    index.add([document("b", "wort")])
    assert found(index, "wort") == ["b"]


def test_an_index_deleted_under_a_running_program_starts_anew(folder):
    index = TantivyIndex(folder)
    index.add([document("a", "wort")])
    shutil.rmtree(folder)
    assert index.count() == 0
    assert index.needs_rebuild
    index.add([document("b", "wort")])
    assert found(index, "wort") == ["b"]


def test_a_damage_found_while_reading_says_what_to_do(folder):
    index = TantivyIndex(folder)
    index.add(document(f"d{n}", f"wort {n}") for n in range(50))
    store = next(folder.glob("layout-*/*.store"))
    whole = bytearray(store.read_bytes())
    whole[4:40] = bytes(36)
    store.write_bytes(whole)
    with pytest.raises(ChronikError, match="Delete this folder"):
        TantivyIndex(folder).search("wort")


def test_several_who_start_at_once_get_one_index(folder):
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(TantivyIndex, [folder] * 8))
    opened[0].add([document("a", "wort")])
    assert [index.count() for index in opened] == [1] * 8


def test_an_index_of_another_layout_is_thrown_away(folder):
    old = folder / "layout-0"
    old.mkdir(parents=True)
    (old / "meta.json").write_bytes(b"{}")
    assert TantivyIndex(folder).needs_rebuild
    assert not old.exists()


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ChronikError, match="search index"):
        TantivyIndex(tmp_path / "file" / "index")


def test_documents_that_break_off_leave_the_index_as_it_was(folder):
    def broken():
        yield document("b", "wort")
        raise RuntimeError("the catalogue is gone")

    index = TantivyIndex(folder)
    index.add([document("a", "wort")])
    with pytest.raises(RuntimeError):
        index.add(broken())
    assert found(index, "wort") == ["a"]
    index.add([document("c", "wort")])
    assert sorted(found(index, "wort")) == ["a", "c"]


def started(folder, number, *more):
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), str(number), *more], stdout=subprocess.PIPE, text=True
    )


def test_one_process_writes_at_a_time_and_the_other_is_told(folder):
    index = TantivyIndex(folder)
    with started(folder, 0, "hold") as other:
        try:
            assert other.stdout.readline() == "holding\n"
            with pytest.raises(IndexBusyError, match="Nothing is lost"):
                index.add([document("a", "wort")])
            assert index.count() == 0
        finally:
            other.kill()
            other.wait(timeout=20)
    index.add([document("a", "wort")])
    assert index.count() == 1


def test_a_killed_writer_loses_nothing_that_was_acknowledged(folder):
    acknowledged = set()
    for round_number in range(3):
        with started(folder, round_number * 1000) as writer:
            for _ in range(2 + round_number):
                acknowledged.add(writer.stdout.readline().strip())
            writer.kill()
            acknowledged.update(line.strip() for line in writer.stdout if line.endswith("\n"))
            writer.wait(timeout=20)
        index = TantivyIndex(folder)
        assert not index.needs_rebuild
        assert acknowledged <= set(found(index, "wort", limit=500))
        assert index.count() == len(set(found(index, "wort", limit=500)))
