"""Taking back the budget that a reorganisation moved, when it is annulled. Pure.

What it moved is the net of its entries in the journal: those of the kind reorganisation that bear its decision,
and those that have gone back already by the decision that annulled it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from uppsikt.coding.events import Reorganisation
from uppsikt.consequences.transfer import Cell, budget_rows
from uppsikt.core.language import say
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.planning.selectors import EntryRow

_LONGEST_ADDED = 20  # what is written after the name in an entry's text


def entries_of(
    own: Reorganisation, known: Sequence[Reorganisation], entries: Iterable[EntryRow], annulling: str = ""
) -> list[EntryRow]:
    """The entries of a reorganisation's budget, there and back. `known` are all reorganisations, itself too.

    `annulling` is the decision that is about to annul it: money may have gone back by it already.
    Where one decision stands behind several, the entries are told apart by the name in their text; one that
    names none of them is nobody's then, as it can't be known whose it is.
    """
    decisions = {own.decision, annulling or own.decision} | {
        other.annulment.decision
        for other in known
        if other.annulment and (other.decision, other.name) == (own.decision, own.name)
    }
    names = {own.name} | {other.name for other in known if not decisions.isdisjoint(_decisions(other))}
    return [
        entry
        for entry in entries
        if entry.kind is BudgetKind.REORGANISATION
        and entry.decision_reference in decisions
        and _name_in(entry.text, names) == own.name
    ]


def _decisions(own: Reorganisation) -> set[str]:
    return {own.decision} | ({own.annulment.decision} if own.annulment else set())


def _name_in(text: str, names: set[str]) -> str:
    if len(names) == 1:
        return next(iter(names))
    stems = {name[: TEXT_LENGTH - _LONGEST_ADDED]: name for name in names}
    fitting = [stem for stem in stems if text in (stem, stems[stem]) or text.startswith((f"{stem}, ", f"{stem} ("))]
    return stems[max(fitting, key=len)] if fitting else ""


def returning(
    own: Reorganisation, moved: Mapping[Cell, int], *, decision: str, decided_on: date, held: Counter[int]
) -> list[BudgetRow]:
    """The exact counter-entry of what was moved, one a year. `held`: how many the decision has in each year."""
    stem = f"{own.name[: TEXT_LENGTH - _LONGEST_ADDED]} {say('(upphävd)', '(annulled)')}"
    rows: list[BudgetRow] = []
    for year in sorted({period // 100 for period, _ in moved}):
        text = f"{stem}, {held[year] + 1}" if held[year] else stem
        back = {cell: -ore for cell, ore in sorted(moved.items()) if cell[0] // 100 == year}
        rows += budget_rows(back, decision=decision, decided_on=decided_on, text=text)
    return rows
