"""Cells to values by the rules of a profile: dates, periods and amounts. Each distinct text is read once."""

from __future__ import annotations

import re
from datetime import date, datetime

from uppsikt.core.money import MINUS_FORMS, SPACES, NotMoney, ore_from_text
from uppsikt.core.periods import Month
from uppsikt.ledger.profiles import DATE_FORMS, Profile

_PLAIN = re.compile(r"(-?\d{1,13})[.,](\d\d)", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,13}", re.ASCII)
_PERIOD = re.compile(r"(\d{4})[-/ ]?(\d\d)", re.ASCII)
_UNSEPARATED = ("yyyymmdd", "yymmdd")
_CLOSING_PERIODS = 16  # year-end periods 13–16 belong to December
_GROUP_AND_DECIMAL = {"comma": (".", ","), "point": (",", ".")}
_REMOVED = str.maketrans({**dict.fromkeys(SPACES), **dict.fromkeys(MINUS_FORMS, "-")})


def date_of(text: str, profile: Profile) -> date | None:
    """The date in any of the profile's forms; a time after it is left out."""
    day = text.strip().split("T")[0].split(" ")[0]
    for form in profile.dates:
        if form in _UNSEPARATED and len(day) != len(form):  # strptime would read "202281" as 1 August
            continue
        try:
            return datetime.strptime(day, DATE_FORMS[form]).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def period_of(text: str) -> int | None:
    """yyyymm of "202208", "2022-08" or a year-end period such as "202213"; None for others."""
    match = _PERIOD.fullmatch(text.strip())
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    if not (1 <= year <= 9998 and 1 <= month <= _CLOSING_PERIODS):
        return None
    return Month(year, min(month, 12)).number


def ore_of(text: str, decimal: str) -> int:
    """Öre of an amount under the profile's decimal sign; raises `NotMoney`."""
    if decimal == "auto":
        if match := _PLAIN.fullmatch(text):
            return _joined(match)
        return int(text) * 100 if _WHOLE.fullmatch(text) else ore_from_text(text)
    group, sign = _GROUP_AND_DECIMAL[decimal]
    whole, _, decimals = text.strip().translate(_REMOVED).replace(group, "").partition(sign)
    return ore_from_text(f"{whole}.{decimals.rstrip('0') or '0'}" if decimals else whole)


def _joined(match: re.Match[str]) -> int:
    return int(match[1] + match[2])


def sum_of(debit: str, credit: str, decimal: str) -> int:
    """Debit less credit; either may be empty, not both."""
    if not debit.strip() and not credit.strip():
        raise NotMoney("")
    return (ore_of(debit, decimal) if debit.strip() else 0) - (ore_of(credit, decimal) if credit.strip() else 0)
