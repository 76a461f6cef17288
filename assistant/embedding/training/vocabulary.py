"""The tokenizer of the shipped embedder: folded Dutch in sub-word pieces without word-border marks.

Because no piece knows whether it opens a word, "casemanagement", "case management" and the tail of
"dementiecasemanagement" share their pieces: split and joined compounds land on the same vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
PIECE_LENGTH = 16


def train_tokenizer(texts: Iterator[str], size: int) -> Tokenizer:
    """A Unigram tokenizer of at most ``size`` pieces; lower case, no accents, no punctuation."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Digits(individual_digits=False)]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        unk_token=UNKNOWN,
        special_tokens=[UNKNOWN],
        max_piece_length=PIECE_LENGTH,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.model = _rounded(tokenizer)
    return tokenizer


def _rounded(tokenizer: Tokenizer) -> models.Unigram:
    """The trained model with its scores rounded: the trainer adds in random order, so their last digits differ by run."""
    trained = json.loads(tokenizer.to_str())["model"]
    return models.Unigram([(piece, round(score, 6)) for piece, score in trained["vocab"]], trained["unk_id"], False)
