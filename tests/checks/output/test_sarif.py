"""SARIF 2.1.0: the shape the standard demands, level, region and suppression as readers of it expect."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.checks.small import WRONG_SUM, outcome, typeset
from uppsikt.checks.output.sarif import as_sarif, uri_of
from uppsikt.checks.reading import Unreadable, read_bytes
from uppsikt.checks.remarks import Related
from uppsikt.checks.running import outcome_of
from uppsikt.core.language import Text

MARKED = WRONG_SUM.replace("-45\n", "-45  # noqa: K002\n")


def run_of(*texts: str) -> dict[str, Any]:
    whole = json.loads(as_sarif([outcome(text) for text in texts]))
    assert whole["version"] == "2.1.0"
    assert whole["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = whole["runs"]
    return dict(run)


def test_every_result_leads_to_its_rule() -> None:
    run = run_of(WRONG_SUM, MARKED)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["K002", "K002"]
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["name"].isalnum()


def test_a_region_is_in_code_points_from_one_and_its_snippet_holds_the_figure() -> None:
    run = run_of(WRONG_SUM)
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    region = place["region"]
    assert (region["startLine"], region["startColumn"]) == (7, 56)
    assert region["snippet"]["text"][region["startColumn"] - 1 : region["endColumn"] - 1] == "-3 565"
    assert place["artifactLocation"] == {"uri": "rapport.txt", "index": 0}


def test_levels_ranks_and_fingerprints_are_in_range() -> None:
    result = run_of(WRONG_SUM)["results"][0]
    assert result["level"] == "error"
    assert 0 <= result["rank"] <= 100
    assert set(result["partialFingerprints"]) == {"uppsikt/v1"}
    assert "−3\u202f510" in result["message"]["text"] or "3\u202f510" in result["message"]["text"]


def test_what_was_silenced_is_suppressed_in_source() -> None:
    assert run_of(MARKED)["results"][0]["suppressions"] == [{"kind": "inSource"}]
    assert "suppressions" not in run_of(WRONG_SUM)["results"][0]


def test_no_related_place_is_told_twice() -> None:
    one = outcome()
    (said,) = one.remarks
    twice = replace(said, related=(Related(said.spans[0], Text("här", "here")),) * 2)
    result = json.loads(as_sarif([replace(one, remarks=(twice,))]))["runs"][0]["results"][0]
    assert [place["message"]["text"] for place in result["relatedLocations"]] == ["här"]


def test_a_pdfs_page_is_a_logical_location() -> None:
    checked = outcome_of(read_bytes(typeset(), source="r.pdf"), "r.pdf")
    location = json.loads(as_sarif([checked]))["runs"][0]["results"][0]["locations"][0]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "page/1"
    assert location["properties"]["box"]["page"] == 1


def test_a_file_that_cannot_be_read_is_a_notification_of_a_run_that_failed() -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(b"", source="tom.pdf")
    (invocation,) = json.loads(as_sarif([], [refused.value.finding]))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["descriptor"] == {"id": "K090"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a/b.txt", "a/b.txt"), ("delår 2.pdf", "del%C3%A5r%202.pdf"), ("/x/å.txt", "file:///x/%C3%A5.txt")],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    assert uri_of(path) == uri
