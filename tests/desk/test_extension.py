"""The browser extension as it lies in the sources: packed as the desk offers it, speaking three languages."""

import io
import json
import re
import zipfile

import pytest
from tools import extension

LANGUAGES = ("en", "de", "fr")
MANIFEST = json.loads((extension.FOLDER / "manifest.json").read_text(encoding="utf-8"))
FILES = [path for path in extension.FOLDER.glob("*.*") if path.suffix in {".js", ".html"}]
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in FILES}


def words(language):
    path = extension.FOLDER / "_locales" / language / "messages.json"
    return {key: entry["message"] for key, entry in json.loads(path.read_text(encoding="utf-8")).items()}


def test_the_desk_offers_the_extension_as_it_lies_in_the_sources():
    assert extension.PACKED.read_bytes() == extension.packed(), "run: make extension"


def test_packing_twice_gives_the_same_bytes_and_one_folder():
    assert extension.packed() == extension.packed()
    with zipfile.ZipFile(io.BytesIO(extension.packed())) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {extension.NAME}
        assert f"{extension.NAME}/manifest.json" in archive.namelist()


def test_it_asks_for_little():
    assert MANIFEST["manifest_version"] == 3
    assert set(MANIFEST["permissions"]) == {"activeTab", "scripting", "storage"}
    assert not {"host_permissions", "content_scripts", "externally_connectable", "web_accessible_resources"} & {
        *MANIFEST
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_three_languages_whole(language):
    said = set(re.findall(r'data-message="(\w+)"', "".join(SOURCES.values())))
    said |= set(re.findall(r'(?:state|error): "(\w+)"|say\("(\w+)"\)', SOURCES["background.js"] + SOURCES["page.js"]))
    said = {one for found in said for one in (found if isinstance(found, tuple) else (found,)) if one}
    said |= set(re.findall(r"__MSG_(\w+)__", json.dumps(MANIFEST)))
    assert said <= set(words(language))
    assert set(words(language)) == set(words("en"))
    assert all(words(language).values())


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_it_runs_no_code_out_of_texts_and_looks_at_no_cookies(name):
    text = SOURCES[name]
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdj|document\.(?:write|cookie)|chrome\.cookies", text)
    if name.endswith(".html"):
        assert not re.search(r"<script(?![^>]*\ssrc=\"[a-z]+\.js\")|\son[a-z]+=|<style|\sstyle=", text)


def test_only_the_archive_and_the_pages_own_pictures_are_asked():
    assert {name for name, text in SOURCES.items() if "fetch(" in text} == {"archive.js", "page.js"}
    assert 'credentials: "omit"' in SOURCES["archive.js"]
