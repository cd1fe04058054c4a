"""How right forecasts were: kept forecasts and suggestions against the year as it ended. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

Node = tuple[str, str]  # (unit, account group)


@dataclass(frozen=True, slots=True)
class AccuracyRow:
    """How far off forecasts were, in öre; for one account group of one unit in one round, or several together.

    `bias_ore` is forecast − actual in ledger sign: above zero, the unit kept more than it had forecast. `error_ore`
    sums the account groups' errors without sign. `suggestion_error_ore` does so for the suggestions and
    `matched_error_ore` for the forecasts beside them; both are None where no suggestion was kept. `budget_ore` is
    what was budgeted, income and costs alike without sign, so that units financed by others have a measure too.
    Of `rounds` rounds all are means. `unit` and `account` are "" where there are several.
    """

    round_key: str
    unit: str
    account: str
    bias_ore: int
    error_ore: int
    budget_ore: int
    suggestion_error_ore: int | None = None
    matched_error_ore: int | None = None
    rounds: int = 1

    def share(self, amount_ore: int | None) -> Decimal | None:
        """An amount as a share of the budget (1 is all of it); None where either is lacking."""
        return Decimal(amount_ore) / self.budget_ore if amount_ore is not None and self.budget_ore else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A round whose year has ended: forecasts, suggestions, actual and budget of the year, in öre by node.

    A node without actual came to nothing: all of the year's months are held.
    """

    round_key: str
    forecast: Mapping[Node, int]
    suggestion: Mapping[Node, int]
    actual: Mapping[Node, int]
    budget: Mapping[Node, int]

    def rows(self) -> Iterator[AccuracyRow]:
        """A row for each node that was forecast."""
        for (unit, account), forecast_ore in sorted(self.forecast.items()):
            actual_ore = self.actual.get((unit, account), 0)
            bias_ore = forecast_ore - actual_ore
            row = AccuracyRow(
                self.round_key, unit, account, bias_ore, abs(bias_ore), abs(self.budget.get((unit, account), 0))
            )
            suggested_ore = self.suggestion.get((unit, account))
            if suggested_ore is None:
                yield row
            else:
                error_ore = abs(suggested_ore - actual_ore)
                yield replace(row, suggestion_error_ore=error_ore, matched_error_ore=abs(bias_ore))


def by(rows: Iterable[AccuracyRow], key: Callable[[AccuracyRow], Node]) -> dict[Node, AccuracyRow]:
    """Rows put together: within a round they are summed, and over rounds they are means. `key` gives what remains."""
    grouped: dict[Node, dict[str, list[AccuracyRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        grouped[key(row)][row.round_key].append(row)
    return {node: _mean(node, [_sum(own) for own in rounds.values()]) for node, rounds in sorted(grouped.items())}


def _sum(rows: list[AccuracyRow]) -> AccuracyRow:
    first = rows[0]
    return replace(
        first,
        bias_ore=sum(row.bias_ore for row in rows),
        error_ore=sum(row.error_ore for row in rows),
        budget_ore=sum(row.budget_ore for row in rows),
        suggestion_error_ore=_known_sum(row.suggestion_error_ore for row in rows),
        matched_error_ore=_known_sum(row.matched_error_ore for row in rows),
    )


def _mean(node: Node, rows: list[AccuracyRow]) -> AccuracyRow:
    count = len(rows)
    whole = _sum(rows)
    compared = sum(row.suggestion_error_ore is not None for row in rows)
    return AccuracyRow(
        rows[0].round_key if count == 1 else "",
        *node,
        round(whole.bias_ore / count),
        round(whole.error_ore / count),
        round(whole.budget_ore / count),
        _over(whole.suggestion_error_ore, compared),
        _over(whole.matched_error_ore, compared),
        count,
    )


def _known_sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _over(amount_ore: int | None, count: int) -> int | None:
    return None if amount_ore is None else round(amount_ore / count)
