"""The settings of the encoder: what they may be, and which encoder an archive then has."""

import subprocess
import sys

import pytest

from chronik import config, wiring
from chronik.config import from_table
from chronik.errors import ConfigError
from chronik.relate.encode import E5Encode
from chronik.relate.when_asked import EncodeWhenAsked
from tests.fakes.embeddings import speak
from tests.fakes.encode import FakeEncode
from tests.fakes.server import loopback

SERVER = {"encoder": "https://vectors.example.org/v1", "encoder_model": "m"}


@pytest.mark.parametrize("table", [{}, {"encoder": "none"}, SERVER, {**SERVER, "encoder": "http://127.0.0.1:8080/v1"}])
def test_an_encoder_is_ours_or_none_or_an_address(tmp_path, table):
    assert from_table(tmp_path, table).encoder == table.get("encoder", "e5")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"encoder": "E6"}, "encoder: 'E6' is none of"),
        ({"encoder": ""}, "encoder: '' is none of"),
        ({**SERVER, "encoder": "ftp://example.org"}, "is none of"),
        ({**SERVER, "encoder": "https://user@example.org/v1"}, "is none of"),
        ({**SERVER, "encoder": "https://example.org/v1?key=x"}, "is none of"),
        ({"encoder": SERVER["encoder"]}, "encoder_model: must name the model"),
        ({**SERVER, "encoder_key": "two words"}, "encoder_key: must be"),
        ({**SERVER, "encoder_key": "a\r\nX-Other: b"}, "encoder_key: must be"),
        ({**SERVER, "encoder_key": "schlüssel"}, "encoder_key: must be"),
        ({"encoder_threads": 0}, "encoder_threads: must be above 0"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, table, words):
    with pytest.raises(ConfigError, match=words):
        from_table(tmp_path, table)


def test_the_key_may_come_from_the_environment_and_is_shown_to_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONIK_ENCODER_KEY", "s3cret")
    found = from_table(tmp_path, SERVER)
    assert found.encoder_key == "s3cret"
    assert "s3cret" not in repr(found)


def test_an_encoder_that_is_set_to_e5_is_ours(tmp_path):
    found = wiring.encoder(from_table(tmp_path, {}))
    assert found.made_by == E5Encode().made_by
    assert found.vectors(["a"]).shape == (1, found.dimensions)


def test_an_encoder_at_an_address_of_this_machine_is_asked_there(tmp_path):
    with loopback(speak) as server:
        table = {"encoder": server.url("/v1"), "encoder_model": "words-1", "encoder_key": "k"}
        found = wiring.encoder(from_table(tmp_path, table))
        assert found.vectors(["a word"]).shape == (1, found.dimensions)
        assert b"\r\nAuthorization: Bearer k\r\n" in server.requests[0]


def test_only_the_encoder_may_ask_its_address(tmp_path):
    found = from_table(tmp_path, {**SERVER, "encoder": "http://localhost:8080/v1"})
    assert wiring.encoder_endpoints(found) == {("127.0.0.1", 8080)}
    assert wiring.permitted_endpoints(found) == frozenset()


def test_a_name_inside_the_network_has_to_be_permitted_as_elsewhere(tmp_path):
    found = from_table(tmp_path, {**SERVER, "permitted_endpoints": ["192.168.1.5:443"]})
    assert wiring.encoder_endpoints(found) == {("192.168.1.5", 443)}


def test_an_encoder_is_made_when_it_is_asked():
    made = []
    found = EncodeWhenAsked(lambda: made.append(FakeEncode(dimensions=3)) or made[-1])
    assert made == []
    assert found.vectors(["a", ""]).shape == (2, 3)
    assert (found.made_by, found.dimensions) == ("fake 1", 3)
    assert len(made) == 1


def test_opening_an_archive_loads_no_encoder(tmp_path):
    program = (
        "import sys, pathlib; from chronik import wiring; archive = wiring.opened(pathlib.Path(sys.argv[1])); "
        "sys.exit('onnxruntime' in sys.modules or archive.encode is None)"
    )
    wiring_of_its_own = [sys.executable, "-m", "chronik", "init", str(tmp_path / "a")]
    assert subprocess.run(wiring_of_its_own, check=False, capture_output=True).returncode == 0
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "a")], check=False).returncode == 0


def test_the_template_keeps_the_default(tmp_path):
    (tmp_path / config.FILE_NAME).write_text(config.TEMPLATE, encoding="utf-8")
    assert config.load(tmp_path).encoder == config.ENCODER_HERE
