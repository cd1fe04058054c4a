"""What tells the moved parts apart in the ledger: codes on their postings, and the postings of who took them over.

The reorganisations themselves stand in `reorganisations/`. No row of the published table changes here: a posting
is parted in two of the same unit and node, or belongs to somebody else than Kommunstyrelsen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import demo_postings
from demo_postings import TKR, Line


@dataclass(frozen=True)
class Part:
    """So much of one posting a month gets other codes. `tkr` by month, ledger sign."""

    year: int
    unit: str
    accounts: str  # what the posting's account begins with
    tkr: dict[int, int]
    codes: dict[str, str]


def every(tkr: int, months: range) -> dict[int, int]:
    """The same amount in each month."""
    return dict.fromkeys(months, tkr)


PARTS = (
    # state grant for the fee ceiling of child care, paid in equal parts
    Part(2021, "2010", "3520", every(-2_000, range(1, 13)), {"account": "3525"}),
    # the council's own cost: what December moves out of 3010
    Part(2021, "3010", "5050", {**every(500, range(1, 9)), 9: 728, 10: 728, 11: 729, 12: 729}, {"activity": "101"}),
    # sustainability money of the staff, until it moved
    Part(2021, "4110", "7", every(100, range(1, 13)), {"activity": "263"}),
    Part(2022, "4110", "7", every(100, range(1, 3)), {"activity": "263"}),
)
ACTIVITY_OF_TEXT = {"Omföring av fullmäktige till egen redovisning": "101"}


def parted(lines: list[Line], part: Part) -> Iterator[Line]:
    """The lines, with one of each month parted in what moved later and what didn't."""
    largest: dict[int, Line] = {}
    for line in lines:
        if line.unit == part.unit and line.account.startswith(part.accounts) and not line.text:
            month = line.day.month
            if abs(line.amount_ore) > abs(largest[month].amount_ore if month in largest else 0):
                largest[month] = line
    for line in lines:
        amount = part.tkr.get(line.day.month, 0) * TKR
        if amount and line is largest[line.day.month]:
            left = line.amount_ore - amount
            assert left, (part, line)
            assert (left < 0) == (amount < 0) == (line.amount_ore < 0), (part, line)
            yield replace(line, amount_ore=left)
            yield replace(line, amount_ore=amount, **part.codes)
        else:
            yield line


def taken_over(year: int) -> Iterator[Line]:
    """Postings of the council and of the committee that took the grant over."""
    if year == 2021:
        end = date(2021, 12, 31)
        council, parties = "Fullmäktige enligt egen redovisning", "Partistöd enligt egen redovisning"
        yield Line(end, "8010", "5050", 6_914 * TKR, council, activity="101")
        yield Line(end, "8020", "4560", 4_300 * TKR, parties, activity="110")
        return
    yield Line(date(2022, 1, 20), "8020", "4560", 4_400 * TKR, "Partistöd", activity="110", counterparty="85")
    for month in range(1, 9):
        yield Line(date(2022, month, 25), "8010", "5050", 580 * TKR, activity="101")
        yield Line(date(2022, month, 28), "8210", "3525", -2_050 * TKR, activity="940", counterparty="81")


def lines_of(year: int) -> list[Line]:
    """All postings of a year but their counter-entries, with what moved told apart."""
    lines = [
        replace(line, activity=ACTIVITY_OF_TEXT.get(line.text, line.activity))
        for line in demo_postings.lines_of(year)
    ]
    for part in PARTS:
        if part.year == year:
            lines = list(parted(lines, part))
    return [*lines, *taken_over(year)]
