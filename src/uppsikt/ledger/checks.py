"""What only all rows together can tell: dates, sizes, balance of vouchers, stated balances, the code plan."""

from __future__ import annotations

from collections import Counter

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.formats import to_the_ore
from uppsikt.core.money import LARGEST_ORE, LARGEST_SUM_ORE
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import (
    ACCOUNT_UNNAMED,
    BALANCES_DIFFER,
    BALANCES_DO_NOT_HOLD,
    BUDGET_KEPT,
    CODE_NOT_VALID,
    CODE_UNKNOWN,
    CURRENCY,
    DATE_RANGE,
    DIMENSION_DROPPED,
    EARLIER_YEARS,
    MONTHS_UNBALANCED,
    TOO_LARGE,
    UNBALANCED,
)
from uppsikt.ledger.findings_sie import BOOKS_UNBALANCED, CLOSING_DIFFERS, RESULT_DIFFERS
from uppsikt.ledger.from_balances import VOUCHERS
from uppsikt.ledger.names import FIELD_NAMES
from uppsikt.ledger.profiles import Profile
from uppsikt.ledger.readers.base import LedgerFile
from uppsikt.ledger.workbench import VOUCHERS_BY_NAME, Workbench, table_of

FIRST_YEAR, LAST_YEAR = 1900, 2199
_CODES_SHOWN = 20
_BALANCES_AMISS = frozenset((BOOKS_UNBALANCED, CLOSING_DIFFERS, RESULT_DIFFERS, BALANCES_DIFFER, MONTHS_UNBALANCED))

_OUTSIDE = "SELECT count(*), min(day) FROM rows WHERE year(day) NOT BETWEEN ? AND ?"
_LARGEST = """
SELECT amount_ore, line, (SELECT sum(abs(amount_ore::HUGEINT)) FROM rows)
FROM rows ORDER BY abs(amount_ore::HUGEINT) DESC, line LIMIT 1
"""
_UNBALANCED = """
SELECT concat_ws(' ', nullif(series, ''), number), amount_ore, line
FROM {vouchers} WHERE amount_ore <> 0 ORDER BY line
"""
_MOVEMENTS = """
SELECT account, sum(amount_ore)::BIGINT FROM rows JOIN accounts USING (accounts_no)
WHERE day BETWEEN ? AND ? GROUP BY account
"""
_ACCOUNTS = """
SELECT account FROM accounts WHERE accounts_no IN (SELECT accounts_no FROM rows WHERE NOT is_ignored)
ORDER BY account
"""
_CODES = """
SELECT {dimension}, list(DISTINCT period ORDER BY period)
FROM (SELECT DISTINCT {table}_no, period FROM rows WHERE NOT is_ignored) JOIN {table} USING ({table}_no)
WHERE {dimension} IS NOT NULL GROUP BY {dimension} ORDER BY {dimension}
"""


def check_rows(bench: Workbench, ledger: LedgerFile, kind: str, log: Collector) -> None:
    """Log what is wrong with the rows of a whole file."""
    for count, earliest in bench.ask(_OUTSIDE, [FIRST_YEAR, LAST_YEAR]):
        if count:
            log.add(DATE_RANGE, count=count, first=FIRST_YEAR, last=LAST_YEAR, date=earliest)
    for amount, line, total in bench.ask(_LARGEST):
        if abs(amount) > LARGEST_ORE or total > LARGEST_SUM_ORE:
            log.add(TOO_LARGE, line, amount=to_the_ore(amount))
            return  # sums beyond this point could overflow
    if kind == VOUCHERS and ledger.header.format != "sie4":  # the SIE 4 reader has looked already
        _check_vouchers(bench, ledger, log)
        _check_balances(bench, ledger, log)
    _note_what_is_left_out(bench, ledger, log)


def _check_vouchers(bench: Workbench, ledger: LedgerFile, log: Collector) -> None:
    if bench.profile.voucher_balance == "not_required":
        return
    vouchers = VOUCHERS_BY_NAME if ledger.header.format == "table" else "vouchers"
    for voucher, difference, line in bench.ask(_UNBALANCED.format(vouchers=vouchers)):
        log.add(UNBALANCED, line, voucher=voucher, difference=to_the_ore(difference))


def _check_balances(bench: Workbench, ledger: LedgerFile, log: Collector) -> None:
    year = next((year for year in ledger.header.years if year.number == 0), None)
    if year is None:
        return
    stated: Counter[str] = Counter()
    accounts = set()
    for balance in ledger.balances:
        if balance.year_number == 0 and not balance.objects and balance.kind in ("IB", "UB", "RES"):
            stated[balance.account] += -balance.amount_ore if balance.kind == "IB" else balance.amount_ore
            accounts.add(balance.account)
    moved = dict(bench.ask(_MOVEMENTS, [year.start, year.last])) if accounts else {}
    wrong = sorted(account for account in accounts if stated[account] != moved.get(account, 0))
    if wrong:
        first = wrong[0]
        facts = {"stated": to_the_ore(stated[first]), "computed": to_the_ore(moved.get(first, 0))}
        log.add(BALANCES_DIFFER, count=len(wrong), account=first, **facts)


def _note_what_is_left_out(bench: Workbench, ledger: LedgerFile, log: Collector) -> None:
    names = {dimension.number: dimension.name for dimension in ledger.dimensions}
    for number in sorted(bench.dropped):
        log.add(DIMENSION_DROPPED, number=number, name=names.get(number, ""))
    earlier = sum(balance.year_number < 0 for balance in ledger.balances)
    if earlier:
        log.add(EARLIER_YEARS, count=earlier)
    budgets = sum(balance.kind == "PBUDGET" for balance in ledger.balances)
    if budgets:
        log.add(BUDGET_KEPT, count=budgets)
    if ledger.header.currency not in ("", "SEK"):
        log.add(CURRENCY, currency=ledger.header.currency[:20])


def check_accounts(bench: Workbench, ledger: LedgerFile, known: CodePlan | None, log: Collector) -> None:
    """Log the accounts posted to that nobody has named: neither the file's own chart nor the register.

    A table has no chart of its own. Then the register is the only one, and while it has no accounts there is
    nothing to compare with: a first table can be taken in before the registers are.
    """
    registered = frozenset(known.codes("account")) if known else frozenset[str]()
    if ledger.header.format == "table" and not registered:
        return
    named = registered | {account.code for account in ledger.accounts}
    unnamed = [account for (account,) in bench.ask(_ACCOUNTS) if account not in named]
    if unnamed:
        log.add(ACCOUNT_UNNAMED, count=len(unnamed), accounts=_some(unnamed))


def check_balances(ledger: LedgerFile, profile: Profile, log: Collector) -> None:
    """Refuse a file whose balances were warned of, unless the profile says that they needn't hold."""
    amiss = {finding.code for finding in ledger.findings} & _BALANCES_AMISS
    if amiss and profile.balances == "required":
        log.add(BALANCES_DO_NOT_HOLD, codes=", ".join(sorted(amiss)))


def check_codes(bench: Workbench, known: CodePlan, log: Collector) -> None:
    """Log which codes the code plan lacks, at all or in the month they were posted to."""
    for dimension in DIMENSIONS:
        unknown, not_valid = [], []
        for code, periods in bench.ask(_CODES.format(dimension=dimension, table=table_of(dimension))):
            if not known.knows(dimension, code):
                unknown.append(code)
                continue
            months = [Month.from_number(period) for period in periods]
            not_valid += [f"{code} ({month})" for month in months if not known.entry(dimension, code, month.first)]
        name = FIELD_NAMES[dimension]
        if unknown:
            log.add(CODE_UNKNOWN, dimension=name, count=len(unknown), codes=_some(unknown))
        if not_valid:
            log.add(CODE_NOT_VALID, dimension=name, codes=_some(not_valid))


def _some(codes: list[str]) -> str:
    shown = ", ".join(codes[:_CODES_SHOWN])
    more = len(codes) - _CODES_SHOWN
    return f"{shown} … (+{more})" if more > 0 else shown
