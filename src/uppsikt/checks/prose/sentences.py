"""Running text in sentences, healed where a page, a picture or a table cuts one in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from uppsikt.checks.document import Block, Document, Heading, Passage, Piece, Span, Table
from uppsikt.checks.numbers import Number, numbers_in
from uppsikt.checks.prose.words import Token, tokens_in
from uppsikt.checks.reading.blocks import LONGEST_PASSAGE
from uppsikt.checks.seeking import Sought

_END = re.compile(r"[.!?][)\"”’]?\s+(?=[\"”(*•–]?\s?[A-ZÅÄÖ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:ca|bl|bl\.?\s?a|t\.?\s?ex|dvs|d\.?v\.?s|resp|inkl|exkl|kr|nr|st|jfr|fr|o|m|t|f|d|s|p|g|a|e|k|kap|max|min"
    r"|tkr|mkr|mnkr)\.|\b\w\.)$",
    re.IGNORECASE,
)
LONGEST = 2000  # characters of a sentence
_DIGIT = re.compile(r"\d")
_CLOSED = re.compile(r"[.!?:;][)\"”’*]*\s*$")
_STARTS_ANEW = re.compile(r"^[A-ZÅÄÖ•*\"”(]")


@dataclass(frozen=True, eq=False)
class Flow:
    """A paragraph as it was meant: one passage, or several that a cut had parted."""

    passage: Passage
    heading: Heading | None
    topic: str  # the heading or the short line above it that says what it is about
    table_after: Table | None = None  # the table that stood in the middle, where one did
    cut_at: int = 0  # where in the text the cut was, 0 for none

    @cached_property
    def lower(self) -> str:
        """What it says in small letters."""
        return self.passage.text.lower()


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence: the characters `start`–`end` of its flow. `index` counts through the document."""

    flow: Flow
    start: int
    end: int
    index: int

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.flow.passage.text[self.start : self.end]

    @cached_property
    def lower(self) -> str:
        """What it says in small letters."""
        return self.text.lower()

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, with places in the flow's text."""
        if not _DIGIT.search(self.flow.passage.text, self.start, self.end):
            return ()
        text = self.text
        moved = self.start
        return tuple(
            replace(one, start=one.start + moved, end=one.end + moved) if moved else one for one in numbers_in(text)
        )

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, with places in the flow's text."""
        return tokens_in(self.text, self.start)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(token.stem for token in self.tokens)

    def spans(self, start: int | None = None, end: int | None = None) -> tuple[Span, ...]:
        """Where its characters (places in the flow's text) stand in the document."""
        begin = self.start if start is None else start
        return self.flow.passage.spans(begin, self.end if end is None else end)


def flows_of(document: Document) -> tuple[Flow, ...]:
    """The document's paragraphs, in order, healed."""
    made: list[Flow] = []
    heading: Heading | None = None
    topic = ""
    between: list[Block] = []
    for block in document.blocks:
        if not isinstance(block, Passage):
            if isinstance(block, Heading):
                heading, topic = block, block.title
            between.append(block)
            continue
        if not block.text or block.tabular:
            continue
        if made and continues(made[-1].passage, block, between):
            made[-1] = _healed(made[-1], block, between)
        else:
            made.append(Flow(block, heading, topic))
            topic = block.text if _titles(block) else topic
        between = []
    return tuple(made)


def _titles(passage: Passage) -> bool:
    """Whether a passage is a short line that titles what follows: "Kommunledning"."""
    text = passage.text
    short = len(text) <= 60 and text.count(" ") <= 6
    return short and text[0].isupper() and text[-1].isalpha() and not passage.bullet


def continues(first: Passage, second: Passage, between: Iterable[Block]) -> bool:
    """Whether a passage goes on where the one before it was cut off, with no heading between them."""
    if second.bullet or any(isinstance(block, Heading) for block in between):
        return False
    if _CLOSED.search(first.text) or _STARTS_ANEW.match(second.text):
        return False
    return 40 < len(first.text) < LONGEST_PASSAGE and second.text[0].islower()


def _healed(flow: Flow, rest: Passage, between: Iterable[Block]) -> Flow:
    text = flow.passage.text + " "
    pieces = (*flow.passage.pieces, *(Piece(at.offset + len(text), at.line, at.start) for at in rest.pieces))
    whole = Passage(text + rest.text, pieces, flow.passage.bullet)
    table = next((block for block in between if isinstance(block, Table)), None)
    return Flow(whole, flow.heading, flow.topic, table or flow.table_after, len(text) if table else flow.cut_at)


def sentences_of(flows: Iterable[Flow]) -> tuple[Sentence, ...]:
    """The sentences of the paragraphs, in order."""
    made: list[Sentence] = []
    for flow in flows:
        text = flow.passage.text
        for part in _parts(text):
            made += (
                Sentence(flow, start, end, len(made) + more)
                for more, (start, end) in enumerate(_bounded(text, *part))
            )
    return tuple(made)


def worth_searching(sentences: Iterable[Sentence], sought: Sought) -> Iterator[Sentence]:
    """The sentences that may hold what is sought; paragraphs without its letters are passed over whole."""
    last: Flow | None = None
    likely = False
    for sentence in sentences:
        if sentence.flow is not last:
            last = sentence.flow
            likely = sought.may_be_in(last.lower)
        if likely and sought.may_be_in(sentence.lower):
            yield sentence


def _parts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        stop = found.start() + 1
        if _ABBREVIATION.search(text, max(start, stop - 8), stop) and not _ends_a_unit(text, stop, found.end()):
            continue
        yield start, stop
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or a text without full stops in stretches that end between words."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends_a_unit(text: str, stop: int, following: int) -> bool:
    # "… på 3 mkr. Den …" ends a sentence although "mkr." may be an abbreviation
    return text[max(0, stop - 3) : stop] in ("kr.", "st.") and text[following].isupper()
