"""For programs: everything that is known about each remark, in one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from uppsikt.checks.baseline import fingerprint
from uppsikt.checks.document import Document, Span
from uppsikt.checks.outcome import Outcome, name_of
from uppsikt.checks.remarks import Remark, Sum, Term
from uppsikt.core.findings import Finding, Severity

FORMAT = 1


def as_json(outcomes: Sequence[Outcome], findings: Sequence[Finding] = ()) -> str:
    """The outcomes as JSON text; `findings` are about files that couldn't be read.

    Lines and columns are from 1, boxes in points from the page's top left corner.
    """
    whole = {
        "format": FORMAT,
        "files": [file_json(one) for one in outcomes],
        "findings": [finding.as_json() for finding in findings],
        "summary": {
            **{str(severity): sum(one.count(severity) for one in outcomes) for severity in Severity},
            "silenced": sum(len(one.silenced) for one in outcomes),
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def file_json(outcome: Outcome) -> dict[str, object]:
    """One file's remarks, the silenced ones marked by who silenced them."""
    document = outcome.document
    shown = [{**remark_json(said, document), "silenced_by": None} for said in outcome.remarks]
    silenced = [{**remark_json(one.remark, document), "silenced_by": str(one.by)} for one in outcome.silenced]
    return {"path": outcome.path, "kind": document.kind, "pages": document.pages, "remarks": shown + silenced}


def remark_json(said: Remark, document: Document) -> dict[str, object]:
    """One remark."""
    finding = said.finding.as_json()
    return {
        "code": said.code,
        "name": name_of(said.code),
        "severity": str(said.severity),
        "confidence": round(said.confidence, 3),
        "says": finding["says"],
        "do": finding["do"],
        "facts": finding["facts"],
        "places": [place_json(span, document) for span in said.spans],
        "sum": sum_json(said.sum, document) if said.sum else None,
        "related": [{"says": str(one.says), **place_json(one.span, document)} for one in said.related],
        "fingerprint": fingerprint(said, document),
    }


def place_json(span: Span, document: Document) -> dict[str, object]:
    """A place as page, line, columns, text, and box where positions are known."""
    line = document.line(span.line)
    box = line.box(span.start, span.end)
    return {
        "page": line.page or None,
        "line": span.line,
        "column": span.start + 1,
        "end_column": span.end + 1,
        "text": document.text_at(span),
        "line_text": line.text,
        "box": {key: round(value, 2) for key, value in asdict(box).items()} if box else None,
    }


def sum_json(shown: Sum, document: Document) -> dict[str, object]:
    """The arithmetic: decimals as text, so that no reader rounds them."""
    return {
        "says": str(shown),
        "unit": str(shown.unit) if shown.unit else None,
        "terms": [_term(term, document) for term in shown.terms],
        "printed": _term(shown.printed, document),
        "computed": str(shown.computed),
        "difference": str(shown.difference),
    }


def _term(term: Term, document: Document) -> dict[str, object]:
    place = place_json(term.span, document) if term.span else None
    return {"label": term.label, "value": str(term.value), "place": place}
