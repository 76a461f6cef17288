"""Fits the parameters of evidence and sufficiency on the development set, and says how well they do out of fold.

Logistic models (units that hold gold evidence; questions that the documents answer, with the keeper's questions and
without), and between them a small grid over how much evidence is taken. Without the keeper's questions units are ranked
as the choices of one question (``listwise``), and an answer beside the question counts as much as one to a question
without answer. Folds keep all variants of one seed question together.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.answering.answerer import Answerer
from assistant.answering.calibration import Calibration, Rules
from assistant.answering.extractive import citations_of
from assistant.answering.selection import SelectionRules, select
from assistant.answering.sufficiency import Sufficiency
from assistant.answering.units import ScoredUnit, weigh
from assistant.evaluation.listwise import Choice, fit_listwise
from assistant.evaluation.measures import Texts, evidence_recall, relevant_count, span_of
from assistant.evaluation.questions import Item, Quote
from assistant.evaluation.runner import question_of
from assistant.retrieval.question import AnalysedQuestion
from assistant.service import Desk

log = logging.getLogger(__name__)

_FOLDS = 5
_MARGINS = (1.0, 1.3, 1.6, 2.0, 2.5, 3.0, 3.5, 4.0)
_BESIDE = (0.0, 1.0, 2.0, 3.0)
_MOST = (3, 4)
_C = 0.25  # inverse strength of the pull towards zero, for signs of unit spread


@dataclass(frozen=True, slots=True)
class Aim:
    """What the fit must reach: the least precision of the citations of answerable questions (those of wrong answers come on
    top), and the share of rightly found answers that may be refused, out of fold, when the threshold is set.

    ``missed``: whether a question that the documents answer and for which something else was found counts as one that is not
    to be answered. Where that is rare it says nothing of what is enough; where it is usual it is most of what goes wrong.
    """

    precision: float
    refusals: float
    missed: bool


_ASKED = Aim(precision=0.82, refusals=0.035, missed=False)
# Without the keeper's questions less tells right from wrong: rather the nearest passages.
_PLAIN = Aim(precision=0.52, refusals=0.35, missed=True)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with the scored units of its hits: what every step of the fit starts from."""

    item: Item
    question: AnalysedQuestion
    units: tuple[ScoredUnit, ...]

    def rescored(self, weights: Sequence[float]) -> list[ScoredUnit]:
        """The units with scores by other weights, best first."""
        scored = [replace(unit, score=weigh(unit.features, weights)) for unit in self.units]
        return sorted(scored, key=lambda unit: -unit.score)


def prepare(desk: Desk, items: Sequence[Item]) -> list[Prepared]:
    """Analyses, searches and scores every question once."""
    prepared = []
    for item in items:
        looked = desk.look(question_of(item))
        hits = desk.answerer.valid(looked.question, looked.hits)
        prepared.append(Prepared(item, looked.question, tuple(desk.answerer.scored(looked.question, hits))))
    return prepared


@dataclass(frozen=True, slots=True)
class Basis:
    """What is fitted on: questions, the desk that answers them, and the texts that their gold quotes stand in."""

    desk: Desk
    items: Sequence[Item]
    texts: Texts


def calibrate(asked_about: Basis, plain_about: Basis, start: Calibration) -> Calibration:
    """New parameters, with figures from out-of-fold predictions in the provenance.

    ``plain_about`` are documents without questions of the keeper, other than those of ``asked_about``.
    """
    asked, figures = _fit(asked_about, start, _ASKED)
    plain, figures_plain = _fit(plain_about, start, _PLAIN)
    desk = asked_about.desk
    provenance = {
        "by": "regelwijzer eval calibrate",
        "date": date.today().isoformat(),
        "questions": len(asked_about.items),
        "questions_plain": len(plain_about.items),
        "index": desk.generation.manifest.corpus_hash,
        "embedder": desk.generation.manifest.embedder.fingerprint,
        "out_of_fold": figures,
        "out_of_fold_plain": figures_plain,
    }
    return Calibration(start.search, asked, plain, provenance)


def _fit(basis: Basis, start: Calibration, aim: Aim) -> tuple[Rules, dict[str, float]]:
    """The rules for one kind of documents, fitted step by step, and how well they judge out of fold."""
    desk, texts = basis.desk, basis.texts
    prepared = prepare(desk, basis.items)
    units = _fit_units(prepared, texts, aim)
    prepared = [replace(one, units=tuple(one.rescored(units))) for one in prepared]
    rules = replace(start.asked, units=units, selection=_fit_selection(desk, prepared, texts, aim.precision))
    judged = _judged(desk.answerer.recalibrated(replace(start, asked=rules, plain=rules)), prepared)
    # An answer is right only with the right evidence.
    judged = [one for one in judged if aim.missed or one.rightly or not one.item.answerable]
    sufficiency, figures = _fit_sufficiency(judged, aim.refusals)
    return replace(rules, sufficiency=sufficiency), figures


def _fit_units(prepared: Sequence[Prepared], texts: Texts, aim: Aim) -> tuple[float, ...]:
    """Weights that tell units with gold evidence from others; units with merely accepted evidence do not count."""
    from sklearn.linear_model import LogisticRegression  # lazy: only fitting needs it

    choices: list[Choice] = []
    for one in prepared:
        gold = [quote for group in one.item.evidence for quote in group]
        if not gold:
            continue
        rows, labels = [], []
        for unit in one.units:
            place = (unit.passage.document, unit.unit.start, unit.unit.end)
            held = _any_overlap(gold, place, texts)
            if held or not _any_overlap(one.item.accepted, place, texts):
                rows.append(unit.features.values())
                labels.append(held)
        if rows:
            choices.append((np.array(rows), np.array(labels)))
    if aim.missed:
        return fit_listwise(choices)
    model = LogisticRegression(max_iter=2000).fit(*(np.concatenate(part) for part in zip(*choices, strict=True)))
    return tuple(float(weight) for weight in model.coef_[0])


def _fit_selection(desk: Desk, prepared: Sequence[Prepared], texts: Texts, least: float) -> SelectionRules:
    """The margin and number of citations with the highest evidence recall among those that are precise enough."""
    answerable = [one for one in prepared if one.item.evidence]
    sources = {source.id: source for source in desk.generation.sources}
    best, best_worth = SelectionRules(), (False, 0.0)
    for rules in (SelectionRules(m, m + beside, most) for m in _MARGINS for beside in _BESIDE for most in _MOST):
        recall, relevant, given = [], 0, 0
        for one in answerable:
            chosen = [evidence for evidence, _ in select(one.units, rules)]
            citations = citations_of(chosen, desk.generation.documents, sources)
            recall.append(evidence_recall(one.item.evidence, citations))
            relevant += relevant_count(one.item, citations, texts)
            given += len(citations)
        precision = relevant / max(1, given)
        log.info("%s: recall %.3f, precision %.3f", rules, np.mean(recall), precision)
        precise = precision >= least
        worth = (precise, float(np.mean(recall)) if precise else precision)
        if worth > best_worth:
            best, best_worth = rules, worth
    return best


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the signs of its evidence, and whether that evidence holds any of what was to be found."""

    item: Item
    signs: list[float]
    rightly: bool


def _judged(answerer: Answerer, prepared: Sequence[Prepared]) -> list[Judged]:
    judged = []
    for one in prepared:
        found = answerer.found(one.question, one.units)
        if found and not one.question.suspicious:
            citations = answerer.cited(found[0].evidence)
            rightly = one.item.answerable and evidence_recall(one.item.evidence, citations) > 0
            judged.append(Judged(one.item, found[0].judgement.signs.values(), rightly))
    return judged


def _fit_sufficiency(judged: Sequence[Judged], refusals: float) -> tuple[Sufficiency, dict[str, float]]:
    from sklearn.linear_model import LogisticRegression  # lazy: only fitting needs it
    from sklearn.metrics import roc_auc_score

    kept = [one.item for one in judged]
    signs = np.array([one.signs for one in judged])
    labels = np.array([one.rightly for one in judged])
    none = np.array([not item.answerable for item in kept])
    spread = signs.std(axis=0) + 1e-9
    predicted = _out_of_fold(signs / spread, labels, [item.seed for item in kept])
    threshold = float(np.quantile(predicted[labels], refusals))
    model = LogisticRegression(C=_C, max_iter=5000, class_weight="balanced").fit(signs / spread, labels)
    near = np.array([item.kind == "near_miss" for item in kept])
    figures = {
        "auroc": round(float(roc_auc_score(labels[labels | none], predicted[labels | none])), 4),
        "auroc_near_miss": round(float(roc_auc_score(labels[labels | near], predicted[labels | near])), 4),
        "false_answers": round(float(np.mean(predicted[none] >= threshold)), 4),
        "false_answers_near_miss": round(float(np.mean(predicted[near] >= threshold)), 4),
        "false_refusals": round(float(np.mean(predicted[labels] < threshold)), 4),
    }
    missed = ~(labels | none)
    if missed.any():
        figures["answered_beside"] = round(float(np.mean(predicted[missed] >= threshold)), 4)
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
            model = LogisticRegression(C=_C, max_iter=5000, class_weight="balanced").fit(signs[seen], labels[seen])
            predicted[unseen] += model.predict_proba(signs[unseen])[:, 1] / 3
    return predicted


def _any_overlap(quotes: Sequence[Quote], place: tuple[str, int, int], texts: Texts) -> bool:
    spans = (span_of(quote, texts) for quote in quotes)
    return any(s and s[0] == place[0] and s[1] < place[2] and place[1] < s[2] for s in spans)
