"""What an edition shows, and so who may read it.

A report belongs to a unit, but its figures may be of others: a table of the whole committee in a department's
report. Whoever reads the edition reads them all, so they must be allowed to, until the edition is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from uppsikt.audit.actors import WHOLE, Actor, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.reach import shown_units
from uppsikt.reports.claims import told_of
from uppsikt.reports.document import Document
from uppsikt.reports.selectors import EditionRow, definitions_with, local_statements


def units_shown(document: Document, findings: Iterable[Finding]) -> list[str]:
    """The units whose figures a document was read from, wherever they stand; "*" is the whole municipality.

    Whoever reads an edition reads what was found when it was built, and so the figures in `findings` too. Outside
    facts are nobody's. A statement that isn't known any more is taken to show everything.
    """
    definitions = definitions_with(local_statements())
    units = (_units(definitions.get(statement), unit) for statement, unit in {*document.asked, *told_of(findings)})
    return sorted({code for found in units for code in found})


def _units(definition: StatementDefinition | None, unit: str) -> list[str]:
    return (shown_units(definition, unit) if definition else []) or [WHOLE]


def may_read(actor: Actor, edition: EditionRow, as_of: date) -> bool:
    """Whether the actor reads an edition: published ones whoever reads anything, others whoever reads all of it."""
    if edition.is_published:
        return actor.is_local or any(may(actor, Verb.READ, [grant.unit], as_of) for grant in actor.grants)
    return reads_all(actor, edition, as_of)


def reads_all(actor: Actor, edition: EditionRow, as_of: date) -> bool:
    """Whether the actor reads the edition's unit and every unit whose figures it shows, at its cut-off."""
    cut_off = date.fromisoformat(str(edition.metadata["cut_off"]))
    paths = [_path(edition.unit, as_of), *(_path(unit, cut_off) for unit in edition.shows)]
    return all(may(actor, Verb.READ, path, as_of) for path in paths)


def _path(unit: str, on: date) -> list[str]:
    return code_plan().path("unit", unit, on) if unit not in ("", WHOLE) else []


def readable(actor: Actor, editions: Iterable[EditionRow], as_of: date) -> list[EditionRow]:
    """Those of the editions that the actor reads."""
    return [edition for edition in editions if may_read(actor, edition, as_of)]
