"""What `doctor` and `status` say of the encoder that is set."""

import socket
from types import SimpleNamespace

import pytest

from chronik import config as configuration
from chronik.cli import examining


@pytest.fixture
def closed_port():
    """A port of this machine at which nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def looked_at(folder, **settings):
    return examining.encoder(SimpleNamespace(config=configuration.from_table(folder, settings)))


def test_the_encoder_that_is_set_is_named_and_loaded(tmp_path):
    part = looked_at(tmp_path)
    assert part.well
    assert "multilingual-e5-small" in part.words
    assert "384 numbers" in part.words
    assert "without sentence vectors" in looked_at(tmp_path, encoder="none").words


def test_a_server_that_does_not_answer_is_told_in_words(tmp_path, closed_port):
    part = looked_at(tmp_path, encoder=f"http://127.0.0.1:{closed_port}/v1", encoder_model="m")
    assert not part.well
    assert f"127.0.0.1:{closed_port}/v1/embeddings cannot be asked" in part.words
    assert "encoder_model" in part.words
