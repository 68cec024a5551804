"""A few kills and failing disks in every run of the tests; `make torture` does hundreds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import faults
from tests.torture.dying import PLACES, deaths

ROOT = Path(__file__).parents[2]
KILLS = 12
FLIPS = 40
RUNS, STEPS = 4, 20


def test_nothing_acknowledged_is_lost_when_the_worker_is_killed():
    command = [sys.executable, "-m", "tests.torture", str(KILLS), "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{KILLS} kills" in done.stdout
    assert " 0 faults" in done.stdout


def test_two_hundred_deaths_pass_every_named_place_several_times():
    kinds = [death.kind for death in deaths(200, 1)]
    assert all(kinds.count(place) >= 3 for place in PLACES)


@pytest.mark.skipif(not shutil.which("openssl"), reason="the program openssl makes the test tokens")
def test_every_class_of_forgery_is_found_in_every_layer():
    command = [sys.executable, "-m", "tests.torture.tampers"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 not found" in done.stdout


def test_promises_hold_whatever_is_done_in_whatever_order():
    command = [sys.executable, "-m", "tests.torture.machine", str(RUNS), str(STEPS), "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout


@pytest.mark.skipif(not shutil.which("openssl"), reason="the program openssl makes the test tokens")
def test_bits_turned_in_files_rows_and_packages_are_found_and_named():
    command = [sys.executable, "-m", "tests.torture.flips", str(FLIPS), "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{FLIPS} bits turned" in done.stdout


@pytest.mark.skipif(bool(faults.missing()), reason=faults.missing() or "nothing")
def test_a_failing_disk_acknowledges_nothing_and_stops_all_writing(tmp_path):
    done = faults.run(tmp_path, syncs=(1, 4, 9, 16), writes=(2, 30), cuts=0)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 faults" in done.stdout


@pytest.mark.skipif(bool(faults.missing()), reason=faults.missing() or "nothing")
def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path):
    done = faults.run(tmp_path, syncs=(), writes=(), cuts=4)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 power cuts" in done.stdout
    assert " 0 faults" in done.stdout
