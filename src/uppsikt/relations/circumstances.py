"""What a question is about: its round, its statement, its day; checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from uppsikt.coding.selectors import reorganisation
from uppsikt.core.findings import NotFound, found
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.model import RoundFacts
from uppsikt.planning import selectors as planning
from uppsikt.planning.rounds import RoundRow
from uppsikt.relations.findings import NO_ROUND, NO_STATEMENT
from uppsikt.reports.selectors import definitions_with, local_statements


def rounds() -> list[RoundRow]:
    """All rounds, the latest cut-off first."""
    return list(reversed(planning.rounds()))


def round_facts(key: str) -> RoundFacts:
    """A round and the ones before it, as statements need them; raises `NotFound`."""
    by_key = {row.key: row for row in planning.rounds()}
    if key not in by_key:
        raise NotFound(found(NO_ROUND, round=key, known=", ".join(by_key)))
    return _facts(by_key[key], by_key)


def _facts(row: RoundRow, by_key: Mapping[str, RoundRow]) -> RoundFacts:
    before = by_key.get(row.previous_key or "")
    return RoundFacts(row.key, row.name, row.year, row.cut_off, _facts(before, by_key) if before else None)


def definitions() -> dict[str, StatementDefinition]:
    """All statements by key: local ones (rows in the database) stand before shipped ones."""
    return definitions_with(local_statements())


def definition(key: str) -> StatementDefinition:
    """One statement's definition; raises `NotFound`."""
    known = definitions()
    if key not in known:
        raise NotFound(found(NO_STATEMENT, statement=key, known=", ".join(sorted(known))))
    return known[key]


def structure_day(asked: date | None, draft: str | None) -> date | None:
    """The day whose structure to show: with a draft and no day asked for the draft's last; None is as it was.

    As it was, a draft has nothing to show: no money has stood on what it opens. Raises `NotFound`.
    """
    days = reorganisation(draft).days if draft and not asked else ()
    return days[-1] if days else asked
