from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from tests.coding.histories_strategy import History, histories
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.plan_files import code_plan_from, code_plan_text


@settings(max_examples=40)
@given(histories())
def test_a_plan_with_any_history_comes_back_as_it_was(history: History) -> None:
    back = code_plan_from(code_plan_text(history.plan))
    assert back.content_hash == history.plan.content_hash
    assert back.changes == history.plan.changes


def test_a_root_and_a_name_with_odd_letters_come_back() -> None:
    names = (CodeName("unit", "1", BEGINNING, date(2022, 1, 1), "Å ”citat”", "unit"),)
    plan = CodePlan(names, (Placement("unit", "standard", "1", BEGINNING, FOREVER, None),))
    assert code_plan_from(code_plan_text(plan)) == plan


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"names": [["unit"]], "placements": [], "changes": []}'])
def test_other_texts_are_no_plans(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        code_plan_from(text)
