"""Postings from balances, for SIE types 1–3 that carry no vouchers.

Monthly balances (#PSALDO) are the change of the month. A row with an object is a breakdown of the account's
whole: the units' rows become postings of their own and what is left of the whole is posted without a unit.
Some programs write it otherwise: the row without objects is then what is left, and all rows add up. Debit and
credit tell which, for a month's whole balances sum to zero.
Without monthly balances the year's result (#RES), and the change of the year for balance accounts, is one
posting in the last month it speaks of. Only the current year is posted: earlier years have files of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from uppsikt.core.formats import to_the_ore
from uppsikt.core.periods import Month
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import MONTHS_UNBALANCED, ROWS_ADD_UP
from uppsikt.ledger.profiles import Profile
from uppsikt.ledger.readers.base import Balance, Block, FinancialYear, Header, LedgerFile, ObjectList, Voucher

VOUCHERS = "vouchers"
MONTH_BALANCES = "month balances"
YEAR_BALANCES = "year balances"

_Posting = tuple[str, ObjectList, int, int, int]  # account, objects, period, öre, line


def block_from_balances(ledger: LedgerFile, profile: Profile, log: Collector) -> tuple[str, Block | None]:
    """The kind of balances the file has, and its current year's balances as postings."""
    current = [balance for balance in ledger.balances if balance.year_number == 0]
    monthly = [b for b in current if b.kind == "PSALDO" and b.period]
    if not monthly:
        return YEAR_BALANCES, _block(_yearly(current, ledger.header))
    if ledger.header.sie_type == "2":  # objects don't belong in type 2
        monthly = [balance for balance in monthly if not balance.objects]
    if _rows_add_up(monthly):
        log.add(ROWS_ADD_UP)
        postings = [(b.account, b.objects, b.period or 0, b.amount_ore, b.line or 0) for b in monthly]
    else:
        postings = _monthly(monthly, profile)
    if difference := sum(posting[3] for posting in postings):
        log.add(MONTHS_UNBALANCED, difference=to_the_ore(abs(difference)))
    return MONTH_BALANCES, _block(postings)


def _rows_add_up(balances: Sequence[Balance]) -> bool:
    whole = sum(balance.amount_ore for balance in balances if not balance.objects)
    return whole != 0 and sum(balance.amount_ore for balance in balances) == 0


def _monthly(balances: Sequence[Balance], profile: Profile) -> list[_Posting]:
    wholes: dict[tuple[str, int], tuple[int, int]] = {}
    parts: dict[tuple[str, int], list[Balance]] = defaultdict(list)
    for balance in balances:
        key = (balance.account, balance.period or 0)
        if not balance.objects:
            wholes[key] = (balance.amount_ore, balance.line or 0)
        elif _is_one_unit(balance.objects, profile):
            parts[key].append(balance)
    postings: list[_Posting] = []
    for key in sorted({*wholes, *parts}):
        account, period = key
        own = parts.get(key, [])
        postings += [(account, part.objects, period, part.amount_ore, part.line or 0) for part in own]
        if key in wholes:
            amount, line = wholes[key]
            rest = amount - sum(part.amount_ore for part in own)
            if rest or not own:
                postings.append((account, (), period, rest, line))
    return postings


def _is_one_unit(objects: ObjectList, profile: Profile) -> bool:
    return len(objects) == 1 and profile.dimension(objects[0][0]) == "unit"


def _yearly(balances: Sequence[Balance], header: Header) -> list[_Posting]:
    period = _last_period(header)
    if period is None:
        return []
    changes: dict[str, tuple[int, int]] = {}
    for balance in balances:
        if balance.kind not in ("RES", "UB", "IB") or balance.objects:
            continue
        amount, line = changes.get(balance.account, (0, 0))
        sign = -1 if balance.kind == "IB" else 1
        changes[balance.account] = (amount + sign * balance.amount_ore, balance.line or line)
    return [(account, (), period, amount, line) for account, (amount, line) in sorted(changes.items()) if amount]


def _last_period(header: Header) -> int | None:
    year = current_year(header)
    if header.value_date and (year is None or year.start <= header.value_date <= year.last):
        return Month.of(header.value_date).number
    return Month.of(year.last).number if year else None


def current_year(header: Header) -> FinancialYear | None:
    """The file's year 0, where it names one."""
    return next((year for year in header.years if year.number == 0), None)


def _block(postings: Sequence[_Posting]) -> Block | None:
    if not postings:
        return None
    accounts = {account: place for place, account in enumerate(dict.fromkeys(row[0] for row in postings))}
    lists = {objects: place for place, objects in enumerate(dict.fromkeys(row[1] for row in postings))}
    periods = {period: place for place, period in enumerate(dict.fromkeys(row[2] for row in postings))}
    days = [_last_day(period) for period in periods]
    period_index = np.array([periods[row[2]] for row in postings], dtype=np.int32)
    return Block(
        accounts=list(accounts),
        object_lists=list(lists),
        vouchers=[Voucher("", "", day) for day in days],
        texts=[""],
        account_index=np.array([accounts[row[0]] for row in postings], dtype=np.int32),
        object_index=np.array([lists[row[1]] for row in postings], dtype=np.int32),
        voucher_index=period_index,
        text_index=np.zeros(len(postings), dtype=np.int32),
        dates=np.array(days, dtype="datetime64[D]")[period_index],
        amounts_ore=np.array([row[3] for row in postings], dtype=np.int64),
        lines=np.array([row[4] for row in postings], dtype=np.int32),
        periods=np.array([row[2] for row in postings], dtype=np.int32),
    )


def _last_day(period: int) -> date:
    return Month.from_number(period).last
