"""What a correction changed, as its page shows it: whose forecasts first, then the figures that followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from uppsikt.adoption.changes import Amount
from uppsikt.adoption.naming import ChangedStatement, NamedChanges, NamedFigure, NamedForecast
from uppsikt.core.formats import Sign
from uppsikt.core.language import say
from uppsikt.figures.addresses import parse_address
from uppsikt.planning.kinds import ForecastKind
from uppsikt.web.presenting import FileCell, Sheet, in_kronor
from uppsikt.web.rounds_pages.words import VIEW

_FIGURES_SHOWN = 300


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure that was changed: its row and column, its amounts as shown, and where it is explained now."""

    row: str
    column: str
    url: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A forecast that was changed, by whom and with what words."""

    unit: str
    account: str
    kind: str
    before: str
    after: str
    change: str
    actor: str
    basis: str


@dataclass(frozen=True, slots=True)
class StatementPanel:
    """The changed figures of one statement, folded under its name."""

    heading: str
    count: str
    lines: Sequence[FigureLine]


def forecast_lines(named: NamedChanges) -> list[ForecastLine]:
    """Each changed forecast, in the page's sign and unit."""
    return [_forecast_line(own) for own in named.forecasts]


def statement_panels(named: NamedChanges) -> list[StatementPanel]:
    """The changed figures statement by statement, as many whole statements as a page can hold; the file has all."""
    return list(_panels(named.statements))


def _panels(statements: Sequence[ChangedStatement]) -> Iterator[StatementPanel]:
    shown = 0
    for own in statements:
        if shown and shown + len(own.figures) > _FIGURES_SHOWN:
            return
        shown += len(own.figures)
        heading = f"{own.title} · {own.unit}" if own.unit else str(own.title)
        count = say("{n} {n:siffra|siffror}", "{n} {n:figure|figures}", n=len(own.figures))
        yield StatementPanel(heading, count, [_figure_line(own, figure) for figure in own.figures])


def _figure_line(statement: ChangedStatement, own: NamedFigure) -> FigureLine:
    before, after = statement.shown(own.change.before), statement.shown(own.change.after)
    url = _url(own.change.address)
    return FigureLine(str(own.row), str(own.column), url, before, after, statement.difference(own))


def changes_sheet(named: NamedChanges, name: str) -> Sheet:
    """Every changed figure as a file: in each statement's own sign, kronor to the öre, shares as shown."""
    headings = [
        say("Uppställning", "Statement"),
        say("Enhet", "Unit"),
        say("Rad", "Row"),
        say("Kolumn", "Column"),
        say("Före", "Before"),
        say("Efter", "After"),
        say("Ändring", "Change"),
        say("Adress", "Address"),
    ]
    rows = [_sheet_row(statement, own) for statement in named.statements for own in statement.figures]
    return Sheet(name, say("Ändrade siffror", "Changed figures"), headings, rows)


def _sheet_row(statement: ChangedStatement, own: NamedFigure) -> list[FileCell]:
    def cell(value: Amount) -> FileCell:
        if isinstance(value, str):
            return statement.shown(value)
        return in_kronor(-value if value and statement.view.sign is Sign.REVERSED else value)

    place = [str(statement.title), statement.unit, str(own.row), str(own.column)]
    amounts = [cell(own.change.before), cell(own.change.after), cell(own.difference_ore)]
    return [*place, *amounts, own.change.address]


def _url(address: str) -> str:
    place = parse_address(address)
    if place is None:
        return ""
    unit = f"&unit={place.unit}" if place.unit else ""
    query = f"row={place.row}&figure={place.column}&round={place.round}{unit}"
    return f"{reverse('statement-figure', args=[place.statement])}?{query}"


def _forecast_line(own: NamedForecast) -> ForecastLine:
    change = own.change
    difference_ore = (change.after_ore or 0) - (change.before_ore or 0)
    before, after, difference = (VIEW.text(ore) for ore in (change.before_ore, change.after_ore, difference_ore))
    unit, account = _labelled(change.unit, own.unit), _labelled(change.account, own.account)
    kind = str(ForecastKind(change.kind).label)
    return ForecastLine(unit, account, kind, before, after, difference, change.actor, change.basis)


def _labelled(code: str, name: str) -> str:
    return name if name == code else f"{code} {name}"
