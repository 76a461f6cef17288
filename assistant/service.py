"""The one place that assembles the objects: build the index, ask, search, open a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from assistant.answering.answerer import Answerer, Looked
from assistant.answering.calibration import Calibration, load_calibration
from assistant.answering.generated import Follow, ModelWriter
from assistant.answering.model import LanguageModel
from assistant.answering.units import ScoredUnit
from assistant.corpus.glossary import Concept, load_glossary
from assistant.corpus.library import Library, corpus_hash
from assistant.corpus.questions import in_use, load_questions, questions_for
from assistant.corpus.unanswered import load_unanswered
from assistant.embedding import Embedder, load_embedder
from assistant.home import Home
from assistant.indexing import (
    BuildOptions,
    Expected,
    Generation,
    IndexInput,
    Manifest,
    OpenOptions,
    build_generation,
    open_current,
    rollback,
    verify,
)
from assistant.language.information import zipf
from assistant.language.tokens import TOKENS_VERSION, terms, words
from assistant.reading import READER_VERSION, Verdict
from assistant.records import Answer, Document, Hit, Notice, Passage, Question
from assistant.retrieval.analysis import Analyst
from assistant.retrieval.parts import parts_of, without_denied
from assistant.retrieval.question import AnalysedQuestion
from assistant.retrieval.search import Retriever, in_turns
from assistant.settings import AnsweringSettings, Settings
from assistant.structuring import STRUCTURE_VERSION, passages, structure

if TYPE_CHECKING:
    from assistant.corpus.drafting import Drafted, Told
    from assistant.corpus.model_drafts import Ask

RULES = {"reader": READER_VERSION, "structure": STRUCTURE_VERSION, "tokens": TOKENS_VERSION}

CANDIDATES = 12  # passages of each family of documents to read for evidence; 24 found nothing more on dev
CANDIDATES_ALONE = 24  # without example questions the search puts the right passage less surely first than its sentences do
_SURE_ALONE = 0.9  # confidence from which a follow-up is a question by itself
_WHOLE_PART = 2  # terms from which a part of a question can be understood by itself
_DUTCH = 2.0  # Zipf frequency from which a word of an example question is no misspelling itself
EXACT_UNTIL = 5_000  # up to so many passages exact search is quicker than opening Chroma, and misses nothing

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers from one opened generation."""

    generation: Generation
    analyst: Analyst
    retriever: Retriever
    answerer: Answerer
    writer: ModelWriter | None = None  # words the answers, where a language model is set

    def ask(self, question: Question, follow: Follow | None = None) -> Answer:
        """The checked answer to a question, with the time that it took. Raises UsageError for an unusable question.

        ``follow`` is told how the answer stands while a language model words it; what it raises ends the work.
        """
        return self.asked(question, follow)[0]

    def asked(self, question: Question, follow: Follow | None = None) -> tuple[Answer, Looked]:
        """The same answer, with what was understood and found on the way to it."""
        begun = perf_counter()
        looked = self.understood(question)
        parts = self.parts(looked)
        rule = self.rule(looked)
        found = perf_counter()
        answer = self.answerer.answer(looked, parts, rule)
        if self.writer is not None:
            answer = self.writer.write(looked.question, answer, self._units(parts or (looked,)), follow)
        done = perf_counter()
        timing = {"retrieve": found - begun, "answer": done - found, "total": done - begun}
        told = replace(
            answer,
            notices=(*answer.notices, *self.generation.notices),
            timing_ms={name: round(seconds * 1000, 3) for name, seconds in timing.items()},
        )
        return told, looked

    def understood(self, question: Question) -> Looked:
        """A question within its conversation; by itself where it points to nothing before it and is answered so surely."""
        looked = self.look(question)
        if looked.question.may_stand_alone:
            alone = self.look(replace(question, history=()))
            sure = self.answerer.confidence(alone)
            if sure >= _SURE_ALONE and sure >= self.answerer.confidence(looked):
                return alone
        return looked

    def look(self, question: Question) -> Looked:
        """What was understood of a question, and the passages that were found for it."""
        analysed = self.analyst.analyse(question)
        return Looked(analysed, tuple(in_turns(self.retriever.search_each(analysed, CANDIDATES, CANDIDATES_ALONE))))

    def parts(self, whole: Looked) -> tuple[Looked, ...]:
        """Each part of a question that asks more than one thing, looked up by itself; nothing when it asks one."""
        asked = whole.question.question
        texts = parts_of(whole.question.interpreted) if not asked.history else ()
        if len(texts) < 2:
            return ()
        looked = [
            # "en wanneer wordt het vergoed?" needs what was asked before it
            self.look(replace(asked, text=text, history=texts[:n] if len(terms(text)) < _WHOLE_PART else ()))
            for n, text in enumerate(texts)
        ]
        return tuple(replace(part, question=replace(part.question, years=whole.question.years)) for part in looked)

    def rule(self, whole: Looked) -> Looked | None:
        """The question without what it denies, looked up by itself: whoever has no Wlz-indicatie asks for the rule."""
        text = without_denied(whole.question)
        return self.look(replace(whole.question.question, text=text, history=())) if text else None

    def _units(self, looked: Sequence[Looked]) -> list[ScoredUnit]:
        """The units that may be evidence: the best of every part, then their second best, and so on."""
        scored = [self.answerer.scored(each.question, self.answerer.valid(each.question, each.hits)) for each in looked]
        return list(in_turns(scored))


class Service:
    """Everything that the command line and the web chat can do, for one home folder. Safe to use from threads."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home = home
        self.settings = settings
        self._lock = Lock()
        self._desk: Desk | None = None

    @cached_property
    def library(self) -> Library:
        """The documents of the corpus."""
        return Library(self.home.corpus, self.home.index / "cache")

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder of the settings. Raises ModelError."""
        return self._load_embedder(download=False)

    def _load_embedder(self, download: bool) -> Embedder:
        chosen = self.settings.index
        return load_embedder(
            chosen.embedder, query_prefix=chosen.query_prefix, passage_prefix=chosen.passage_prefix, download=download
        )

    def build_index(self, progress: Progress | None = None) -> tuple[Manifest, tuple[Notice, ...]]:
        """Builds a new generation from the published documents and makes it current.

        Only here may an embedder be fetched from a hub, once: naming it and building is how an operator asks for that.
        Returns its manifest and a notice for every document that could not be read or only in part. Raises CorpusError,
        BusyError, StorageError, ModelError.
        """
        material, notices = self.material()
        if "embedder" not in vars(self):
            self.embedder = self._load_embedder(download=True)
        chosen = self.settings.index
        options = BuildOptions(chroma=chosen.chroma, keep=chosen.keep)
        manifest = build_generation(self.home.index, material, self.embedder, options, progress)
        self.close()
        return manifest, notices

    def draft_questions(self, document_id: str, today: date, *, use_model: bool = True, told: Told | None = None) -> Drafted:
        """Drafts example questions for what has none in a document: by the language model if one is set, else by templates.

        Raises CorpusError, BusyError, StorageError.
        """
        from assistant.corpus.drafting import draft_questions  # brings an editor for TOML along

        ask = _asking(self.settings.answering) if use_model and self.settings.answering.model else None
        return draft_questions(self.library, document_id, today, ask, told)

    def ask(self, question: Question, follow: Follow | None = None) -> Answer:
        """The checked answer to a question. Raises UsageError for an unusable question, IndexUnusableError without index.

        ``follow`` is told how the answer stands while a language model words it; what it raises ends the work.
        """
        return self.open().ask(question, follow)

    def search(self, question: Question, top: int) -> tuple[AnalysedQuestion, list[Hit]]:
        """What was understood of a question, and the best passages for it."""
        desk = self.open()
        analysed = desk.analyst.analyse(question)
        return analysed, desk.retriever.search(analysed, top)

    def verify_index(self) -> list[str]:
        """Everything that is wrong with the current index, in Dutch; empty when it is good."""
        return verify(self.home.index, chroma=self.settings.index.chroma)

    def rollback_index(self) -> Manifest:
        """Makes the previous index current again. Raises BusyError, IndexUnusableError."""
        manifest = rollback(self.home.index)
        self.close()
        return manifest

    @property
    def generation(self) -> Generation:
        """The index that answers now. Raises IndexUnusableError."""
        return self.open().generation

    def close(self) -> None:
        """Lets go of the opened index; the next question opens the current one."""
        with self._lock:
            if self._desk is not None:
                self._desk.generation.close()
                self._desk = None

    def open(self) -> Desk:
        """Analyst, retriever and answerer over the current index. Raises IndexUnusableError, CorpusError, ModelError."""
        with self._lock:
            if self._desk is None:
                self._desk = self._assemble()
            return self._desk

    def _assemble(self) -> Desk:
        expected = Expected(
            embedder=self.embedder.fingerprint,
            rules=RULES,
            corpus_hash=corpus_hash(self.home.corpus, self.library.catalogue),
        )
        options = OpenOptions(chroma=self.settings.index.chroma, exact_until=EXACT_UNTIL)
        generation = open_current(self.home.index, expected, options)
        concepts = load_glossary(self.home.corpus)
        desk = desk_over(generation, self.embedder, concepts, load_calibration())
        model = self.settings.answering
        return replace(desk, writer=ModelWriter(generation, LanguageModel(model), concepts)) if model.model else desk

    def material(self) -> tuple[IndexInput, tuple[Notice, ...]]:
        """What an index is made of: the published documents as read and structured, with a notice for each trouble."""
        notices = []
        documents: list[Document] = []
        found: list[Passage] = []
        questions: dict[str, tuple[tuple[str, ...], ...]] = {}
        for read in self.library.readings():
            reading = read.reading
            if reading.verdict is not Verdict.OK:
                text = f"{read.source.title}: {reading.message} {reading.remedy}".strip()
                notices.append(Notice(f"reading-{reading.verdict}", text))
            if reading.document is None:
                continue
            own = passages(reading.document, structure(reading.document))
            documents.append(reading.document)
            found += own
            asked = questions_for(own, in_use(load_questions(self.home.corpus, read.source.id)), drafts=True)
            questions |= {name: units for name, units in asked.items() if any(units)}
        load_glossary(self.home.corpus)  # no part of the index, but a broken one must be told now, not at every question
        catalogue = self.library.catalogue
        unanswered = load_unanswered(self.home.corpus)
        material = IndexInput(
            sources=catalogue.sources,
            documents=tuple(documents),
            passages=tuple(found),
            questions=questions,
            unanswered=unanswered.questions,
            judged=unanswered.documents,
            corpus_hash=corpus_hash(self.home.corpus, catalogue),
            rules=RULES,
        )
        return material, tuple(notices)


def desk_over(generation: Generation, embedder: Embedder, concepts: Sequence[Concept], calibration: Calibration) -> Desk:
    """What answers from an opened generation, with this glossary and these fitted parameters."""
    return Desk(
        generation=generation,
        analyst=Analyst(concepts, generation.sources, _vocabulary(generation)),
        retriever=Retriever(generation, embedder, calibration.search),
        answerer=Answerer(generation, embedder, calibration),
    )


def _asking(settings: AnsweringSettings) -> Ask:
    """A language model as what drafts questions asks it."""
    model = LanguageModel(settings)
    return lambda messages: [(draft.text, draft.keys) for draft in model.ask(messages)]


def _vocabulary(generation: Generation) -> Counter[str]:
    """The words that a misspelling may be mended to, with how often they occur.

    They are those of all passages, and Dutch words of the example questions. None for a large index, whose
    questions then go unmended.
    """
    if len(generation.passages) > EXACT_UNTIL:
        return Counter()
    held = Counter(word for passage in generation.passages for word in words(passage.text))
    asked = Counter(
        word for units in generation.questions.values() for unit in units for question in unit for word in words(question)
    )
    return held + Counter({word: count for word, count in asked.items() if word in held or zipf(word) >= _DUTCH})
