"""The page of accuracy as values: what each table row says, and the bars beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.formats import View, percent
from uppsikt.core.language import Text
from uppsikt.forecasting.accuracy import AccuracyRow, by
from uppsikt.forecasting.selectors import accuracy, ended_rounds
from uppsikt.planning.rounds import RoundRow
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.scope import require_reading

_BETTER = Text("utfallet blev bättre", "the actual was better")
_WORSE = Text("utfallet blev sämre", "the actual was worse")
_FULL = 100.0  # how wide the widest bar is


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, written out; the bars' widths are shares of the table's widest.

    `against` is the forecasts' error where there were suggestions: what theirs is to be compared with.
    """

    label: str
    link: str
    group: str
    rounds: int
    bias: str
    word: str
    error: str
    share: str
    suggested: str
    against: str
    suggested_share: str
    own_bar: str
    suggested_bar: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rounds and units the reader may see; `groups` only for the unit asked for."""

    unit: str
    unit_name: str
    rounds: Sequence[Line]
    units: Sequence[Line]
    groups: Sequence[Line]
    has_suggestions: bool = True  # some forecast compared had a suggestion beside it
    has_shares: bool = True  # some of the years had a budget


def accuracy_page(actor: Actor, unit: str) -> Page:
    """The page; raises `NotAllowed` for a unit the reader may not see, and for whoever reads no unit at all."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    plan, rounds = code_plan(), ended_rounds()
    by_key = {row.key: row for row in rounds}
    if unit:
        require_reading(actor, plan, unit, rounds[-1].cut_off if rounds else today())
    rows = _readable(accuracy(rounds), actor, plan, by_key)
    if unit:
        rows = [row for row in rows if row.unit == unit]
    latest = rounds[-1].cut_off if rounds else today()
    by_round = by(rows, lambda row: (row.round_key, ""))
    by_unit = by(rows, lambda row: (row.unit, "")) if not unit else {}
    by_group = by(rows, lambda row: (row.round_key, row.account)) if unit else {}
    return Page(
        unit,
        f"{unit} {plan.name('unit', unit, latest)}" if unit else "",
        _lines({node: row for node in _in_order(by_round, rounds) if (row := by_round[node])}, _round_names(by_key)),
        _lines(by_unit, {own: f"{own} {plan.name('unit', own, latest)}" for own, _ in by_unit}, links=True),
        _lines(
            {node: by_group[node] for node in _in_order(by_group, rounds)},
            _round_names(by_key),
            {own: f"{own} {plan.name('account', own, latest)}" for _, own in by_group},
        ),
        any(row.suggestion_error_ore is not None for row in rows),
        any(row.budget_ore for row in rows),
    )


def _readable(
    rows: Iterable[AccuracyRow], actor: Actor, plan: CodePlan, rounds: Mapping[str, RoundRow]
) -> list[AccuracyRow]:
    """Those of units the reader reads, each by its place at the round's own cut-off."""
    may_read: dict[tuple[str, str], bool] = {}
    for row in (known := list(rows)):
        node = row.round_key, row.unit
        if node not in may_read:
            path = plan.path("unit", row.unit, rounds[row.round_key].cut_off)
            may_read[node] = may(actor, Verb.READ, path, today())
    return [row for row in known if may_read[row.round_key, row.unit]]


def _in_order(rows: Mapping[tuple[str, str], AccuracyRow], rounds: Sequence[RoundRow]) -> list[tuple[str, str]]:
    """The latest round first, groups by code within it."""
    order = {row.key: -at for at, row in enumerate(rounds)}
    return sorted(rows, key=lambda node: (order[node[0]], node[1]))


def _round_names(rounds: Mapping[str, RoundRow]) -> dict[str, str]:
    return {key: row.name for key, row in rounds.items()}


def _lines(
    rows: Mapping[tuple[str, str], AccuracyRow],
    labels: Mapping[str, str],
    groups: Mapping[str, str] | None = None,
    *,
    links: bool = False,
) -> list[Line]:
    shares = [row.share(amount) for row in rows.values() for amount in (row.error_ore, row.suggestion_error_ore)]
    widest = max((share for share in shares if share is not None), default=Decimal(1)) or Decimal(1)
    return [
        _line(row, labels[first], first if links else "", (groups or {}).get(second, ""), widest)
        for (first, second), row in rows.items()
    ]


def _line(row: AccuracyRow, label: str, link: str, group: str, widest: Decimal) -> Line:
    view = View()
    own, suggested = row.share(row.error_ore), row.share(row.suggestion_error_ore)
    return Line(
        label,
        link,
        group,
        row.rounds,
        view.text(row.bias_ore),
        str(_BETTER if row.bias_ore > 0 else _WORSE) if row.bias_ore else "",
        view.text(-row.error_ore),
        percent(own),
        view.text(None if row.suggestion_error_ore is None else -row.suggestion_error_ore),
        "" if row.matched_error_ore is None else view.text(-row.matched_error_ore),
        percent(suggested),
        _width(own, widest),
        _width(suggested, widest),
    )


def _width(share: Decimal | None, widest: Decimal) -> str:
    return f"{float((share or Decimal(0)) / widest) * _FULL:.1f}"
