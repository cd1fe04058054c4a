"""The baseline: what is known is silent wherever it has moved, what is new or changed is said."""

from pathlib import Path

import pytest

from tests.checks.small import RIGHT_SUM, WRONG_SUM, outcome
from uppsikt.checks.baseline import Entry, NotABaseline, entries_of, less_known, read_baseline, write_baseline
from uppsikt.checks.outcome import SilencedBy


def known() -> tuple[Entry, ...]:
    return entries_of([outcome()])


def test_what_was_known_is_silent_after_pages_were_added_before_it() -> None:
    left, stale = less_known(outcome("Inledande text som är ny.\n\n" + WRONG_SUM), known())
    assert left.remarks == ()
    assert [one.by for one in left.silenced] == [SilencedBy.BASELINE]
    assert stale == []


def test_a_changed_figure_is_a_new_remark_and_leaves_a_stale_entry() -> None:
    left, stale = less_known(outcome(WRONG_SUM.replace("-3 565 ", "-3 575 ")), known())
    assert [one.code for one in left.remarks] == ["K002"]
    assert [(one.code, one.facts["count"]) for one in stale] == [("K092", 1)]


def test_a_mended_fault_leaves_a_stale_entry() -> None:
    left, stale = less_known(outcome(RIGHT_SUM), known())
    assert left.remarks == ()
    assert [one.code for one in stale] == ["K092"]


def test_an_entry_covers_one_remark_not_two() -> None:
    left, _ = less_known(outcome(WRONG_SUM + "\n\n3 Ekonomi igen\n" + WRONG_SUM.split("\n", 1)[1]), known())
    assert [one.code for one in left.remarks if one.code == "K002"] == ["K002"]


def test_entries_of_another_file_are_neither_used_nor_stale() -> None:
    left, stale = less_known(outcome(path="annan.txt"), known())
    assert [one.code for one in left.remarks] == ["K002"]
    assert stale == []


def test_written_and_read_it_is_the_same(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", known())
    assert read_baseline(tmp_path / "b.json") == known()
    write_baseline(tmp_path / "tom.json", ())
    assert read_baseline(tmp_path / "tom.json") == ()


def test_writing_anew_keeps_what_the_old_one_silenced() -> None:
    left, _ = less_known(outcome(), known())
    assert entries_of([left]) == known()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9, "known": []}', '{"format": 1, "known": [1]}'])
def test_what_is_no_baseline_is_a_finding(content: str, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(content)
    with pytest.raises(NotABaseline) as refused:
        read_baseline(tmp_path / "b.json")
    assert refused.value.finding.code == "K093"
