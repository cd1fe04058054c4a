"""One change at a time in a place whose truth other figures determine."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from uppsikt.checks.document import Document, Line, Picture, Row, Span
from uppsikt.checks.numbers import DASHES
from uppsikt.checks.prose.matching import BOUND
from uppsikt.checks.reading.blocks import blocks_of
from uppsikt.checks.report import Report
from uppsikt.checks.tables.understood import At, Equation, Understood


@dataclass(frozen=True)
class Mutation:
    """What to change, where; `partners` are the figures that would betray it, where they stand after the change."""

    kind: str
    span: Span
    before: str
    after: str
    partners: tuple[Span, ...]
    lost: range = range(0)  # lines that are gone

    def made_in(self, document: Document) -> Document:
        """The document read anew with the change in it."""
        return without_lines(document, self.lost) if self.lost else with_text(document, self.span, self.after)


def table_mutations(document: Document, chance: random.Random) -> Iterator[Mutation]:
    """Digit, sign, unit, swapped cells and lost rows, in cells that a confirmed relation holds fast."""
    report = Report(document)
    for table in report.understood:
        bound = _bound(table)
        for at, equations in bound.items():
            yield from _cell_mutations(document, table, at, equations, chance)
        yield from _row_mutations(document, table, bound)


def year_mutations(document: Document, chance: random.Random) -> Iterator[Mutation]:
    """Another year in a running line that comes on every page, or over a column whose neighbours tell its year."""
    report = Report(document)
    names = [one for one in report.identity.namings if one.kind == "running"]
    if len(names) >= 3:
        yield from _other_year(document, chance.choice(names).span, chance)
    for table in report.understood:
        if not any(len(proof.relation.terms) == 2 for proof in table.relations):
            continue
        planned = [
            index for index, one in enumerate(table.columns) if one.year and one.kind.value in ("budget", "forecast")
        ]
        bound = {index for proof in table.relations for index, _ in proof.relation.terms}
        for index in planned:
            if index in bound and len({table.columns[one].year for one in planned}) == 1 and len(planned) == 2:
                yield from _other_year(document, table.table.columns[index].spans[-1], chance)


def _other_year(document: Document, span: Span, chance: random.Random) -> Iterator[Mutation]:
    text = document.text_at(span)
    found = re.search(r"20\d\d", text)
    if found:
        other = str(int(found[0]) + chance.choice((-1, 1)))
        at = Span(span.line, span.start + found.start(), span.start + found.end())
        yield Mutation("year", at, found[0], other, ())


def prose_mutations(document: Document, chance: random.Random) -> Iterator[Mutation]:
    """Digit, sign and unit of figures in the text that surely speak of a cell, a sum of cells or each other."""
    for match in Report(document).matches:
        spans = match.fact.spans
        if not match.agrees or match.score < BOUND or len(spans) != 1 or not match.fact.number.value:
            continue
        text = document.text_at(spans[0])
        yield Mutation("prose digit", spans[0], text, _first_digit(text, chance), ())
        if text[0] in DASHES and match.fact.direction is None:  # where a word says the sign, the dash may go
            yield Mutation("prose sign", spans[0], text, text.lstrip(DASHES + " "), ())
        elif match.fact.direction is not None and text[0] not in DASHES:
            yield from _prose_word(document, spans[0])
        yield from _prose_unit(document, spans[0])


OPPOSITES = {
    "negativ": "positiv",
    "positiv": "negativ",
    "underskott": "överskott",
    "överskott": "underskott",
    "högre": "lägre",
    "lägre": "högre",
    "ökat": "minskat",
    "minskat": "ökat",
}


def _prose_word(document: Document, span: Span) -> Iterator[Mutation]:
    """The word that says the figure's direction turned into its opposite; the figure is what should be named."""
    before = document.line(span.line).text[: span.start]
    words = [found for found in re.finditer(r"\w+", before) if found[0].lower() in OPPOSITES]
    if words:
        word = words[-1]
        at = Span(span.line, word.start(), word.end())
        yield Mutation("prose word", at, word[0], OPPOSITES[word[0].lower()], ())


def _first_digit(text: str, chance: random.Random) -> str:
    """Another leading digit: a change that no rounding explains."""
    place = next(index for index, char in enumerate(text) if char in "123456789")
    return text[:place] + chance.choice([digit for digit in "123456789" if digit != text[place]]) + text[place + 1 :]


def _prose_unit(document: Document, span: Span) -> Iterator[Mutation]:
    rest = document.line(span.line).text[span.end :]
    found = re.match(r"\s?(mnkr|mkr|Mkr|tkr)\b", rest)
    if found:
        at = Span(span.line, span.end + found.start(1), span.end + found.end(1))
        yield Mutation("prose unit", at, found[1], "mnkr" if found[1] == "tkr" else "tkr", ())


def _bound(table: Understood) -> dict[At, list[Equation]]:
    """Cells in relations that hold here and are confirmed in at least one other place."""
    bound: dict[At, list[Equation]] = {}
    for equation in table.equations:
        if equation.holds and equation.holds_elsewhere:
            for at in equation.cells:
                if table.number(at) is not None:
                    bound.setdefault(at, []).append(equation)
    return bound


def _cell_mutations(
    document: Document, table: Understood, at: At, equations: list[Equation], chance: random.Random
) -> Iterator[Mutation]:
    span = table.cell(at).span
    text = document.text_at(span)
    partners = tuple(
        table.cell(one).span for equation in equations for one in equation.cells if one != at and table.number(one)
    )
    old = table.value(at) or 0
    before = document.line(span.line).text[: span.start][-1:]
    unit = _unit(text, chance)
    if unit and before.isalnum():
        unit = unit.replace(" ", "")  # cells run together have no spaces
    for kind, changed in (("digit", _digit(text, chance)), ("sign", _sign(text)), ("unit", unit)):
        if changed is None or changed == text:
            continue
        new = _value(changed, table.decimals)
        if new is None or not _beyond_rounding(abs(new - old), equations):
            continue
        yield Mutation(kind, span, text, changed, partners)


def _beyond_rounding(change: int, equations: list[Equation]) -> bool:
    return any(2 * (change - abs(one.off)) > one.slack for one in equations)


def _value(text: str, decimals: int) -> int | None:
    cleaned = "".join(char for char in text if char.isdigit() or char == ",").replace(",", ".")
    negative = any(char in DASHES for char in text)
    if not cleaned or cleaned == ".":
        return None
    value = int(Decimal(cleaned).scaleb(decimals))
    return -value if negative else value


def _digit(text: str, chance: random.Random) -> str | None:
    places = [index for index, char in enumerate(text) if char.isdigit()]
    if not places:
        return None
    place = chance.choice(places)
    first = place == places[0] and len(places) > 1
    others = [digit for digit in "0123456789" if digit != text[place] and not (first and digit == "0")]
    return text[:place] + chance.choice(others) + text[place + 1 :]


def _sign(text: str) -> str | None:
    if not any(char in "123456789" for char in text):
        return None
    bare = text.lstrip(DASHES + " +")
    return bare if bare != text and text[0] in DASHES else "-" + text


def _unit(text: str, chance: random.Random) -> str | None:
    """The same figure ten, a hundred or a thousand times larger, written as such a figure is."""
    digits = "".join(char for char in text if char.isdigit() or char == ",")
    if not any(char in "123456789" for char in digits) or "%" in text:
        return None
    whole, _, decimals = digits.partition(",")
    factor = chance.choice((1, 2, 3))
    moved = (whole + decimals.ljust(factor, "0")[:factor]).lstrip("0") or "0"
    rest = decimals[factor:] or "0" * len(decimals)
    grouped = f"{int(moved):,}".replace(",", " ") if " " in text or len(moved) > 3 else moved
    sign = text[: len(text) - len(text.lstrip(DASHES + " +"))]
    return sign + grouped + ("," + rest if decimals else "")


def _row_mutations(document: Document, table: Understood, bound: dict[At, list[Equation]]) -> Iterator[Mutation]:
    totals: set[int] = set()
    for one in table.equations:
        if one.kind == "sum" and one.holds and one.target[0] not in totals:
            totals.add(one.target[0])
            yield from _lost_row(document, table, one.terms, bound)


def _lost_row(
    document: Document, table: Understood, terms: tuple[tuple[At, int], ...], bound: dict[At, list[Equation]]
) -> Iterator[Mutation]:
    for at, _ in terms:
        if at not in bound or len(terms) < 3:
            continue
        if table.parts_of(at[0]):
            continue  # a total between others: its parts still make what it was a part of
        span = table.cell(at).span
        line = document.line(span.line)
        equations = [one for one in bound[at] if one.kind == "sum"]
        if not equations or not _beyond_rounding(abs(table.value(at) or 0), equations):
            continue
        lost = _lines_of(document, table.table.rows[at[0]])
        spans = [table.cell(one).span for equation in equations for one in equation.cells if one != at]
        partners = tuple(replace(one, line=one.line - len(lost) * (one.line >= lost.stop)) for one in spans)
        yield Mutation("row", span, line.text.strip(), "", partners, lost)


def _lines_of(document: Document, row: Row) -> range:
    """The lines that a row stands on, with the empty ones below them where they are several."""
    spans = [*row.label_spans, *(cell.span for cell in row.cells if cell)]
    first, end = min(one.line for one in spans), max(one.line for one in spans) + 1
    while end - first > 1 and end <= len(document.lines) and not document.line(end).text.strip():
        end += 1
    return range(first, end)


def with_text(document: Document, span: Span, text: str) -> Document:
    """The document read anew with other characters at a span; those of a PDF keep to the same place."""
    lines = list(document.lines)
    lines[span.line - 1] = _changed(lines[span.line - 1], span, text)
    return _read_anew(document, lines)


def without_lines(document: Document, lost: range) -> Document:
    """The document read anew without those lines."""
    kept = [line for line in document.lines if line.number not in lost]
    return _read_anew(document, [replace(line, number=number) for number, line in enumerate(kept, start=1)])


def _read_anew(document: Document, lines: list[Line]) -> Document:
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    edges = _edges(document.pages, lines) if document.kind == "pdf" else frozenset[int]()
    return blocks_of(
        tuple(lines),
        source=document.source,
        kind=document.kind,
        pictures=pictures,
        edges=edges,
        page_sizes=document.page_sizes,
    )


def _edges(pages: int, lines: list[Line]) -> frozenset[int]:
    edges: set[int] = set()
    for page in range(1, pages + 1):
        there = sorted((one for one in lines if one.page == page and one.text), key=lambda one: one.top)
        edges.update(one.number for one in there[:2] + there[-2:])
    return frozenset(edges)


def _changed(line: Line, span: Span, text: str) -> Line:
    """A figure grows and shrinks to the left, as in a column set to the right."""
    before, after = line.text[: span.start], line.text[span.end :]
    if not line.lefts:
        grown = len(text) - (span.end - span.start)
        room = len(before) - len(before.rstrip())
        if room > 2 and text:
            before = before[: len(before) - min(grown, room - 2)] if grown > 0 else before + " " * -grown
        return replace(line, text=before + text + after)
    if not text:
        return replace(line, text="", lefts=(), rights=())
    right = line.rights[span.end - 1]
    width = (right - line.lefts[span.start]) / max(span.end - span.start, 1)
    lefts = [right - width * (len(text) - index) for index in range(len(text))]
    rights = [left + width for left in lefts]
    return replace(
        line,
        text=before + text + after,
        lefts=(*line.lefts[: span.start], *lefts, *line.lefts[span.end :]),
        rights=(*line.rights[: span.start], *rights, *line.rights[span.end :]),
    )
