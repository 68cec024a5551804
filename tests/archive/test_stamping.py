"""Checkpoints are stamped by authorities that answer, over the one way out; failures are told."""

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.server import answer, loopback
from tests.preserve.authorities import make_authority, needs_openssl
from tests.preserve.ledgers import drafts

from chronik import config as configuration
from chronik.archive import stamping
from chronik.collect.posting import Poster
from chronik.errors import ConfigError
from chronik.preserve.ledger import Ledger
from chronik.preserve.stamp_folder import StampFolder

pytestmark = needs_openssl


@pytest.fixture(scope="module")
def clocks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authorities")
    return {name: make_authority(folder / name, name) for name in ("one", "two", "three")}


def rest_of_body(wire, head):
    """The request's body; `loopback` gives what came up to the end of the head and perhaps more."""
    start, _, body = head.partition(b"\r\n\r\n")
    length = int(start.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += wire.recv(2**16)
    return body


def stamps_by(clock):
    def say(wire, head):
        wire.sendall(answer(clock.answer(rest_of_body(wire, head)), "Content-Type: application/timestamp-reply"))

    return say


@dataclass
class Scene:
    archive: object
    ledger: Ledger
    post: Poster
    heard: list
    at: datetime

    def stamp(self, **options):
        return stamping.stamp_due(self.archive, post=self.post, **options)

    def record(self, leaves=1):
        with self.ledger.writing() as writer:
            return writer.append(drafts(writer.size, leaves))

    def later(self, **time_passed):
        self.at += timedelta(**time_passed)

    @property
    def standing(self):
        return stamping.standing(self.archive)


@contextmanager
def scene(folder, clocks, *scripts, leaves=3, permitted=True, timeout_s=5.0):
    """An archive with a ledger and the authorities one, two, three, each answering by its script."""
    with ExitStack() as stack:
        heard = [stack.enter_context(loopback(script)) for script in scripts]
        house = folder / "archive"
        house.mkdir()
        texts = []
        for server, clock in zip(heard, clocks.values(), strict=False):
            (house / f"{clock.name}.pem").write_bytes(clock.root_pem())
            texts.append(f"{clock.name} {server.url('/tsr')} {clock.name}.pem")
        made = archive_in(house)
        found = Scene(archive=made, ledger=None, post=None, heard=heard, at=datetime.now(UTC))
        object.__setattr__(made, "config", configuration.from_table(house, {"timestamp_authorities": texts}))
        object.__setattr__(made, "clock", lambda: found.at)
        found.ledger = Ledger(folder=house / "ledger", state_base=folder / "state", name="press.example")
        found.post = Poster(
            user_agent="Chronik/test",
            timeout_s=timeout_s,
            size_bytes_max=2**18,
            clock=lambda: found.at,
            permitted_endpoints=frozenset(server.endpoint for server in heard if permitted),
        )
        if leaves:
            found.record(leaves)
        yield found


def test_a_checkpoint_gets_two_stamps_and_no_third(tmp_path, clocks):
    with scene(tmp_path, clocks, *(stamps_by(clock) for clock in clocks.values())) as here:
        replies = here.stamp()
        assert [(reply.authority, reply.size, reply.reason) for reply in replies] == [("one", 3, ""), ("two", 3, "")]
        assert here.stamp() == here.stamp(at_once=True) == ()
        assert [server.accepts for server in here.heard] == [1, 1, 0]
        assert [kept.authority for kept in StampFolder(here.ledger.folder).kept()] == ["one", "two"]
        standing = here.standing
    assert (standing.leaves, standing.stamped_leaves, standing.alarm, standing.waiting) == (3, 3, "", ())
    assert "3 of 3 leaves are stamped" in standing.words


def test_only_digests_leave_the_house(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"])) as here:
        here.stamp()
        (asked,) = here.heard[0].requests
    assert b"press.example" not in asked
    assert b"POST /tsr HTTP/1.1" in asked


def test_later_leaves_are_stamped_after_the_rest(tmp_path, clocks):
    with scene(tmp_path, clocks, *(stamps_by(clock) for clock in clocks.values())) as here:
        here.stamp()
        here.record(2)
        assert here.stamp() == ()
        here.later(seconds=299)
        assert [reply.size for reply in here.stamp(at_once=True)] == [5, 5]
        assert here.standing.stamped_leaves == 5


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (answer(b"busy", status="503 Service Unavailable"), "503"),
        (answer(b"<html>hello</html>"), "no time stamp"),
        (answer(b""), "no time stamp"),
        (answer(bytes(2**19)), "larger than"),
        (answer(b"0\x82\x05\xc8")[:-2], "truncated"),
        (b"", "unreachable"),
        (answer(b"", "Location: http://127.0.0.1:1/", status="302 Found"), "302|redirect|http"),
    ],
    ids=["503", "page", "empty", "huge", "cut", "hangs up", "redirect"],
)
def test_an_authority_that_fails_is_told_and_the_next_is_asked(tmp_path, clocks, bad, reason):
    with scene(tmp_path, clocks, bad, stamps_by(clocks["two"]), stamps_by(clocks["three"])) as here:
        first, *others = here.stamp()
        assert first.stamp is None
        assert any(word in first.reason for word in reason.split("|"))
        assert [reply.authority for reply in others if reply.stamp] == ["two", "three"]
        ((name, why, next_try),) = here.standing.waiting
        assert (name, why, next_try - here.at) == ("one", first.reason, timedelta(minutes=1))


def test_a_slow_authority_costs_no_more_than_the_time_allowed(tmp_path, clocks):
    def slow(wire, head):
        time.sleep(3)

    with scene(tmp_path, clocks, slow, stamps_by(clocks["two"]), timeout_s=0.5) as here:
        begun = time.monotonic()
        first, second = here.stamp()
        assert time.monotonic() - begun < 2.5
    assert "timeout" in first.reason
    assert second.stamp


def test_another_s_token_is_refused_and_not_kept(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["three"])) as here:
        (reply,) = here.stamp()
        assert "does not hold" in reply.reason
        assert StampFolder(here.ledger.folder).kept() == []


def test_an_authority_inside_the_house_is_not_asked_unless_permitted(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"]), permitted=False) as here:
        (reply,) = here.stamp()
        assert "blocked_address" in reply.reason
        assert here.heard[0].accepts == 0


def test_an_authority_that_failed_is_asked_again_ever_more_rarely(tmp_path, clocks):
    with scene(tmp_path, clocks, answer(b"no", status="500 Oops")) as here:
        asked_at, begin = [], here.at
        for _ in range(36 * 60):
            if here.stamp():
                asked_at.append((here.at - begin).total_seconds() / 60)
            here.later(minutes=1)
    assert asked_at[:6] == [0, 1, 3, 7, 15, 31]
    assert max(after - before for before, after in pairwise(asked_at)) == 360


def test_after_a_day_without_any_answer_there_is_an_alarm(tmp_path, clocks):
    no = answer(b"no", status="500 Oops")
    with scene(tmp_path, clocks, no, no) as here:
        here.stamp()
        here.later(hours=23)
        here.stamp()
        assert here.standing.alarm == ""
        here.later(hours=2)
        assert "no time-stamp authority has answered for 24 h" in here.standing.alarm
        assert "None of 3 leaves" in here.standing.words


def test_one_of_two_that_is_silent_for_a_day_is_told(tmp_path, clocks):
    with scene(tmp_path, clocks, answer(b"no", status="500 Oops"), stamps_by(clocks["two"])) as here:
        here.stamp()
        here.later(hours=25)
        here.record()
        assert "only two" in here.standing.alarm


def test_without_authorities_the_archive_says_so_and_works(tmp_path, clocks):
    with scene(tmp_path, clocks) as here:
        assert here.stamp() == ()
        assert "No time-stamp authority is set" in here.standing.words
        assert here.standing.alarm == ""


def test_without_a_ledger_nobody_is_asked(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"]), leaves=0) as here:
        assert here.stamp() == ()
        assert here.standing.leaves == 0


def test_two_authorities_under_one_root_count_once(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"]), stamps_by(clocks["one"])) as here:
        (here.archive.config.archive / "two.pem").write_bytes(clocks["one"].root_pem())
        assert [reply.authority for reply in here.stamp()] == ["one"]
        assert here.standing.roots == 1


def test_a_root_that_is_not_there_is_told(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"])) as here:
        (here.archive.config.archive / "one.pem").unlink()
        with pytest.raises(ConfigError, match=r"one\.pem"):
            here.stamp()
        assert "one.pem" in here.standing.alarm


def test_every_flipped_bit_of_a_kept_stamp_is_found(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"])) as here:
        here.stamp()
        (kept,) = StampFolder(here.ledger.folder).kept()
        assert list(stamping.stamp_faults(here.archive)) == []
        whole = kept.path.read_bytes()
        for place in range(len(whole)):
            kept.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
            ((subject, what),) = stamping.stamp_faults(here.archive)
            assert kept.path.name in subject
            assert "not those that were kept" in what


def test_a_stamp_moved_to_another_checkpoint_is_found(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"])) as here:
        here.stamp()
        here.record()
        (kept,) = StampFolder(here.ledger.folder).kept()
        kept.path.rename(kept.path.with_name(kept.path.name.replace("3-", "4-", 1)))
        ((_, what),) = stamping.stamp_faults(here.archive)
        assert "Mismatch" in what
        (moved,) = StampFolder(here.ledger.folder).kept()
        moved.path.rename(moved.path.with_name(moved.path.name.replace("4-", "9-", 1)))
        ((_, what),) = stamping.stamp_faults(here.archive)
        assert "not in the ledger" in what


def test_a_state_that_cannot_be_read_is_forgotten(tmp_path, clocks):
    with scene(tmp_path, clocks, stamps_by(clocks["one"])) as here:
        shelf = StampFolder(here.ledger.folder)
        shelf.folder.mkdir()
        for text in ("", "[]", '{"one": {}}', '{"one": 3}', "[" * 10_000, '{"one": {"answered_at": "x"}}'):
            (shelf.folder / "asked.json").write_text(text)
            assert shelf.asked() == {}
        assert here.stamp()[0].stamp
        assert shelf.asked()["one"].answered_at == here.at


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("freetsa https://freetsa.org/tsr", "is not like"),
        ("../x https://freetsa.org/tsr a.pem", "a name is"),
        ("Free https://freetsa.org/tsr a.pem", "a name is"),
        ("a ftp://freetsa.org/tsr a.pem", "no address"),
        ("a https://freetsa.org/tsr a.pem 1.2.x", "object identifier"),
        ("", "is not like"),
    ],
)
def test_an_authority_that_cannot_be_meant_is_refused(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        configuration.from_table(tmp_path, {"timestamp_authorities": [text]})
    two = ["a https://a.example/ a.pem", "a https://b.example/ b.pem"]
    with pytest.raises(ConfigError, match="twice"):
        configuration.from_table(tmp_path, {"timestamp_authorities": two})
