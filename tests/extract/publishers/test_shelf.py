"""Rules are found by an address's host, read when first needed, and an operator's go first."""

import pytest

from chronik.errors import ConfigError
from chronik.extract.publishers.shelf import FILE_BYTES_MAX, Shelf, shelf

TITLE = "newspaper = '{name}'\n[[version]]\n[version.title]\nselect = ['{selector}']\n"


def put(folder, name, text=None, selector="h1"):
    (folder / f"{name}.toml").write_text(text or TITLE.format(name=name, selector=selector), encoding="utf-8")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "https://www.example.org/a?b=c",
        "http://m.news.example.org:8080/",
        "HTTPS://WWW.EXAMPLE.ORG/",
        "https://www.example.org./a",
        "https://user@www.example.org/a",
    ],
)
def test_rules_hold_for_a_domain_and_all_hosts_below_it(tmp_path, url):
    put(tmp_path, "example.org")
    assert Shelf(tmp_path).rules_for(url).name == "example.org"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a",
        "https://notexample.org/a",
        "https://example.org.evil.test/",
        "https://org/",
        "",
        "example.org",
        "file:///example.org",
        "https://[::1",
        "https://[::1]/",
        "https://../",
        "urn:uuid:1",
    ],
)
def test_other_addresses_have_none(tmp_path, url):
    put(tmp_path, "example.org")
    assert Shelf(tmp_path).rules_for(url) is None


def test_a_host_may_have_rules_of_its_own(tmp_path):
    put(tmp_path, "example.org")
    put(tmp_path, "blog.example.org")
    found = Shelf(tmp_path)
    assert found.rules_for("https://blog.example.org/a").name == "blog.example.org"
    assert found.rules_for("https://www.example.org/a").name == "example.org"


def test_a_file_is_read_when_the_first_page_comes(tmp_path):
    put(tmp_path, "example.org")
    put(tmp_path, "broken.example", "[[version]]\nno = 1")
    found = Shelf(tmp_path)
    assert found.rules_for("https://example.org/")
    with pytest.raises(ConfigError, match=r"broken\.example\.toml"):
        found.rules_for("https://broken.example/")


def test_all_files_can_be_checked_at_once(tmp_path):
    put(tmp_path, "example.org")
    Shelf(tmp_path).check()
    put(tmp_path, "broken.example", "[[version]]\nno = 1")
    with pytest.raises(ConfigError, match=r"broken\.example\.toml"):
        Shelf(tmp_path).check()


def test_an_operators_file_goes_before_ours(tmp_path):
    put(tmp_path, "spiegel.de", selector=".mine")
    put(tmp_path, "example.org")
    found = shelf(tmp_path)
    assert found.rules_for("https://www.spiegel.de/a").versions[0].title.select == (".mine",)
    assert found.rules_for("https://example.org/a")
    assert found.rules_for("https://www.zeit.de/a")
    assert shelf().rules_for("https://www.spiegel.de/a").versions[0].title.select != (".mine",)


def test_a_folder_that_is_not_there_holds_no_rules(tmp_path):
    assert shelf(tmp_path / "none").names == shelf().names


def test_one_file_may_hold_for_several_newspapers(tmp_path):
    put(tmp_path, "example.org")
    put(tmp_path, "example.com", "newspaper = 'Other'\nsame_as = 'example.org'")
    assert Shelf(tmp_path).rules_for("https://example.com/a").name == "example.org"


@pytest.mark.parametrize("target", ["missing.example", "example.com", "pointer.example"])
def test_a_pointer_leads_to_rules_or_is_told(tmp_path, target):
    put(tmp_path, "pointer.example", "newspaper = 'x'\nsame_as = 'example.com'")
    put(tmp_path, "example.com", f"newspaper = 'x'\nsame_as = '{target}'")
    with pytest.raises(ConfigError, match="same_as names"):
        Shelf(tmp_path).rules_for("https://pointer.example/")


def test_a_file_that_cannot_be_text_is_told(tmp_path):
    (tmp_path / "example.org.toml").write_bytes(b"newspaper = '\xff'")
    with pytest.raises(ConfigError, match="not in UTF-8"):
        Shelf(tmp_path).rules_for("https://example.org/")


def test_a_file_that_is_too_large_is_told(tmp_path):
    put(tmp_path, "example.org", "#" * (FILE_BYTES_MAX + 1))
    with pytest.raises(ConfigError, match="larger than"):
        Shelf(tmp_path).rules_for("https://example.org/")


def test_a_folder_with_the_name_of_a_rule_file_is_none(tmp_path):
    (tmp_path / "example.org.toml").mkdir()
    assert Shelf(tmp_path).names == ()
