"""Parameters that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.core.language import say
from uppsikt.core.money import NotMoney, ore_from_text
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import date_from_text

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A date as 2022-08-31 or 20220831."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: object, parameter: click.Parameter | None, context: click.Context | None) -> date:
        """The date, or a usage error that says the form."""
        day = value if isinstance(value, date) else date_from_text(str(value))
        if day is None:
            sv, en = "{value} är inget datum; skriv ÅÅÅÅ-MM-DD.", "{value} is no date; write YYYY-MM-DD."
            self.fail(say(sv, en, value=value))
        return day


class Kronor(click.ParamType[int]):
    """An amount in kronor as people write it, in öre."""

    name = "KRONOR"

    def convert(self, value: object, parameter: click.Parameter | None, context: click.Context | None) -> int:
        """The öre, or a usage error."""
        try:
            return value if isinstance(value, int) else ore_from_text(str(value))
        except NotMoney:
            self.fail(say("{value} är inget belopp i kronor.", "{value} is no amount of kronor.", value=value))


class YearPart(click.ParamType[tuple[int, int]]):
    """A year and its kronor: "2023=6 000 000", in öre."""

    name = "ÅR=KRONOR"

    def convert(
        self, value: object, parameter: click.Parameter | None, context: click.Context | None
    ) -> tuple[int, int]:
        """The year and its öre, or a usage error."""
        if isinstance(value, tuple):
            return value
        year, _, kronor = str(value).partition("=")
        if not (year.isascii() and year.isdecimal()):
            self.fail(say("{value} är inte ÅR=KRONOR.", "{value} is not YEAR=KRONOR.", value=value))
        return int(year), KRONOR.convert(kronor, parameter, context)


DAY = Day()
KRONOR = Kronor()
DIMENSION = click.Choice(list(DIMENSIONS))
JSON = click.option("--json", "as_json", is_flag=True, help=say("Skriv JSON.", "Write JSON."))
DRY_RUN = click.option(
    "--dry-run",
    is_flag=True,
    help=say("Visa vad som skulle hända; ändra inget.", "Show what would happen; change nothing."),
)
DRAFT = click.option(
    "--draft",
    help=say("Som om detta utkast vore beslutat (dess nyckel).", "As if this draft were adopted (its key)."),
)
STRUCTURE_DATE = click.option(
    "--structure-date",
    type=DAY,
    help=say(
        "Organisationen per detta datum (annars som det var; med utkast utkastets sista dag).",
        "The structure as of this date (else as it was; with a draft the draft's last day).",
    ),
)
TO = click.option(
    "--to",
    "day",
    type=DAY,
    help=say(
        "Dagens organisation (annars avläsningsdagens; med utkast utkastets sista dag).",
        "Its day (else the cut-off; with a draft the draft's last day).",
    ),
)
