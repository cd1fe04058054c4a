"""JSON holds everything: place, box, the sum's terms as exact decimals, what was silenced and why."""

import json

from tests.checks.small import WRONG_SUM, outcome, typeset
from uppsikt.checks.output.json_ import as_json
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.running import outcome_of


def test_a_remark_is_told_with_place_and_sum() -> None:
    whole = json.loads(as_json([outcome()]))
    (remark,) = whole["files"][0]["remarks"]
    assert whole["summary"] == {"error": 1, "warning": 0, "note": 0, "silenced": 0}
    assert (remark["code"], remark["name"], remark["severity"]) == ("K002", "row-arithmetic", "error")
    place = remark["places"][0]
    assert (place["line"], place["column"], place["text"]) == (7, 56, "-3 565")
    assert place["line_text"][place["column"] - 1 : place["end_column"] - 1] == place["text"]
    assert place["box"] is None
    assert remark["sum"]["difference"] == "10"


def test_what_was_silenced_is_told_with_its_reason() -> None:
    whole = json.loads(as_json([outcome(WRONG_SUM.replace("-45\n", "-45  # noqa: K002\n"))]))
    assert [one["silenced_by"] for one in whole["files"][0]["remarks"]] == ["mark"]
    assert whole["summary"]["silenced"] == 1


def test_a_pdfs_places_have_page_and_box() -> None:
    checked = outcome_of(read_bytes(typeset(), source="r.pdf"), "r.pdf")
    place = json.loads(as_json([checked]))["files"][0]["remarks"][0]["places"][0]
    assert place["page"] == 1
    box = place["box"]
    assert 250 < box["left"] < box["right"] < 460
    assert 40 < box["top"] < box["bottom"] < 200
