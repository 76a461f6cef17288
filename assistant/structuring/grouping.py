"""What is found and quoted together: the blocks under one heading become sections that passages are cut from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.language.sentences import sentence_spans
from assistant.records import Block, BlockKind, Section, SectionKind
from assistant.structuring.lists import entries, entry_kind, entry_name, run_end, stand_alone
from assistant.structuring.outline import Stretch
from assistant.structuring.texts import count_words, introduces, sense

_TOGETHER = 120  # words that paragraphs under one heading may have to share a passage
_SHORT_HEAD = 40  # words before a lead-in, in its own paragraph, that stay with the list


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


@dataclass(slots=True)
class _Grouping:
    """The state of one stretch: sections so far, paragraphs that wait for company, and the list that may go on."""

    text: str
    stretch: Stretch
    sections: list[Section] = field(default_factory=list)
    waiting: list[_Span] = field(default_factory=list)
    sense: str = ""
    list_open: bool = False
    alone: bool = False

    @property
    def in_article(self) -> bool:
        return self.stretch.kind is SectionKind.ARTICLE

    def add(self, kind: SectionKind, start: int, end: int, *names: str) -> None:
        path = (*self.stretch.path, *(name for name in names if name))
        self.sections.append(Section(kind, path, start, end))

    def flush(self) -> None:
        """Makes sections of the waiting paragraphs; one that introduces the next stays with it."""
        kind = SectionKind.MEMBER if self.stretch.kind is SectionKind.MEMBER else SectionKind.TEXT
        for start, end in _together(self.text, self.waiting):
            self.add(kind, start, end)
        self.waiting.clear()


def group(text: str, stretch: Stretch) -> list[Section]:
    """The sections of one stretch, in order, covering all of its blocks; footnotes get the path of where they stand."""
    state = _Grouping(text, stretch)
    blocks = stretch.blocks
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if block.kind is BlockKind.ITEM:
            end = run_end(text, blocks, i, state.in_article)
            _add_run(state, blocks[i:end])
            i = end
            continue
        if block.kind in (BlockKind.FOOTNOTE, BlockKind.TABLE):
            caption = _caption(text, state.waiting)
            state.flush()
            if block.kind is BlockKind.FOOTNOTE:
                # A note at the foot of a page cuts a list in two; the list stays open behind it.
                state.add(SectionKind.FOOTNOTE, block.start, block.end, f"voetnoot {block.label}".strip())
            else:
                state.list_open = False
                state.add(SectionKind.TABLE, block.start, block.end, caption)
        else:
            state.list_open = False
            state.waiting.append(_Span(block.start, block.end))
        i += 1
    state.flush()
    return state.sections


def _caption(text: str, waiting: Sequence[_Span]) -> str:
    last = text[waiting[-1].start : waiting[-1].end] if waiting else ""
    return sense(last) if last.lower().startswith("tabel") and count_words(last) <= 25 else ""


def _add_run(state: _Grouping, run: Sequence[Block]) -> None:
    text = state.text
    found = entries(text, run)
    goes_on = state.list_open and not state.waiting
    lead = None if goes_on else _take_lead_in(state)
    if not goes_on:
        state.alone = stand_alone(text, found, lead is not None, state.in_article)
        state.sense = sense(text[lead.start : lead.end]) if lead else ""
    if lead and state.alone:
        state.waiting.append(lead)
    elif lead:
        head = state.waiting[-1] if state.waiting else None
        if head and not text[head.end : lead.start].count("\n") and count_words(text[head.start : head.end]) <= _SHORT_HEAD:
            lead = _Span(state.waiting.pop().start, lead.end)
    state.flush()
    if not state.alone:
        start = lead.start if lead else run[0].start
        state.add(SectionKind.LIST, start, run[-1].end, state.sense if goes_on else "")
    else:
        for entry in found:
            name = entry_name(entry.label, state.in_article)
            state.add(entry_kind(entry.label, state.in_article), entry.start, entry.end, state.sense, name)
    state.list_open = True


def _take_lead_in(state: _Grouping) -> _Span | None:
    """Parts the sentence that introduces a list from the paragraph before it; the rest of that stays waiting."""
    if not state.waiting:
        return None
    last = state.waiting[-1]
    if not introduces(state.text[last.start : last.end]):
        return None
    state.waiting.pop()
    spans = sentence_spans(state.text[last.start : last.end])
    start = last.start + spans[-1][0]
    if len(spans) > 1:
        state.waiting.append(_Span(last.start, last.start + spans[-2][1]))
    return _Span(start, last.end)


def _together(text: str, spans: Sequence[_Span]) -> list[tuple[int, int]]:
    """Neighbouring paragraphs joined up to the limit."""
    joined: list[tuple[int, int, int]] = []
    for start, end in _with_their_lead_in(text, spans):
        size = count_words(text[start:end])
        if joined and joined[-1][2] + size <= _TOGETHER:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + size)
        else:
            joined.append((start, end, size))
    return [(start, end) for start, end, _ in joined]


def _with_their_lead_in(text: str, spans: Sequence[_Span]) -> list[tuple[int, int]]:
    atoms: list[tuple[int, int]] = []
    leads = False
    for span in spans:
        if leads:
            atoms[-1] = (atoms[-1][0], span.end)
        else:
            atoms.append((span.start, span.end))
        leads = text[span.start : span.end].rstrip().endswith(":")
    return atoms
