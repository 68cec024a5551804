"""Scripts and directions of texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.script import direction, script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The water board", "Latn"),
        ("Президент подписал указ", "Cyrl"),
        ("Η κυβέρνηση", "Grek"),
        ("Հայաստան", "Armn"),
        ("საქართველო", "Geor"),
        ("ראש הממשלה", "Hebr"),
        ("وزیر امور خارجه", "Arab"),
        ("विदेश मंत्री", "Deva"),
        ("বাংলাদেশ", "Beng"),
        ("ประเทศไทย", "Thai"),
        ("ព្រះរាជាណាចក្រកម្ពុជា", "Khmr"),
        ("ኢትዮጵያ", "Ethi"),
        ("外務大臣が停戦を発表した", "Jpan"),
        ("ニュース", "Jpan"),
        ("대한민국 大統領", "Kore"),
        ("习近平主席", "Hani"),
        ("", "Zyyy"),
        ("123 – 😀 …", "Zyyy"),
        ("iPhone 17 发布会在北京举行", "Hani"),
        ("Компания Google открыла офис", "Cyrl"),
        ("The word “мир” means peace", "Latn"),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_letters(text, expected):
    assert script(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The word", "ltr"),
        ("123 … שלום", "rtl"),
        ("BBC: وزیر خارجه گفت", "rtl"),
        ("وزیر said the minister of foreign affairs", "ltr"),
        ("ދިވެހިރާއްޖޭގެ ރައީސް", "rtl"),
        ("", "ltr"),
        ("2020", "ltr"),
    ],
)
def test_the_script_of_most_of_a_text_decides_its_direction(text, expected):
    assert direction(text) == expected


@given(st.text(max_size=300))
def test_any_text_has_a_script_and_a_direction(text):
    assert len(script(text)) == 4
    assert direction(text) in {"ltr", "rtl"}
