"""A sketch is small, the same everywhere, blind to typography, and made of any string."""

import hashlib
import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronik.relate.fingerprint import Sketch, compared, sketch, unpacked, values, verified, without

MANY_SCRIPTS = (
    "Am 20. September 2023 rückten 4.000 Mann vor; die Brücke blieb zu. "
    "В Степанакерте погибли 27 человек, сообщили власти во вторник. "
    "قال الوزير إن الجسر مغلق منذ 3 أيام ولن يفتح قبل الأحد المقبل. "
    "外交部发言人周二表示，双方已同意在边境举行会谈。สะพานยังปิดอยู่จนถึงวันอาทิตย์ "
    "Նախարարն ասաց, որ կամուրջը փակ է մինչև կիրակի։"
)
DIGEST = "6be1d5ef"


@pytest.mark.parametrize(
    "text", ["", "\0" * 10**5, "\ud800 \udfff" * 10**4, "a" * 10**6, "一二三" * 10**5, "a b c " * 10**5, "9 " * 10**6]
)
def test_any_string_has_a_small_sketch(text):
    made = sketch(text)
    assert len(made.packed()) <= 2_048
    assert unpacked(made.packed()) == made


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_sketch_survives_packing(text):
    assert unpacked(sketch(text).packed()) == sketch(text)
    assert 0 <= verified(text, text * 2) <= 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120), st.booleans())
def test_bytes_that_are_no_sketch_are_refused(data, is_ours):
    try:
        found = unpacked(b"\x01" * is_ours + data)
    except ValueError:
        return
    assert compared(found, sketch(MANY_SCRIPTS)).resemblance <= 1


def test_the_longest_text_has_a_sketch_of_2_kb_too():
    words = " ".join(f"wort{number} {number}" for number in range(30_000))
    assert 1_500 < len(sketch(words).packed()) <= 2_048


def test_sketches_are_the_same_on_every_machine_and_in_every_version():
    assert hashlib.sha256(sketch(MANY_SCRIPTS).packed()).hexdigest()[:8] == DIGEST


@pytest.mark.parametrize("seed", ["1", "2"])
def test_sketches_do_not_depend_on_the_process(seed):
    program = (
        "import sys; from chronik.relate.fingerprint import sketch;"
        "sys.stdout.write(sketch(sys.stdin.buffer.read().decode()).packed().hex())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=MANY_SCRIPTS.encode(),
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert run.stdout.decode() == sketch(MANY_SCRIPTS).packed().hex()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Der Minister sagte: „Die Brücke bleibt zu“ – bis Sonntag.",
            'DER MINISTER SAGTE "DIE BRUCKE BLEIBT ZU" -- BIS SONNTAG',
        ),
        (
            "L’élève a dit qu’il viendrait à l’école demain matin",
            "l'eleve a dit qu'il viendrait a l'ecole demain matin",
        ),
        (
            "Le nombre est de ４２ personnes dans la ville ce soir",
            "le nombre est de 42 personnes dans la ville ce soir",
        ),
        (
            "Minis\u00adterium und Ver\u200bwaltung bleiben heute noch geschlossen",
            "Ministerium und Verwaltung bleiben heute noch geschlossen",
        ),
        ("وقال الوزير إن كل شيء علي ما يرام في المدينة", "وقال الوزیر إن کل شیء علی ما یرام فی المدینة"),
        ("İstanbul'da ışıklar söndü ve köprü bugün kapalı", "istanbul'da isiklar sondu ve kopru bugun kapali"),
        (
            "がギグゲゴとパピプペポは同じ文字である",
            unicodedata.normalize("NFD", "がギグゲゴとパピプペポは同じ文字である"),
        ),
        ("в Ереване ещё идёт снег и мосты закрыты", "В ЕРЕВАНЕ ЕЩЕ ИДЕТ СНЕГ, И МОСТЫ ЗАКРЫТЫ"),
        ("၁၂၃ ነገር ៤៥ หนึ่ง เรื่อง ที่ เกิด ขึ้น", "123 ነገር 45 หนึ่งเรื่องที่เกิดขึ้น"),
    ],
)
def test_typography_is_put_aside(one, other):
    assert sketch(one) == sketch(other)
    assert sketch(one).shingles > 0


def test_a_part_stands_wholly_in_its_whole_and_others_do_not():
    words = [f"wort{number}" for number in range(2_000)]
    whole, part = sketch(" ".join(words)), sketch(" ".join(words[300:700]))
    likeness = compared(part, whole)
    assert likeness.first == 1
    assert likeness.second == pytest.approx(0.2, abs=0.05)
    assert likeness.resemblance == pytest.approx(0.2, abs=0.05)
    assert compared(part, sketch(" ".join(words[1_000:]))).resemblance == 0


def test_a_text_without_blanks_is_cut_by_signs():
    text = "外交部发言人周二表示双方已同意在边境举行会谈并将在下周继续就停火协议进行谈判"
    likeness = compared(sketch(text[:22]), sketch(text))
    assert likeness.first == 1
    assert sketch(text).words == len(text)


def test_numbers_agree_with_what_they_count_wherever_the_paragraph_stands():
    first = "Der Ort hat 27 Schulen und 14 Brücken, sagt der Bürgermeister, aber nur 3 Ärzte für alle. " * 3
    other = first.replace("27", "31").replace("14", "9").replace("nur 3", "nur 7")
    assert compared(sketch(first), sketch(first)).numbers == 1
    assert compared(sketch(first), sketch(other)).numbers == 0


def test_what_was_taken_out_is_no_longer_compared():
    one, other = sketch("a b c d e f g h i j k l m n o p"), sketch("a b c d e f g h zwei drei vier fünf sechs sieben")
    common = values(one.hashes)[[value in values(other.hashes) for value in values(one.hashes)]]
    assert compared(without(one, common), without(other, common)).resemblance == 0
    assert without(one, common[:0]) == one
    nothing = without(one, values(one.hashes), up_to=10)
    assert compared(nothing, one).resemblance == 0


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("a b c d e f g h", "x x a b c d e f g h y y", 1),
        ("a b c d e f g h", "a b c d 1 2 3 4 5 6", 0.5),
        ("a b c d e f g h", "h g f e d c b a", 0),
        ("外交部发言人周二表示", "据说外交部发言人周二表示同意", 1),
        ("a b", "A, B!", 1),
        ("a b", "a c", 0),
        ("", "", 0),
    ],
)
def test_verified_counts_the_words_that_stand_in_the_other(first, second, share):
    assert verified(first, second) == share
    assert verified(second, first) == share


def test_a_sketch_is_a_value():
    empty = Sketch(words=0, shingles=0, hashes=b"", number_count=0, numbers=b"")
    assert sketch("") == empty
    assert compared(empty, sketch(MANY_SCRIPTS)).resemblance == 0
