"""Reading in processes: one bad page costs its limit and nothing else, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chronik.errors import ConfigError
from chronik.extract import workers
from chronik.extract.workers import AHEAD_PER_WORKER, readings
from chronik.model import Article, Failure, FailureKind, Page

SENTENCE = "Die Schleuse am Mühlbach blieb bis zum Abend geschlossen, sagte die Sprecherin am Donnerstag. "
ENDLESS = Page(
    url="", body=f"<p>{SENTENCE}</p>{'<a href=x>mehr davon</a> ' * 400_000}".encode(), media_type="text/html"
)
"""Takes the body reader far longer than the limit that the tests set."""


def page(number):
    return Page(url=f"https://a.example/{number}", body=f"<p>{SENTENCE * 3}</p><p>{number}</p>".encode())


def children_of(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("this system does not list a process's children")
    return [int(child) for child in listed.read_text(encoding="ascii").split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_results_come_in_the_order_of_the_pages_under_their_keys():
    pages = [(f"capture-{number}", page(number)) for number in range(12)]
    found = list(readings(pages, workers=2, timeout_s=60))
    assert [key for key, _ in found] == [key for key, _ in pages]
    assert all(isinstance(outcome, Article) and outcome.capture_id == key for key, outcome in found)


def test_a_failure_among_the_pages_is_handed_on_in_its_place():
    failure = Failure(kind=FailureKind.UNREADABLE, detail="There is no such file.")
    found = list(readings([("a", failure), ("b", page(1)), ("c", failure)], workers=1, timeout_s=60))
    assert [key for key, _ in found] == ["a", "b", "c"]
    assert found[0][1] == found[2][1] == failure
    assert isinstance(found[1][1], Article)


def test_nothing_to_read_starts_nothing():
    assert list(readings([], workers=2, timeout_s=1)) == []
    failure = Failure(kind=FailureKind.UNREADABLE)
    assert list(readings([("a", failure)], workers=2, timeout_s=1)) == [("a", failure)]


def test_a_page_that_takes_too_long_is_stopped_and_the_rest_goes_on():
    pages = [("a", page(1)), ("endless", ENDLESS), ("b", page(2))]
    found = dict(readings(pages, workers=1, timeout_s=3))
    assert isinstance(found["a"], Article)
    assert isinstance(found["b"], Article)
    assert isinstance(found["endless"], Failure)
    assert found["endless"].kind is FailureKind.EXTRACT_TIMEOUT
    assert "3 s" in found["endless"].detail


def test_pages_are_taken_in_only_as_they_are_needed():
    taken = []

    def pages():
        for number in range(1_000):
            taken.append(number)
            yield str(number), page(number)

    results = readings(pages(), workers=1, timeout_s=60)
    next(results)
    results.close()
    assert len(taken) <= 2 * AHEAD_PER_WORKER


def test_closing_the_results_ends_the_workers():
    before = set(children_of(os.getpid()))
    results = readings(((str(number), page(number)) for number in range(100)), workers=2, timeout_s=60)
    next(results)
    started = set(children_of(os.getpid())) - before
    assert started
    results.close()
    # the resource tracker of the standard library stays; it is no worker
    assert len([child for child in started if alive(child)]) <= 1


@pytest.mark.parametrize(("deaths", "kind"), [(1, FailureKind.EXTRACT_TIMEOUT), (2, FailureKind.UNREADABLE)])
def test_a_worker_that_dies_is_replaced_and_its_page_tried_once_more(monkeypatch, deaths, kind):
    killed = []
    hand_out = workers.Pool._hand_out

    def hand_out_and_kill(pool):
        hand_out(pool)
        for worker in pool.workers:
            if worker.at == 1 and len(killed) < deaths and worker.process.pid not in killed:
                killed.append(worker.process.pid)
                os.kill(worker.process.pid, signal.SIGKILL)

    monkeypatch.setattr(workers.Pool, "_hand_out", hand_out_and_kill)
    pages = [("a", page(0)), ("endless", ENDLESS), ("b", page(2)), ("c", page(3))]
    found = dict(readings(pages, workers=1, timeout_s=3))
    assert len(killed) == deaths
    assert [isinstance(found[key], Article) for key in ("a", "endless", "b", "c")] == [True, False, True, True]
    assert found["endless"].kind is kind


@pytest.mark.parametrize("deadly", [signal.SIGSEGV, signal.SIGABRT])
def test_a_page_that_breaks_a_library_is_not_tried_again(monkeypatch, deadly):
    killed = []
    hand_out = workers.Pool._hand_out

    def hand_out_and_kill(pool):
        hand_out(pool)
        for worker in pool.workers:
            if worker.at == 1 and worker.process.pid not in killed:
                killed.append(worker.process.pid)
                os.kill(worker.process.pid, deadly)

    monkeypatch.setattr(workers.Pool, "_hand_out", hand_out_and_kill)
    found = dict(readings([("a", page(0)), ("deadly", ENDLESS), ("b", page(2))], workers=1, timeout_s=20))
    assert len(killed) == 1
    assert [isinstance(found[key], Article) for key in ("a", "deadly", "b")] == [True, False, True]
    assert found["deadly"].kind is FailureKind.UNREADABLE


def test_no_worker_outlives_a_parent_that_was_killed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nfrom chronik.extract.workers import readings\nfrom chronik.model import Page\n"
        "def pages():\n    while True:\n        yield 'key', Page(url='', body=b'<p>x</p>')\n"
        "if __name__ == '__main__':\n    for key, _ in readings(pages(), workers=2, timeout_s=60):\n"
        "        print(key, flush=True)\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    children = children_of(parent.pid)
    assert len(children) >= 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while any(alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [child for child in children if alive(child)] == []


RULES = """
newspaper = "Talbote"

[[version]]

[version.title]
select = [".kicker"]
"""


def test_rules_in_a_folder_of_the_archive_are_read(tmp_path):
    (tmp_path / "talbote.example.toml").write_text(RULES, encoding="utf-8")
    body = b'<h1>Sluice stays shut</h1><p class="kicker">Port</p><article>' + b"<p>Nobody knows why it is so.</p>" * 9
    page = Page(url="https://talbote.example/1", body=body, media_type="text/html")
    ((_, found),) = workers.readings(iter([("a", page)]), workers=1, timeout_s=20.0, rules_folder=tmp_path)
    assert found.title == "Port"


def test_a_mistake_in_a_rule_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "talbote.example.toml").write_text(RULES.replace("select", "selekt"), encoding="utf-8")
    with pytest.raises(ConfigError, match="selekt"):
        next(workers.readings(iter([]), workers=1, timeout_s=20.0, rules_folder=tmp_path))
