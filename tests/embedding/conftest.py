"""Small models made on the spot: a static one and a transformer, both with random weights."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest

from assistant.embedding.training.lay import PAIRS

SENTENCES = (
    "Wie mag casemanagement dementie indiceren?",
    "De zorgverzekeraar vergoedt casemanagement dementie vanaf de diagnose.",
    "een mantelzorger vraagt hulp bij de gemeente",
)


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model as sentence-transformers itself saves it: float32, module in the root."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    from assistant.embedding.training.vocabulary import train_tokenizer

    torch.manual_seed(1)
    tokenizer = train_tokenizer(iter(SENTENCES * 5), 60)
    folder = tmp_path_factory.mktemp("static")
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)]).save(str(folder))
    return folder


@pytest.fixture(scope="session")
def transformer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A one-layer BERT with mean pooling."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(1)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    texts = [*SENTENCES, "query: passage:"]
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=200, special_tokens=special))
    source = tmp_path_factory.mktemp("bert")
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    wrapped.save_pretrained(source)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(source)
    words = Transformer(str(source))
    folder = tmp_path_factory.mktemp("transformer")
    SentenceTransformer(modules=[words, Pooling(words.get_embedding_dimension())], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder in the layout of the real one, with a handful of made-up laws."""
    folder = tmp_path_factory.mktemp("training")
    rng = random.Random(3)
    words = "zorg wet artikel gemeente verzekeraar indicatie budget mantelzorg termijn bezwaar kosten hulp plan".split()
    laws = [f"BWBR{number:07d}" for number in range(60)]
    names = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    real = sorted({(row["doc"], row["article"]) for row in names})

    def text() -> str:
        return " ".join(rng.choices(words, k=25)) + "."

    articles = [(doc, f"Artikel {number}") for doc in laws for number in range(9)] + real
    pairs = [
        {
            "query": f"Wet {doc} – Kop {number} {rng.choice(words)}",
            "passage": text(),
            "article": number,
            "doc": doc,
            "kind": "wet",
        }
        for doc, number in articles
    ]
    definitions = [
        {"term": f"{word} {doc}", "definition": text(), "law": "w", "doc": doc} for doc in laws for word in words[:3]
    ]
    write(folder / "kop-artikel.jsonl.xz", [json.dumps(row) for row in pairs])
    write(folder / "definities.jsonl.xz", [json.dumps(row) for row in definitions])
    write(folder / "wetten-2017.txt.xz", [line for doc in laws for line in [f"@@DOC {doc}", *(text() for _ in range(12))]])
    write(folder / "overheid.txt.xz", ["@@DOC x", *(text() for _ in range(20))])
    return folder


def write(path: Path, lines: list[str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
