"""The bundled model as an ONNX graph in eight-bit integers: what makes embedding fast on a processor alone.

Weights become seven-bit integers with a scale per output channel; activations are quantised to eight bits at run time,
with one scale per text. Seven bits, because two eight-bit products do not fit the 16-bit sums of processors without
VNNI instructions: so every processor computes the same integers. The word table stays in the four-bit blocks in which
the package carries it, which is exact and takes a tenth of the memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.adapters.e5_file import BLOCK, ZERO, E5File
from knowledge.adapters.onnx_transformer import INPUT

OUTPUT = "token_embeddings"
LARGEST_WEIGHT = 63
RUNTIME_DOMAIN = "com.microsoft"
"""Operators that ONNX Runtime adds to the standard's."""
OPSET, RUNTIME_OPSET, IR_VERSION = 21, 1, 10


def int8_graph(file: E5File) -> onnx.ModelProto:
    """Token ids of one text, shape (1, tokens), to a vector per token, shape (1, tokens, hidden)."""
    return _Builder(file).model()


class _Builder:
    def __init__(self, file: E5File) -> None:
        self._file = file
        self._shape = file.shape
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        hidden = self._embeddings()
        for layer in range(self._shape.layers):
            hidden = self._layer(f"l{layer}", hidden)
        self._node("Identity", [hidden], OUTPUT)
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, "tokens", self._shape.hidden])],
            self._weights,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME_DOMAIN, RUNTIME_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _embeddings(self) -> str:
        shape, file = self._shape, self._file
        positions = file.tensor("emb.pos", shape.positions, shape.hidden)
        types = file.tensor("emb.type", shape.token_types, shape.hidden)
        words = self._runtime_node(
            "GatherBlockQuantized",
            [*self._word_table(), "words.zeros"],
            "words",
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )
        start = self._weight("start", np.array([0], np.int64))
        length = self._node("Shape", [INPUT], "length", start=1, end=2)
        places = self._node("Slice", [self._weight("positions", positions + types[0]), start, length, start], "places")
        together = self._node("Add", [words, places], "together")
        norm = self._norm("emb.ln")
        return self._node("LayerNormalization", [together, *norm], "embedded", axis=-1, epsilon=shape.epsilon)

    def _word_table(self) -> tuple[str, str, str]:
        shape = self._shape
        nibbles, scales = self._file.blocks("emb.word")
        self._packed("words.table", nibbles.reshape(shape.vocabulary, shape.hidden))
        self._packed("words.zeros", np.full((shape.vocabulary, shape.hidden // BLOCK), ZERO, np.uint8))
        return "words.table", INPUT, self._weight("words.scales", scales.reshape(shape.vocabulary, -1))

    def _layer(self, name: str, hidden: str) -> str:
        file, size, wide = self._file, self._shape.hidden, self._shape.feed_forward
        joint = self._linear(f"{name}.qkv", hidden, [f"{name}.{part}" for part in "qkv"], (size, size))
        parts = [f"{name}.{part}.out" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joint], parts, axis=-1, num_outputs=3))
        attended = self._runtime_node("MultiHeadAttention", parts, f"{name}.heads", num_heads=file.shape.heads)
        mixed = self._linear(f"{name}.mixed", attended, [f"{name}.ao"], (size, size))
        middle = self._add_and_norm(f"{name}.aln", mixed, hidden)
        spread = self._linear(f"{name}.spread", middle, [f"{name}.fi"], (wide, size))
        active = self._runtime_node("Gelu", [spread], f"{name}.active")
        narrowed = self._linear(f"{name}.narrowed", active, [f"{name}.fo"], (size, wide))
        return self._add_and_norm(f"{name}.oln", narrowed, middle)

    def _linear(self, name: str, hidden: str, tensors: list[str], shape: tuple[int, int]) -> str:
        """One multiplication for all the named layers, which share their input."""
        weights = np.concatenate([self._file.tensor(f"{tensor}.w", *shape) for tensor in tensors])
        biases = np.concatenate([self._file.tensor(f"{tensor}.b", shape[0]) for tensor in tensors])
        scales = np.abs(weights).max(1) / LARGEST_WEIGHT
        integers = np.round(weights / scales[:, None]).astype(np.int8)
        inputs = [
            self._weight(f"{name}.weights", integers.T),
            self._weight(f"{name}.scales", scales.astype(np.float32)),
            self._weight(f"{name}.zeros", np.zeros(len(scales), np.int8)),
            self._weight(f"{name}.biases", biases),
        ]
        return self._runtime_node("DynamicQuantizeMatMul", [hidden, *inputs], name)

    def _add_and_norm(self, name: str, changed: str, before: str) -> str:
        norm = self._norm(name)
        return self._runtime_node(
            "SkipLayerNormalization", [changed, before, *norm], f"{name}.out", epsilon=self._shape.epsilon
        )

    def _norm(self, name: str) -> tuple[str, str]:
        weights, biases = (self._file.tensor(f"{name}.{part}", self._shape.hidden) for part in "wb")
        return self._weight(f"{name}.weights", weights), self._weight(f"{name}.biases", biases)

    def _node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def _runtime_node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        return self._node(operator, inputs, output, domain=RUNTIME_DOMAIN, **attributes)

    def _weight(self, name: str, values: NDArray[Any]) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _packed(self, name: str, nibbles: NDArray[np.uint8]) -> None:
        """Four-bit integers, two to a byte, the first in the low half."""
        pairs = (nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).tobytes()
        self._weights.append(helper.make_tensor(name, TensorProto.UINT4, nibbles.shape, pairs, raw=True))
