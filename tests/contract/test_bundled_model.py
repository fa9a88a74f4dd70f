"""The bundled model's own promises, and models named in the settings."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from knowledge.adapters.bundled_model import unpack_bundled_model
from knowledge.adapters.e5_file import packaged_revision
from knowledge.adapters.embedder import EmbeddingModelError, open_embedder
from knowledge.model import ModelIdentity
from knowledge.ports import Embedder
from tests.exact_model import write_exact_model


@pytest.fixture(scope="module")
def exact_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled model in 32-bit floats, as an ordinary model folder."""
    return write_exact_model(tmp_path_factory.mktemp("exact"))


@pytest.fixture
def models_folder(bundled_home: Path) -> Path:
    """Where the model was unpacked."""
    return bundled_home / "models"


def test_two_starts_at_once_unpack_one_whole_model(models_folder: Path) -> None:
    """No folder but the model's is left, and the next start only reads it."""
    [model] = [each for each in models_folder.iterdir() if each.is_dir()]
    written = {file.name: file.stat().st_mtime_ns for file in model.iterdir()}
    assert written.keys() == {"model.onnx", "pieces.model"}
    assert unpack_bundled_model(models_folder) == model
    assert {file.name: file.stat().st_mtime_ns for file in model.iterdir()} == written


def test_a_folder_is_a_model(exact_folder: Path, tmp_path: Path) -> None:
    """Any model folder can be named; its identity is its name, a mark of its files, and its dimension."""
    identity = open_embedder(str(exact_folder), "", tmp_path).identity
    assert (identity.name, identity.dimension) == (exact_folder.name, 384)
    copy = tmp_path / exact_folder.name
    shutil.copytree(exact_folder, copy)
    assert open_embedder(str(copy), "", tmp_path).identity == identity
    (copy / "config.json").write_text((copy / "config.json").read_text() + "\n")
    assert open_embedder(str(copy), "", tmp_path).identity.revision != identity.revision


def test_eight_bits_tell_what_thirty_two_tell(exact_folder: Path, bundled_embedder: Embedder) -> None:
    """The fast integers point where the floats of transformers' own model point: cosine 0.99 and more."""
    texts = [
        "passage: Taxi.",
        "passage: Äänitallenne saa olla tallessa enintään 7 vuorokautta sanelun päättymisestä.",
        "passage: " + "En avvikelse ska rapporteras till nätverkets kansli inom tre arbetsdagar. " * 12,
        "passage: The evaluation covers 1,204 radiographs of the wrist, read by three radiologists.",
    ]
    tokenizer, model = AutoTokenizer.from_pretrained(exact_folder), AutoModel.from_pretrained(exact_folder)
    with torch.no_grad():
        exact = [model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(0).numpy() for text in texts]
    fast = bundled_embedder.embed_passages([text.removeprefix("passage: ") for text in texts])
    cosines = [float(row @ other / np.linalg.norm(other)) for row, other in zip(fast, exact, strict=True)]
    assert min(cosines) >= 0.99


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path without a model ends in one sentence that names the setting."""
    with pytest.raises(EmbeddingModelError, match=r"^The embedding model .*/none cannot be loaded .*SOLMU_EMBEDDING_"):
        _ = open_embedder(str(tmp_path / "none"), "", tmp_path).identity


def test_the_bundled_model_is_known_without_loading_it(tmp_path: Path) -> None:
    """A shell that embeds nothing learns the identity at once, and nothing is unpacked."""
    assert open_embedder("bundled", "", tmp_path).identity == ModelIdentity("bundled", packaged_revision(), 384)
    assert list(tmp_path.iterdir()) == []


def test_questions_and_passages_have_prompts_of_their_own(bundled_embedder: Embedder) -> None:
    """E5 was trained with `query: ` and `passage: `: one text has two vectors, close but not the same."""
    text = "Milloin pilotti alkaa?"
    cosine = float(bundled_embedder.embed_query(text) @ bundled_embedder.embed_passages([text])[0])
    assert 0.8 < cosine < 0.995


def test_the_three_languages_share_one_space(bundled_embedder: Embedder) -> None:
    """A question in any language finds the passage that answers it in any other before the ones that do not."""
    passages = bundled_embedder.embed_passages(
        [
            "Hakemus jätetään 31. toukokuuta mennessä.",
            "Ansökan ska lämnas in senast den 31 maj.",
            "The application must be submitted by 31 May.",
            "Kahvihuone on toisessa kerroksessa.",
            "Kafferummet ligger på andra våningen.",
            "The coffee room is on the second floor.",
        ]
    )
    for question in ("Mihin mennessä pitää hakea?", "När ska ansökan lämnas in?", "What is the application deadline?"):
        order = np.argsort(-(passages @ bundled_embedder.embed_query(question)))
        assert set(order[:3].tolist()) == {0, 1, 2}
