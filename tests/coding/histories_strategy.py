"""Random histories: a small register of units and accounts, and reorganisations that are sound on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from uppsikt.coding.events import Event, EventKind, Reorganisation, State
from uppsikt.coding.reorganising import with_events
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.codeplan import STANDARD, CodeName, CodePlan, Placement
from uppsikt.core.findings import Severity
from uppsikt.core.periods import BEGINNING, FOREVER

PARENTS = ("A", "B", "C")
UNITS = ("A1", "A2", "B1", "B2", "C1")
NEW = ("N1", "N2", "N3", "N4")
ACCOUNTS = {"3": ("3010", "3020"), "5": ("5010", "5020"), "6": ("6010",)}
DAYS = tuple(date(year, month, 1) for year in (2021, 2022, 2023) for month in (1, 4, 7))
MONTHS = tuple(date(year, month, 1) for year in (2020, 2021, 2022, 2023, 2024) for month in (1, 3, 4, 6, 7, 12))


def base_plan() -> CodePlan:
    """Three departments with five units, and accounts in three groups, all of them for ever."""
    placed = [("unit", code, None) for code in PARENTS] + [("unit", code, code[0]) for code in UNITS]
    for group, accounts in ACCOUNTS.items():
        placed += [("account", group, None), *(("account", code, group) for code in accounts)]
    return CodePlan(
        tuple(CodeName(dimension, code, BEGINNING, FOREVER, f"Namn {code}") for dimension, code, _ in placed),
        tuple(Placement(dimension, STANDARD, code, BEGINNING, FOREVER, parent) for dimension, code, parent in placed),
    )


@dataclass(frozen=True)
class History:
    """A register, reorganisations adopted on it one after the other, and the plan with all of them."""

    base: CodePlan
    reorganisations: tuple[Reorganisation, ...]

    @property
    def plan(self) -> CodePlan:
        """The register with every event in it."""
        return with_events(self.base, self.reorganisations).plan

    @property
    def codes(self) -> list[str]:
        """The units that can hold money at some time."""
        return [code for code in self.plan.codes("unit") if code not in PARENTS]


def rules(targets: st.SearchStrategy[str], conditional: bool) -> st.SearchStrategy[tuple[SuccessionRule, ...]]:
    """Up to three rules; where not `conditional`, the last takes all that is left."""
    portions = st.lists(
        st.builds(Portion, targets, st.integers(1, 7)), min_size=1, max_size=3, unique_by=lambda own: own.code
    ).map(tuple)
    conditions = st.lists(st.sampled_from([*ACCOUNTS, "3010", "5020"]), min_size=1, max_size=2, unique=True).map(
        lambda under: (Condition("account", tuple(under)),)
    )
    some = st.lists(st.builds(SuccessionRule, portions, conditions), min_size=int(conditional), max_size=2)
    last = st.builds(SuccessionRule, portions)
    both = st.builds(lambda first, end: (*first, *end), some, st.just(()) if conditional else st.tuples(last))
    return both.filter(lambda drawn: len({rule.conditions for rule in drawn}) == len(drawn))


@st.composite
def events(draw: st.DrawFn, number: int, day: date) -> list[Event]:
    """What may happen to a unit on a day: one event, or an opening and what fills it."""
    code = draw(st.sampled_from([*UNITS, *NEW]))
    kind = draw(st.sampled_from(EventKind))
    target = draw(st.sampled_from([*UNITS, *NEW]))
    parent = draw(st.sampled_from(PARENTS))
    own = Event(number + 1, kind, "unit", day, code)
    if kind is EventKind.MERGE:
        own = replace(own, rules=(SuccessionRule((Portion(target),)),))
    if kind is EventKind.SPLIT:
        own = replace(own, rules=draw(rules(st.sampled_from([target, code, *UNITS[:3], *NEW[:2]]), False)))
    if kind is EventKind.TRANSFER:
        others = st.sampled_from([other for other in (target, *UNITS[:3]) if other != code] or ["C1"])
        own = replace(own, rules=draw(st.one_of(rules(others, True), rules(others, False))))
    if kind is EventKind.RENAME:
        own = replace(own, name=draw(st.sampled_from(["Nytt", "Annat"])))
    if kind in (EventKind.MOVE, EventKind.OPEN):
        own = replace(own, parent=parent, name=f"Namn {code}")
    opened = [
        Event(number, EventKind.OPEN, "unit", day, new, f"Namn {new}", parent=parent)
        for new in own.targets
        if new in NEW
    ]
    return [
        *(replace(own, number=number + 100 * no) for no, own in enumerate(opened)),
        replace(own, number=number + 1000),
    ]


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> History:
    """A history without faults: events that would be in error are left out."""
    base = base_plan()
    drawn: list[Event] = []
    for number in range(1, draw(st.integers(3, most)) + 1):
        drawn += draw(events(number, draw(st.sampled_from(DAYS))))
    per = draw(st.integers(1, 4))
    held: list[Reorganisation] = []
    for position in range(0, len(drawn), per):
        no = position // per + 1
        own = _renumbered(drawn[position : position + per])
        held.append(Reorganisation(f"r{no:02}", f"Omorganisation {no}", state=State.ADOPTED, events=own, position=no))
    return History(base, without_faults(base, held))


def _renumbered(own: list[Event]) -> tuple[Event, ...]:
    return tuple(replace(event, number=number) for number, event in enumerate(own, start=1))


def without_faults(base: CodePlan, held: list[Reorganisation]) -> tuple[Reorganisation, ...]:
    """The reorganisations without the events that are in error, nor those in error without them."""
    while True:
        findings = with_events(base, held).findings
        wrong = {(own.at.source, own.at.line) for own in findings if own.severity is Severity.ERROR}
        if not wrong:
            return tuple(own for own in held if own.events)
        held = [
            replace(own, events=tuple(event for event in own.events if (own.key, event.number) not in wrong))
            for own in held
        ]
