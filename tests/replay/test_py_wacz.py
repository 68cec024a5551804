"""py-wacz finds our packages valid, with their signatures; and refuses them where somebody has been at them."""

import subprocess
import zipfile

import pytest
from tests.replay.conftest import COMMAND_TIMEOUT_S

pytestmark = pytest.mark.replay

KINDS = ("capture", "clip", "story", "dossier")
AS_IT_IS = "import sys; from wacz.main import main; sys.exit(main())"
KNOWING_1_2_0 = f"import wacz.main; wacz.main.WACZ_VERSION = '1.2.0'; {AS_IT_IS}"
"""py-wacz 0.6.0 looks at no package whose version is not its own, 1.1.1; its checks hold for both."""
REFUSED_UNSEEN = ["Version detected as 1.2.0", "Validation failed, the passed WACZ is invalid"]
VALID = ["Version detected as 1.2.0", "Validation succeeded, the passed WACZ is valid"]


def validated(python, program, path, *options):
    """What `wacz validate` prints, without empty lines, and whether it is content."""
    command = [python, "-c", program, "validate", "-f", path, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()], done.returncode


@pytest.mark.parametrize("kind", KINDS)
def test_every_check_passes_and_the_signature_holds(py_wacz, packages, signature_service, kind):
    options = ("--verify-auth", "--verifier-url", signature_service)
    said, code = validated(py_wacz, KNOWING_1_2_0, packages[kind].path, *options)
    assert (said, code) == ([VALID[0], f"Successfully verified signature via: {signature_service}", VALID[1]], 0)


def test_the_command_as_it_is_complains_of_the_version_and_of_nothing_else(py_wacz, packages):
    assert validated(py_wacz, AS_IT_IS, packages["dossier"].path) == (REFUSED_UNSEEN, 1)


@pytest.mark.parametrize("name", ["pages/pages.jsonl", "datapackage.json"])
def test_a_changed_file_is_found(py_wacz, packages, tmp_path, name):
    said, code = validated(py_wacz, KNOWING_1_2_0, altered(packages["clip"].path, tmp_path / "a.wacz", name))
    assert code == 1
    assert "match" in " ".join(said)


def test_a_signature_of_something_else_is_found(py_wacz, packages, signature_service, tmp_path):
    with zipfile.ZipFile(packages["clip"].path) as held:
        foreign = held.read("datapackage-digest.json")
    other = altered(packages["capture"].path, tmp_path / "a.wacz", "datapackage-digest.json", foreign)
    said, code = validated(py_wacz, KNOWING_1_2_0, other, "--verify-auth", "--verifier-url", signature_service)
    assert (code, said[1]) == (1, "datapackage.json hash mismatch to datapackage-digest.json")


def altered(path, other, name, data=None):
    """A copy of a package in which one file says something else; one byte, unless told otherwise."""
    with zipfile.ZipFile(path) as held, zipfile.ZipFile(other, "w") as made:
        for one in held.namelist():
            kept = held.read(one)
            if one == name:
                kept = kept.replace(b"e", b"f", 1) if data is None else data
            made.writestr(one, kept)
    return other
