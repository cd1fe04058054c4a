"""Tables understood together: what a heading means in one table of a report it means in the others."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.checks.arithmetic import Linear
from uppsikt.checks.document import Table
from uppsikt.checks.tables.roles import Kind
from uppsikt.checks.tables.understood import Understood

Shape = tuple[Kind, tuple[tuple[Kind, int], ...]]  # what a variance is made of: (forecast, +), (budget, −)


def understood_together(tables: Sequence[Table]) -> tuple[Understood, ...]:
    """The tables with their structure; a variance that a table's own figures leave open is read as elsewhere."""
    understood = tuple(Understood(table) for table in tables)
    usual = {shape for one in understood for relation in one.relations for shape in _shape(one, relation.relation)}
    for one in understood:
        if any(_shape(one, proof.relation) for proof in one.relations):
            continue  # its own figures say what its variance is; another variance is of something else
        known = {index for proof in one.relations for index in proof.relation.indices}
        for index, column in enumerate(one.columns):
            if column.kind is Kind.VARIANCE and index not in known:
                one.supposed += tuple(_supposed(one, index, usual))
    return understood


def _shape(table: Understood, relation: Linear) -> list[Shape]:
    kinds = [(table.columns[index].kind, sign) for index, sign in relation.terms]
    if table.columns[relation.target].kind is not Kind.VARIANCE or len(kinds) != 2:
        return []
    return [(Kind.VARIANCE, tuple(sorted(kinds)))]


def _supposed(table: Understood, target: int, usual: set[Shape]) -> list[Linear]:
    """The relation that columns before the variance make in the usual way, if just one does."""
    made = []
    for shape in sorted(usual):
        terms = []
        for kind, sign in shape[1]:
            places = [index for index, column in enumerate(table.columns[:target]) if column.kind is kind]
            if places:
                terms.append((places[-1], sign))
        if len(terms) == 2 and terms[0][0] != terms[1][0]:
            made.append(Linear(target, tuple(sorted(terms))))
    return made if len(made) == 1 else []
