"""Every byte is read again in time; rot is found, named, and told until it is repaired from a second vault."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.preserve.material import NOW, exchange, warcs

from chronik import config as configuration
from chronik.archive import fixing
from chronik.errors import ReadOnlyError
from chronik.model import Verb
from chronik.preserve import syncing

FILES, CAPTURES = 4, 3


class Scene:
    def __init__(self, folder, **settings):
        self.now = NOW
        self.folder = folder
        made = archive_in(folder)
        self.house = replace(made, config=configuration.from_table(folder, settings), clock=lambda: self.now)
        self.captures = []

    def fill(self, files=FILES):
        for number in range(files):
            for place in range(CAPTURES):
                url = f"https://talbote.example/{len(self.captures)}"
                answer = b"HTTP/1.1 200 OK\r\n\r\n" + bytes([number, place]) * 2000
                capture = self.house.vault.keep(exchange(answer, url=url))
                self.house.catalogue.record_capture(capture)
                self.captures.append(capture)
            self.house.vault.close()
        return warcs(self.folder / "vault")

    def look(self, **options):
        return fixing.look_again(self.house, **options)

    @property
    def standing(self):
        return fixing.standing(self.house)


@pytest.fixture
def scene(tmp_path):
    return Scene(tmp_path / "archive", second_vault=str(tmp_path / "second"))


@pytest.fixture
def second(tmp_path):
    (tmp_path / "second").mkdir()
    return tmp_path / "second"


def rot(path, offset=200):
    data = bytearray(path.read_bytes())
    data[offset] ^= 4
    path.write_bytes(data)
    return bytes(data)


def test_every_file_is_read_and_then_left_alone_for_half_of_the_time(scene, second):
    scene.fill()
    assert scene.look().files == FILES
    assert scene.look().files == 0
    scene.now += timedelta(days=14)
    assert scene.look().files == 0
    scene.now += timedelta(days=1)
    assert scene.look().files == FILES
    assert (scene.standing.files, scene.standing.read, scene.standing.oldest) == (FILES, FILES, scene.now)


def test_a_slice_takes_those_that_waited_longest_and_the_next_goes_on(scene, second, monkeypatch):
    first = scene.fill(1)
    scene.look()
    scene.now += timedelta(days=20)
    scene.fill(2)
    monkeypatch.setattr(fixing, "SLICE_BYTES_MIN", 1)
    read = []
    for _ in range(4):
        before = {mark.file: mark.read_at for mark in scene.house.catalogue.fixity_marks()}
        scene.look()
        after = {mark.file: mark.read_at for mark in scene.house.catalogue.fixity_marks()}
        read.append([name for name in after if after[name] != before.get(name)])
    assert [len(names) for names in read] == [1, 1, 1, 0]
    assert read[2] == [first[0].name]


def test_new_files_are_copied_to_the_second_vault(scene, second):
    paths = scene.fill()
    assert scene.look().copied == FILES
    for path in paths:
        assert (second / path.name).read_bytes() == path.read_bytes()
    assert len(list(second.iterdir())) == 2 * FILES


def test_rot_in_each_file_is_found_with_its_capture_and_repaired(scene, second):
    paths = scene.fill()
    scene.look()
    whole = {path: path.read_bytes() for path in paths}
    hurt = {
        path: rot(path, scene.captures[CAPTURES * number + 1].location.offset + 30) for number, path in enumerate(paths)
    }
    looked = scene.look(everything=True)
    assert sorted(looked.repaired) == sorted(path.name for path in paths)
    assert {path: path.read_bytes() for path in paths} == whole
    aside = list((scene.folder / "vault" / "quarantine").glob("*.warc.gz.hurt-*"))
    assert sorted(path.read_bytes() for path in aside) == sorted(hurt.values())
    acts = scene.house.catalogue.acts()
    assert [act.verb for act in acts] == [Verb.REPAIR] * FILES
    assert {act.subject for act in acts} == set(looked.repaired)
    assert list(scene.house.vault.damages()) == []
    assert scene.standing.hurt == ()


def test_without_a_second_vault_rot_is_told_until_it_is_gone(tmp_path):
    scene = Scene(tmp_path)
    path = scene.fill(1)[0]
    scene.look()
    whole = path.read_bytes()
    rot(path, scene.captures[1].location.offset + 30)
    scene.now += timedelta(days=15)
    ((name, what),) = scene.look().hurt
    assert name == path.name
    assert scene.captures[1].id in what
    assert scene.captures[1].url in what
    assert scene.captures[0].id not in what
    assert fixing.last_read(scene.house, scene.captures[1]) is None
    assert scene.look().files == 0
    assert scene.standing.hurt
    scene.now += timedelta(days=1)
    assert scene.look().hurt
    path.write_bytes(whole)
    scene.now += timedelta(days=1)
    assert scene.look().hurt == []
    assert scene.standing.hurt == ()
    assert fixing.last_read(scene.house, scene.captures[1]) == scene.now


@pytest.mark.parametrize("what", ["warc", "index", "both"])
def test_a_file_that_vanished_is_found_and_brought_back(scene, second, what):
    path = scene.fill(2)[0]
    index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
    scene.look()
    for gone in {"warc": [path], "index": [index], "both": [path, index]}[what]:
        gone.unlink()
    looked = scene.look(everything=True)
    assert looked.repaired == [path.name]
    assert list(scene.house.vault.damages()) == []


def test_a_vanished_file_without_copy_is_told(tmp_path):
    scene = Scene(tmp_path)
    path = scene.fill(1)[0]
    scene.look()
    path.unlink()
    path.with_name(path.name.replace(".warc.gz", ".cdxj")).unlink()
    assert scene.look().hurt == [(path.name, "the file is missing")]


def test_rot_in_the_second_vault_is_repaired_from_the_first(scene, second):
    paths = scene.fill()
    scene.look()
    rot(second / paths[1].name)
    looked = scene.look(everything=True)
    assert (looked.copied, looked.repaired, looked.hurt) == (1, [], [])
    assert (second / paths[1].name).read_bytes() == paths[1].read_bytes()


def test_where_both_are_hurt_nothing_is_overwritten(scene, second):
    path = scene.fill(1)[0]
    scene.look()
    here, there = rot(path), rot(second / path.name, 300)
    assert scene.look(everything=True).hurt
    assert (path.read_bytes(), (second / path.name).read_bytes()) == (here, there)


def test_a_file_exchanged_for_another_whole_one_is_noticed(tmp_path):
    scene, other = Scene(tmp_path / "one"), Scene(tmp_path / "other")
    path, forged = scene.fill(1)[0], other.fill(2)[1]
    scene.look()
    index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
    path.write_bytes(forged.read_bytes())
    index.write_bytes(forged.with_name(forged.name.replace(".warc.gz", ".cdxj")).read_bytes())
    assert scene.look(everything=True).hurt


def test_a_second_vault_that_is_not_mounted_is_told_and_not_made(scene, tmp_path):
    scene.fill()
    looked = scene.look()
    assert looked.files == FILES
    ((name, what),) = looked.hurt
    assert name == fixing.SECOND_VAULT
    assert "is not there" in what
    assert not (tmp_path / "second").exists()
    (tmp_path / "second").mkdir()
    assert scene.look(everything=True).hurt == []
    assert scene.standing.hurt == ()


def test_a_file_that_is_being_written_is_read_too(scene, second):
    scene.fill(1)
    scene.house.vault.keep(exchange(url="https://talbote.example/living"))
    looked = scene.look()
    scene.house.release()
    assert looked.files == 2
    assert scene.standing.hurt == ()
    assert len(list(second.glob("*.warc.gz"))) == 1


def test_what_was_not_read_in_time_is_an_alarm(scene, second):
    scene.fill()
    scene.look()
    scene.now += timedelta(days=31)
    assert "30 days" in scene.standing.alarm
    assert fixing.alarms(scene.house) == [("fixity", "the vault", scene.standing.alarm)]


def test_a_clock_that_was_set_back_delays_nothing(scene, second):
    scene.fill()
    scene.look()
    scene.now -= timedelta(days=400)
    assert scene.look().files == FILES


def test_a_read_only_archive_is_not_repaired(scene, second):
    path = scene.fill()[0]
    scene.look()
    rot(path)
    (scene.folder / "chronik.toml").touch()
    syncing.distrust(path, "lost")
    with pytest.raises(ReadOnlyError):
        scene.look(everything=True)
