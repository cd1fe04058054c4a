"""Markdown to blocks: paragraphs, lists and headings, with references and outside marks as inline syntax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import say
from uppsikt.reports.document import (
    Block,
    Callout,
    Heading,
    ListBlock,
    Marks,
    OutsideRun,
    Paragraph,
    Run,
    Runs,
    TextRun,
    UnboundRun,
    text_of,
)
from uppsikt.reports.findings import FIGURE_BY_HAND, LIST_ITEM_EMPTY, NOT_TAKEN
from uppsikt.reports.handtyped import HandTyped, hand_typed_numbers

_REFERENCE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_OUTSIDE = re.compile(r"\[([^\[\]\n]+)\]\{outside:\s*[\"”“'](.+?)[\"”“']\s*\}")
_PLAIN = re.compile(r"\[([^\[\]\n]+)\]\{plain\}")
_UNNUMBERED = re.compile(r"\s*\{-\}\s*$")
_CONTEXT_CHARACTERS = 40


def _figure_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, _REFERENCE, "figure")


def _outside_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, _OUTSIDE, "outside") or _take(state, silent, _PLAIN, "plain")


def _take(state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str) -> bool:
    match = pattern.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = match[1]
        token.meta = {"groups": match.groups(), "lines": match[0].count("\n")}
    state.pos = match.end()
    return True


_markdown = MarkdownIt("commonmark")
_markdown.inline.ruler.before("escape", "figure", _figure_rule)
_markdown.inline.ruler.before("link", "outside", _outside_rule)

FigurePrinter = Callable[[str, Place], Run]
NumberMarker = Callable[[HandTyped, Finding, str], str]  # the number, its finding and its paragraph to a mark


@dataclass
class Prose:
    """Reads the prose of one file. `print_figure` resolves what stands between braces, `suggest` helps find
    the reference that a number typed by hand should have been; findings are collected. With `mark_number` such
    numbers are runs of their own (for previews)."""

    file: str
    print_figure: FigurePrinter
    findings: list[Finding]
    suggest: Callable[[HandTyped], str] = lambda number: ""
    note_outside: Callable[[str, str], None] = lambda text, source: None
    mark_number: NumberMarker | None = None

    def blocks(self, text: str, first_line: int = 1) -> tuple[Block, ...]:
        """The blocks of a piece of Markdown that starts on `first_line` of the file."""
        tokens = _Tokens(_markdown.parse(text), first_line)
        return tuple(self._blocks(tokens, ""))

    def runs(self, text: str, line: int | None = None) -> Runs:
        """The runs of one line of Markdown: a caption, a note, a cell."""
        (token,) = _markdown.parseInline(text)
        return self._runs(token.children or [], line, can_move=False)

    def _blocks(self, tokens: _Tokens, until: str) -> Iterator[Block]:
        for token in tokens:
            if token.type == until:
                return
            place = Place(self.file, tokens.line)
            if token.type == "paragraph_open":
                yield Paragraph(self._inline(tokens))
            elif token.type == "heading_open":
                yield self._heading(token, tokens)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield self._list(token, tokens)
            elif token.type == "blockquote_open":
                yield Callout("", tuple(self._blocks(tokens, "blockquote_close")))
            elif token.type == "html_block":
                self._refuse(place, say("HTML-kod", "HTML code"))
            elif token.type in ("fence", "code_block"):
                self._refuse(place, say("Ett kodblock", "A code block"))

    def _inline(self, tokens: _Tokens) -> Runs:
        token = next(tokens)
        runs = self._runs(token.children or [], tokens.line)
        next(tokens)  # the closing token
        return runs

    def _heading(self, token: Token, tokens: _Tokens) -> Heading:
        line = tokens.line
        text = text_of(self._inline(tokens))
        # number and anchor are the composer's; "-" asks for none, and the line travels as anchor till then
        number = "-" if _UNNUMBERED.search(text) else ""
        return Heading(int(token.tag[1]), number, _UNNUMBERED.sub("", text), str(line))

    def _list(self, token: Token, tokens: _Tokens) -> ListBlock:
        close = token.type.replace("_open", "_close")
        items = []
        for inner in tokens:
            if inner.type == close:
                break
            place = Place(self.file, tokens.line)
            item = tuple(self._blocks(tokens, "list_item_close"))
            if item:
                items.append(item)
            else:
                self.findings.append(found(LIST_ITEM_EMPTY, place))
        return ListBlock(tuple(items), token.type.startswith("ordered"))

    def _runs(self, children: Sequence[Token], line: int | None, *, can_move: bool = True) -> Runs:
        marks = Marks()
        runs: list[Run] = []
        lines: list[int | None] = []
        for token in children:
            before = len(runs)
            marks = self._collect(token, marks, runs, Place(self.file, line))
            lines += [line] * (len(runs) - before)
            if line is not None and can_move:
                line += token.meta.get("lines", 0) + (token.type in ("softbreak", "hardbreak"))
        marks_at = self._look_for_numbers(runs, lines)
        return tuple(_with_marks(_joined(runs), marks_at))

    def _collect(self, token: Token, marks: Marks, runs: list[Run], place: Place) -> Marks:
        kind = token.type
        if kind in ("text", "text_special"):
            runs.append(TextRun(token.content, marks))
        elif kind in ("softbreak", "hardbreak"):
            runs.append(TextRun(" ", marks))
        elif kind in ("plain", "code_inline"):
            runs.append(OutsideRun(token.content, "", "", marks))  # kept whole, looked at by nobody
        elif kind == "outside":
            source = token.meta["groups"][1]
            self.note_outside(token.content, source)
            runs.append(OutsideRun(token.content, source, "", marks))
        elif kind == "figure":
            runs.append(replace(self.print_figure(token.content, place), marks=marks))
        elif kind in ("strong_open", "strong_close"):
            return replace(marks, strong=kind == "strong_open")
        elif kind in ("em_open", "em_close"):
            return replace(marks, emphasis=kind == "em_open")
        elif kind in ("link_open", "link_close"):
            return replace(marks, href=str(token.attrGet("href") or ""))
        elif kind == "image":
            self._refuse(place, say("En bild", "An image"))
        elif kind == "html_inline":
            self._refuse(place, say("HTML-kod", "HTML code"))
        return marks

    def _look_for_numbers(self, runs: Sequence[Run], lines: Sequence[int | None]) -> list[tuple[int, int, str]]:
        """Say each number typed by hand; where those stand that are marked, with their marks."""
        marked = []
        # one text for the whole paragraph, so that "delår **2**" is understood; other runs are opaque
        pieces = [run.text if isinstance(run, TextRun) else "\x01" * len(run.text) for run in runs]
        whole = "".join(pieces)
        for number in hand_typed_numbers(whole):
            line, end = lines[0], 0
            for piece, piece_line in zip(pieces, lines, strict=True):
                line, end = piece_line, end + len(piece)
                if number.start < end:
                    break
            shown = text_of(tuple(runs))
            start = max(0, number.start - _CONTEXT_CHARACTERS)
            context = shown[start : number.start + len(number.text) + _CONTEXT_CHARACTERS].strip()
            place, suggestion = Place(self.file, line), self.suggest(number)
            finding = found(FIGURE_BY_HAND, place, number=number.text, context=context, suggestion=suggestion)
            self.findings.append(finding)
            if self.mark_number:
                mark = self.mark_number(number, finding, shown)
                marked.append((number.start, number.start + len(number.text), mark))
        return marked

    def _refuse(self, place: Place, what: str) -> None:
        self.findings.append(found(NOT_TAKEN, place, what=what))


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs with neighbours of the same looks joined, plain marks turned back to text."""
    texts: list[TextRun] = []
    for run in runs:
        one = TextRun(run.text, run.marks) if isinstance(run, OutsideRun) and not run.source else run
        is_same = isinstance(one, TextRun) and all(text.marks == one.marks for text in texts)
        if texts and not is_same:
            yield TextRun("".join(text.text for text in texts), texts[0].marks)
            texts = []
        if isinstance(one, TextRun):
            texts.append(one)
        else:
            yield one
    if texts:
        yield TextRun("".join(text.text for text in texts), texts[0].marks)


def _with_marks(runs: Iterable[Run], marks_at: Sequence[tuple[int, int, str]]) -> Iterator[Run]:
    """The runs with marked numbers as runs of their own; places are counted in the runs' whole text."""
    at = 0
    for run in runs:
        begin, at = at, at + len(run.text)
        inside = [one for one in marks_at if begin <= one[0] < at] if isinstance(run, TextRun) else []
        rest = begin
        for start, end, mark in inside:
            if start > rest:
                yield TextRun(run.text[rest - begin : start - begin], run.marks)
            yield UnboundRun(run.text[start - begin : end - begin], run.marks, mark)
            rest = min(end, at)
        if not inside:
            yield run
        elif rest < at:
            yield TextRun(run.text[rest - begin :], run.marks)


class _Tokens:
    """The tokens of a piece of Markdown, one by one, with the line each stands on."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self._tokens = iter(tokens)
        self._first_line = first_line
        self.line = first_line

    def __iter__(self) -> _Tokens:
        return self

    def __next__(self) -> Token:
        token = next(self._tokens)
        if token.map:
            self.line = self._first_line + token.map[0]
        return token
