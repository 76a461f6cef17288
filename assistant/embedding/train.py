"""Trains the shipped embedder.

``python -m assistant.embedding.train --data ../shared/training --teacher all-MiniLM-L6-v2 --out FOLDER``, where the
teacher is the folder of that model (the development requirements hold it).

Prints its scores and writes a folder that sentence-transformers can load. The same seed on the same data, library
versions and number of threads gives the same model; that is why a run is measured in steps and not in minutes
(the default of 1,000 takes about five minutes on two free cores, the teacher ten).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.embedding.prefixes import Prefixes
from assistant.embedding.static import StaticEmbedder
from assistant.embedding.training.batches import Batches, Recipe
from assistant.embedding.training.data import Corpus, read_articles, read_corpus, read_texts
from assistant.embedding.training.lay import LayQuestions, read_lay_questions
from assistant.embedding.training.lessons import Lessons, make_lessons, texts_to_teach
from assistant.embedding.training.lexicon import Lexicon
from assistant.embedding.training.optimise import Plan, train
from assistant.embedding.training.publish import Provenance, write_card, write_model
from assistant.embedding.training.scores import lay_set, measure, read_beir, statute_set
from assistant.embedding.training.vocabulary import train_tokenizer
from assistant.language.english import read_words

_PIECES = 48_000
_PARAGRAPHS = 200_000
_FUSION_WEIGHT = 0.3
_TAUGHT = 40_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the data, trains, writes the model, scores what was written and writes that on its card."""
    options = _options().parse_args(arguments)
    plan, recipe = Plan(steps=options.steps, seed=options.seed), Recipe(lay=options.lay)
    corpus = read_corpus(options.data, options.paragraphs, options.seed)
    lay = read_lay_questions(read_articles(options.data))
    _say(f"read {len(corpus.chains)} heading chains, {len(corpus.neighbours)} neighbouring paragraphs")
    tokenizer = train_tokenizer(read_texts(options.data, one_in=6), options.pieces)
    _say(f"tokenizer of {tokenizer.get_vocab_size()} pieces")
    lessons = _lessons(options, lay, tokenizer, plan) if options.teacher else None
    batches = Batches(corpus, lay, tokenizer, recipe, options.seed)
    vectors = train(batches, lessons, tokenizer.get_vocab_size(), plan)
    write_model(options.out, tokenizer, vectors)
    taught_by = f" --teacher {options.teacher.name}" if options.teacher else ""
    provenance = Provenance(
        date=datetime.now(UTC).date().isoformat(),
        command=f"python -m assistant.embedding.train --seed {plan.seed} --steps {plan.steps} --lay {recipe.lay}{taught_by}",
        teacher=options.teacher.name if options.teacher else "",
        taught=len(lessons.places) if lessons else 0,
        plan={**asdict(plan), **asdict(recipe), "fusion weight": _FUSION_WEIGHT},
        data=_counts(corpus, lay),
        scores=_scores(options, corpus, lay),
    )
    write_card(options.out, vectors.shape, provenance)


def _lessons(options: argparse.Namespace, lay: LayQuestions, tokenizer: Any, plan: Plan) -> Lessons:
    lexicon = Lexicon(read_words())
    questions = [question for question, _ in lay.questions]
    texts = texts_to_teach(options.data, questions, lexicon, options.taught, options.seed)
    _say(f"{len(texts)} texts for the teacher; this takes about as many minutes as there are ten thousands")
    return make_lessons(texts, lexicon, options.teacher, tokenizer, plan.dimension)


def _scores(options: argparse.Namespace, corpus: Corpus, lay: LayQuestions) -> dict[str, Mapping[str, float]]:
    embedder = StaticEmbedder("trained", options.out, Prefixes())
    faq = options.data.parent / "evals" / "covid-faq-nl"
    sets = [read_beir(faq)] if faq.is_dir() else []
    sets += [lay_set(lay), statute_set(corpus.held_out, options.seed)]
    scores = {each.name: measure(each, embedder, _FUSION_WEIGHT) for each in sets}
    for name, row in scores.items():
        print(name, *(f"{signal} {value:.3f}" for signal, value in row.items()), sep=" | ")
    return scores


def _counts(corpus: Corpus, lay: LayQuestions) -> dict[str, int]:
    return {
        "heading chain to one of its articles": len(corpus.chains),
        "term to definition": len(corpus.definitions),
        "paragraph to the next one": len(corpus.neighbours),
        "lay question to the article that answers it": len(lay.questions),
    }


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.embedding.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--steps", type=int, default=Plan().steps, help="batches to train on")
    parser.add_argument("--pieces", type=int, default=_PIECES, help="size of the vocabulary")
    parser.add_argument("--paragraphs", type=int, default=_PARAGRAPHS, help="neighbouring paragraphs of law to draw")
    parser.add_argument("--teacher", type=Path, help="folder of an English sentence-transformers model; none without it")
    parser.add_argument("--taught", type=int, default=_TAUGHT, help="sentences of modern prose for the teacher")
    parser.add_argument("--lay", type=int, default=Recipe().lay, help="lay questions in a batch; 0 leaves them out")
    return parser


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    main()
