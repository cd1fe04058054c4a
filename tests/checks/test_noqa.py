"""Heeding marks: what they name is silenced where they stand, what they don't is said, idle ones are told."""

import pytest

from tests.checks.small import RIGHT_SUM, WRONG_SUM, outcome
from uppsikt.checks.outcome import SilencedBy
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.running import outcome_of


def codes(text: str) -> list[str]:
    return [said.code for said in outcome(text).remarks]


@pytest.mark.parametrize("mark", ["# noqa", "# noqa: K002", "# noqa: K00", "<!-- noqa: row-arithmetic -->"])
def test_a_mark_on_the_line_silences_the_rule_it_names(mark: str) -> None:
    marked = outcome(WRONG_SUM.replace("-45\n", f"-45  {mark}\n"))
    assert marked.remarks == ()
    assert [(one.remark.code, one.by) for one in marked.silenced] == [("K002", SilencedBy.MARK)]


def test_a_mark_for_another_rule_silences_nothing_and_is_told() -> None:
    assert codes(WRONG_SUM.replace("-45\n", "-45  # noqa: K044\n")) == ["K002", "K091"]


def test_a_mark_on_another_line_silences_nothing() -> None:
    assert codes(WRONG_SUM.replace(" 5\n", " 5  # noqa: K002\n")) == ["K002", "K091"]


def test_a_mark_for_the_file_silences_everywhere() -> None:
    assert codes("<!-- noqa-file: K002 -->\n" + WRONG_SUM) == []


def test_an_idle_mark_in_a_right_report_is_a_note() -> None:
    told = outcome(RIGHT_SUM.replace("-45\n", "-45  # noqa: K001, K002\n")).remarks
    assert [(one.code, one.finding.facts["codes"]) for one in told] == [("K091", ": K001, K002")]


def test_a_mark_for_a_rule_that_was_not_run_is_not_judged() -> None:
    document = read_bytes(RIGHT_SUM.replace("-45\n", "-45  # noqa: K002\n").encode(), source="r.txt")
    assert outcome_of(document, "r.txt", ignore=["K002"]).remarks == ()
    assert outcome_of(document, "r.txt", select=["K04"]).remarks == ()
    assert [one.code for one in outcome_of(document, "r.txt").remarks] == ["K091"]


def test_a_rule_that_does_not_exist_is_always_idle() -> None:
    assert codes(RIGHT_SUM.replace("-45\n", "-45  # noqa: K999\n")) == ["K091"]
