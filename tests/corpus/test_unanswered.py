"""The keeper's list of questions that no document answers."""

from __future__ import annotations

import pytest
from small_corpus import Shop

from assistant.corpus.library import corpus_hash
from assistant.corpus.problems import Severity
from assistant.corpus.unanswered import UNANSWERED_NAME, Unanswered, check_unanswered, load_unanswered
from assistant.errors import CorpusError
from assistant.home import PROJECT

GOOD = """\
documents = ["regels"]

[[group]]
about = "bedragen"
document = "wet"
questions = ["Wat kost het?", "Wat is het tarief?"]

[[group]]
about = "nummers"
questions = ["Wat is het nummer?", "Wat kost het?"]
"""


def write(shop: Shop, text: str) -> None:
    (shop.folder / UNANSWERED_NAME).write_text(text, "utf-8")


def test_no_file_is_an_empty_list(shop: Shop) -> None:
    assert load_unanswered(shop.folder) == Unanswered()
    assert check_unanswered(shop.folder) == []


def test_the_list_in_the_order_of_the_file(shop: Shop) -> None:
    write(shop, GOOD)
    found = load_unanswered(shop.folder)
    assert found.documents == ("regels",)
    assert [(group.about, group.document) for group in found.groups] == [("bedragen", "wet"), ("nummers", "")]
    assert found.questions == (("Wat kost het?", "wet"), ("Wat is het tarief?", "wet"), ("Wat is het nummer?", ""))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GOOD.replace('documents = ["regels"]', ""), "missing-key", 0),
        (GOOD.replace('["regels"]', '"regels"'), "wrong-type", 1),
        (GOOD.replace('about = "bedragen"', 'about = ""'), "empty-value", 4),
        (GOOD.replace("[[group]]", "[[groep]]"), "unknown-key", 3),
        (GOOD.replace("document =", "dokument ="), "unknown-key", 5),
    ],
)
def test_what_is_wrong_is_named_with_its_line(shop: Shop, text: str, code: str, line: int) -> None:
    write(shop, text)
    first = check_unanswered(shop.folder)[0]
    assert (first.code, first.line) == (code, line)
    with pytest.raises(CorpusError):
        load_unanswered(shop.folder)


def test_a_document_that_is_not_in_the_catalogue_is_a_warning(shop: Shop) -> None:
    write(shop, GOOD)
    assert check_unanswered(shop.folder, {"regels", "wet"}) == []
    found = check_unanswered(shop.folder, {"brief"})
    assert [(problem.code, problem.line, problem.severity) for problem in found] == [
        ("unknown-document", 1, Severity.WARNING),
        ("unknown-document", 5, Severity.WARNING),
    ]
    assert [problem.message.split("'")[3] for problem in found] == ["regels", "wet"]


def test_an_index_is_made_from_it_too(shop: Shop) -> None:
    before = corpus_hash(shop.folder)
    write(shop, GOOD)
    assert corpus_hash(shop.folder) != before


def test_the_list_of_the_project_is_in_order() -> None:
    assert check_unanswered(PROJECT / "corpus") == []
    assert len(load_unanswered(PROJECT / "corpus").questions) > 1000
