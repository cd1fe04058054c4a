"""The audit from Python: one call, by file or by bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.small import RIGHT_SUM, WRONG_SUM
from uppsikt import checks
from uppsikt.checks import Unreadable, check_bytes, check_file
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.remarks import Remark
from uppsikt.web.checks import answers
from uppsikt.web.checks.looking import MAX_BYTES


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


def test_every_name_and_every_address_is_in_the_reference() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "check-api.md").read_text(encoding="utf-8")
    attributes = [*Outcome.__dataclass_fields__, "count", "reaches", "limited_to"]
    attributes += ["code", "severity", *(name for name in Remark.__dataclass_fields__ if name != "finding")]
    statuses = [value for name, value in vars(answers).items() if name.isupper() and isinstance(value, int)]
    lacking = [name for name in [*checks.__all__, *attributes] if f"`{name}" not in page]
    lacking += [str(status) for status in statuses if 400 <= status < 600 and f"| {status} |" not in page]
    lacking += [form for form in answers._WRITERS if f"POST /granska/svar.{form}" not in page]
    assert lacking == []
    assert f"{MAX_BYTES // 1024 // 1024} MB" in page
