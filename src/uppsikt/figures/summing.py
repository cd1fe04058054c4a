"""Getting a question about a whole statement ready: its small relations, its text, its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from uppsikt.figures.membership import Membership
from uppsikt.figures.questions import question
from uppsikt.figures.tables import install

if TYPE_CHECKING:
    from uppsikt.figures.engine import Engine


def prepared(
    engine: Engine, cursor: duckdb.DuckDBPyConnection, membership: Membership, name: str
) -> tuple[str, dict[str, object]]:
    """The text and the values of a question built on summed.sql, with its relations made for the cursor."""
    late = max(membership.dimensions, key=lambda dimension: len(membership.atoms[dimension].codes))
    ranges = {own: span for own, span in membership.ranges.items() if own != late}
    installed = install(cursor, membership)
    values = dict(installed.values)
    for dimension, span in ranges.items():
        values |= {f"first_{dimension}": span.first, f"last_{dimension}": span.last}
        values[f"atom_{dimension}"] = span.atom
    days = membership.known_days
    values |= {f"known_{number}": day for number, day in enumerate(days)}
    cuts = installed.cuts
    if cuts:
        engine.take_out(cursor, {f"split_{dimension}": values[f"split_{dimension}"] for dimension, _ in cuts})
    sql = question(name, membership.dimensions, late=late, ranged=tuple(ranges), known=len(days), cuts=cuts)
    return sql, values
