"""The bridge of a round as a page: from budget, or from the last forecast, to this forecast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from uppsikt.adoption.reading import reading_of
from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import found
from uppsikt.core.language import Text, say
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import RoundFacts
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.rounds.selectors import participants
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.rounds_pages.bridge_picture import NARROW, BridgePicture, bridge_picture
from uppsikt.web.rounds_pages.bridging import BridgeBar, Labels, Layers, Part, bridge_bars, gathered
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money, Spot, account_groups, at, money_at
from uppsikt.web.rounds_pages.scope import Scope, scope_of
from uppsikt.web.rounds_pages.tree import TreeLine, places, tree_lines
from uppsikt.web.rounds_pages.words import VIEW
from uppsikt.web.scope import UnitOption
from uppsikt.web.words import BETTER, WORSE, handed_in

_MOST_BARS = 14
_OTHERS = Text("{n} mindre", "{n} smaller")
BUDGET, PREVIOUS = "budget", "foregaende"
UNITS, ACCOUNTS = "enheter", "konton"
_FROM = {BUDGET: Text("Budget", "Budget"), PREVIOUS: Text("Förra prognosen", "Last forecast")}
_PER = {UNITS: Text("Enheter under nivån", "Units below the level"), ACCOUNTS: Text("Kontogrupper", "Account groups")}


@dataclass(frozen=True)
class BarView:
    """A row of the table beside the picture."""

    bar: BridgeBar
    amount: str
    word: str
    after: str


@dataclass(frozen=True)
class BridgePage:
    """The page."""

    scope: Scope
    unit: str
    start: str
    per: str
    rows: Sequence[BarView]
    picture: BridgePicture
    narrow_picture: BridgePicture  # for phones
    units: Sequence[UnitOption]
    without_forecast: int

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def may_run(self) -> bool:
        """Whether the reader runs the round."""
        return self.scope.may(Verb.RUN_ROUND)

    @property
    def unit_name(self) -> str:
        """What the level is called."""
        return self.scope.name(self.unit)

    @property
    def starts(self) -> Sequence[tuple[str, Text]]:
        """What the bridge can begin with."""
        return [(key, label) for key, label in _FROM.items() if key == BUDGET or self.scope.previous]

    @property
    def ways(self) -> Sequence[tuple[str, Text]]:
        """What the bars can be."""
        return list(_PER.items())

    @property
    def start_name(self) -> str:
        """What the bridge begins with, in words."""
        return str(_FROM[self.start]).lower()


def bridge_page(actor: Actor, round_key: str, asked: QueryDict) -> BridgePage:
    """The bridge asked for; raises `NotAllowed` for others' units, `Absent` for what is no choice."""
    scope = scope_of(actor, round_key)
    unit = scope.one_of(asked.get("unit", ""))
    start = _one_of(Text("Från", "From"), asked.get("fran") or BUDGET, _FROM)
    per = _one_of(Text("Staplar", "Bars"), asked.get("per") or UNITS, _PER)
    tree = places(scope.plan, scope.row.cut_off, scope.tops_by_work, ())
    ends = _read(scope, unit, start, per)
    bars = bridge_bars(ends.whole, ends.parts, _labels(scope, unit, start))
    shown = gathered(bars, _MOST_BARS, str(_OTHERS))
    return BridgePage(
        scope=scope,
        unit=unit,
        start=start,
        per=per,
        rows=[_view(bar) for bar in bars],
        picture=bridge_picture(shown, VIEW),
        narrow_picture=bridge_picture(shown, VIEW, NARROW),
        units=[UnitOption(own.code, own.name, own.level) for own in tree],
        without_forecast=ends.without_forecast,
    )


def _one_of(name: Text, value: str, known: Container[str]) -> str:
    if value not in known:
        raise Absent(found(CHOICE_UNKNOWN, name=name, value=value))
    return value


@dataclass(frozen=True)
class Ends:
    """What a bridge stands between."""

    whole: Part
    parts: Sequence[Part]
    without_forecast: int


def _read(scope: Scope, unit: str, start: str, per: str) -> Ends:
    taking_part = [own for own in participants(scope.row.key) if unit in scope.path(own.unit)]
    with reading_of(scope.row) as reading:
        where = places(reading.engine.plan, scope.row.cut_off, [unit], [own.unit for own in taking_part])
        books = _Books(reading.facts, reading.engine, start)
        ends = books.ends([at(place.code) for place in where])
        now = {code: ends[at(code)].now for code in (place.code for place in where)}
        lines = tree_lines(where, now, taking_part, {})
        lacking = tuple(_lacking(scope, lines))
        if per == ACCOUNTS:
            groups = account_groups(reading.engine.plan, reading.facts)
            both = books.ends([*(at(unit, group) for group in groups), *(Spot(lacking, group) for group in groups)])
            parts = [_account_part(scope, unit, group, lacking, both) for group in groups]
        else:
            children = [place for place in where if place.parent == unit]
            parts = [_unit_part(scope, place.code, place.name, lacking, ends) for place in children]
    return Ends(_unit_part(scope, unit, scope.name(unit), lacking, ends), parts, len(lacking))


@dataclass(frozen=True)
class _Both:
    """What a spot begins with, and what stands on it now."""

    begin: Layers
    now: Money

    @property
    def end(self) -> Layers:
        return _layers(self.now)


_NOTHING = _Both(Layers(), NO_MONEY)


class _Books:
    """Begin and end of spots: one question, and one more where the last round is asked too."""

    def __init__(self, facts: RoundFacts, engine: Engine, start: str) -> None:
        self.facts = facts
        self.engine = engine
        self.is_from_budget = start == BUDGET

    def ends(self, spots: Iterable[Spot]) -> Mapping[Spot, _Both]:
        asked = list(spots)
        now = money_at(self.facts, asked, self.engine)
        found_ends: dict[Spot, _Both] = defaultdict(lambda: _NOTHING)
        before: Mapping[Spot, Money] = {}
        if not self.is_from_budget and self.facts.previous:
            before = money_at(self.facts.previous, asked, self.engine)
        for spot in asked:
            money = now.get(spot, NO_MONEY)
            budget = Layers(money.budget_ore or 0)
            found_ends[spot] = _Both(budget if self.is_from_budget else _layers(before.get(spot, NO_MONEY)), money)
        return found_ends


def _layers(money: Money) -> Layers:
    return Layers(money.submitted_ore or 0, money.adjustment_ore, money.settlement_ore)


def _lacking(scope: Scope, lines: Iterable[TreeLine]) -> Iterator[str]:
    """The units that have no forecast, without those below another such."""
    seen: set[str] = set()
    for line in lines:  # parents come first
        code = line.place.code
        if line.is_missing and seen.isdisjoint(scope.path(code)):
            seen.add(code)
            yield code


def _unit_part(scope: Scope, code: str, name: str, lacking: Iterable[str], ends: Mapping[Spot, _Both]) -> Part:
    below = [unit for unit in lacking if code in scope.path(unit)]
    missing = sum(ends[at(unit)].begin.amount_ore for unit in below)
    own = ends[at(code)]
    return Part(code, name, replace(own.begin, missing_ore=missing), own.end)


def _account_part(scope: Scope, unit: str, group: str, lacking: tuple[str, ...], ends: Mapping[Spot, _Both]) -> Part:
    own = ends[at(unit, group)]
    missing = ends[Spot(lacking, group)].begin.amount_ore if lacking else 0
    name = f"{group} {scope.plan.name('account', group, scope.row.cut_off)}"
    return Part(group, name, replace(own.begin, missing_ore=missing), own.end)


def _labels(scope: Scope, unit: str, start: str) -> Labels:
    year, previous = scope.row.year, scope.previous
    before = previous.name if previous else ""
    return Labels(
        say("Budget {year}", "Budget {year}", year=year)
        if start == BUDGET
        else say("Prognos {round}", "Forecast {round}", round=before),
        scope.row.name if scope.row.is_year_end else say("Prognos {round}", "Forecast {round}", round=scope.row.name),
        say("Direkt på {unit}", "Directly on {unit}", unit=scope.name(unit)),
        say("Enheter utan {what}", "Units without a {what}", what=handed_in(scope.row, "one")),
        str(ForecastKind.ADJUSTMENT.label),
        str(ForecastKind.SETTLEMENT.label),
    )


def _view(bar: BridgeBar) -> BarView:
    shown = VIEW.value(bar.amount_ore)
    word = "" if bar.kind.is_level or not shown else str(BETTER if shown > 0 else WORSE)
    return BarView(bar, VIEW.text(bar.amount_ore), word, VIEW.text(bar.after_ore))
