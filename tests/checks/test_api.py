"""The audit from Python: one call, by file or by bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.small import RIGHT_SUM, WRONG_SUM
from uppsikt.checks import Unreadable, check_bytes, check_file


def test_a_file_is_checked_and_called_as_it_was_named(tmp_path: Path) -> None:
    report = tmp_path / "rapport.txt"
    report.write_text(WRONG_SUM, encoding="utf-8")
    outcome = check_file(report)
    assert outcome.path == report.as_posix()
    assert outcome.remarks[0].code == "K002"


def test_bytes_are_checked_as_the_file_they_came_from() -> None:
    assert check_bytes(WRONG_SUM.encode(), name="rapport.txt").remarks[0].code == "K002"
    assert check_bytes(RIGHT_SUM.encode(), name="rapport.txt").remarks == ()


def test_rules_are_chosen_by_code_by_beginning_and_by_name() -> None:
    data = WRONG_SUM.encode()
    assert {one.code for one in check_bytes(data, name="r", select=["K00"]).remarks} == {"K002"}
    assert check_bytes(data, name="r", ignore=["row-arithmetic"]).remarks == ()


def test_a_rule_that_is_none_is_said_and_chooses_nothing_in_silence() -> None:
    with pytest.raises(ValueError, match="K9X"):
        check_bytes(WRONG_SUM.encode(), name="r", select=["K9X"])


def test_a_mark_in_the_report_is_heeded() -> None:
    marked = WRONG_SUM.replace("-3 565         -45", "-3 565         -45   # noqa: K002 rounded")
    outcome = check_bytes(marked.encode(), name="r.txt")
    assert [one.remark.code for one in outcome.silenced] == ["K002"]
    assert outcome.remarks == ()


def test_what_is_no_report_is_unreadable_with_a_finding() -> None:
    with pytest.raises(Unreadable) as caught:
        check_bytes(b"%PDF-1.7 torn", name="r.pdf")
    assert caught.value.finding.code == "K090"
