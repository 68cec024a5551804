"""What a program can check of docs/STYLE.md: sizes, names, docstrings, words that must not appear."""

import ast
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chronik"
FUNCTION_LINES_MAX = 50
MODULE_LINES_MAX = 400
NESTING_MAX = 4
POSITIONAL_MAX = 5
FORBIDDEN_NAMES = {"utils", "util", "core", "common", "helpers", "helper", "manager", "misc"}
BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)
NETWORK_MODULES = {"httpcore", "httpx", "requests", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib"}
SOCKET_USERS = {"collect/network.py", "cli/serving.py", "sample/server.py"}

modules = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
every_module = pytest.mark.parametrize("path", modules, ids=lambda path: str(path.relative_to(PACKAGE)))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@every_module
def test_a_module_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES_MAX


@every_module
def test_a_function_fits_a_screen(path):
    long = [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions(tree_of(path))]
    assert [name for name in long if int(name.rsplit(" ", 1)[1]) > FUNCTION_LINES_MAX] == []


def depth(node, level=0):
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, depth(child, level + (isinstance(child, BLOCKS) and not chained)))
    return deepest


@every_module
def test_nesting_stays_flat(path):
    assert [f.name for f in functions(tree_of(path)) if depth(f) > NESTING_MAX] == []


@every_module
def test_every_module_says_what_it_promises(path):
    docstring = ast.get_docstring(tree_of(path))
    assert docstring
    assert docstring.splitlines()[0].rstrip().endswith((".", ":", "?"))


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in modules if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES] == []


@every_module
def test_nothing_is_left_to_be_done(path):
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


@every_module
def test_one_module_opens_connections(path):
    name = str(path.relative_to(PACKAGE))
    imported = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    network = {module for module in imported if module in NETWORK_MODULES or module.split(".")[0] in NETWORK_MODULES}
    if not name.startswith("collect/"):
        assert not network
    if name not in SOCKET_USERS:
        assert "socket" not in imported


def wraps(path):
    docstring = ast.get_docstring(tree_of(path)) or ""
    return re.findall(r"[Ww]raps ([\w.-]+(?:(?:,| and) [\w.-]+)*)", docstring)


LIBRARIES = {
    "ada_url",
    "brotli",
    "eldc",
    "fastwarc",
    "feedparser",
    "htmldate",
    "h11",
    "protego",
    "publicsuffixlist",
    "py3langid",
    "charset_normalizer",
    "rfc8785",
    "rich",
    "selectolax",
    "tantivy",
    "trafilatura",
    "waitress",
    "warcio",
    "zstandard",
}


def test_each_library_enters_through_one_package():
    users: dict[str, set[str]] = {}
    for path in modules:
        for node in ast.walk(tree_of(path)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                library = name.split(".")[0]
                if library in LIBRARIES:
                    users.setdefault(library, set()).add(str(path.relative_to(PACKAGE)))
    crowded = {library: sorted(paths) for library, paths in users.items() if len(paths) > 1}
    assert crowded == {}


def tracked_files():
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: no list of tracked files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_file_names_an_index_or_a_place_on_one_machine():
    words = ["pypi." + "org", "pythonhosted." + "org", "registry.npmjs." + "org", "/ro" + "ot/", "/wo" + "rk/"]
    found = []
    for path in tracked_files():
        if not path.is_file() or path.suffix in {".png", ".mo", ".gz", ".woff2"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {word}" for word in words if word in text]
    assert found == []


def test_dependencies_give_their_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    end = lines.index("]", start)
    assert [line for line in lines[start + 1 : end] if "#" not in line] == []


def test_decision_records_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
