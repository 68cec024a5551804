"""`up` and `worker`: pages are served, and nothing outlives its server."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

STARTED_WITHIN_S = 60
ENDED_WITHIN_S = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def program(archive, *arguments, complaints=subprocess.DEVNULL):
    command = [sys.executable, "-m", "chronik", "--archive", str(archive), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def lines_until(process, words):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def status_of(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def children(pid):
    """The living children of a process, once there are any, where the system tells."""
    if not Path(f"/proc/{pid}/task/{pid}/children").exists():
        pytest.skip("this system does not list a process's children")
    for _ in range(ENDED_WITHIN_S * 10):
        listed = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
        if found := [int(word) for text in listed for word in text.split()]:
            return found
        time.sleep(0.1)
    return []


def has_ended(pid):
    for _ in range(ENDED_WITHIN_S * 10):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
            if stat.rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_the_program_serves_readers_and_desk_and_ends_whole_when_told(chronik):
    port, said_wrong = free_port(), chronik.archive.parent / "stderr"
    arguments = ("up", "--port", str(port))
    with said_wrong.open("wb") as file, program(chronik.archive, *arguments, complaints=file) as served:
        said = lines_until(served, "Stop with")
        assert f"http://localhost:{port}/desk/enter/" in said
        assert status_of(f"http://127.0.0.1:{port}/")[0] == 200
        assert status_of(f"http://127.0.0.1:{port}/nonesuch")[0] == 404
        code, headers = status_of(f"http://127.0.0.1:{port}/desk/")
        assert code == 200
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        workers = children(served.pid)
        assert len(workers) == 1
        served.send_signal(signal.SIGTERM)
        served.send_signal(signal.SIGINT)
        served.wait(ENDED_WITHIN_S)
        assert all(has_ended(pid) for pid in workers)
    assert "Fatal" not in said_wrong.read_text()
    assert "Traceback" not in said_wrong.read_text()


def test_a_killed_server_leaves_no_worker(chronik):
    with program(chronik.archive, "up", "--port", str(free_port())) as served:
        lines_until(served, "Stop with")
        workers = children(served.pid)
        served.kill()
        served.wait()
        assert all(has_ended(pid) for pid in workers)


def test_a_worker_that_dies_is_started_again(chronik):
    with program(chronik.archive, "up", "--port", str(free_port())) as served:
        lines_until(served, "Stop with")
        (first,) = children(served.pid)
        os.kill(first, signal.SIGKILL)
        assert has_ended(first)
        for _ in range(ENDED_WITHIN_S * 10):
            if (now := children(served.pid)) != [first] and now:
                break
            time.sleep(0.1)
        assert now != [first]


def test_a_new_sign_in_link_is_printed_beside_a_running_server(chronik):
    port = free_port()
    with program(chronik.archive, "up", "--no-worker", "--port", str(port)) as served:
        lines_until(served, "Stop with")
        refused = chronik("up", "--port", port)
        assert refused.code == 2
        assert "--port" in refused.err
        printed = chronik("up", "--sign-in", "--port", port)
        assert printed.code == 0
        assert f"http://localhost:{port}/desk/enter/" in printed.out


def test_a_second_collector_steps_back(chronik):
    with (chronik.archive / "collect.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = chronik("collect")
        assert refused.code == 1
        assert "Another process" in refused.err
        assert chronik("worker", "--once").code == 0
    assert chronik("collect").code == 0
