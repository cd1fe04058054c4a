"""What a net cost is made of: accounts of the classes 3–9, as the statements' tests name them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from uppsikt.core.codeplan import CodePlan, Placement

_FIRST, _LAST = "3", "9"
NET_COST_CLASSES = f"{_FIRST}..{_LAST}"


def is_net_cost(plan: CodePlan, account: str, on: date) -> bool:
    """Whether an account (or group) stands under one of the classes on a day; a balance account does not."""
    return any(len(code) == 1 and _FIRST <= code <= _LAST for code in standing_path(plan, "account", account, on))


def standing_path(plan: CodePlan, dimension: str, code: str, on: date) -> list[str]:
    """The code and those above it on a day.

    A code that has no place then stands where it last stood, or first where it opens later: so that a closed unit's
    money is where the tables show it.
    """
    walk = [code]
    while (parent := _parent(plan, dimension, walk[-1], on)) and parent not in walk:
        walk.append(parent)
    return walk


def _parent(plan: CodePlan, dimension: str, code: str, on: date) -> str | None:
    placements: Sequence[Placement] = plan.placements_of(dimension, code)
    earlier = [own for own in placements if own.valid_from <= on]
    if earlier:
        return max(earlier, key=lambda own: own.valid_from).parent
    return min(placements, key=lambda own: own.valid_from).parent if placements else None
