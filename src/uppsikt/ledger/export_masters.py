"""The names that go with an export: accounts, dimensions and objects of all its batches as one chart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uppsikt.core.codeplan import CodePlan
from uppsikt.ledger.batches import BALANCES, MANIFEST, MASTERS
from uppsikt.ledger.names import FIELD_NAMES
from uppsikt.ledger.profiles import MAPPED_DIMENSIONS
from uppsikt.ledger.readers.base import AccountName, DimensionName, ObjectName
from uppsikt.ledger.selectors import BatchFacts

# 1 and 6 are the standard's own; from 20 on numbers are free for the program that writes
_STANDARD_NUMBERS = {
    "unit": "1",
    "project": "6",
    "activity": "20",
    "object": "21",
    "counterparty": "22",
    "marker": "23",
}
_FIRST_FREE = 20


@dataclass(frozen=True)
class Papers:
    """What a batch's file said of itself, its names and its opening balances."""

    organisation_no: str
    years: Mapping[int, int]  # calendar year → the file's year number
    dimensions: Mapping[str, str]
    masters: Mapping[str, Sequence[Mapping[str, str]]]
    opening_ore: Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class Chart:
    """All that an export names. `numbers` gives each of our dimensions its number in the file."""

    organisation_no: str
    numbers: Mapping[str, str]
    accounts: Sequence[AccountName]
    dimensions: Sequence[DimensionName]
    objects: Sequence[ObjectName]
    opening_ore: Mapping[str, int]
    kinds: Mapping[str, str]

    def is_balance_account(self, account: str) -> bool:
        """Whether the account has a closing balance (else a result): by its SIE letter, else by its class."""
        kind = self.kinds.get(account, "")
        return kind in ("T", "S") if kind else account[:1] in ("1", "2")


def papers_of(facts: BatchFacts) -> Papers:
    """Read what lies beside a batch's postings."""
    manifest = _json(facts, MANIFEST)
    header = manifest["header"]
    return Papers(
        organisation_no=header["organisation_no"],
        years={date.fromisoformat(year["start"]).year: year["number"] for year in header["years"]},
        dimensions=manifest["profile"]["dimensions"],
        masters=_json(facts, MASTERS),
        opening_ore={(row[1], row[2]): row[3] for row in _json(facts, BALANCES) if row[0] == "IB"},
    )


def _json(facts: BatchFacts, name: str) -> Any:
    return json.loads((facts.folder / name).read_text(encoding="utf-8"))


def chart_of(papers: Sequence[Papers], used: Mapping[str, Sequence[str]], known: CodePlan | None, year: int) -> Chart:
    """One chart of several batches' names; where they differ the later batch's name stands."""
    numbers = _numbers(papers)
    names = _names(papers, used, known, year)
    kinds = {account["code"]: account["kind"] for paper in papers for account in paper.masters["accounts"]}
    return Chart(
        organisation_no=next((paper.organisation_no for paper in papers if paper.organisation_no), ""),
        numbers=numbers,
        accounts=[
            AccountName(code, name, kinds.get(code, ""))
            for (dimension, code), name in sorted(names.items())
            if dimension == "account"
        ],
        dimensions=_dimensions(papers, numbers, used),
        objects=[
            ObjectName(numbers[dimension], code, name)
            for (dimension, code), name in sorted(names.items())
            if dimension != "account"
        ],
        opening_ore=_opening(papers, year),
        kinds=kinds,
    )


def _names(
    papers: Sequence[Papers], used: Mapping[str, Sequence[str]], known: CodePlan | None, year: int
) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for paper in papers:
        for account in paper.masters["accounts"]:
            names["account", account["code"]] = account["name"]
        for named in paper.masters["objects"]:
            if dimension := paper.dimensions.get(named["dimension"]):
                names[dimension, named["code"]] = named["name"]
    for dimension, codes in used.items():
        for code in codes:
            names.setdefault((dimension, code), known.name(dimension, code, date(year, 12, 31)) if known else "")
    return names


def _dimensions(
    papers: Sequence[Papers], numbers: Mapping[str, str], used: Mapping[str, Sequence[str]]
) -> list[DimensionName]:
    named = {
        paper.dimensions[own["number"]]: own["name"]
        for paper in papers
        for own in paper.masters["dimensions"]
        if own["number"] in paper.dimensions
    }
    return [
        DimensionName(numbers[dimension], named.get(dimension, FIELD_NAMES[dimension].sv))
        for dimension in MAPPED_DIMENSIONS
        if dimension in named or used.get(dimension)
    ]


def _opening(papers: Sequence[Papers], year: int) -> dict[str, int]:
    """Opening balances of the year: exports of the same year repeat them, so the first one stands."""
    opening: dict[str, int] = {}
    for paper in papers:
        for (number, account), amount in paper.opening_ore.items():
            if number == paper.years.get(year):
                opening.setdefault(account, amount)
    return opening


def _numbers(papers: Sequence[Papers]) -> dict[str, str]:
    """The files' own numbers as far as they agree, then the standard's, then the first free."""
    numbers: dict[str, str] = {}
    wishes = [(dimension, number) for paper in papers for number, dimension in paper.dimensions.items()]
    for dimension, number in [*wishes, *_STANDARD_NUMBERS.items()]:
        if dimension not in numbers and number not in numbers.values():
            numbers[dimension] = number
    free = (str(number) for number in range(_FIRST_FREE, 1000) if str(number) not in numbers.values())
    for dimension in MAPPED_DIMENSIONS:
        if dimension not in numbers:
            numbers[dimension] = next(free)
    return numbers
