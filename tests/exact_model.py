"""The bundled model in 32-bit floats, as transformers' own model: what the fast one is held against."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from knowledge.adapters.e5_file import E5File, Pieces, packaged_weights

_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_exact_model(folder: Path) -> Path:
    """A folder that SentenceTransformer and transformers read; returns it."""
    file = E5File(packaged_weights())
    shape = file.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=file.pieces.pad,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(file))
    model.save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(file.pieces),
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        cls_token="<s>",
        sep_token="</s>",
        mask_token="<mask>",
        model_max_length=shape.positions,
    )
    tokenizer.save_pretrained(folder)
    return folder


def _state(file: E5File) -> dict[str, torch.Tensor]:
    shape = file.shape
    hidden, wide = shape.hidden, shape.feed_forward
    arrays = {
        "embeddings.word_embeddings.weight": file.tensor("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": file.tensor("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": file.tensor("emb.type", shape.token_types, hidden),
        "embeddings.LayerNorm.weight": file.tensor("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": file.tensor("emb.ln.b", hidden),
    }
    for layer in range(shape.layers):
        for short, name in _LINEAR.items():
            rows, columns = (wide, hidden) if short == "fi" else (hidden, wide) if short == "fo" else (hidden, hidden)
            prefix = f"encoder.layer.{layer}.{name}"
            arrays[f"{prefix}.weight"] = file.tensor(f"l{layer}.{short}.w", rows, columns)
            arrays[f"{prefix}.bias"] = file.tensor(f"l{layer}.{short}.b", rows)
        for short, name in _NORMS.items():
            prefix = f"encoder.layer.{layer}.{name}"
            arrays[f"{prefix}.weight"] = file.tensor(f"l{layer}.{short}.w", hidden)
            arrays[f"{prefix}.bias"] = file.tensor(f"l{layer}.{short}.b", hidden)
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _tokenizer(pieces: Pieces) -> Tokenizer:
    first: dict[str, int] = {}
    # A unigram vocabulary holds each piece once; a repeated one can never be chosen anyway.
    vocabulary = [
        (word if first.setdefault(word, number) == number else f"<repeated{number}>", score)
        for number, (word, score) in enumerate(zip(pieces.words, pieces.scores, strict=True))
    ]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", pieces.bos), ("</s>", pieces.eos)],
    )
    return tokenizer
