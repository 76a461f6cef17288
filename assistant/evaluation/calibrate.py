"""Fits the parameters of evidence and sufficiency on the development set, and says how well they do out of fold.

Two logistic models (units that hold gold evidence; questions that the documents answer), and between them a small grid
over how much evidence is taken. Folds keep all variants of one seed question together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.answerer import Answerer
from assistant.answering.calibration import Calibration
from assistant.answering.extractive import citations_of
from assistant.answering.selection import SelectionRules
from assistant.answering.sufficiency import Signs, Sufficiency
from assistant.answering.units import Features
from assistant.evaluation.measures import Texts, evidence_recall, relevant_count, span_of
from assistant.evaluation.questions import Item, Quote
from assistant.evaluation.runner import question_of
from assistant.records import Hit
from assistant.retrieval.question import AnalysedQuestion
from assistant.service import CANDIDATES, Desk

_FOLDS = 5
_MARGINS = (0.4, 0.7, 1.0, 1.3, 1.6, 2.0)
_MOST = (2, 3, 4)
_REFUSALS = 0.06  # share of answerable questions that may be refused, out of fold, when the threshold is set

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with its hits: what every step of the fit starts from."""

    item: Item
    question: AnalysedQuestion
    hits: tuple[Hit, ...]


def prepare(desk: Desk, items: Sequence[Item]) -> list[Prepared]:
    """Analyses and searches every question once."""
    prepared = []
    for item in items:
        question = desk.analyst.analyse(question_of(item))
        hits = desk.retriever.search(question, CANDIDATES)
        prepared.append(Prepared(item, question, tuple(desk.answerer.valid(question, hits))))
    return prepared


def calibrate(desk: Desk, items: Sequence[Item], texts: Texts, start: Calibration) -> dict[str, Any]:
    """New parameters as ``calibration.json`` holds them, with figures from out-of-fold predictions in the provenance."""
    prepared = prepare(desk, items)
    units = _fit_units(desk, prepared, texts)
    start = replace(start, units=tuple(units.values()))
    selection = _fit_selection(desk, prepared, texts, start)
    start = replace(start, selection=selection)
    sufficiency, figures = _fit_sufficiency(Answerer(desk.generation, start), prepared)
    return {
        "search": {field.name: getattr(start.search, field.name) for field in fields(start.search)},
        "units": units,
        "selection": {field.name: getattr(selection, field.name) for field in fields(selection)},
        "sufficiency": {
            "weights": dict(zip([f.name for f in fields(Signs)], [round(w, 4) for w in sufficiency.weights], strict=True)),
            "bias": round(sufficiency.bias, 4),
            "threshold": round(sufficiency.threshold, 4),
        },
        "provenance": {
            "by": "regelwijzer eval calibrate",
            "date": date.today().isoformat(),
            "questions": len(items),
            "index": desk.generation.manifest.corpus_hash,
            "embedder": desk.generation.manifest.embedder.fingerprint,
            "out_of_fold": figures,
        },
    }


def _fit_units(desk: Desk, prepared: Sequence[Prepared], texts: Texts) -> dict[str, float]:
    """Weights that tell units with gold evidence from others; units with merely accepted evidence do not count."""
    from sklearn.linear_model import LogisticRegression  # lazy: only fitting needs it

    rows, labels = [], []
    for one in prepared:
        gold = [quote for group in one.item.evidence for quote in group]
        if not gold:
            continue
        for unit in desk.answerer.scored(one.question, one.hits):
            place = (unit.passage.document, unit.unit.start, unit.unit.end)
            held = _any_overlap(gold, place, texts)
            if held or not _any_overlap(one.item.accepted, place, texts):
                rows.append(unit.features.values())
                labels.append(held)
    model = LogisticRegression(max_iter=2000).fit(np.array(rows), np.array(labels))
    return {field.name: round(float(w), 4) for field, w in zip(fields(Features), model.coef_[0], strict=True)}


def _fit_selection(desk: Desk, prepared: Sequence[Prepared], texts: Texts, start: Calibration) -> SelectionRules:
    """The margin and number of citations with the best mean of evidence recall and citation precision."""
    answerable = [one for one in prepared if one.item.evidence]
    sources = {source.id: source for source in desk.generation.sources}
    best, best_worth = start.selection, -1.0
    for margin in _MARGINS:
        for most in _MOST:
            rules = SelectionRules(margin=margin, most=most)
            answerer = Answerer(desk.generation, replace(start, selection=rules))
            recall, relevant, given = [], 0, 0
            for one in answerable:
                found = answerer.find(one.question, one.hits)
                citations = citations_of(found.evidence if found else [], desk.generation.documents, sources)
                recall.append(evidence_recall(one.item.evidence, citations))
                relevant += relevant_count(one.item, citations, texts)
                given += len(citations)
            worth = 2 * float(np.mean(recall)) + relevant / max(1, given)
            if worth > best_worth:
                best, best_worth = rules, worth
    return best


def _fit_sufficiency(answerer: Answerer, prepared: Sequence[Prepared]) -> tuple[Sufficiency, dict[str, float]]:
    from sklearn.linear_model import LogisticRegression  # lazy: only fitting needs it
    from sklearn.metrics import roc_auc_score

    rows, kept = [], []
    for one in prepared:
        found = answerer.find(one.question, one.hits)
        if found is not None and not one.question.suspicious:
            rows.append(found.judgement.signs.values())
            kept.append(one.item)
    signs = np.array(rows)
    labels = np.array([item.answerable for item in kept])
    spread = signs.std(axis=0) + 1e-9
    predicted = _out_of_fold(signs / spread, labels, [item.seed for item in kept])
    threshold = float(np.quantile(predicted[labels], _REFUSALS))
    model = LogisticRegression(max_iter=5000, class_weight="balanced").fit(signs / spread, labels)
    near = np.array([item.kind == "near_miss" for item in kept])
    figures = {
        "auroc": round(float(roc_auc_score(labels, predicted)), 4),
        "auroc_near_miss": round(float(roc_auc_score(labels[labels | near], predicted[labels | near])), 4),
        "false_answers": round(float(np.mean(predicted[~labels] >= threshold)), 4),
        "false_answers_near_miss": round(float(np.mean(predicted[near] >= threshold)), 4),
        "false_refusals": round(float(np.mean(predicted[labels] < threshold)), 4),
    }
    weights = tuple(float(w) for w in model.coef_[0] / spread)
    return Sufficiency(weights, float(model.intercept_[0]), threshold), figures


def _out_of_fold(signs: Matrix, labels: NDArray[np.bool_], seeds: Sequence[str]) -> Matrix:
    """The confidence of each question by a model that saw none of its variants, averaged over three divisions."""
    from sklearn.linear_model import LogisticRegression  # lazy: only fitting needs it
    from sklearn.model_selection import GroupKFold

    predicted = np.zeros(len(labels))
    for shuffle in range(3):
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=shuffle)
        for seen, unseen in folds.split(signs, labels, list(seeds)):
            model = LogisticRegression(max_iter=5000, class_weight="balanced").fit(signs[seen], labels[seen])
            predicted[unseen] += model.predict_proba(signs[unseen])[:, 1] / 3
    return predicted


def _any_overlap(quotes: Sequence[Quote], place: tuple[str, int, int], texts: Texts) -> bool:
    spans = (span_of(quote, texts) for quote in quotes)
    return any(s and s[0] == place[0] and s[1] < place[2] and place[1] < s[2] for s in spans)
