"""Heeding the marks in a report (`marks.py`): what they silence, and which of them silence nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from uppsikt.checks.audit import Audit
from uppsikt.checks.document import Document, Mark, Span
from uppsikt.checks.outcome import Outcome, Silenced, SilencedBy, name_of, ranked
from uppsikt.checks.registry import CHECKS
from uppsikt.checks.remarks import Remark, remark
from uppsikt.core.findings import Severity, define

UNUSED = define(
    "K091",
    Severity.NOTE,
    says_sv="Märket noqa{codes} tystar ingenting.",
    says_en="The mark noqa{codes} silences nothing.",
    do_sv="Ta bort märket, eller de koder som inte behövs.",
    do_en="Remove the mark, or the codes it doesn't need.",
    codes=": K001",
)


def heed(path: str, audit: Audit, *, ran: Collection[str] = CHECKS.keys()) -> Outcome:
    """Silence what the document's marks silence; a mark (or a code of one) without use is a remark itself.

    `ran` are the codes of the rules that were run: what a mark says of others can't be judged.
    """
    document = audit.document
    kept: list[Remark] = []
    silenced: list[Silenced] = []
    used: set[tuple[Mark, str]] = set()
    for said in audit.remarks:
        reasons = {(mark, code) for mark in document.marks for code in _silencing(mark, said)}
        used |= reasons
        if reasons:
            silenced.append(Silenced(said, SilencedBy.MARK))
        else:
            kept.append(said)
    for mark in document.marks:
        idle = [code for code in mark.codes or ("",) if (mark, code) not in used and _was_run(code, ran)]
        if idle:
            kept.append(_unused(mark, document, idle))
    return Outcome(path, document, ranked(kept), tuple(silenced))


def _silencing(mark: Mark, said: Remark) -> tuple[str, ...]:
    """The mark's codes that silence a remark; "" stands for a mark without codes."""
    if mark.line and all(span.line != mark.line for span in said.spans):
        return ()
    if not mark.codes:
        return ("",)
    return tuple(code for code in mark.codes if said.code.startswith(code) or name_of(said.code) == code)


def _was_run(code: str, ran: Collection[str]) -> bool:
    """Whether every rule that a mark's code stands for was run; an unknown code is always without use."""
    return all(one in ran for one in CHECKS if one.startswith(code) or name_of(one) == code)


def _unused(mark: Mark, document: Document, idle: Sequence[str]) -> Remark:
    codes = ", ".join(code for code in idle if code)
    at = min(max(mark.at, 1), len(document.lines))
    span = Span(at, 0, len(document.line(at).text))
    return remark(UNUSED, [span], codes=f": {codes}" if codes else "")
