"""Every command and setting is documented, and every link between the documents leads somewhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from chronik.cli.app import app
from chronik.config import Config

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)


def commands(group=None, path=()):
    group = group or get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_a_command_is_documented(name):
    assert f"chronik {name}" in TEXT


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_command_promises_and_shows_an_example(name, command):
    assert command.help
    assert f"chronik {name}" in command.help


@pytest.mark.parametrize("name", [field.name for field in fields(Config) if field.name != "archive"])
def test_a_setting_is_documented(name):
    settings = (ROOT / "docs" / "how-to" / "settings.md").read_text(encoding="utf-8")
    assert f"`{name}`" in settings


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)`", TEXT)) | set(re.findall(r"^ {4}make ([a-z-]+)$", TEXT, re.MULTILINE))
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()
