"""What a program can check of docs/STYLE.md: sizes, names, docstrings, words that must not appear."""

import ast
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "chronik"
FUNCTION_LINES_MAX = 50
MODULE_LINES_MAX = 400
NESTING_MAX = 3
POSITIONAL_MAX = 2
POSITIONAL_INSIDE_MAX = 5
"""Of a function that only its own module calls, where call and signature are seen together."""
FORBIDDEN_NAMES = {"utils", "util", "core", "common", "helpers", "helper", "manager", "misc"}
BLOCKS = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
NETWORK_MODULES = {"httpcore", "httpx", "requests", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib"}
SOCKET_USERS = {"collect/network.py", "cli/serving.py", "sample/server.py", "preserve/bucket.py"}
"""The last asks for this machine's name only."""

modules = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
every_module = pytest.mark.parametrize("path", modules, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    return path.relative_to(PACKAGE).as_posix()


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


DEEPER = {
    "bounded.py": {"_gzip", "_zstd"},
    "extract/jsonld.py": {"_sources"},
    "preserve/vault.py": {"captures"},
}
"""Functions that nest one level deeper than they should; the list only gets shorter."""


@every_module
def test_nesting_stays_flat(path):
    deep = {f.name: depth(f) for f in functions(tree_of(path)) if depth(f) > NESTING_MAX}
    allowed = dict.fromkeys(DEEPER.get(name_of(path), ()), NESTING_MAX + 1)
    assert deep.items() <= allowed.items()


FRAMEWORKS_CALL = ("cli/", "desk/views/", "public/views.py")
"""Commands take their options, and views what the address holds, as Typer and Django pass them."""
SIGNATURES_OF_OTHERS = {"__exit__", "process_view", "start"} | {
    "get_context",
    "value_from_datadict",
    "value_omitted_from_data",
}
"""Context managers, Django's middleware and widgets and lxml's parser targets have the signature of the caller."""
POSITIONAL_STILL = {
    "catalogue/dossiers.py": {"take_in", "mend_entry", "order_clips"},
    "ports/catalogue.py": {"take_in", "mend_entry", "order_clips"},
    "collect/conversation.py": {"converse"},
    "collect/robots.py": {"state"},
    "collect/schedule.py": {"next_try"},
    "preserve/scan.py": {"digest_of"},
    "preserve/warc.py": {"ensure_digest"},
    "public/dates.py": {"moment", "stated"},
    "public/reading.py": {"span", "clips", "years"},
    "public/rendering.py": {"dossier_page", "preview_page"},
    "publish/edition.py": {"edition"},
    "publish/press_page.py": {"written"},
}
"""Functions with a third parameter that is not keyword-only; the list only gets shorter."""


def positional(function):
    arguments = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
    return len(arguments) - (arguments[:1] in (["self"], ["cls"]))


@every_module
def test_from_the_third_on_parameters_have_names(path):
    name = name_of(path)
    many = {f.name for f in functions(tree_of(path)) if positional(f) > POSITIONAL_MAX}
    public = {function for function in many if not function.startswith("_")}
    if not name.startswith(FRAMEWORKS_CALL):
        assert public - SIGNATURES_OF_OTHERS <= POSITIONAL_STILL.get(name, set())
        assert all(positional(f) <= POSITIONAL_INSIDE_MAX for f in functions(tree_of(path)))


def test_exceptions_name_modules_that_exist():
    assert {*DEEPER, *POSITIONAL_STILL, *UNSAID} <= {name_of(path) for path in modules}


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


LIBRARIES = {
    "ada_url",
    "anyascii",
    "brotli",
    "cryptography",
    "eldc",
    "fastwarc",
    "htmldate",
    "h11",
    "jwt",
    "matplotlib",
    "oauthlib",
    "obstore",
    "onnxruntime",
    "protego",
    "publicsuffixlist",
    "py3langid",
    "pypdfium2",
    "charset_normalizer",
    "rfc3161_client",
    "rfc8785",
    "rich",
    "segno",
    "selectolax",
    "tantivy",
    "trafilatura",
    "waitress",
    "warcio",
    "webauthn",
    "zstandard",
}


NUMPY_USERS = ("extract/octets.py", "extract/readers/", "relate/", "ports/encode.py")
"""Arrays of numbers are the values that readers and relating compute with (decision 10)."""


UNSAID = {"extract/encoding.py"}
"""Modules that do not say yet which library they wrap; the list only gets shorter."""


def libraries_used(path):
    names = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return {name.split(".")[0] for name in names} & LIBRARIES


SPOKEN_BY_OTHERS = {
    "cryptography": {"preserve/stamps.py", "desk/one_time_codes.py"},
    "tantivy": {"search/finding.py", "search/stems.py"},
}
"""Modules through which a library enters a second time: another library is spoken to in its types, or it is a part
of the library that has nothing to do with the rest, as one-time codes with signatures, or an adapter is cut into its
parts: the folder, the questions, the stems."""


def test_each_library_enters_through_one_module():
    users: dict[str, list[str]] = {}
    for path in modules:
        for library in libraries_used(path):
            if name_of(path) not in SPOKEN_BY_OTHERS.get(library, ()):
                users.setdefault(library, []).append(name_of(path))
    assert {library: paths for library, paths in users.items() if len(paths) > 1} == {}
    assert set(users) == LIBRARIES


@every_module
def test_arrays_stay_where_numbers_are_computed(path):
    imported = {alias.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.Import) for alias in node.names}
    assert "numpy" not in imported or name_of(path).startswith(NUMPY_USERS)


@every_module
def test_a_module_through_which_a_library_enters_says_so(path):
    docstring = " ".join((ast.get_docstring(tree_of(path)) or "").split())
    said = " ".join(re.findall(r"[Ww]raps ([^.:;]+)", docstring)).lower().replace("-", "_")
    unsaid = {library for library in libraries_used(path) if not re.search(rf"\b{library}\b", said)}
    assert unsaid == set() or name_of(path) in UNSAID


def tracked_files():
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: no list of tracked files")
    if not shutil.which("git"):
        pytest.skip("git is not installed: no list of tracked files")
    # A checkout may belong to somebody else than who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
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
