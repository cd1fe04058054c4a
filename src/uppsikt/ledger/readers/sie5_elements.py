"""What each SIE 5 element says, gathered as the parser walks past it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

import numpy as np

from uppsikt.core.money import NotMoney, ore_from_decimal
from uppsikt.core.periods import Month
from uppsikt.core.tables import date_from_text
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings_sie5 import (
    XML_AMOUNT,
    XML_DATE,
    XML_MISSING,
    XML_STRUCK,
    XML_UNDECLARED,
    XML_YEAR,
)
from uppsikt.ledger.readers.base import (
    AccountName,
    Balance,
    Block,
    DimensionName,
    FinancialYear,
    LedgerFile,
    ObjectList,
    ObjectName,
    Voucher,
)

NAMESPACE = "http://www.sie.se/sie5"
ROWS_PER_BLOCK = 100_000
_KINDS = {"asset": "T", "liability": "S", "equity": "S", "cost": "K", "income": "I", "statistics": ""}
_BALANCES = ("OpeningBalance", "ClosingBalance", "Budget")
_NO_DAY = date(1970, 1, 1)  # stands where a date is a finding: such a file is never kept
Attributes = dict[str, str]


@dataclass(slots=True)
class _Row:
    """A LedgerEntry being read."""

    account: str
    amount_ore: int
    text: str
    day: date
    line: int
    objects: list[tuple[str, str]] = field(default_factory=list)
    is_struck: bool = False


@dataclass(slots=True)
class _StatedBalance:
    """A balance element being read; which year it belongs to is known when the file has been read."""

    tag: str
    account: str
    month: Month | None
    amount_ore: int
    line: int
    objects: list[tuple[str, str]] = field(default_factory=list)


class Rows:
    """Posting rows on their way to becoming a block."""

    def __init__(self) -> None:
        self.vouchers: list[Voucher] = []
        self._ids: tuple[dict[str, int], dict[ObjectList, int], dict[str, int]] = ({}, {}, {})
        self._rows: list[tuple[int, int, int, int, date, int, int]] = []

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def is_full(self) -> bool:
        """Whether it is time to take a block."""
        return len(self._rows) >= ROWS_PER_BLOCK

    def add(self, row: _Row) -> None:
        """Add a row of the latest voucher."""
        accounts, lists, texts = self._ids
        objects = tuple(row.objects)
        self._rows.append(
            (
                accounts.setdefault(row.account, len(accounts)),
                lists.setdefault(objects, len(lists)),
                len(self.vouchers) - 1,
                texts.setdefault(row.text, len(texts)),
                row.day,
                row.amount_ore,
                row.line,
            )
        )

    def take(self) -> Block:
        """The rows of all vouchers that are whole; the one still being read stays."""
        accounts, lists, texts = self._ids
        account, objects, voucher, text, days, amounts, lines = zip(*self._rows, strict=True)
        block = Block(
            accounts=list(accounts),
            object_lists=list(lists),
            vouchers=self.vouchers,
            texts=list(texts),
            account_index=np.array(account, dtype=np.int32),
            object_index=np.array(objects, dtype=np.int32),
            voucher_index=np.array(voucher, dtype=np.int32),
            text_index=np.array(text, dtype=np.int32),
            dates=np.array(days, dtype="datetime64[D]"),
            amounts_ore=np.array(amounts, dtype=np.int64),
            lines=np.array(lines, dtype=np.int32),
        )
        self.__init__()  # type: ignore[misc]  # as new
        return block


class Sie5State:
    """Where in the file we are, and what has been gathered so far."""

    def __init__(self, ledger: LedgerFile, log: Collector) -> None:
        self.ledger, self.log = ledger, log
        self.rows = Rows()
        self.sie_type = ""
        self.line = 0
        self._account = self._dimension = self._series = ""
        self._row: _Row | None = None
        self._balance: _StatedBalance | None = None
        self._years: list[tuple[Month, Month, bool]] = []
        self._stated: list[_StatedBalance] = []
        self._declared: set[str] = set()
        self._pending: list[tuple[Voucher, list[_Row]]] = []
        self._struck = 0
        self._starts: dict[str, Callable[[str, Attributes], None]] = {
            "SoftwareProduct": self._program,
            "FileCreation": self._creation,
            "Company": self._company,
            "FiscalYear": self._year,
            "AccountingCurrency": self._currency,
            "Account": self._account_name,
            "Dimension": self._dimension_name,
            "Object": self._object_name,
            "Journal": self._journal,
            "JournalEntry": self._voucher,
            "LedgerEntry": self._ledger_entry,
            "Overstrike": self._overstrike,
            "ObjectReference": self._object,
        }

    def start(self, tag: str, parent: str, attributes: Attributes, line: int) -> None:
        """An element begins under `parent`."""
        self.line = line
        base = tag.removesuffix("Multidim")
        if base in _BALANCES and parent == "Account":
            self._stated_balance(base, attributes)
        elif handler := self._starts.get(tag):
            handler(parent, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "LedgerEntry" and self._row:
            self._end_row(self._row)
        elif tag == "JournalEntry":
            self._end_voucher()
        elif tag.removesuffix("Multidim") in _BALANCES and self._balance:
            self._stated.append(self._balance)
            self._balance = None

    def _need(self, element: str, attributes: Attributes, name: str) -> str:
        value = attributes.get(name, "").strip()
        if not value:
            self.log.add(XML_MISSING, self.line, element=element, attribute=name)
        return value

    def _amount(self, text: str) -> int:
        try:
            return ore_from_decimal(Decimal(text.strip()))
        except (NotMoney, InvalidOperation, ValueError):
            self.log.add(XML_AMOUNT, self.line, text=text[:40])
            return 0

    def _day(self, text: str) -> date:
        day = date_from_text(text[:10])
        if day is None:
            self.log.add(XML_DATE, self.line, text=text[:40])
        return day or _NO_DAY

    def _month(self, text: str) -> Month | None:
        year, _, month = text.strip().partition("-")
        try:
            return Month(int(year), int(month[:2]))
        except ValueError:
            self.log.add(XML_DATE, self.line, text=text[:40])
            return None

    def _program(self, _: str, attributes: Attributes) -> None:
        program = f"{attributes.get('name', '')} {attributes.get('version', '')}".strip()
        self.ledger.header = replace(self.ledger.header, sie_type=self.sie_type, encoding="XML", program=program)

    def _creation(self, _: str, attributes: Attributes) -> None:
        day = date_from_text(attributes.get("time", "")[:10])
        self.ledger.header = replace(self.ledger.header, generated_on=day)

    def _company(self, _: str, attributes: Attributes) -> None:
        name, number = attributes.get("name", "").strip(), attributes.get("organizationId", "").strip()
        self.ledger.header = replace(self.ledger.header, company=name or number, organisation_no=number)

    def _currency(self, _: str, attributes: Attributes) -> None:
        self.ledger.header = replace(self.ledger.header, currency=attributes.get("currency", "SEK").strip())

    def _year(self, _: str, attributes: Attributes) -> None:
        start = self._month(self._need("FiscalYear", attributes, "start"))
        last = self._month(self._need("FiscalYear", attributes, "end"))
        if start and last:
            self._years.append((start, last, attributes.get("primary", "").strip() in ("true", "1")))

    def _account_name(self, parent: str, attributes: Attributes) -> None:
        if parent != "Accounts":  # account aggregations name accounts too
            return
        self._account = self._need("Account", attributes, "id")
        self._declared.add(self._account)
        kind = _KINDS.get(attributes.get("type", ""), "")
        self.ledger.accounts.append(AccountName(self._account, attributes.get("name", "").strip(), kind))

    def _dimension_name(self, parent: str, attributes: Attributes) -> None:
        if parent == "Dimensions":
            self._dimension = self._need("Dimension", attributes, "id")
            self.ledger.dimensions.append(DimensionName(self._dimension, attributes.get("name", "").strip()))

    def _object_name(self, parent: str, attributes: Attributes) -> None:
        if parent == "Dimension":
            code = self._need("Object", attributes, "id")
            self.ledger.objects.append(ObjectName(self._dimension, code, attributes.get("name", "").strip()))

    def _stated_balance(self, tag: str, attributes: Attributes) -> None:
        month_text = attributes.get("month", "")
        if not month_text and tag != "Budget":
            self.log.add(XML_MISSING, self.line, element=tag, attribute="month")
        month = self._month(month_text) if month_text else None
        amount = self._amount(self._need(tag, attributes, "amount") or "0")
        self._balance = _StatedBalance(tag, self._account, month, amount, self.line)

    def _journal(self, _: str, attributes: Attributes) -> None:
        self._series = attributes.get("id", "").strip()

    def _voucher(self, _: str, attributes: Attributes) -> None:
        day = self._day(self._need("JournalEntry", attributes, "journalDate"))
        number, text = attributes.get("id", "").strip(), attributes.get("text", "").strip()
        self._pending = [(Voucher(self._series, number, day, text), [])]

    def _ledger_entry(self, _: str, attributes: Attributes) -> None:
        account = self._need("LedgerEntry", attributes, "accountId")
        amount = self._amount(self._need("LedgerEntry", attributes, "amount") or "0")
        own_day = attributes.get("ledgerDate", "")
        voucher_day = self._pending[0][0].date if self._pending else _NO_DAY
        day = self._day(own_day) if own_day else voucher_day
        self._row = _Row(account, amount, attributes.get("text", "").strip(), day, self.line)

    def _overstrike(self, parent: str, _: Attributes) -> None:
        if parent == "LedgerEntry" and self._row:
            self._row.is_struck = True

    def _object(self, parent: str, attributes: Attributes) -> None:
        pair = (
            self._need("ObjectReference", attributes, "dimId"),
            self._need("ObjectReference", attributes, "objectId"),
        )
        if parent == "LedgerEntry" and self._row:
            self._row.objects.append(pair)
        elif self._balance:
            self._balance.objects.append(pair)

    def _end_row(self, row: _Row) -> None:
        self._row = None
        if row.is_struck:
            self._struck += 1
            return
        if self._declared and row.account not in self._declared:
            self._declared.add(row.account)  # say it once
            self.log.add(XML_UNDECLARED, row.line, account=row.account)
        if self._pending:
            self._pending[0][1].append(row)

    def _end_voucher(self) -> None:
        for voucher, rows in self._pending:
            self.rows.vouchers.append(voucher)
            for row in rows:
                self.rows.add(row)
        self._pending = []

    def finish(self) -> None:
        """The file has ended: number the years and place the balances in them."""
        self._years.sort()
        primary = [is_primary for _, _, is_primary in self._years]
        current = primary.index(True) if True in primary else len(self._years) - 1
        years = tuple(
            FinancialYear(place - current, start.first, last.last)
            for place, (start, last, _) in enumerate(self._years)
        )
        self.ledger.header = replace(self.ledger.header, sie_type=self.sie_type, years=years)
        kinds = {account.code: account.kind for account in self.ledger.accounts}
        self._keep_last()
        for stated in self._stated:
            self._place(stated, kinds.get(stated.account, ""))
        if self._struck:
            self.log.add(XML_STRUCK, count=self._struck)

    def _keep_last(self) -> None:
        # closing balances may stand for several months of a year: the last one is the year's
        last: dict[tuple[object, ...], _StatedBalance] = {}
        for stated in self._stated:
            year = self._year_of(stated.month)
            month = stated.month if stated.tag == "Budget" else year
            key = (stated.tag, stated.account, month, tuple(stated.objects))
            kept = last.get(key)
            is_later = kept is None or (stated.month or Month(1, 1)) >= (kept.month or Month(1, 1))
            if is_later == (stated.tag != "OpeningBalance") or kept is None:
                last[key] = stated
        self._stated = list(last.values())

    def _year_of(self, month: Month | None) -> int | None:
        if month is None:
            return 0
        for year in self.ledger.header.years:
            if year.start <= month.first <= year.last:
                return year.number
        return None

    def _place(self, stated: _StatedBalance, account_kind: str) -> None:
        year = self._year_of(stated.month)
        if year is None:
            self.log.add(XML_YEAR, stated.line, month=stated.month)
            return
        objects = tuple(stated.objects)
        if stated.tag == "Budget":
            kind, period = "PBUDGET", stated.month.number if stated.month else None
        elif stated.tag == "OpeningBalance":
            kind, period = ("OIB" if objects else "IB"), None
        elif account_kind in ("K", "I") and not objects:
            kind, period = "RES", None
        else:
            kind, period = ("OUB" if objects else "UB"), None
        self.ledger.balances.append(
            Balance(kind, year, stated.account, stated.amount_ore, objects, period, stated.line)
        )
