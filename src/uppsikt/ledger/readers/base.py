"""What every reader gives: masters and balances whole, postings in dictionary-coded blocks.

A reader turns one file format into this shape and nothing else: it knows no municipality, no register
and no database. Codes repeat a million times in a ledger, so a block holds each distinct account, object
list, voucher and text once and points to it by index; profiles then map distinct values, not rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from uppsikt.core.findings import Finding

ObjectList = tuple[tuple[str, str], ...]  # ((dimension number or name, object code), …) as in the file


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """A #RAR row: 0 is the current year, −1 the one before. `end` is the last day, as the file says it."""

    number: int
    start: date
    last: date


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself."""

    format: str  # "sie4", "sie5", "table"
    sie_type: str = ""  # "1", "2", "3", "4E", "4I", "5", "5I"
    encoding: str = ""
    program: str = ""
    company: str = ""
    organisation_no: str = ""
    generated_on: date | None = None
    value_date: date | None = None  # #OMFATTN
    currency: str = "SEK"
    years: tuple[FinancialYear, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account of the file's chart. `kind` is the SIE letter T, S, K or I, "" where not said."""

    code: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DimensionName:
    """A dimension of the file: its number as text, its name, the number it is a sub-dimension of."""

    number: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ObjectName:
    """An object (code) in one of the file's dimensions."""

    dimension: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Balance:
    """A yearly (#IB #UB #OIB #OUB #RES) or monthly (#PSALDO #PBUDGET) balance, ledger sign.

    `period` is yyyymm for monthly balances, None for yearly. `objects` is empty for the account's whole;
    a row with objects is a breakdown of that whole and never adds to it.
    """

    kind: str
    year_number: int
    account: str
    amount_ore: int
    objects: ObjectList = ()
    period: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher's own data; its rows point to it."""

    series: str
    number: str
    date: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Up to some hundred thousand posting rows, dictionary-coded. All arrays have the same length.

    `dates` (datetime64[D]) is the row's own date: the transaction date where given, else the voucher's.
    Struck rows (#BTRANS) and the added-row markers (#RTRANS) are not in blocks: #TRANS rows are the truth.
    `periods` (yyyymm, 0 where not said) is for formats whose rows say their period beside their date.
    """

    accounts: list[str]
    object_lists: list[ObjectList]
    vouchers: Sequence[Voucher]  # decoded when asked for, where that saves time
    texts: list[str]
    account_index: NDArray[np.int32]
    object_index: NDArray[np.int32]
    voucher_index: NDArray[np.int32]
    text_index: NDArray[np.int32]
    dates: NDArray[np.datetime64]
    amounts_ore: NDArray[np.int64]
    lines: NDArray[np.int32]
    periods: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.amounts_ore)


@dataclass(slots=True)
class LedgerFile:
    """One file being read. Iterate `blocks` to its end first: masters, balances and findings fill as it goes.

    `progress` counts bytes read so far, for progress bars.
    """

    header: Header
    blocks: Iterator[Block]
    accounts: list[AccountName] = field(default_factory=list)
    dimensions: list[DimensionName] = field(default_factory=list)
    objects: list[ObjectName] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    size_bytes: int = 0
    progress_bytes: int = 0
