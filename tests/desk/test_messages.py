"""The interface speaks German, English and French, whole and compiled."""

import re

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext
from tools import messages

every_language = pytest.mark.parametrize("language", messages.LANGUAGES)


def entries(language):
    return polib.pofile(str(messages.catalogue(language)), wrapwidth=0)


@every_language
def test_every_string_is_translated(language):
    catalogue = entries(language)
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


@every_language
def test_the_compiled_catalogue_is_of_this_text(language):
    compiled = messages.catalogue(language).with_suffix(".mo").read_bytes()
    assert compiled == messages.compiled(language), "run: python tools/messages.py"


@every_language
def test_every_string_of_the_interface_is_in_the_catalogue(language):
    if not messages.gettext_is_there():
        pytest.skip("GNU gettext is not installed (on Debian: apt-get install gettext)")
    said = {(entry.msgctxt, entry.msgid) for entry in messages.collected()}
    assert len(said) > 200
    assert {(entry.msgctxt, entry.msgid) for entry in entries(language)} == said, "run: python tools/messages.py"


@every_language
def test_a_translation_keeps_the_places_for_values(language):
    for entry in entries(language):
        wanted = sorted(re.findall(r"%\(\w+\)[sd]", entry.msgid))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not text or sorted(re.findall(r"%\(\w+\)[sd]", text)) == wanted, entry.msgid


@every_language
def test_a_translation_ends_as_its_source_does(language):
    for entry in entries(language):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not text or (text[-1] in ".:?!…") == (entry.msgid[-1] in ".:?!…") or "%" in text, entry.msgid


@pytest.mark.parametrize(("language", "word"), [("de", "Eingang"), ("en", "Inbox"), ("fr", "Réception")])
def test_the_interface_speaks(language, word):
    with translation.override(language):
        assert gettext("Inbox") == word
