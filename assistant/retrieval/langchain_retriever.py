"""The product's search as a LangChain retriever, for chains that others build on it.

Kept apart so that searching itself loads nothing of LangChain: import this module where a chain is made.
"""

from __future__ import annotations

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.records import Hit, Question
from assistant.retrieval.analysis import Analyst
from assistant.retrieval.search import Retriever


class PolicyRetriever(BaseRetriever):
    """Passages for a question in plain words, best first, as LangChain documents.

    ``page_content`` is the passage's literal text; ``metadata`` says where it stands: ``id``, ``document``, ``version``,
    ``page``, ``page_label``, ``section`` (names), ``start`` and ``end`` (characters of the document's text), ``score``
    and ``signals`` (each signal's share in it). All values are JSON. ``as_of`` is the day to ask for; without it, today.
    Raises UsageError for a question that cannot be used.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    analyst: Analyst
    retriever: Retriever
    top: int = 10
    as_of: date | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = self.analyst.analyse(Question(query, self.as_of or date.today()))
        return [to_document(hit) for hit in self.retriever.search(question, self.top)]


def to_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "id": passage.id,
            "document": passage.document,
            "version": passage.version,
            "page": passage.page,
            "page_label": passage.page_label,
            "section": list(passage.section),
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
            "signals": dict(hit.signals),
        },
    )
