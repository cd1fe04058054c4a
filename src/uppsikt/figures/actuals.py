"""Actuals by unit and account node, for forecasts that begin where the books stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from uppsikt.core.codeplan import STANDARD, CodePlan
from uppsikt.figures.structures import tree

Node = tuple[str, str]  # (unit, account or account group)


class ActualsByNode(Mapping[Node, Mapping[int, int]]):
    """Öre by period (yyyymm) for a unit and everything under it, on an account and everything under it.

    An account group means what it means in `hierarchy`; groups it lacks are looked for in the standard one.
    Iterating gives the units and accounts that have postings of their own.
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]], plan: CodePlan, day: date, hierarchy: str) -> None:
        self._by_unit: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        for unit, account, period, amount_ore in rows:
            if unit is not None and account is not None:
                self._by_unit[unit][account][period] = amount_ore
        self._units = tree(plan, "unit", STANDARD, day)
        self._accounts = [tree(plan, "account", name, day) for name in dict.fromkeys((hierarchy, STANDARD))]

    def __getitem__(self, node: Node) -> Mapping[int, int]:
        unit, account = node
        at = next((own for own in self._accounts if own.knows(account)), self._accounts[-1])
        accounts = at.below(account)
        months: dict[int, int] = defaultdict(int)
        for below in self._units.below(unit) & self._by_unit.keys():
            for code in accounts & self._by_unit[below].keys():
                for period, amount_ore in self._by_unit[below][code].items():
                    months[period] += amount_ore
        if not months:
            raise KeyError(node)
        return dict(sorted(months.items()))

    def __iter__(self) -> Iterator[Node]:
        return ((unit, account) for unit, accounts in self._by_unit.items() for account in accounts)

    def __len__(self) -> int:
        return sum(len(accounts) for accounts in self._by_unit.values())
