"""Which codes a reorganisation ends, and who comes after them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.coding.events import Event, Reorganisation
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.periods import FOREVER, Month

_Member = tuple[str, str]  # (dimension, code)


@dataclass(frozen=True, slots=True)
class Ending:
    """A code that is no more from the day `on`; its heirs answer for its money, in the order they are named.

    `until` is the day it is opened again, if ever.
    """

    number: int  # of its event
    dimension: str
    code: str
    name: str
    on: date
    heirs: tuple[str, ...]
    heir_names: tuple[str, ...]
    until: date = FOREVER

    def is_over_in(self, period: int) -> bool:
        """Whether the code is no more in a month (yyyymm)."""
        return self.on <= Month.from_number(period).first < self.until

    @property
    def label(self) -> str:
        """The code with its name."""
        return labelled(self.code, self.name)

    @property
    def heir_labels(self) -> str:
        """The heirs with their names, or a dash where there are none."""
        return ", ".join(labelled(*pair) for pair in zip(self.heirs, self.heir_names, strict=True)) or "–"


def labelled(code: str, name: str) -> str:
    """A code with its name, as shown; once where the name begins with the code."""
    return name if name.startswith(code) else f"{code} {name}"


def endings(reorganisation: Reorganisation, plan: CodePlan) -> tuple[Ending, ...]:
    """The codes the reorganisation ends, in order of its events. `plan` has the reorganisation in it."""
    by_member: dict[_Member, list[Event]] = defaultdict(list)
    for event in reorganisation.events:
        by_member[event.dimension, event.code].append(event)
    last = {(event.dimension, event.code): event for event in reorganisation.events if event.ends}
    return tuple(_ending(event, plan, by_member) for event in last.values() if _has_ended(event, plan))


def _has_ended(event: Event, plan: CodePlan) -> bool:
    return plan.knows(event.dimension, event.code) and plan.entry(event.dimension, event.code, event.on) is None


def _ending(event: Event, plan: CodePlan, by_member: Mapping[_Member, Sequence[Event]]) -> Ending:
    heirs = _heirs(event, plan, by_member)
    names = tuple(plan.name(event.dimension, heir, event.on) for heir in heirs)
    name = plan.name(event.dimension, event.code, event.on)
    return Ending(event.number, event.dimension, event.code, name, event.on, heirs, names, _until(event, plan))


def _until(event: Event, plan: CodePlan) -> date:
    return plan.opened_on(event.dimension, event.code, event.on) or FOREVER


def _heirs(event: Event, plan: CodePlan, by_member: Mapping[_Member, Sequence[Event]]) -> tuple[str, ...]:
    """The codes that stand at the end of the reorganisation's own events: an heir that ends too has heirs."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(event.targets)
    while waiting:
        code = waiting.pop(0)
        if code in seen:
            continue
        seen.add(code)
        ending = next((own for own in by_member.get((event.dimension, code), ()) if own.ends), None)
        if ending and _has_ended(ending, plan):
            waiting[:0] = ending.targets
        else:
            found[code] = None
    return tuple(found)
