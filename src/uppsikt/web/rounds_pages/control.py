"""The controller's page as a value: where the round stands, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.adoption.reading import is_frozen
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.relations.years import booked_to
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.states import WorkState
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.rounds import ledger_end
from uppsikt.web.rounds_pages.past import accuracy_text, accuracy_word
from uppsikt.web.rounds_pages.scope import Scope, moved_since, scope_of
from uppsikt.web.rounds_pages.selectors import Tree, pulse, read_tree
from uppsikt.web.rounds_pages.tree import TreeLine, sought
from uppsikt.web.rounds_pages.words import (
    EXCUSED,
    MARKS,
    ROUND_COLOURS,
    VIEW,
    Amount,
    StateWord,
    Step,
    change_amount,
    deviation_amount,
    state_word,
    steps_of,
)

_LINES_OPEN = 80  # with more, levels below the second are closed to begin with
_WAITED_FOR_SHOWN = 12
_FILTER = Text("Visa", "Show")
FILTERS = (
    ("", Text("Alla", "All")),
    ("missing", Text("Saknas", "Missing")),
    ("review", Text("Att granska", "To review")),
    ("deviating", Text("Avviker", "Deviating")),
)


@dataclass(frozen=True)
class LineView:
    """A row of the table."""

    line: TreeLine
    state: StateWord | None
    budget: str
    forecast: str
    working: str
    adjustment: str
    settlement: str
    deviation: Amount
    change: Amount  # of the deviation, since the last round
    forecast_change: str  # of the forecast
    moved: str  # that the unit is new or has been moved since the last round
    past: Amount  # how far off the unit's forecasts usually are, and which way
    can_choose: bool
    seen: str = ""  # the mark of what the unit has handed in
    is_closed: bool = False

    @property
    def css(self) -> str:
        """Levels stand out from the units under them."""
        return "level" if self.line.has_children else "unit"

    @property
    def indent(self) -> int:
        """How far in it stands; phones have no room for more."""
        return min(self.line.place.level, 4)

    @property
    def is_partial(self) -> bool:
        """Whether units below lack a forecast, so that the deviation is of a part."""
        return bool(self.line.without_forecast and self.line.money.forecast_ore is not None)


@dataclass(frozen=True, slots=True)
class TotalView:
    """All tops together, where there are several."""

    budget: str
    forecast: str
    deviation: Amount
    change: Amount
    forecast_change: str


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many units are in a state."""

    state: StateWord
    count: int


@dataclass(frozen=True)
class Pulse:
    """The small part of the page that asks for itself again and again."""

    row: RoundRow
    mark: str
    done: int
    total: int
    counts: Sequence[StateCount]


@dataclass(frozen=True)
class ControlPage:
    """The page."""

    scope: Scope
    tree: Tree
    lines: Sequence[LineView]
    pulse: Pulse
    steps: Sequence[Step]
    words: str
    only: str
    query: str
    total: TotalView | None
    ledger_end: str = ""  # in words, where the ledger ends before the cut-off
    findings: Sequence[Finding] = ()

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def colour(self) -> str:
        """The colour of the round's state."""
        return ROUND_COLOURS[self.row.state]

    @property
    def filters(self) -> Sequence[tuple[str, Text]]:
        """What can be shown."""
        return FILTERS

    @property
    def is_open(self) -> bool:
        """Whether forecasts are taken in."""
        return self.row.state is State.OPEN

    @property
    def may_run(self) -> bool:
        """Whether the reader runs the round."""
        return self.scope.may(Verb.RUN_ROUND)

    @property
    def may_adopt(self) -> bool:
        """Whether the reader may adopt the round."""
        return self.scope.may(Verb.ADOPT)

    @property
    def may_adjust(self) -> bool:
        """Whether the reader lays adjustments over some unit."""
        return self.is_open and any(self.scope.may(Verb.ADJUST_FORECAST, top) for top in self.scope.tops)

    @property
    def can_choose(self) -> bool:
        """Whether there is anything to approve."""
        return any(line.can_choose for line in self.lines)

    @property
    def has_past(self) -> bool:
        """Whether anything can be said of how right forecasts have been."""
        return any(line.past.text or line.past.word for line in self.lines)

    @property
    def waited_for(self) -> list[TreeLine]:
        """The first units that are neither approved nor excused."""
        return self._not_done[:_WAITED_FOR_SHOWN]

    @property
    def waited_for_more(self) -> int:
        """How many there are beside them."""
        return len(self._not_done) - len(self.waited_for)

    @property
    def lacking(self) -> list[TreeLine]:
        """The units that have handed in without all that the round asks for."""
        own = [line for line in self.tree.lines if line.participant and line.to_do and not line.participant.excused]
        return [line for line in own if line.participant and not line.participant.state.is_editable]

    @property
    def may_approve_gaps(self) -> bool:
        """Whether any that can be approved lacks something."""
        return any(line.can_choose and line.line.to_do for line in self.lines)

    @property
    def _not_done(self) -> list[TreeLine]:
        return [line for line in self.tree.lines if line.participant and not line.participant.is_done]

    @property
    def previous_name(self) -> str:
        """The round before, by name."""
        return self.scope.previous.name if self.scope.previous else ""


def control_page(actor: Actor, round_key: str, asked: QueryDict, findings: Sequence[Finding] = ()) -> ControlPage:
    """The controller's page for what is asked; raises `NotAllowed`, `NotFound`, `Absent`."""
    scope = scope_of(actor, round_key)
    only, words = asked.get("visa", ""), asked.get("q", "").strip()
    if only not in dict(FILTERS):
        raise Absent(found(CHOICE_UNKNOWN, name=_FILTER, value=only))
    tree = read_tree(scope)
    shown = sought(tree.lines, words, only, tree.work.setup) if words or only else list(tree.lines)
    is_long = len(shown) > _LINES_OPEN and not words and not only
    return ControlPage(
        scope=scope,
        tree=tree,
        lines=[_line(scope, line, tree, is_closed=is_long and line.place.level > 0) for line in shown],
        pulse=_pulse(scope, tree),
        steps=steps_of(scope.row, tree.work.setup, today()),
        words=words,
        only=only,
        query=_query(words, only),
        ledger_end="" if is_frozen(scope.row) else ledger_end(scope.row, booked_to(scope.row)),
        total=_total(tree) if len(tree.tops) > 1 and not words and not only else None,
        findings=findings,
    )


def pulse_of(actor: Actor, round_key: str) -> Pulse:
    """The small part alone: a few questions, none of them to the engine."""
    scope = scope_of(actor, round_key)
    mark = pulse(scope.row)
    own = [row for row in participants(round_key) if scope.holds(row.unit)]
    states = Counter(row.state for row in own if not row.excused)
    excused = sum(bool(row.excused) for row in own)
    return _pulse_view(scope.row, mark, states, excused, sum(row.is_done for row in own))


def _pulse(scope: Scope, tree: Tree) -> Pulse:
    states: Counter[WorkState] = Counter()
    for line in tree.tops:
        states.update(line.states)
    excused, done = sum(line.excused for line in tree.tops), sum(line.done for line in tree.tops)
    return _pulse_view(scope.row, tree.mark, states, excused, done)


def _pulse_view(row: RoundRow, mark: str, states: Mapping[WorkState, int], excused: int, done: int) -> Pulse:
    counts = [StateCount(StateWord(*_marked(state)), states.get(state, 0)) for state in WorkState]
    counts += [StateCount(StateWord("–", str(EXCUSED), "neutral"), excused)] if excused else []
    return Pulse(row, mark, done, sum(own.count for own in counts), counts)


def _marked(state: WorkState) -> tuple[str, str, str]:
    mark, colour = MARKS[state]
    return mark, str(state.label), colour


def _total(tree: Tree) -> TotalView:
    own = tree.total
    return TotalView(
        VIEW.text(own.budget_ore),
        VIEW.text(own.forecast_ore),
        deviation_amount(own.deviation_ore),
        change_amount(own.deviation_change_ore),
        VIEW.text(own.change_ore),
    )


def _line(scope: Scope, line: TreeLine, tree: Tree, *, is_closed: bool) -> LineView:
    own, money, past = line.participant, line.money, tree.past.get(line.place.code)
    is_submitted = own is not None and own.state is WorkState.SUBMITTED and not own.excused
    return LineView(
        line=line,
        state=state_word(own) if own else None,
        budget=VIEW.text(money.budget_ore),
        forecast=VIEW.text(money.forecast_ore),
        working="" if line.working_ore in (None, money.forecast_ore) else VIEW.text(line.working_ore),
        adjustment=VIEW.text(money.adjustment_ore) if money.adjustment_ore else "",
        settlement=VIEW.text(money.settlement_ore) if money.settlement_ore else "",
        deviation=deviation_amount(line.deviation_ore),
        change=change_amount(line.deviation_change_ore),
        forecast_change=VIEW.text(line.change_ore),
        moved=moved_since(scope, line.place.code),
        past=Amount(accuracy_text(past), accuracy_word(past)),
        can_choose=is_submitted
        and scope.row.state is State.OPEN
        and scope.may(Verb.APPROVE_FORECAST, line.place.code),
        seen=tree.seen.get(line.place.code, ""),
        is_closed=is_closed,
    )


def _query(words: str, only: str) -> str:
    return urlencode({key: value for key, value in (("q", words), ("visa", only)) if value})
