"""One section as it would print, while it is being written: its blocks, its faults, and numbers still to be bound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.language import speaking
from uppsikt.reports.blocks import Blocks
from uppsikt.reports.citations import Citations
from uppsikt.reports.compose import HeadingNumbers, load_statements
from uppsikt.reports.directives import segments_of
from uppsikt.reports.document import Block, Heading
from uppsikt.reports.facts import Fact
from uppsikt.reports.findings import FIGURE_BY_HAND, VALUE_WRONG
from uppsikt.reports.handtyped import HandTyped
from uppsikt.reports.recipe import Recipe, recipe_of
from uppsikt.reports.resolver import FigureSource, Resolver
from uppsikt.reports.writing.search import FigureIndex, Hit
from uppsikt.reports.writing.selectors import KeptManuscript
from uppsikt.reports.writing.splitting import cleaned, words_in
from uppsikt.reports.writing.values import SectionRow

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$", re.MULTILINE)
_OPAQUE = re.compile(r"\{\{.*?\}\}|\[[^\[\]\n]+\]\{[^}]*\}", re.DOTALL)
_TABLES = ("statement", "facts", "table")
_MANY_KRONOR = re.compile(r"\s*kronor(?!\w)")


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number typed by hand: where it stands in the text (in UTF-16 units, as browsers count), what it may be."""

    mark: str
    text: str
    line: int
    start: int
    end: int
    finding: Finding
    offers: tuple[Hit, ...]


@dataclass(frozen=True)
class Preview:
    """A section as it would print now."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    unbound: tuple[Unbound, ...] = ()
    words: int = 0
    figures: int = 0

    @property
    def other_findings(self) -> tuple[Finding, ...]:
        """What is wrong besides the numbers, the errors first."""
        others = [finding for finding in self.findings if finding.code != FIGURE_BY_HAND]
        return tuple(sorted(others, key=lambda finding: list(Severity).index(finding.severity)))


@dataclass
class _Marks:
    """Collects the numbers that prose is found to hold."""

    text: str
    index: FigureIndex
    unbound: list[Unbound] = field(default_factory=list)
    seen: Counter[tuple[int, str]] = field(default_factory=Counter)

    def __call__(self, number: HandTyped, finding: Finding, context: str) -> str:
        line = finding.at.line or 1
        nth = self.seen[line, number.text]
        self.seen[line, number.text] += 1
        mark = f"tal-{len(self.unbound) + 1}"
        start, end = located(self.text, line, number.text, nth)
        offers = tuple(self.index.agreeing(number, context)) if end else ()
        self.unbound.append(Unbound(mark, number.text, line, start, end, finding, offers))
        return mark


def preview_section(
    texts: KeptManuscript,
    row: SectionRow,
    text: str,
    source: FigureSource,
    facts: Mapping[str, Fact],
    index: FigureIndex,
) -> Preview:
    """The section with this text in the place of its own. What stops the whole report is said, never raised."""
    text = cleaned(text)
    recipe, findings = recipe_of(text) if row.is_recipe else (texts.recipe, [])
    if recipe is None:
        return Preview((), tuple(findings))
    with speaking(recipe.language):
        try:
            source.round_facts(recipe.round)
        except LookupError:
            return Preview((), (found(VALUE_WRONG, where="round", value=recipe.round, wanted="delar2-2022 …"),))
        resolver = Resolver(source, recipe.round, facts, recipe.figures, with_lineage=False)
        load_statements(recipe, resolver)
        return _previewed(texts, row, _everything(recipe) if row.is_recipe else text, recipe, resolver, index)


def _previewed(
    texts: KeptManuscript, row: SectionRow, text: str, recipe: Recipe, resolver: Resolver, index: FigureIndex
) -> Preview:
    findings: list[Finding] = []
    marks = _Marks(text, index)
    citations = Citations(resolver, findings)
    blocks = Blocks(recipe, resolver, citations, findings, None if row.is_recipe else marks)
    numbers = HeadingNumbers(is_numbered=recipe.is_numbered)
    _stand_before(texts, row, blocks, numbers)
    made = [
        numbers.numbered(block, row.title, findings) if isinstance(block, Heading) else block
        for block in blocks.of_part(text, row.title)
    ]
    return Preview(tuple(made), tuple(findings), tuple(marks.unbound), words_in(text), len(citations.notes()))


def _stand_before(texts: KeptManuscript, row: SectionRow, blocks: Blocks, numbers: HeadingNumbers) -> None:
    """Count what the sections before this one hold, so that headings, tables and charts get their own numbers."""
    for earlier in texts.rows:
        if earlier.key == row.key:
            return
        for segment in segments_of(earlier.text, earlier.key, []) if not earlier.is_recipe else ():
            if segment.kind in _TABLES:
                blocks.counts["table"] += 1
            elif segment.kind == "chart":
                blocks.counts["chart"] += 1
            for hashes, title in _HEADING.findall(segment.text) if not segment.kind else ():
                number = "-" if title.rstrip().endswith("{-}") else ""
                numbers.numbered(Heading(len(hashes), number, title, "1"), earlier.key, [])


def _everything(recipe: Recipe) -> str:
    """A text that shows all that a recipe makes."""
    kinds = {"facts": recipe.facts, "table": recipe.tables, "chart": recipe.charts, "statement": recipe.statements}
    lines = [f"::: {kind} {key}" for kind, held in kinds.items() for key in held]
    return "\n\n".join(lines)


def located(text: str, line: int, number: str, nth: int = 0) -> tuple[int, int]:
    """Where the nth such number of a line stands in the text, in UTF-16 units; (0, 0) where it can't be told.

    What stands in a reference or beside a source is passed over. "miljoner kronor" is taken whole: the unit is
    printed with the figure.
    """
    hidden = _OPAQUE.sub(lambda match: "\x00" * len(match[0]), text)
    begin = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
    pattern = re.compile(rf"(?<![\d,.]){re.escape(number)}(?![\d]|,\d)")
    matches = list(pattern.finditer(hidden, begin))
    if nth >= len(matches):
        return 0, 0
    start, end = matches[nth].span()
    if number.endswith(("miljoner", "tusen")):
        more = _MANY_KRONOR.match(hidden, end)
        end = more.end() if more else end
    return _units(text[:start]), _units(text[:end])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def bound(text: str, start: int, end: int, reference: str) -> str:
    """The text with a reference in the place of a number, whose place is given in UTF-16 units."""
    encoded = text.encode("utf-16-le")
    return (encoded[: start * 2] + reference.encode("utf-16-le") + encoded[end * 2 :]).decode("utf-16-le", "replace")
