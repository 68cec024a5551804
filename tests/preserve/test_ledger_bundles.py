"""Two verifiers that share no line agree on every bundle, good or bad."""

import base64
import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.archive.test_recording import act, fill
from tests.preserve.material import numbered

from chronik.archive import proving, recording
from chronik.errors import ConflictError
from chronik.model import canonical
from chronik.preserve.ledger import bundle as bundles
from chronik.preserve.ledger import note
from chronik.preserve.ledger.note import SignerKey

PROGRAM = Path(__file__).parents[2] / "tools" / "verify_bundle.py"
FLIPS = 150
PROGRAM_LINES_MAX = 300


def loaded():
    spec = importlib.util.spec_from_file_location("verify_bundle", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


other = loaded()


def by_other(data, key=""):
    try:
        return other.verified(data, key)
    except other.FaultError as error:
        return {"fault": str(error)}


def agree(data, key=""):
    """Whether the bundle holds, as both say."""
    ours = bundles.checked(data, key=note.verifier_key(key) if key else None)
    theirs = by_other(data, key)
    assert bool(ours.fault) == bool(theirs["fault"]), (ours.fault, theirs["fault"])
    if not ours.fault:
        assert (list(ours.proved), ours.key, list(ours.stamped)) == (theirs["proved"], theirs["key"], theirs["stamped"])
    return not ours.fault


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with archive_in(tmp_path_factory.mktemp("proved")) as archive:
        fill(archive, captures=3, acts=3)
        recording.record_due(archive)
        recording.rotate_key(archive, salt=bytes(32))
        archive.catalogue.record_act(act(9))
        archive.catalogue.record_capture(archive.vault.keep(numbered(9)))
        resource = {"media_type": "text/plain", "taken_at": archive.clock(), "origin": "brief.txt"}
        archive.catalogue.record_capture(archive.vault.keep_resource(b"Ein Brief", url="file:///brief.txt", **resource))
        recording.record_due(archive)
        yield archive


@pytest.fixture(scope="module")
def everything(archive):
    return [one.id for one in [*archive.catalogue.captures(), *archive.catalogue.acts_in_order()]]


@pytest.fixture(scope="module")
def good(archive, everything):
    return bundles.written(proving.bundle(archive, everything))


@pytest.fixture(scope="module")
def keys(archive):
    return [str(term.key) for term in recording.ledger(archive).terms()]


def test_each_capture_and_act_has_a_bundle_that_holds(archive, everything, keys):
    for identity in everything:
        data = bundles.written(proving.bundle(archive, [identity]))
        assert agree(data)
        assert all(agree(data, key) for key in keys)
        assert any(subject.endswith(identity) for subject in bundles.checked(data).proved)


def test_a_bundle_of_everything_holds(good, keys):
    assert agree(good)
    assert all(agree(good, key) for key in keys)


def test_another_key_is_not_believed(good):
    assert not agree(good, str(SignerKey(name="press.example", seed=bytes(32)).verifier))


def test_after_any_flipped_bit_both_say_that_nothing_is_proved(good):
    chance = random.Random(3)
    for _ in range(FLIPS):
        data = bytearray(good)
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        assert not agree(bytes(data)), bit


def leaf(values, kind, number=0):
    return [one for one in values["leaves"] if json.loads(one["payload"])["kind"] == kind][number]


def swap(values, kind, name):
    first, second = leaf(values, kind), leaf(values, kind, 1)
    first[name], second[name] = second[name], first[name]


def edit_payload(values, kind, change):
    one = leaf(values, kind)
    payload = json.loads(one["payload"])
    change(payload)
    one["payload"] = canonical(payload).decode()


def resign(values, *, size=None, origin=None):
    """A checkpoint that the thief's own key signs."""
    thief = SignerKey(name=values["checkpoint"].split("\n")[0], seed=bytes(32))
    head = note.checkpoint(values["checkpoint"].encode())
    text = note.checkpoint_text(origin=origin or head.origin, size=size or head.size, root=head.root)
    values["checkpoint"] = note.signed(text, thief).decode()


def other_records(values):
    first, second = list(values["records"])[:2]
    values["records"][first] = values["records"][second]


def shortened_records(values):
    first = next(iter(values["records"]))
    data = base64.b64decode(values["records"][first])
    values["records"][first] = base64.b64encode(data[:-40]).decode()


FORGERIES = [
    lambda v: v.update(format="chronik-bundle/2"),
    lambda v: v.update(more=1),
    lambda v: v.pop("stamps"),
    lambda v: v.update(leaves={}),
    lambda v: v.update(keys=[]),
    lambda v: v["keys"].reverse(),
    lambda v: v["keys"].pop(),
    lambda v: v["keys"].pop(0),
    lambda v: v["keys"][0].update(size=1),
    lambda v: v["keys"][0].update(size=True),
    lambda v: v["keys"][1].update(size=3),
    lambda v: v["keys"][1].update(size=10**6),
    lambda v: v["keys"][1].update(key=v["keys"][0]["key"]),
    lambda v: v["keys"][1].update(key=v["keys"][1]["key"] + "A"),
    lambda v: v["keys"][1].update(key=7),
    lambda v: v["keys"].append({"size": 10**9, "key": v["keys"][0]["key"]}),
    lambda v: v.update(checkpoint=v["checkpoint"].replace("\n10\n", "\n11\n")),
    lambda v: v.update(checkpoint=v["checkpoint"] + "\n"),
    lambda v: v.update(checkpoint=v["checkpoint"].replace("— ", "- ")),
    lambda v: v.update(checkpoint=""),
    lambda v: v.update(checkpoint="\ud800"),
    resign,
    lambda v: resign(v, size=10**18),
    lambda v: resign(v, origin="elsewhere.example/1"),
    lambda v: v["leaves"].reverse(),
    lambda v: v["leaves"].append(v["leaves"][-1]),
    lambda v: v["leaves"].remove(leaf(v, "key-rotation")),
    lambda v: v["leaves"].remove(leaf(v, "capture")),
    lambda v: leaf(v, "act").update(index=-1),
    lambda v: leaf(v, "act").update(index=10**19),
    lambda v: leaf(v, "act").update(index="3"),
    lambda v: leaf(v, "act").update(index=3.5),
    lambda v: leaf(v, "act").update(salt=leaf(v, "act")["salt"].upper() + " "),
    lambda v: leaf(v, "act").update(salt="00" * 32),
    lambda v: leaf(v, "act").update(payload="[]"),
    lambda v: leaf(v, "act").update(payload="{"),
    lambda v: leaf(v, "act").update(payload="[" * 100_000),
    lambda v: leaf(v, "act").update(payload=" " + leaf(v, "act")["payload"]),
    lambda v: leaf(v, "act").update(path=leaf(v, "act")["path"][:-1]),
    lambda v: leaf(v, "act").update(path=[*leaf(v, "act")["path"], leaf(v, "act")["path"][0]]),
    lambda v: leaf(v, "act").update(path=leaf(v, "act")["path"][::-1]),
    lambda v: leaf(v, "act").update(path=["x"]),
    lambda v: leaf(v, "act").update(path=[None]),
    lambda v: leaf(v, "act").update(path=[leaf(v, "act")["path"][0]] * 100),
    lambda v: swap(v, "act", "payload"),
    lambda v: swap(v, "act", "salt"),
    lambda v: swap(v, "act", "index"),
    lambda v: swap(v, "capture", "payload"),
    lambda v: edit_payload(v, "act", lambda p: p["act"].update(by="max")),
    lambda v: edit_payload(v, "act", lambda p: p.update(recorded_at="2020-01-01T00:00:00+00:00")),
    lambda v: edit_payload(v, "act", lambda p: p.update(id=7)),
    lambda v: edit_payload(v, "capture", lambda p: p["capture"].update(url="https://elsewhere.example/")),
    lambda v: edit_payload(v, "capture", lambda p: p["records"].update(bytes=1)),
    lambda v: edit_payload(v, "key-rotation", lambda p: p["signatures"].pop("old")),
    lambda v: edit_payload(v, "key-rotation", lambda p: p.update(kind="act")),
    other_records,
    shortened_records,
    lambda v: v["records"].popitem(),
    lambda v: v["records"].update({"0" * 64: ""}),
    lambda v: v["records"].update(dict.fromkeys(v["records"], "")),
    lambda v: v["records"].update(dict.fromkeys(v["records"], 3)),
    lambda v: v.update(stamps=[{"authority": "clock", "token": "AAAA"}]),
    lambda v: v.update(stamps=["clock"]),
    lambda v: v.update(stamps=[{"authority": "clock"}]),
]


@pytest.mark.parametrize("number", range(len(FORGERIES)))
def test_no_forged_bundle_holds(good, number):
    values = json.loads(good)
    FORGERIES[number](values)
    data = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    assert not agree(data)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b"7", b"[" * 100_000, b'{"format":1e999}', b"null"])
def test_what_is_no_bundle_proves_nothing(data):
    assert not agree(data)


def test_a_token_over_the_checkpoint_is_shown_with_its_time(good):
    values = json.loads(good)
    import hashlib

    token = (
        b"before" + hashlib.sha256(values["checkpoint"].encode()).digest() + b"\x02\x01\x07\x18\x0f20260501123000Zafter"
    )
    values["stamps"] = [{"authority": "clock", "token": base64.b64encode(token).decode()}]
    assert agree(canonical(values))
    assert bundles.checked(canonical(values)).stamped == ("clock 20260501123000Z",)


def test_the_program_runs_alone(good, keys, tmp_path):
    """Without this package, without a network."""
    path = tmp_path / "all.bundle"
    path.write_bytes(good)
    command = [sys.executable, "-I", str(PROGRAM), str(path), "--key", keys[-1], "--json"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env={})
    assert (done.returncode, json.loads(done.stdout)["fault"]) == (0, None)
    path.write_bytes(good[:-1])
    done = subprocess.run(command[:-1], capture_output=True, check=False, cwd=tmp_path, env={})
    assert done.returncode == 1
    assert b"PROVES NOTHING" in done.stderr


def test_the_program_is_short_and_needs_nothing_of_ours():
    text = PROGRAM.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= PROGRAM_LINES_MAX
    assert "chronik." not in text.split('"""')[2]
    assert "import rfc8785" not in text


def test_what_is_recorded_is_proved_also_while_another_process_writes(archive, everything):
    with recording.ledger(archive).writing():
        archive.catalogue.record_act(act("due"))
        assert proving.prove(archive, everything[0])[0].opening.subject == everything[0]
        with pytest.raises(ConflictError, match="has no leaf yet"):
            proving.prove(archive, act("due").id)
