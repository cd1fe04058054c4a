"""What became of codes between two structures: which decided events lie between, and who took over from whom.

Beside `coding.differences`, which says what codes came, went, moved and were renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from uppsikt.core.changes import Change, Succession
from uppsikt.core.codeplan import CodePlan

_Held = Fraction | None


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """Who answers for a code's earlier money after all of some changes.

    `share` is how much of it (1 = all), None where it depends on each posting's other codes.
    """

    code: str
    share: Fraction | None


def changes_between(before: CodePlan, before_day: date, after: CodePlan, after_day: date) -> tuple[Change, ...]:
    """The decided events in effect in the second structure and not in the first (a draft's too), in order.

    The structures may be days of one plan, or of a plan and a draft of it. Empty where the second is the older.
    """
    known = {change.key for change in before.changes[: before.changes_until(before_day)]}
    return tuple(change for change in after.changes[: after.changes_until(after_day)] if change.key not in known)


def destinations(changes: Iterable[Change], dimension: str) -> Mapping[str, tuple[Destination, ...]]:
    """Where the money of each code that handed any over stands after the changes, by code, the greatest first.

    Follows it all the way: what went to a code that was itself merged later is where that was merged.
    """
    held: dict[str, dict[str, _Held]] = {}
    for change in changes:
        for succession in change.successions:
            if succession.dimension == dimension:
                held.setdefault(succession.code, {succession.code: Fraction(1)})
                for origin in held:
                    held[origin] = _after(held[origin], succession)
    return {origin: _sorted(codes) for origin, codes in sorted(held.items())}


def _after(held: Mapping[str, _Held], succession: Succession) -> dict[str, _Held]:
    if succession.code not in held:
        return dict(held)
    after = {code: share for code, share in held.items() if code != succession.code}
    for code, part in _parts(succession):
        whole = held[succession.code]
        share = None if part is None or whole is None else part * whole
        if code in after:
            before = after[code]
            after[code] = None if before is None or share is None else before + share
        else:
            after[code] = share
    return after


def _parts(succession: Succession) -> Iterator[tuple[str, _Held]]:
    depends = any(rule.conditions for rule in succession.rules)
    for rule in succession.rules:
        whole = sum(portion.parts for portion in rule.portions)
        for portion in rule.portions:
            yield portion.code, None if depends else Fraction(portion.parts, whole)
        if not rule.conditions:
            return
    yield succession.code, None if depends else Fraction(1)


def _sorted(codes: Mapping[str, _Held]) -> tuple[Destination, ...]:
    found = [Destination(code, share) for code, share in codes.items()]
    return tuple(sorted(found, key=lambda own: (-(own.share or 0), own.code)))
