"""Outside facts as values: read from a table that people bring, checked, never touching the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import say
from uppsikt.core.money import MINUS_FORMS, SPACES
from uppsikt.core.tables import Row, read_table
from uppsikt.core.texts import printable
from uppsikt.reports.findings import FACT_TWICE, FACT_UNREADABLE

COLUMNS = ("key", "label", "value", "unit", "decimals", "period", "source", "place", "claims")
SYNONYMS = {
    "nyckel": "key",
    "benämning": "label",
    "namn": "label",
    "värde": "value",
    "enhet": "unit",
    "decimaler": "decimals",
    "period": "period",
    "källa": "source",
    "ställe": "place",
    "avser": "claims",
}
LONGEST = {
    "key": 100,
    "label": 300,
    "value": 100,
    "unit": 30,
    "period": 100,
    "source": 300,
    "place": 300,
    "claims": 300,
}  # characters
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure from outside the ledger. `number` is None for text values ("Öka")."""

    key: str
    label: str
    value: str
    unit: str = ""
    decimals: int = 0
    period: str = ""
    source: str = ""
    place: str = ""
    claims: str = ""
    number: Decimal | None = None

    @property
    def origin(self) -> str:
        """Source and place as printed."""
        return ", ".join(filter(None, [self.source, self.place]))


def read_facts(content: bytes, name: str) -> tuple[list[Fact], list[Finding]]:
    """The facts in a CSV or XLSX; Swedish headings are taken too. Any error finding means none is taken."""
    table, findings = read_table(content, name)
    if table is None:
        return [], findings
    headings = {SYNONYMS.get(heading, heading): heading for heading in table.headings}
    missing = table.lacking(("key", "label", "value", "source"), headings, SYNONYMS)
    if missing:
        return [], missing
    facts: dict[str, Fact] = {}
    for row in table.rows:
        fact, faults = _fact(row, headings)
        findings += faults
        if fact.key in facts:
            findings.append(found(FACT_TWICE, row.at(headings["key"]), key=fact.key))
        facts[fact.key] = fact
    return list(facts.values()), findings


def _fact(row: Row, headings: dict[str, str]) -> tuple[Fact, list[Finding]]:
    cells = {column: printable(row.get(headings.get(column, ""))) for column in COLUMNS}
    findings = []

    def check(column: str, holds: bool, wanted: str) -> None:
        if not holds:
            place = row.at(headings[column]) if column in headings else Place(row.place.source, row.place.line)
            findings.append(found(FACT_UNREADABLE, place, column=column, value=cells[column], wanted=wanted))

    cells["key"] = cells["key"].removeprefix("fakta/")
    number = number_of(cells["value"])
    decimals = cells["decimals"] or str(_decimals_of(number))
    check("key", bool(_KEY.fullmatch(cells["key"])), say("a–z, siffror och bindestreck", "a–z, digits and hyphens"))
    check("value", bool(cells["value"]), say("ett tal eller en kort text", "a number or a short text"))
    check("label", bool(cells["label"]), say("en benämning", "a label"))
    check("source", bool(cells["source"]), say("en källa", "a source"))
    check("decimals", decimals in set("0123456"), "0–6")
    for column, longest in LONGEST.items():
        check(column, len(cells[column]) <= longest, say("högst {n} tecken", "{n} characters at most", n=longest))
    return Fact(
        cells["key"],
        cells["label"],
        str(number) if number is not None else cells["value"],
        cells["unit"],
        int(decimals) if decimals in set("0123456") else 0,
        cells["period"],
        cells["source"],
        cells["place"],
        cells["claims"],
        number,
    ), findings


def number_of(text: str) -> Decimal | None:
    """A number as people write it ("4,4", "−794 290"); None for text."""
    cleaned = text.strip()
    for space in SPACES:
        cleaned = cleaned.replace(space, "")
    for dash in MINUS_FORMS:
        cleaned = cleaned.replace(dash, "-")
    cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", cleaned) or not cleaned.isascii():
        return None
    try:
        return Decimal(cleaned)
    except InvalidOperation:
        return None


def _decimals_of(number: Decimal | None) -> int:
    exponent = number.as_tuple().exponent if number is not None else 0
    return min(-exponent, 6) if isinstance(exponent, int) and exponent < 0 else 0
