"""Every Dutch word of the report: its headings, its style, and what each measure says."""

from __future__ import annotations

MEASURES = {
    "evidence_recall": "gevonden bewijs (recall)",
    "evidence_complete": "al het bewijs gevonden",
    "citation_precision": "juiste citaten (precisie)",
    "citation_precision_answerable": "idem, bij vragen met een antwoord",
    "false_answer_rate": "ten onrechte beantwoord",
    "false_refusal_rate": "ten onrechte geweigerd",
    "literal_rate": "letterlijke citaten",
    "citations_per_answer": "citaten per antwoord",
    "char_precision": "precisie in tekens",
    "char_recall": "recall in tekens",
    "ndcg@10": "nDCG@10 van het zoeken",
    "found@5": "bewijs binnen 5 passages",
    "found@24": "bewijs binnen alle kandidaten",
    "potential_recall": "recall zonder weigeringen",
    "must_held": "verplichte feiten genoemd",
    "forbidden_said": "verboden tekst gezegd",
    "refusal_precision": "weigeringen terecht (precisie)",
    "refusal_recall": "onbeantwoordbaar geweigerd (recall)",
    "refusal_f1": "weigeringen, F1",
    "auroc": "AUROC van de zekerheid",
    "auroc_near_miss": "AUROC tegen bijna-vragen",
    "aurc": "oppervlak onder risico-dekking (lager is beter)",
}

STATUS = {
    "answered": "beantwoord",
    "partial": "deels beantwoord",
    "not_in_documents": "niet in de documenten",
    "not_loaded": "document niet geladen",
    "out_of_scope": "buiten het onderwerp",
}

TITLE = "Regelwijzer: meting van de antwoorden"
INTRO = (
    "De grijze haken geven het 95%-interval (bootstrap, varianten van één kernvraag blijven bij elkaar). "
    "Vragen zonder eigen dag zijn gesteld alsof het {day} was."
)
ALL = "Alle maten"
KINDS = "Per soort vraag"
CURVE = "Risico en dekking"
CURVE_NOTE = (
    "Hoe meer vragen worden beantwoord (de zekerste eerst), hoe groter het deel van het bewijs dat ontbreekt of er niet is."
)
COVERAGE, RISK = "dekking: deel van de vragen dat antwoord krijgt", "risico"
RECALL_BARS = "Gevonden bewijs per soort"
FALSE_BARS = "Ten onrechte beantwoord per soort"
ABLATION = "Wat elk signaal bijdraagt"
ABLATION_NOTE = "Steeds één onderdeel uit, bij dezelfde gefitte parameters."
FAILURES = "Wat er misging"
NO_FAILURES = "Geen enkele vraag."
MADE_WITH = "Gemaakt met"
EXPECTED, CITED, NEAREST, NOTHING = "Verwacht", "Geciteerd", "Dichtstbij getoond", "niets"
HISTORY, INTERPRETED, CONFIDENCE = "Eerder gevraagd", "Begrepen als", "zekerheid"
OR = " of "

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:1080px;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-variant-numeric:tabular-nums}
th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #8884}
th:first-child,td:first-child{text-align:left}
.range{color:#777;font-size:.85em}
.plots{display:flex;flex-wrap:wrap;gap:1rem}
svg text{font:11px system-ui,sans-serif;fill:currentColor}
svg .grid{stroke:#8884} svg .line{fill:none;stroke:#1f6feb;stroke-width:2}
svg .rail{fill:#8882} svg .bar{fill:#1f6feb} svg .whisker{stroke:currentColor;stroke-width:2}
details{border-left:3px solid #8886;padding:.2rem .8rem;margin:.4rem 0}
blockquote{margin:.2rem 0 .2rem 1rem;white-space:pre-wrap}
.good{border-left:3px solid #2da44e;padding-left:.5rem}.bad{border-left:3px solid #cf222e;padding-left:.5rem}
code{font-size:.85em}
"""
