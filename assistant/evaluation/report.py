"""A run as one readable HTML file: measures, kinds, plots, and every question that went wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.evaluation import report_words as words
from assistant.evaluation.compare import worth
from assistant.evaluation.run_json import scored_of
from assistant.evaluation.statistics import risk_coverage
from assistant.evaluation.summary import Scored, loss
from assistant.evaluation.svg import Bar, bars, curve

_COLUMNS = (
    "evidence_recall",
    "citation_precision",
    "false_refusal_rate",
    "false_answer_rate",
    "ndcg@10",
    "citations_per_answer",
)


def report(run: Mapping[str, Any]) -> str:
    """The report of a run as ``run_to_json`` or ``load_run`` gives it; an ``ablation`` in it becomes a table."""
    rows = scored_of(run)
    parts = [
        f"<h1>{words.TITLE}</h1>",
        f"<p>{_e(run['set'])}: {run['questions']} vragen, {run['seeds']} kernvragen. "
        f"{_e(words.INTRO.format(day=run['reference_day']))}</p>",
        f"<h2>{words.ALL}</h2>",
        _measures(run["measures"], run["latency"]),
        f'<div class="plots">{_risk(rows)}{_kind_bars(run["kinds"])}</div>',
        f"<h2>{words.KINDS}</h2>",
        _kinds(run["kinds"], rows),
        *_ablation(run.get("ablation", {})),
        f"<h2>{words.FAILURES}</h2>",
        _failures(run["results"], rows),
        f"<h2>{words.MADE_WITH}</h2>",
        f"<pre>{_e(json.dumps({key: run[key] for key in ('index', 'settings', 'calibration')}, indent=1))}</pre>",
    ]
    head = f'<meta charset="utf-8"><title>{words.TITLE}</title><style>{words.STYLE}</style>'
    return f'<!doctype html>\n<html lang="nl"><head>{head}</head>\n<body>{"".join(parts)}</body></html>\n'


def failed(row: Scored) -> bool:
    """Whether a question went wrong: evidence left out, wrongly answered or refused, a citation that is not literal, …"""
    scores = row.scores
    told = scores.must_held < scores.must or scores.forbidden_said > 0
    return worth(scores) < 1.0 or scores.literal < scores.checked or told


def _measures(measures: Mapping[str, Mapping[str, float]], latency: Mapping[str, float]) -> str:
    lines = [[words.MEASURES.get(name, name), _interval(value), str(int(value["n"]))] for name, value in measures.items()]
    lines += [[_e(name), f"{value:.1f}", ""] for name, value in latency.items()]
    return _table(["maat", "waarde", "n"], lines)


def _kinds(kinds: Mapping[str, Mapping[str, Mapping[str, float]]], rows: Sequence[Scored]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    lines = [
        [_e(kind), str(counts[kind]), *(_interval(summary[name]) if name in summary else "" for name in _COLUMNS)]
        for kind, summary in kinds.items()
    ]
    return _table(["soort", "n", *(words.MEASURES[name] for name in _COLUMNS)], lines)


def _ablation(ablation: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterable[str]:
    if ablation:
        names = ("evidence_recall", "citation_precision", "false_refusal_rate", "false_answer_rate", "ndcg@10", "auroc")
        lines = [
            [_e(name), *(_interval(summary[column]) if column in summary else "" for column in names)]
            for name, summary in ablation.items()
        ]
        yield f"<h2>{words.ABLATION}</h2><p>{words.ABLATION_NOTE}</p>"
        yield _table(["", *(words.MEASURES[name] for name in names)], lines)


def _risk(rows: Sequence[Scored]) -> str:
    points = risk_coverage([row.scores.confidence for row in rows], [loss(row.scores) for row in rows])
    plot = curve(points, words.CURVE, (words.COVERAGE, words.RISK))
    return f"<figure><figcaption>{words.CURVE}. {words.CURVE_NOTE}</figcaption>{plot}</figure>"


def _kind_bars(kinds: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    plots = []
    for name, title in (("evidence_recall", words.RECALL_BARS), ("false_answer_rate", words.FALSE_BARS)):
        rows: list[Bar] = [
            (kind, s[name]["value"], s[name]["low"], s[name]["high"]) for kind, s in kinds.items() if name in s
        ]
        if rows:
            plots.append(f"<figure><figcaption>{title}</figcaption>{bars(rows, title)}</figure>")
    return "".join(plots)


def _failures(results: Sequence[Mapping[str, Any]], rows: Sequence[Scored]) -> str:
    shown = [_failure(result, row) for result, row in zip(results, rows, strict=True) if failed(row)]
    return f"<p>{len(shown)} / {len(rows)}</p>{''.join(shown)}" if shown else f"<p>{words.NO_FAILURES}</p>"


def _failure(result: Mapping[str, Any], row: Scored) -> str:
    scores = row.scores
    status = words.STATUS.get(result["status"], result["status"])
    numbers = f"{words.CONFIDENCE} {scores.confidence:.2f}" + (
        f", recall {scores.recall:.2f}" if scores.recall is not None else ""
    )
    parts = [f"<summary><b>{_e(row.id)}</b> ({_e(row.kind)}) {_e(result['question'])} — {_e(status)}, {numbers}</summary>"]
    if result["history"]:
        parts.append(f"<p>{words.HISTORY}: {_e(' / '.join(result['history']))}</p>")
    if result["interpreted"] != result["question"]:
        parts.append(f"<p>{words.INTERPRETED}: {_e(result['interpreted'])}</p>")
    groups = [f"<i>{words.OR}</i>".join(_quote(quote) for quote in group) for group in result["expected"]]
    parts.append(f"<div class=good>{words.EXPECTED}: {''.join(groups) or words.NOTHING}</div>")
    label, given = (words.CITED, result["citations"]) if result["citations"] else (words.NEAREST, result["nearest"])
    parts.append(f"<div class=bad>{label}: {''.join(map(_quote, given)) or words.NOTHING}</div>")
    return f"<details>{''.join(parts)}</details>"


def _quote(quote: Mapping[str, Any]) -> str:
    place = ", ".join(str(part) for part in (quote["document"], quote.get("section")) if part)
    return f"<blockquote>{_e(quote.get('quote') or quote.get('text'))} <code>{_e(place)}</code></blockquote>"


def _interval(value: Mapping[str, float]) -> str:
    return f"{value['value']:.3f} <span class=range>[{value['low']:.2f}–{value['high']:.2f}]</span>"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return f"<table><thead><tr>{''.join(f'<th>{_e(cell)}</th>' for cell in head)}</tr></thead><tbody>{body}</tbody></table>"


def _e(value: object) -> str:
    return escape(str(value))
