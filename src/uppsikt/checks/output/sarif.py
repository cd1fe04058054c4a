"""SARIF 2.1.0 (OASIS), for code review tools and pipelines that collect findings from many checkers.

What SARIF has no field for (page, box on the page, the sum) stands in `properties`. A PDF has no lines of
its own: its regions are lines of the text as it was read, and the page is a logical location.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

import uppsikt
from uppsikt.checks.baseline import fingerprint
from uppsikt.checks.document import Document, Span
from uppsikt.checks.outcome import Outcome, SilencedBy, name_of
from uppsikt.checks.output.json_ import place_json, sum_json
from uppsikt.checks.registry import CHECKS
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import CATALOGUE, Finding, has_errors
from uppsikt.core.language import current_language

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KINDS = {SilencedBy.MARK: "inSource", SilencedBy.BASELINE: "external"}
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "text": "text/plain",
}


def as_sarif(outcomes: Sequence[Outcome], findings: Sequence[Finding] = ()) -> str:
    """The outcomes as one SARIF run; `findings`, about files that couldn't be read, are notifications of it."""
    said = [remark for one in outcomes for remark in (*one.remarks, *(own.remark for own in one.silenced))]
    codes = sorted({*CHECKS, *(remark.code for remark in said)})
    run = {
        "tool": {"driver": _driver(codes)},
        "invocations": [
            {
                "executionSuccessful": not has_errors(findings),
                "toolExecutionNotifications": [_notification(finding) for finding in findings],
            }
        ],
        "language": "en-US" if current_language() == "en" else "sv-SE",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(one) for one in outcomes],
        "results": [result for index, one in enumerate(outcomes) for result in _results(one, index, codes)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _driver(codes: Iterable[str]) -> dict[str, object]:
    return {
        "name": "uppsikt check",
        "semanticVersion": uppsikt.__version__,
        "rules": [_rule(code) for code in codes],
    }


def _rule(code: str) -> dict[str, object]:
    rule = CATALOGUE[code]
    example = Finding(code, facts=rule.sample)
    why = str(CHECKS[code].why) if code in CHECKS else example.says
    return {
        "id": code,
        "name": _pascal(name_of(code)),
        "shortDescription": {"text": name_of(code).replace("-", " ")},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} {example.do}"},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _notification(finding: Finding) -> dict[str, object]:
    return {
        "descriptor": {"id": finding.code},
        "level": str(finding.severity),
        "message": {"text": f"{finding.says} {finding.do}"},
    }


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _artifact(outcome: Outcome) -> dict[str, object]:
    return {"location": {"uri": uri_of(outcome.path)}, "mimeType": _MEDIA[outcome.document.kind]}


def uri_of(path: str) -> str:
    """A path as the URI reference SARIF wants: forward slashes, absolute paths as file URIs."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _results(outcome: Outcome, index: int, codes: Sequence[str]) -> Iterable[dict[str, object]]:
    for said in outcome.remarks:
        yield _result(said, outcome, index, codes)
    for one in outcome.silenced:
        yield _result(one.remark, outcome, index, codes) | {"suppressions": [{"kind": _KINDS[one.by]}]}


def _result(said: Remark, outcome: Outcome, index: int, codes: Sequence[str]) -> dict[str, object]:
    document = outcome.document
    properties: dict[str, object] = {"confidence": round(said.confidence, 3)}
    if said.sum is not None:
        properties["sum"] = sum_json(said.sum, document)
    shown = f" {said.sum}." if said.sum else ""
    return {
        "ruleId": said.code,
        "ruleIndex": codes.index(said.code),
        "level": str(said.severity),
        "message": {"text": f"{said.finding.says}{shown} {said.finding.do}"},
        "locations": [_location(said.spans[0], outcome, index)],
        "relatedLocations": list(_related(said, outcome, index)),
        "partialFingerprints": {"uppsikt/v1": fingerprint(said, document)},
        "rank": round(said.confidence * 100, 1),
        "properties": properties,
    }


def _related(said: Remark, outcome: Outcome, index: int) -> Iterator[dict[str, object]]:
    """The remark's other places; the standard wants each once."""
    told: list[dict[str, object]] = []
    for span in said.spans[1:]:
        told.append(_location(span, outcome, index))
    for one in said.related:
        told.append(_location(one.span, outcome, index) | {"message": {"text": str(one.says)}})
    yield from (one for at, one in enumerate(told) if one not in told[:at])


def _location(span: Span, outcome: Outcome, index: int) -> dict[str, object]:
    document: Document = outcome.document
    place = place_json(span, document)
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri_of(outcome.path), "index": index},
            "region": {
                "startLine": span.line,
                "startColumn": span.start + 1,
                "endColumn": max(span.end, span.start) + 1,
                "snippet": {"text": document.line(span.line).text},
            },
        }
    }
    if place["box"]:
        page = document.line(span.line).page
        location["logicalLocations"] = [{"name": str(page), "fullyQualifiedName": f"page/{page}", "kind": "page"}]
        location["properties"] = {"page": page, "box": place["box"]}
    return location
