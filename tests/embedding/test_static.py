from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedding import Embedder, load_embedder
from assistant.embedding.static import StaticEmbedder, static_module
from assistant.errors import ModelError
from assistant.settings import SHIPPED_EMBEDDER

SHIPPED = Path(__file__).resolve().parents[2] / "assistant" / "embedding" / "model"
TEXTS = [
    "Wie mag casemanagement dementie indiceren?",
    "",
    "   ",
    "Coördinator: 3e lid, BR/REG-26108 — «naasten» 日本",
    "De zorgverzekeraar vergoedt casemanagement dementie. " * 60,
    "?!",
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder()


def reference(folder: Path, texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def test_shipped_vectors_equal_those_of_sentence_transformers() -> None:
    embedder = load_embedder()
    np.testing.assert_allclose(embedder.embed_passages(TEXTS), reference(SHIPPED, TEXTS), atol=1e-5)
    np.testing.assert_allclose(embedder.embed_queries(TEXTS), reference(SHIPPED, TEXTS), atol=1e-5)


def test_a_local_float_model_takes_the_same_path(static_folder: Path) -> None:
    embedder = load_embedder(str(static_folder))
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.dimension == 16
    np.testing.assert_allclose(embedder.embed_passages(TEXTS), reference(static_folder, TEXTS), atol=1e-5)


def test_more_texts_than_one_round_keep_their_order(static_folder: Path) -> None:
    embedder = load_embedder(str(static_folder))
    texts = [f"dementie {'zorg' * (number % 7)} mantelzorger" if number % 5 else "" for number in range(600)]
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(embedder.embed_passages(texts), alone, atol=1e-6)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_every_vector_has_length_one_or_zero(shipped: Embedder, texts: list[str]) -> None:
    vectors = shipped.embed_queries(texts)
    assert vectors.shape == (len(texts), shipped.dimension)
    assert vectors.dtype == np.float32
    norms = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(norms - 1) < 1e-4) | (norms == 0))


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_a_text_has_a_direction_as_soon_as_it_has_a_letter_or_digit(shipped: Embedder, text: str) -> None:
    assert bool(np.any(shipped.embed_queries([text]))) == any(char.isalnum() for char in text)


def test_close_meaning_is_closer_than_another_subject(shipped: Embedder) -> None:
    question = shipped.embed_queries(["wie betaalt de kosten van zorg?"])[0]
    near, far = shipped.embed_passages(
        ["De vergoeding van zorg komt ten laste van de zorgverzekeraar.", "Het vaartuig voert een lantaarn in de mast."]
    )
    assert question @ near > question @ far


def test_split_and_joined_compounds_are_the_same(shipped: Embedder) -> None:
    one, two = shipped.embed_queries(["casemanagement dementie", "case management dementie"])
    assert one @ two == pytest.approx(1, abs=1e-5)


def test_prefixes_reach_the_text_and_the_fingerprint(static_folder: Path) -> None:
    plain = load_embedder(str(static_folder))
    prefixed = load_embedder(str(static_folder), query_prefix="dementie ", passage_prefix="gemeente ")
    assert prefixed.fingerprint != plain.fingerprint
    assert len(plain.fingerprint) == 64
    np.testing.assert_array_equal(prefixed.embed_queries(["zorg"]), plain.embed_queries(["dementie zorg"]))
    np.testing.assert_array_equal(prefixed.embed_passages(["zorg"]), plain.embed_passages(["gemeente zorg"]))


def test_fingerprint_follows_the_weights(static_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(static_folder, tmp_path / "copy")
    before = load_embedder(str(copy)).fingerprint
    assert before == load_embedder(str(static_folder)).fingerprint
    weights = copy / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_embedder(str(copy)).fingerprint != before


def test_a_model_with_more_modules_is_not_taken_for_a_static_one(static_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(static_folder, tmp_path / "copy")
    modules = json.loads((copy / "modules.json").read_text("utf-8"))
    modules.append({"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"})
    (copy / "modules.json").write_text(json.dumps(modules), "utf-8")
    assert static_module(copy) is None


def test_damaged_weights_are_a_model_error_in_dutch(static_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(static_folder, tmp_path / "copy")
    (copy / "model.safetensors").write_bytes(b"\x00" * 40)
    with pytest.raises(ModelError, match="beschadigd") as caught:
        load_embedder(str(copy))
    assert caught.value.code == "embedder-damaged"


def test_damaged_tokenizer_is_a_model_error_in_dutch(static_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(static_folder, tmp_path / "copy")
    (copy / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(ModelError, match="beschadigd"):
        load_embedder(str(copy))


def test_the_shipped_model_is_small_and_complete() -> None:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 25 * 1024 * 1024
    assert (SHIPPED / "README.md").is_file()
    assert load_embedder().name == SHIPPED_EMBEDDER


def test_the_static_path_never_imports_torch() -> None:
    code = (
        "import sys; from assistant.embedding import Embedder, load_embedder; load_embedder().embed_queries(['zorg']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'sentence_transformers', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
