"""What the start page says: one statement read once, and what surrounds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse

from uppsikt import relations
from uppsikt.adoption.reading import reading_of
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, Severity, found
from uppsikt.core.formats import Unit, View, number, percent
from uppsikt.core.language import Text, say
from uppsikt.core.periods import Month
from uppsikt.core.postings import ACTUAL
from uppsikt.figures.model import Row, RowStyle, StatementResult
from uppsikt.figures.reach import shown_units
from uppsikt.ledger.selectors import BatchFacts, active_batches
from uppsikt.planning.selectors import RoundRow
from uppsikt.planning.states import State
from uppsikt.reports.selectors import EditionRow, editions
from uppsikt.web.actors import own_units, sees_whole
from uppsikt.web.findings import LEDGER_BEHIND, ROUND_MISSING
from uppsikt.web.rounds import chosen_round, previous_round
from uppsikt.web.scope import require_reading
from uppsikt.web.start.bars import Bar, bars
from uppsikt.web.start.doing import Todo, todos, works
from uppsikt.web.start.links import QuickLink, quick_links
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import figure_url
from uppsikt.web.words import change_word, deviation_word

WHOLE_STATEMENT = "nettoredovisning"
LEVEL_STATEMENT = "enheter"
UNIT_STATEMENT = "kontogrupper"
_BATCHES = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in mnkr as shown, with its word."""

    text: str
    word: str
    shown: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's row with its bar: `bar_x` and `bar_width` in per cent of the bar's width."""

    label: str
    figure_url: str
    budget: str
    forecast: str
    deviation: str
    word: str
    is_total: bool
    bar_css: str
    bar_x: str
    bar_width: str


@dataclass(frozen=True)
class Overview:
    """The whole start page as a value."""

    rounds: Sequence[RoundRow]
    round: RoundRow | None
    links: Sequence[QuickLink]
    todos: Sequence[Todo] = ()
    works: bool = False  # whether rounds ask anything of the reader
    unit: str = ""
    is_by_account: bool = False
    unit_name: str = ""
    title: str = ""
    previous: RoundRow | None = None
    deviation: Amount | None = None
    change: Amount | None = None
    used: str = ""
    year_share: str = ""
    state: str = ""
    lines: Sequence[Line] = ()
    axis: str = "50"
    statement_url: str = ""
    adopted_on: date | None = None  # where the figures are those that were adopted then
    batches: Sequence[BatchFacts] = ()
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def about(self) -> str:
        """Whose figures of which statement are shown: the whole municipality's only where they are."""
        if not self.unit_name:
            return say("Hela kommunens nettoredovisning", "The municipality's net accounts")
        return self.title if self.unit_name in self.title else f"{self.title}: {self.unit_name}"

    @property
    def headline(self) -> tuple[str, str, str]:
        """The one sentence: before the amount, the amount, after it."""
        year = self.round.year if self.round else 0
        if self.deviation is None:
            return (
                say(
                    "Ingen prognos är lämnad för {year} än.",
                    "No forecast has been handed in for {year} yet.",
                    year=year,
                ),
                "",
                "",
            )
        if not self.deviation.shown:
            return (
                say(
                    "Prognosen för {year} ligger i nivå med budget.",
                    "The forecast for {year} is on budget.",
                    year=year,
                ),
                "",
                "",
            )
        before = say(
            "Prognosen för {year} pekar på ett {word} mot budget med",
            "The forecast for {year} points to a {word} against budget of",
            year=year,
            word=self.deviation.word,
        )
        return before, f"{number(abs(self.deviation.shown), 1)}\u00a0mnkr", "."


def overview(actor: Actor, round_key: str, unit: str) -> Overview:
    """The start page for this actor: the whole municipality, or their own unit."""
    rounds = relations.rounds()
    batches = active_batches()
    row = chosen_round(rounds, round_key) if round_key else _current(rounds, _booked_until(batches))
    if row is None:
        waiting = todos(actor, ())
        return Overview((), None, quick_links(actor, None), waiting, findings=(found(ROUND_MISSING),))
    unit = unit or ("" if sees_whole(actor) else next(iter(own_units(actor)), ""))
    plan = code_plan()
    if unit and not plan.knows("unit", unit):
        raise NotFound(found(relations.NO_UNIT, unit=unit))
    require_reading(actor, plan, unit, row.cut_off)
    with reading_of(row) as reading:  # an adopted round says what was adopted, whatever has come since
        plan = reading.engine.plan
        key = _statement_for(unit, plan, row)
        result = reading.statement(key, unit or None)
        # a municipality's own net cost statement may be that of one committee: its name then, not the whole's
        shown = shown_units(reading.definitions[key], unit)
    unit_name = ", ".join(plan.name("unit", code, row.cut_off) for code in shown)
    return _page(actor, rounds, row, unit, unit_name, result, batches)


def _booked_until(batches: Sequence[BatchFacts]) -> date:
    return max((batch.last_day for batch in batches if batch.scenario == ACTUAL), default=date.min)


def _current(rounds: Sequence[RoundRow], booked_until: date) -> RoundRow | None:
    """The latest round whose actuals are booked; the latest of all where none is."""
    booked = [row for row in rounds if row.cut_off <= Month.of(booked_until).last]
    return chosen_round(booked or rounds, "")


def _page(
    actor: Actor,
    rounds: Sequence[RoundRow],
    row: RoundRow,
    unit: str,
    unit_name: str,
    result: StatementResult,
    batches: Sequence[BatchFacts],
) -> Overview:
    total = _total(result)
    deviation = _ore(result, total, "avvikelse")
    before = _ore(result, total, "avvikelse-foregaende")
    change = None if before is None or deviation is None else deviation - before
    choice = Choice(result.key, row.key, unit)
    lines, axis = _lines(result, choice)
    booked_until = _booked_until(batches)
    behind = [found(LEDGER_BEHIND, round=row.name, cut_off=row.cut_off, booked=booked_until)]
    return Overview(
        rounds=rounds,
        round=row,
        links=quick_links(actor, row, has_units=result.key != UNIT_STATEMENT),
        todos=todos(actor, rounds),
        works=works(actor),
        is_by_account=result.key == UNIT_STATEMENT,
        unit=unit,
        unit_name=unit_name,
        title=str(result.title),
        previous=previous_round(rounds, row),
        deviation=_amount(deviation, result.view, deviation_word),
        change=_amount(change, result.view, change_word),
        used=_used(_ore(result, total, "utfall"), _ore(result, total, "budget")),
        year_share=percent(Decimal(row.cut_off.month) / 12, 0),
        state=str(State(row.state).label),
        lines=lines,
        axis=axis,
        adopted_on=row.adopted_on if row.state is State.ADOPTED else None,
        statement_url=f"{reverse('statement', args=[result.key])}?{choice.query()}",
        batches=sorted(batches, key=lambda batch: batch.imported_at, reverse=True)[:_BATCHES],
        findings=(
            *(behind if Month.of(booked_until).last < row.cut_off else ()),
            *result.findings,
            *open_findings(actor, row.key, batches),
        ),
    )


def open_findings(actor: Actor, round_key: str, batches: Sequence[BatchFacts]) -> list[Finding]:
    """What the round's latest editions and the batches that count have left to be settled."""
    if not sees_whole(actor):
        return []
    latest: dict[str, EditionRow] = {}
    for row in editions():
        if row.round_key == round_key:
            latest.setdefault(row.report_key, row)
    found_there = [finding for row in latest.values() for finding in row.findings]
    found_there += [finding for batch in batches for finding in batch.findings]
    return [finding for finding in found_there if finding.severity is not Severity.NOTE]


def _statement_for(unit: str, plan: CodePlan, row: RoundRow) -> str:
    if not unit:
        return WHOLE_STATEMENT
    return LEVEL_STATEMENT if plan.children("unit", unit, row.cut_off) else UNIT_STATEMENT


def _total(result: StatementResult) -> Row | None:
    totals = [row for row in result.rows if row.style is RowStyle.TOTAL]
    return totals[-1] if totals else None


def _ore(result: StatementResult, row: Row | None, column: str) -> int | None:
    cell = result.cells.get((row.key, column)) if row else None
    return cell.amount_ore if cell else None


def _amount(ore: int | None, own: View, word: Callable[[Decimal], Text]) -> Amount | None:
    if ore is None:
        return None
    shown = _mnkr(own).value(ore)
    return Amount(number(shown, 1), str(word(shown)), shown)


def _mnkr(own: View) -> View:
    return View(own.sign, Unit.MNKR, 1)


def _used(actual: int | None, budget: int | None) -> str:
    return percent(Decimal(actual) / Decimal(budget), 0) if actual is not None and budget else "–"


def _lines(result: StatementResult, choice: Choice) -> tuple[list[Line], str]:
    view = _mnkr(result.view)
    rows = [row for row in result.rows if row.style is not RowStyle.MEMO and row.level == 0]
    own = [row for row in rows if row.style is RowStyle.NORMAL]
    drawn, axis = bars([view.value(_ore(result, row, "avvikelse") or 0) for row in own])
    by_key = dict(zip((row.key for row in own), drawn, strict=True))
    return [_line(result, choice, row, by_key.get(row.key)) for row in rows], axis


def _line(result: StatementResult, choice: Choice, row: Row, bar: Bar | None) -> Line:
    view = _mnkr(result.view)
    deviation = _ore(result, row, "avvikelse")
    return Line(
        label=str(row.label),
        figure_url="" if deviation is None else figure_url(choice, row.key, "avvikelse"),
        budget=view.text(_ore(result, row, "budget")),
        forecast=view.text(_ore(result, row, "prognos")),
        deviation=view.text(deviation),
        word="" if deviation is None else str(deviation_word(view.value(deviation))),
        is_total=bar is None,
        bar_css=bar.css if bar else "",
        bar_x=bar.x if bar else "0",
        bar_width=bar.width if bar else "0",
    )
