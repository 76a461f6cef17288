"""Rule checks: a few questions that lead to what the documents say about a case, with the quotes that it rests on."""

from assistant.checks.deciding import Decision, Status, decide
from assistant.checks.loading import CHECKS_FOLDER, check_checks, load_check, load_checks
from assistant.checks.model import Check, CheckQuestion, Outcome, Rule, Verdict
from assistant.checks.result import SCHEMA, CheckResult, result_of, result_to_json

__all__ = [
    "CHECKS_FOLDER",
    "SCHEMA",
    "Check",
    "CheckQuestion",
    "CheckResult",
    "Decision",
    "Outcome",
    "Rule",
    "Status",
    "Verdict",
    "check_checks",
    "decide",
    "load_check",
    "load_checks",
    "result_of",
    "result_to_json",
]
