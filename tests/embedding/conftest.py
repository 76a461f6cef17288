"""Small models made on the spot: a static one and a transformer, both with random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

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
