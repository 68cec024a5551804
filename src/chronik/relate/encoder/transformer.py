"""Decides: the graph of a BERT encoder (Devlin et al. 2019) over given weights, as onnxruntime computes it fastest.

Matrices become 8 bits in blocks of 64 numbers, and so do each row's activations when it runs: cosine .9998 with the
4-bit original, and a text's vector does not depend on what stands beside it in a batch, as it would with one scale for
all. The table of words stays outside: its rows are looked up in the mapped file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.encoder.graph import CONTRIBUTED, Graph, value
from chronik.relate.encoder.weights import numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chronik.relate.encoder.weights import Weights

EMBEDDED, LENGTHS, HIDDEN = "embedded", "lengths", "hidden"
"""Names of the inputs (batch, tokens, width) and (batch), and of the output (batch, tokens, width)."""
BITS = 8
BLOCK = 64
LARGEST = 127
MIDDLE = 128
EIGHT_BIT_ARITHMETIC = 4
"""onnxruntime's accuracy_level that lets it round activations to 8 bits, block by block."""


def model(weights: Weights) -> bytes:
    """An ONNX model that turns embedded tokens into hidden states."""
    shape = weights.shape
    graph = Graph()
    graph.constant("parts", np.full(3, shape.width, dtype=np.int64))
    state = _normalised(graph, weights, name="emb.ln", given=EMBEDDED)
    for layer in range(shape.layers):
        state = _layer(graph, weights, name=f"l{layer}", given=state)
    graph.node("Identity", [state], outputs=[HIDDEN])
    sizes = ("batch", "tokens", shape.width)
    return graph.model(
        inputs=[value(EMBEDDED, kind="f4", sizes=sizes), value(LENGTHS, kind="i4", sizes=("batch",))],
        outputs=[value(HIDDEN, kind="f4", sizes=sizes)],
    )


def _layer(graph: Graph, weights: Weights, *, name: str, given: str) -> str:
    """Attention and feed-forward step, each added to what it was given and normalised."""
    width = weights.shape.width
    mixed = _attention(graph, weights, name=name, given=given)
    matrix, bias = weights.blocks(f"{name}.ao.w", width=width), weights.plain(f"{name}.ao.b")
    projected = _product(graph, matrix, name=f"{name}.ao", given=mixed, bias=bias)
    summed = graph.node("Add", [given, projected], outputs=[f"{name}.attended"])
    attended = _normalised(graph, weights, name=f"{name}.aln", given=summed)
    matrix = weights.blocks(f"{name}.fi.w", width=width)
    inner = _product(graph, matrix, name=f"{name}.fi", given=attended)
    bias_name = graph.constant(f"{name}.fi.bias", weights.plain(f"{name}.fi.b"))
    bent = graph.node("BiasGelu", [inner, bias_name], outputs=[f"{name}.bent"], domain=CONTRIBUTED)
    matrix, bias = weights.blocks(f"{name}.fo.w", width=weights.shape.inner), weights.plain(f"{name}.fo.b")
    outer = _product(graph, matrix, name=f"{name}.fo", given=bent, bias=bias)
    summed = graph.node("Add", [attended, outer], outputs=[f"{name}.summed"])
    return _normalised(graph, weights, name=f"{name}.oln", given=summed)


def _attention(graph: Graph, weights: Weights, *, name: str, given: str) -> str:
    """What each token takes from the others; those beyond a text's length give nothing."""
    width = weights.shape.width
    parts = ("q", "k", "v")
    matrix = np.concatenate([weights.blocks(f"{name}.{part}.w", width=width) for part in parts])
    bias = graph.constant(f"{name}.qkv.bias", np.concatenate([weights.plain(f"{name}.{part}.b") for part in parts]))
    product = _product(graph, matrix, name=f"{name}.qkv", given=given)
    split = [f"{name}.{part}" for part in parts]
    graph.node("Split", [product, "parts"], outputs=split, axis=2)
    inputs = [*split, bias, LENGTHS]
    heads = weights.shape.heads
    return graph.node("MultiHeadAttention", inputs, outputs=[f"{name}.mixed"], domain=CONTRIBUTED, num_heads=heads)


def _normalised(graph: Graph, weights: Weights, *, name: str, given: str) -> str:
    scale = graph.constant(f"{name}.scale", weights.plain(f"{name}.w"))
    shift = graph.constant(f"{name}.shift", weights.plain(f"{name}.b"))
    epsilon = float(weights.shape.epsilon)
    return graph.node("LayerNormalization", [given, scale, shift], outputs=[f"{name}.normalised"], epsilon=epsilon)


def _product(
    graph: Graph, blocks: NDArray[np.void], *, name: str, given: str, bias: NDArray[np.float32] | None = None
) -> str:
    """A matrix times what is given, in integers."""
    matrix = numbers(blocks)
    rows, columns = matrix.shape
    rounded, scales = _rounded(matrix)
    inputs = [given, graph.constant(f"{name}.matrix", rounded), graph.constant(f"{name}.scales", scales)]
    if bias is not None:
        inputs += ["", "", graph.constant(f"{name}.bias", bias)]
    return graph.node(
        "MatMulNBits",
        inputs,
        outputs=[f"{name}.product"],
        domain=CONTRIBUTED,
        K=columns,
        N=rows,
        bits=BITS,
        block_size=BLOCK,
        accuracy_level=EIGHT_BIT_ARITHMETIC,
    )


def _rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Eight bits for each number, and one scale for each block."""
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    scales = np.abs(blocks).max(axis=-1, keepdims=True) / LARGEST
    whole = np.rint(blocks / np.maximum(scales, np.finfo(np.float32).tiny)) + MIDDLE
    return whole.astype(np.uint8), scales.astype(np.float32).ravel()
