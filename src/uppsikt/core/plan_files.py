"""A code plan as JSON text and back, for what must stay readable when the registers have moved on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date
from typing import Any

from uppsikt.core.changes import Change, Condition, Move, Portion, Succession, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.hashes import canonical_json


def code_plan_text(plan: CodePlan) -> str:
    """Names and placements of all codes over time, and the decided events behind them, as canonical JSON."""
    placements = sorted((astuple(own) for own in plan.placements), key=str)
    return canonical_json(
        {
            "names": [astuple(own) for own in sorted(plan.names)],
            "placements": placements,
            "changes": [asdict(own) for own in plan.changes],
        }
    )


def code_plan_from(text: str) -> CodePlan:
    """The plan that `code_plan_text` wrote; raises ValueError, KeyError or TypeError for any other text."""
    content = json.loads(text)
    names = tuple(CodeName(*_dated(own)) for own in content["names"])
    placements = tuple(Placement(*_placed(own)) for own in content["placements"])
    return CodePlan(names, placements, tuple(map(_change, content["changes"])))


def _dated(values: Sequence[str]) -> tuple[str, str, date, date, str, str]:
    dimension, code, valid_from, valid_to, name, kind = values
    return dimension, code, date.fromisoformat(valid_from), date.fromisoformat(valid_to), name, kind


def _placed(values: Sequence[str | None]) -> tuple[str, str, str, date, date, str | None]:
    dimension, hierarchy, code, valid_from, valid_to, parent = values
    own = str(dimension), str(hierarchy), str(code)
    return *own, date.fromisoformat(str(valid_from)), date.fromisoformat(str(valid_to)), parent


def _change(content: Mapping[str, Any]) -> Change:
    moves = tuple(Move(**own) for own in content["moves"])
    successions = tuple(map(_succession, content["successions"]))
    on = date.fromisoformat(content["on"])
    return Change(**{**content, "on": on, "moves": moves, "successions": successions})


def _succession(content: Mapping[str, Any]) -> Succession:
    return Succession(**{**content, "rules": tuple(map(_rule, content["rules"]))})


def _rule(content: Mapping[str, Any]) -> SuccessionRule:
    conditions = tuple(Condition(**{**own, "under": tuple(own["under"])}) for own in content["conditions"])
    return SuccessionRule(tuple(Portion(**own) for own in content["portions"]), conditions)
