"""What rows and columns are, told by their labels: totals, "varav" rows, variances, years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.checks.document import Column, Row
from uppsikt.checks.numbers import Unit

_MEMO = re.compile(r"^\W*(?:v\s?arav|därav|härav|av\s?vilka)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"^\W*(?:del)?(?:summa|s:a|total\w*|tot\b|sammanlagt|samtliga|netto\w*|resultat\b(?!\s+från\b)|årets\s+resultat"
    r"|(?:årets|periodens)\s+kassaflöde|kassaflöde\s+från\b|medel\s+från\s+verksamheten\b"
    r"|periodens\s+resultat|balanskravsresultat|verksamhetens\s+(?:netto\w*|resultat)|hela\s+\w+$)|\bsumma\b|[^,]\s+totalt$"
    r"|\(resultaträkning\w*\)|\bresultat\s+(?:efter|före|innan)\b",
    re.IGNORECASE,
)
_SURE_TOTAL = re.compile(r"^\W*(?:del)?(?:summa|s:a|total\w*|tot\b)", re.IGNORECASE)
_RATIO = re.compile(
    r"\bper\s+(?:inv|elev|barn|plats|brukar|timm|dygn|hushåll|årsarb|anställd|medarb|person|kvm|m2|mål|ärende)|/\s?(?:inv(?:\b|ån)|elev|barn|plats)"
    r"|\bskattesats|\butdebitering|\bgenomsnitt|\bmedian",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(?:ingående|ib\b)|\bvid\s+(?:årets|periodens)\s+(?:början|ingång)", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:utgående|ub\b)|\bvid\s+(?:årets|periodens)\s+(?:slut|utgång)", re.IGNORECASE)
_GENDER = re.compile(
    r"(?:^|\s)(?P<total>tot|totalt?|alla|samtliga)$|(?:^|\s)(?P<women>k|kvinn(?:or|a))$|(?:^|\s)(?P<men>m|män|man)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19[89]\d|20[0-5]\d)\b|\b(\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\b")


class Role(StrEnum):
    """What a row is."""

    ITEM = "item"
    TOTAL = "total"
    MEMO = "memo"
    HEADING = "heading"
    OPENING = "opening"
    CLOSING = "closing"


class Kind(StrEnum):
    """What a column shows."""

    ACTUAL = "actual"
    BUDGET = "budget"
    FORECAST = "forecast"
    VARIANCE = "variance"
    SHARE = "share"
    OTHER = "other"


_KINDS = (
    (Kind.VARIANCE, re.compile(r"avv?ik|differens|\bdiff\b|förändr|ökning|minskning", re.IGNORECASE)),
    (Kind.SHARE, re.compile(r"%|\bandel|procent|index\b", re.IGNORECASE)),
    (Kind.FORECAST, re.compile(r"prognos|forecast|beräkna", re.IGNORECASE)),
    (Kind.BUDGET, re.compile(r"budg|\bplan\b|\bram\b|målvärde|\bmål\b", re.IGNORECASE)),
    (Kind.ACTUAL, re.compile(r"utfall|bokslut|redovis|resultat|ack|\b20\d\d\b|\b\d{6}\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a column shows, and of which year where its heading says so."""

    kind: Kind
    year: int | None
    heading: str


def role_of(row: Row) -> Role:
    """What a row is by its label and whether it has figures."""
    if all(cell is None or cell.number is None for cell in row.cells):
        return Role.HEADING
    if is_ratio(row.label):
        return Role.ITEM
    for role, pattern in (
        (Role.MEMO, _MEMO),
        (Role.OPENING, _OPENING),
        (Role.CLOSING, _CLOSING),
        (Role.TOTAL, _TOTAL),
    ):
        if pattern.search(row.label):
            return role
    return Role.ITEM


def is_sure_total(label: str) -> bool:
    """Whether a label can only be that of a sum ("Summa nämnder", "Totalt")."""
    return bool(_SURE_TOTAL.search(label))


def is_ratio(label: str) -> bool:
    """Whether a row is so much for each of something ("Kostnad per elev"), which no other row is a part of."""
    return bool(_RATIO.search(label))


def column_role(column: Column) -> ColumnRole:
    """What a column shows by its heading."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(column.heading)), Kind.OTHER)
    found = _YEAR.search(column.heading)
    year = None
    if found:
        year = 2000 + int(found[1]) if found[1] else int(found[0])
    return ColumnRole(kind, year, column.heading)


def gender_of(label: str) -> str:
    """ "total", "women" or "men" where a label ends with such a mark; else ""."""
    found = _GENDER.search(label.strip())
    return (found.lastgroup or "") if found else ""


def without_gender(label: str) -> str:
    """The label without its mark of women, men or total."""
    return _GENDER.sub("", label.strip()).strip()


def adds(row: Row) -> bool:
    """Whether a row's figures can be added to others: no shares, indices or amounts per head."""
    numbers = [cell.number for cell in row.cells if cell and cell.number]
    return not is_ratio(row.label) and not any(number.unit is Unit.PERCENT for number in numbers)
