"""The import contract of docs/ARCHITECTURE.md holds."""

from importlinter.cli import lint_imports


def test_imports_go_down_only(monkeypatch):
    monkeypatch.chdir(__file__.rsplit("/", 2)[0])
    assert lint_imports(no_cache=True) == 0
