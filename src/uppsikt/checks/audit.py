"""The one call that everything goes through: run the rules on a document, rank what they said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.checks import rules as _rules  # noqa: F401  (importing registers every rule)
from uppsikt.checks.document import Document
from uppsikt.checks.registry import chosen
from uppsikt.checks.remarks import Remark
from uppsikt.checks.report import Report


@dataclass(frozen=True, slots=True)
class Audit:
    """What was read and what was said about it, errors first."""

    document: Document
    remarks: tuple[Remark, ...]


def check(document: Document, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Audit:
    """Run the chosen rules on a document; `select` and `ignore` are code prefixes or rule names."""
    report = Report(document)
    remarks = [said for one in chosen(select, ignore) for said in one.run(report)]
    return Audit(document, tuple(sorted(remarks, key=lambda said: said.rank)))
