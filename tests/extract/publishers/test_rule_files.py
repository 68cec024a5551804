"""Rule files are checked word by word, and a mistake is told with file, key and what is allowed."""

from datetime import date

import pytest

from chronik.errors import ConfigError
from chronik.extract.publishers.rules import ENTRIES_MAX, VERSIONS_MAX, rules
from chronik.extract.publishers.shelf import SHIPPED, SUFFIX, shelf

WHOLE = """
newspaper = "The Example"

[[version]]
since = 2024-05-01
until = 2025-05-01

[version.title]
select = ["h1 .headline"]
drop = [".kicker"]
prefer = ["og:title"]
strip = [" - The Example"]

[version.authors]
select = ["meta[name='writer']"]
attribute = "content"
leave_out = ["The Example"]

[version.published]
select = [".date"]
zone = "Europe/Berlin"

[version.body]
lead = [".lead"]
select = [".text"]
drop = [".ad"]
drop_starting = ["Read more"]
end_starting = ["___"]

[version.marks]
paywalled = [".wall"]
live_blog = [".live"]
"""


def test_a_rule_file_says_all_it_can_say():
    found = rules(WHOLE, name="example.org")
    (version,) = found.versions
    assert (found.name, found.newspaper) == ("example.org", "The Example")
    assert (version.since, version.until) == (date(2024, 5, 1), date(2025, 5, 1))
    assert version.title.select == ("h1 .headline",)
    assert version.title.strip == (" - The Example",)
    assert version.authors.attribute == "content"
    assert version.published.zone == "Europe/Berlin"
    assert version.body.end_starting == ("___",)
    assert version.marks.live_blog == (".live",)
    assert version.modified is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[version]]\ntitel = {}", "there is no key 'titel'; allowed are since, until, title"),
        ("[[version]]\n[version.title]\nselector = ['h1']", "title: there is no key 'selector'; allowed are select"),
        ("[[version]]\n[version.published]\nleave_out = ['x']", "there is no key 'leave_out'"),
        ("hosts = ['example.org']", "there is no key 'hosts'; allowed are newspaper, same_as, version"),
        ("[version]\nsince = 2024-01-01", "two brackets"),
        ("newspaper = 'x'", "either same_as or at least one"),
        ("same_as = 'a.b'\n[[version]]\n[version.title]\nselect = ['h1']", "either same_as or at least one"),
        ("[[version]]\nsince = 2024-01-01", "says nothing"),
        ("[[version]]\nsince = '2024-01-01'\n[version.title]\nselect = ['h1']", "a day without quotation marks"),
        ("[[version]]\nsince = 2024-01-01T00:00:00Z\n[version.title]\nselect = ['h1']", "a day without"),
        (
            "[[version]]\nsince = 2024-01-02\nuntil = 2024-01-02\n[version.title]\nselect = ['h1']",
            "must lie before until",
        ),
        ("[[version]]\n[version.title]\nselect = 'h1'", "select must be a list of words"),
        ("[[version]]\n[version.title]\nselect = [1]", "select must be a list of words"),
        ("[[version]]\n[version.title]\nselect = ['']", "select must be a list of words"),
        ("[[version]]\n[version.title]\nselect = ['h1[']", "'h1[' is not a CSS selector"),
        ("[[version]]\n[version.body]\nselect = ['p']\ndrop = ['::']", "'::' is not a CSS selector"),
        ("[[version]]\n[version.body]\ndrop = ['.ad']", "body needs select"),
        ("[[version]]\n[version.marks]\npaywalled = ['!']", "is not a CSS selector"),
        ("[[version]]\ntitle = 'h1'", "must be a table: [version.title]"),
        ("[[version]]\n[version.published]\nzone = 'Mars/North'", "zone 'Mars/North' is unknown"),
        ("[[version]]\n[version.published]\nzone = '../../etc'", "is unknown"),
        ("newspaper = ''\nsame_as = 'a.b'", "newspaper must be a word"),
        ("newspaper = 5\nsame_as = 'a.b'", "newspaper must be a word"),
        (f"[[version]]\n[version.title]\nprefer = {['og:title'] * (ENTRIES_MAX + 1)}", "prefer is too long"),
        ("[[version]]\n[version.title]\nprefer = ['a']\n" * (VERSIONS_MAX + 1), "versions; the limit is"),
        ("newspaper = ", "is not TOML"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_what_is_allowed(text, told):
    with pytest.raises(ConfigError) as raised:
        rules(text, name="example.org", path="rules/example.org.toml")
    assert "rules/example.org.toml" in str(raised.value)
    assert told in str(raised.value)


def test_every_file_that_comes_with_chronik_is_in_order():
    shelf().check()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob(f"*{SUFFIX}")), ids=lambda path: path.stem)
def test_every_file_names_its_newspaper_and_says_where_its_facts_come_from(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert rules(text, name=path.stem).newspaper
