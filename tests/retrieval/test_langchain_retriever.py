"""The product's search as LangChain meets it, over the real documents."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from assistant.errors import UsageError
from assistant.records import Question
from assistant.retrieval.langchain_retriever import PolicyRetriever
from assistant.service import Service

DAY = date(2026, 11, 22)
WHO = "Wie mag casemanagement dementie indiceren?"
MONEY = "Wie betaalt de dementienetwerken in 2026?"


@pytest.fixture(scope="module")
def retriever(built_service: Service) -> PolicyRetriever:
    desk = built_service.open()
    return PolicyRetriever(analyst=desk.analyst, retriever=desk.retriever, top=5, as_of=DAY)


def test_it_finds_what_the_product_finds(retriever: PolicyRetriever, built_service: Service) -> None:
    found = retriever.invoke(WHO)
    _, hits = built_service.search(Question(WHO, DAY), 5)
    assert [document.id for document in found] == [hit.passage.id for hit in hits]
    assert [document.metadata["score"] for document in found] == [hit.score for hit in hits]
    assert "voorbehouden aan een bachelor- of masteropgeleide verpleegkundige" in found[0].page_content.replace("\n", " ")


def test_every_document_says_where_it_stands(retriever: PolicyRetriever, built_service: Service) -> None:
    texts = built_service.open().generation.documents
    for document in retriever.invoke(MONEY):
        place = document.metadata
        text = texts[place["document"], place["version"]].text
        assert text[place["start"] : place["end"]] == document.page_content
        assert sum(place["signals"].values()) == pytest.approx(place["score"])
        assert set(place) == {
            *("id", "document", "version", "page", "page_label", "section", "start", "end", "score", "signals")
        }
        assert json.loads(json.dumps(place)) == place


def test_batch_is_as_invoke(retriever: PolicyRetriever) -> None:
    assert retriever.batch([WHO, MONEY]) == [retriever.invoke(WHO), retriever.invoke(MONEY)]


def test_it_fits_in_a_chain(retriever: PolicyRetriever) -> None:
    def titles(found: list[Document]) -> list[str]:
        return [document.metadata["document"] for document in found]

    assert (retriever | RunnableLambda(titles)).invoke(WHO)[0] == "zn-inkooptekst-casemanagement"


def test_an_unusable_question_is_refused(retriever: PolicyRetriever) -> None:
    with pytest.raises(UsageError):
        retriever.invoke("?!")


def test_searching_loads_nothing_of_langchain() -> None:
    script = "import sys, assistant.retrieval.search, assistant.service; print('langchain_core' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "False"
