"""report.yaml: what is taken, and that each fault is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.sample import RECIPE, write_report
from uppsikt.reports.recipe import read_recipe


def test_the_sample_recipe_is_read_whole(folder: Path) -> None:
    recipe, findings = read_recipe(folder)
    assert findings == []
    assert recipe is not None
    assert (recipe.key, recipe.round, recipe.parts) == (
        "ks-delar2-2022",
        "delar2-2022",
        ("01-beslut.md", "02-ekonomi.md"),
    )
    assert recipe.statements["enheter"].unit == "40"
    assert recipe.figures["forbattring"].is_difference


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("title: Delårsrapport med prognos 2\n", "", "R003", None),
        ("committee:", "comittee:", "R004", 5),
        ("kind: bridge", "kind: cirkel", "R005", 28),
        ("date: 2022-10-04", "date: i höst", "R005", 10),
        ("key: ks-delar2-2022", "key: ../../etc", "R005", 1),
        ("parts: [", "parts: [[", "R002", 12),
        ("kind: bridge", "kind: bridge\n    form: rund", "R004", 29),
    ],
)
def test_a_fault_is_said_with_its_line(tmp_path: Path, old: str, new: str, code: str, line: int | None) -> None:
    recipe, findings = read_recipe(write_report(tmp_path / "r", recipe=RECIPE.replace(old, new)))
    assert recipe is None
    assert (findings[0].code, findings[0].at.line if line else None) == (code, line)


def test_a_folder_without_recipe_is_a_finding_not_a_traceback(tmp_path: Path) -> None:
    recipe, findings = read_recipe(tmp_path)
    assert recipe is None
    assert [finding.code for finding in findings] == ["R001"]


def test_aliases_that_expand_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    _, findings = read_recipe(write_report(tmp_path / "r", recipe=bomb))
    assert [finding.code for finding in findings] == ["R002"]


def test_a_part_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    from tests.reports.sample import FACTS, SampleSource
    from uppsikt.reports.compose import compose

    (tmp_path / "hemligt.md").write_text("# Hemligt")
    recipe = RECIPE.replace("[01-beslut.md, 02-ekonomi.md]", "[../hemligt.md]")
    document, findings = compose(write_report(tmp_path / "r", recipe=recipe), SampleSource(), FACTS)
    assert document is None
    assert [finding.code for finding in findings] == ["R001"]
