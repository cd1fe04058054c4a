"""All entries of a round out to Excel and in again: what the file would change, and doing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from uppsikt.adoption.reading import reading_of
from uppsikt.audit.actors import NotAllowed, Verb, require
from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.core.language import Text
from uppsikt.planning.findings import ROUND_NOT_OPEN
from uppsikt.planning.selectors import forecasts
from uppsikt.planning.states import State
from uppsikt.relations import NO_UNIT
from uppsikt.rounds.cells import edit_faults
from uppsikt.rounds.findings import NOT_A_PARTICIPANT, NOT_EDITABLE, UNIT_EXCUSED
from uppsikt.rounds.holding import hold_units
from uppsikt.rounds.plausibility import odd_figure, usual_year
from uppsikt.rounds.selectors import round_cells, round_work
from uppsikt.rounds.services import save_cells, save_explanation
from uppsikt.rounds.values import (
    FULL_YEAR,
    CellConflict,
    CellRow,
    ExplanationRow,
    ExplanationText,
    ParticipantRow,
    RoundWork,
)
from uppsikt.web.actors import today
from uppsikt.web.rounds_pages.figures import NO_MONEY, Money, account_groups, at, money_at
from uppsikt.web.rounds_pages.findings import WRITTEN_MEANWHILE
from uppsikt.web.rounds_pages.scope import Scope
from uppsikt.web.rounds_pages.sheet_rows import EntryLine, ReadLine, Seen
from uppsikt.web.rounds_pages.words import state_word
from uppsikt.web.rounds_pages.workbook import month_label, read_entries, write_entries

_NOTHING = ExplanationText()
_FIELDS = (
    ("cause", Text("orsak", "cause")),
    ("measure", Text("åtgärd", "measure")),
    ("effect_ore", Text("åtgärdens effekt", "effect of the measure")),
    ("responsible", Text("ansvarig", "responsible")),
    ("due_on", Text("klart senast", "due by")),
)


def entries_workbook(scope: Scope) -> bytes:
    """The workbook of all units that the reader answers for."""
    return write_entries(scope.row, list(entry_lines(scope)))


def entry_lines(scope: Scope) -> Iterator[EntryLine]:
    """A line for each unit and account group with anything in it."""
    work = round_work(scope.row.key)
    own = [one for one in work.participants if scope.holds(one.unit)]
    with reading_of(scope.row) as reading:
        groups = account_groups(reading.engine.plan, reading.facts)
        money = money_at(reading.facts, [at(one.unit, group) for one in own for group in groups], reading.engine)
    held = _Held(scope, work)
    for one in own:
        written = [account for unit, account in held.accounts if unit == one.unit]
        for account in dict.fromkeys([*groups, *sorted(written)]):
            amounts = money.get(at(one.unit, account), NO_MONEY)
            if account in written or not (amounts.is_empty and amounts.last_year_ore is None):
                yield held.line(one, account, amounts)


class _Held:
    """What is held of all units, by unit and account group."""

    def __init__(self, scope: Scope, work: RoundWork) -> None:
        self.scope = scope
        self.work = work
        self.cells: dict[tuple[str, str], dict[int, CellRow]] = {}
        for unit, rows in round_cells(scope.row).items():
            for row in rows:
                self.cells.setdefault((unit, row.account), {})[row.period] = row
        self.explanations = {(unit, row.account): row for unit, rows in work.explanations.items() for row in rows}
        self.submitted = {(own.unit, own.account): own.full_year_ore for own in forecasts(scope.row.key)}
        self.participants = {own.unit: own for own in work.participants}
        self.accounts = dict.fromkeys([*self.cells, *self.explanations, *self.submitted])

    def line(self, own: ParticipantRow, account: str, money: Money) -> EntryLine:
        """A row of the file."""
        spot = own.unit, account
        explanation = self.explanations.get(spot)
        cells = self.cells.get(spot, {})
        return EntryLine(
            unit=own.unit,
            unit_name=self.scope.name(own.unit),
            state=state_word(own).word,
            is_open=own.state.is_editable and not own.excused and self.scope.row.state is State.OPEN,
            account=account,
            account_name=self.scope.plan.name("account", account, self.scope.row.cut_off),
            last_year_ore=money.last_year_ore,
            budget_ore=money.budget_ore,
            actual_ore=money.actual_ore,
            previous_ore=money.previous_ore,
            submitted_ore=self.submitted.get(spot),
            cells={period: Seen(row.amount_ore, row.version) for period, row in cells.items()},
            explanation=text_of(explanation),
            explanation_version=explanation.version if explanation else 0,
        )


def text_of(row: ExplanationRow | None) -> ExplanationText:
    """What an explanation says; nothing where there is none."""
    if row is None:
        return _NOTHING
    return ExplanationText(row.cause, row.measure, row.effect_ore, row.responsible, row.due_on)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that the file would change, before and after, written out."""

    unit: str
    unit_name: str
    account: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class EntriesRun:
    """What a file would do, or did. Errors among the findings: nothing changed."""

    changes: Sequence[CellChange]
    findings: Sequence[Finding]
    row_count: int

    @property
    def is_refused(self) -> bool:
        """Whether an error stops it."""
        return has_errors(self.findings)

    @property
    def unit_count(self) -> int:
        """How many units it changes."""
        return len({change.unit for change in self.changes})


def run_entries(scope: Scope, content: bytes, name: str, *, dry_run: bool) -> EntriesRun:
    """Take the changes of a file in, or tell them; all or nothing, through the rounds' own services.

    The dry run also tells of full years with a sign their row never has, or ten or a thousand times off.
    """
    lines, findings = read_entries(content, name, scope.row)
    held = _Held(scope, round_work(scope.row.key))
    changed = [line for line in lines if line.edits() or line.changed_explanation() is not None]
    findings += [fault for line in changed for fault in _faults(scope, held, line, name)]
    changes = [change for line in changed for change in _changes(scope, held, line)]
    if dry_run and not has_errors(findings):
        findings += _odd(scope, changed, name)
    elif not dry_run and not has_errors(findings):
        findings += _save(scope, changed, name)
    return EntriesRun(changes, findings, len(lines))


def _faults(scope: Scope, held: _Held, line: ReadLine, name: str) -> Iterator[Finding]:
    place = Place(name, line.line)
    if not scope.plan.knows("unit", line.unit):
        yield found(NO_UNIT, place, unit=line.unit)
        return
    if not scope.holds(line.unit):
        raise NotAllowed(scope.actor, Verb.SUBMIT_FORECAST)
    require(scope.actor, Verb.SUBMIT_FORECAST, scope.path(line.unit), today())
    yield from _closed(scope, held.participants.get(line.unit), line.unit, place)
    edits = line.edits()
    for fault in edit_faults(edits, scope.row, scope.plan):
        yield Finding(fault.code, Place(name, line.line, fault.at.column), fault.facts)
    for edit in edits:
        row = held.cells.get((line.unit, line.account), {}).get(edit.period)
        if row and row.version != edit.seen_version and row.amount_ore != edit.amount_ore:
            yield _meanwhile(line, place, str(month_label(edit.period)), row.changed_by, _amount(row.amount_ore))
    yield from _explanation_meanwhile(held, line, place)


def _odd(scope: Scope, lines: Sequence[ReadLine], name: str) -> Iterator[Finding]:
    years = [(line, edit.amount_ore) for line in lines for edit in line.edits() if edit.period == FULL_YEAR]
    if not years:
        return
    with reading_of(scope.row) as reading:
        spots = [at(line.unit, line.account) for line, _ in years]
        money = money_at(reading.facts, spots, reading.engine)
    months = len(scope.row.months_with_actuals)
    for line, amount_ore in years:
        own = money.get(at(line.unit, line.account), NO_MONEY)
        usual = usual_year(own.last_year_ore, own.budget_ore, own.previous_ore, own.actual_ore, months)
        odd = odd_figure(f"{line.unit} {line.account}", amount_ore, usual)
        if odd:
            yield Finding(odd.code, Place(name, line.line), odd.facts)


def _closed(scope: Scope, own: ParticipantRow | None, unit: str, place: Place) -> Iterator[Finding]:
    if scope.row.state is not State.OPEN:
        yield found(ROUND_NOT_OPEN, place, round=scope.row.key, state=scope.row.state.label)
    elif own is None:
        yield found(NOT_A_PARTICIPANT, place, round=scope.row.key, unit=unit)
    elif own.excused:
        yield found(UNIT_EXCUSED, place, unit=unit, reason=own.excused)
    elif not own.state.is_editable:
        yield found(NOT_EDITABLE, place, unit=unit, state=own.state.label)


def _explanation_meanwhile(held: _Held, line: ReadLine, place: Place) -> Iterator[Finding]:
    row = held.explanations.get((line.unit, line.account))
    text = line.changed_explanation()
    seen = line.origin.explanation_version if line.origin else 0
    if row and text is not None and row.version != seen and text_of(row) != text:
        yield _meanwhile(line, place, str(Text("förklaring", "explanation")), row.changed_by, row.cause or ABSENT)


def _meanwhile(line: ReadLine, place: Place, what: str, who: str, shown: str) -> Finding:
    facts = {"unit": line.unit, "account": line.account, "what": what, "who": who, "held": shown}
    return found(WRITTEN_MEANWHILE, place, **facts)


def _changes(scope: Scope, held: _Held, line: ReadLine) -> Iterator[CellChange]:
    name = scope.name(line.unit)
    account = f"{line.account} {scope.plan.name('account', line.account, scope.row.cut_off)}"
    cells = held.cells.get((line.unit, line.account), {})
    for edit in line.edits():
        before = cells[edit.period].amount_ore if edit.period in cells else None
        if before != edit.amount_ore:
            what = str(month_label(edit.period))
            yield CellChange(line.unit, name, account, what, _amount(before), _amount(edit.amount_ore))
    text = line.changed_explanation()
    if text is not None:
        before_text = text_of(held.explanations.get((line.unit, line.account)))
        for key, label in _FIELDS:
            old, new = getattr(before_text, key), getattr(text, key)
            if old != new:
                yield CellChange(line.unit, name, account, str(label), _written(key, old), _written(key, new))


def _amount(amount_ore: int | None) -> str:
    return ABSENT if amount_ore is None else to_the_ore(-amount_ore)  # in the file's sign, that of the pages


def _written(key: str, value: object) -> str:
    if value is None or value == "":
        return ABSENT
    return _amount(value) if key == "effect_ore" and isinstance(value, int) else str(value)


class _Refused(Exception):
    """Something changed between the look and the save; carries what the services said."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(len(findings))
        self.findings = list(findings)


def _save(scope: Scope, lines: Sequence[ReadLine], name: str) -> list[Finding]:
    """Save every unit's changes, or none: the first refusal takes all of them back."""
    by_unit: dict[str, list[ReadLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    try:
        with transaction.atomic():
            hold_units(scope.row.key, by_unit)
            for unit in sorted(by_unit):
                _save_unit(scope, unit, by_unit[unit], name)
    except _Refused as refused:
        return refused.findings
    return []


def _save_unit(scope: Scope, unit: str, lines: Sequence[ReadLine], name: str) -> None:
    edits = [edit for line in lines for edit in line.edits()]
    save = save_cells(actor=scope.actor, round_key=scope.row.key, unit=unit, edits=edits, as_of=today())
    by_account = {line.account: line for line in lines}
    refusals = [*save.findings, *(_conflict(by_account, own, name) for own in save.conflicts)]
    for line in lines:
        text = line.changed_explanation()
        refusals += _save_text(scope, line, text, name) if text is not None else []
    if has_errors(refusals):
        raise _Refused(refusals)


def _conflict(lines: Mapping[str, ReadLine], own: CellConflict, name: str) -> Finding:
    line = lines[own.edit.account]
    what, shown = str(month_label(own.edit.period)), _amount(own.held.amount_ore)
    return _meanwhile(line, Place(name, line.line), what, own.held.changed_by, shown)


def _save_text(scope: Scope, line: ReadLine, text: ExplanationText, name: str) -> list[Finding]:
    saved = save_explanation(
        actor=scope.actor,
        round_key=scope.row.key,
        unit=line.unit,
        account=line.account,
        values=text,
        seen_version=line.origin.explanation_version if line.origin else 0,
        as_of=today(),
    )
    if saved.is_conflict and saved.row:
        what = str(Text("förklaring", "explanation"))
        return [_meanwhile(line, Place(name, line.line), what, saved.row.changed_by, saved.row.cause or ABSENT)]
    return list(saved.findings)
