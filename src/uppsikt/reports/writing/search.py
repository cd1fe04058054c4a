"""Figures found by words, and by the numbers that people type: what a writer picks references from.

An index holds every figure of a report's statements, its derived figures and the outside facts. It is made once
for as long as the data stand still, and asked at every key stroke.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from uppsikt.core.formats import DEFAULT_DECIMALS, Unit, View, rounded
from uppsikt.figures.model import Cell, RowStyle, StatementResult
from uppsikt.reports.citations import UNIT_BY_WORD
from uppsikt.reports.facts import Fact
from uppsikt.reports.handtyped import HandTyped, hand_typed_numbers
from uppsikt.reports.references import FACT_PREFIX, Reference, print_cell, print_number
from uppsikt.reports.resolver import Resolved
from uppsikt.reports.writing.stems import is_in_compound, is_same_word

_WORDS = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_EXACT, _BEGINS, _FORM, _HOLDS, _STEM = 5, 4, 3, 2, 1
_PER_CENT = ("%", "procent", "procentenheter")
_EARLIER = "foregaende"


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure that can be picked: what it is, where it stands, and its value."""

    address: str
    label: str
    where: str
    words: tuple[str, ...]  # of the figure itself
    rank: tuple[int, ...]
    cell: Cell = field(default_factory=Cell)
    view: View = field(default_factory=View)
    fact: Fact | None = None
    column: str = ""
    around: tuple[str, ...] = ()  # words of the statement it stands in

    @property
    def is_money(self) -> bool:
        """Whether it can be shown in kronor, thousands and millions."""
        return self.cell.amount_ore is not None


@dataclass(frozen=True, slots=True)
class Form:
    """How a picked figure is printed; `words` ("överskott/underskott") prints a word in its place."""

    unit: Unit | None = None
    decimals: int | None = None
    is_absolute: bool = False
    with_unit: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure as offered: its names, its value as it would print, and the reference to put in the text."""

    address: str
    label: str
    where: str
    shown: str
    reference: str


class FigureIndex:
    """Every figure there is to pick, by words and by value."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_money: dict[tuple[Unit, int], dict[Decimal, list[Entry]]] = {}

    def search(self, query: str, form: Form, limit: int = 12) -> tuple[list[Hit], int]:
        """The figures that every word of the query fits, the best first, and how many there are in all."""
        # a reference that is typed by hand finds what it refers to
        wanted = words_of(query.partition("|")[0])
        scored = ((_score(wanted, entry), entry) for entry in self.entries)
        fitting = [(-score, entry.rank, entry) for score, entry in scored if score or not wanted]
        fitting.sort(key=lambda one: one[:2])
        hits = [hit_of(entry, form) for _, _, entry in fitting[:limit]]
        number = None if hits else next(hand_typed_numbers(query), None)
        by_value = self.agreeing(number, query, limit) if number else hits
        return by_value, len(fitting) or len(by_value)

    def agreeing(self, typed: HandTyped, context: str = "", limit: int = 4) -> list[Hit]:
        """The figures that print as a number typed by hand; those whose names stand around it first."""
        around = set(words_of(context))
        found = list(self._agreeing(typed))
        found.sort(key=lambda one: (one[0].fact is not None, -_named(one[0], around), one[0].rank))
        # the same figure stands in several statements: the report's own is enough
        once = {(entry.label, entry.column): (entry, form) for entry, form in reversed(found)}
        kept = [one for one in found if once[one[0].label, one[0].column][0] is one[0]]
        return [hit_of(entry, form) for entry, form in kept[:limit]]

    def _agreeing(self, typed: HandTyped) -> Iterator[tuple[Entry, Form]]:
        if not typed.size:
            return
        decimals = _decimals(typed.size)
        unit = UNIT_BY_WORD.get(typed.unit.lower())
        if typed.unit.lower() in _PER_CENT:
            yield from ((entry, _share_form(decimals)) for entry in self._shares(typed.size, decimals))
        elif unit or not typed.unit:
            for asked in [unit] if unit else [Unit.TKR] if not decimals else [Unit.MNKR]:
                for entry in self._money(asked, decimals).get(typed.size, []):
                    yield entry, _money_form(entry, typed, asked, decimals)
        for entry in self.entries:
            if entry.fact and entry.fact.number is not None and abs(entry.fact.number) == typed.size:
                yield entry, _fact_form(entry.fact.number, entry.fact.decimals, typed, decimals)

    def _money(self, unit: Unit, decimals: int) -> dict[Decimal, list[Entry]]:
        if (unit, decimals) not in self._by_money and decimals <= 3:
            by_value: dict[Decimal, list[Entry]] = defaultdict(list)
            for entry in self.entries:
                if entry.cell.amount_ore is not None:
                    by_value[abs(rounded(entry.cell.amount_ore, unit, decimals))].append(entry)
            self._by_money[unit, decimals] = by_value
        return self._by_money.get((unit, decimals), {})

    def _shares(self, size: Decimal, decimals: int) -> Iterator[Entry]:
        for entry in self.entries:
            share = entry.cell.share
            if share is not None and abs(round(share * 100, decimals)) == size:
                yield entry

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address there is."""
        return frozenset(entry.address for entry in self.entries)


def entries_of(
    statements: Sequence[StatementResult], derived: Sequence[Resolved], facts: Iterable[Fact], round_key: str
) -> list[Entry]:
    """What there is to pick, in this order: the statements, the report's own figures, the outside facts."""
    entries: list[Entry] = []
    for number, statement in enumerate(statements):
        entries += _of_statement(number, statement, round_key)
    for number, figure in enumerate(derived):
        words = tuple(words_of(f"{figure.label} {figure.address}"))
        rank = (0, len(statements), number)
        entries.append(Entry(figure.address, figure.label, figure.about, words, rank, figure.cell, figure.view))
    for number, fact in enumerate(facts):
        words = tuple(words_of(f"{fact.label} {fact.key} {fact.period} {fact.source} {fact.value}"))
        where = ", ".join(filter(None, [fact.origin, fact.period]))
        rank = (0, len(statements) + 1, number)
        entries.append(Entry(f"{FACT_PREFIX}{fact.key}", fact.label, where, words, rank, fact=fact))
    return entries


def _of_statement(number: int, statement: StatementResult, round_key: str) -> Iterator[Entry]:
    title = str(statement.title)
    if statement.unit_name and statement.unit_name not in title:
        title = f"{title}: {statement.unit_name}"
    around = tuple(words_of(f"{title} {statement.key} {statement.parameters.unit or ''}"))
    for row_number, row in enumerate(statement.rows):
        for column_number, column in enumerate(statement.columns):
            cell = statement.cell(row.key, column.key)
            if cell.is_absent:
                continue
            address = statement.address(row.key, column.key).removesuffix(f"@{round_key}")
            words = tuple(words_of(f"{row.label} {row.key} {column.label} {column.key}"))
            rank = (_EARLIER in column.key, number, row.style is not RowStyle.TOTAL, row_number, column_number)
            where = f"{title} · {column.label}"
            order = tuple(map(int, rank))
            yield Entry(address, str(row.label), where, words, order, cell, statement.view, None, column.key, around)


def words_of(text: str) -> list[str]:
    """The words of a text without capitals and accents: "Intäkter, å" is intakter, a."""
    return _WORDS.findall(unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode())


def _score(wanted: Sequence[str], entry: Entry) -> int:
    scores = [_best(word, entry.words) or _STEM * bool(_best(word, entry.around)) for word in wanted]
    return sum(scores) if all(scores) else 0


def _best(word: str, held: Sequence[str]) -> int:
    return max((_fit(word, one) for one in held), default=0)


def _fit(word: str, held: str) -> int:
    if word == held:
        return _EXACT
    if held.startswith(word):
        return _BEGINS
    if is_same_word(word, held):
        return _FORM
    if len(word) > 2 and word in held:
        return _HOLDS
    return _STEM if is_in_compound(word, held) else 0


def _named(entry: Entry, around: set[str]) -> int:
    return sum(any(_fit(word, held) for held in around) for word in words_of(entry.label))


def hit_of(entry: Entry, form: Form) -> Hit:
    """An entry in a form: the money's unit is for money, the word for what has a sign."""
    return Hit(entry.address, entry.label, entry.where, _shown(entry, form), reference_text(entry, form))


def _shown(entry: Entry, form: Form) -> str:
    reference = Reference(entry.address, form.unit, form.decimals, is_absolute=form.is_absolute, with_unit=True)
    if entry.fact is None:
        return print_cell(reference, entry.cell, entry.view).text
    fact = entry.fact
    return fact.value if fact.number is None else print_number(reference, fact.number, fact.unit, fact.decimals).text


def reference_text(entry: Entry, form: Form) -> str:
    """What is written in the text: `{{ address | mnkr abs unit }}`."""
    if form.words and (entry.fact is None or entry.fact.number is not None):
        return f"{{{{ {entry.address} | word: {form.words} }}}}"
    unit = form.unit.value if form.unit and entry.is_money else ""
    has_unit = form.with_unit and (entry.is_money or bool(entry.fact and entry.fact.unit))
    decimals = "" if form.decimals is None else str(form.decimals)
    is_number = entry.fact is None or entry.fact.number is not None
    options = [unit, decimals, "abs" if form.is_absolute and is_number else "", "unit" if has_unit else ""]
    inside = " ".join(filter(None, options))
    return f"{{{{ {entry.address} | {inside} }}}}" if inside else f"{{{{ {entry.address} }}}}"


def _money_form(entry: Entry, typed: HandTyped, unit: Unit, decimals: int) -> Form:
    is_negative = entry.view.value(entry.cell.amount_ore or 0) < 0
    own = entry.view.decimals if unit is entry.view.unit else DEFAULT_DECIMALS[unit]
    return Form(
        unit,
        decimals if decimals != own else None,
        is_absolute=is_negative and typed.value > 0,
        with_unit=bool(typed.unit),
    )


def _fact_form(number: Decimal, own: int, typed: HandTyped, decimals: int) -> Form:
    is_absolute = number < 0 < typed.value
    return Form(None, decimals if decimals != own else None, is_absolute, with_unit=bool(typed.unit))


def _share_form(decimals: int) -> Form:
    return Form(decimals=decimals if decimals != 1 else None)


def _decimals(size: Decimal) -> int:
    exponent = size.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
