"""What people do on the manager's page: save the form, explain, answer, comment, hand in, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding, NotFound, Place, found, has_errors
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import say
from uppsikt.core.money import NotMoney
from uppsikt.core.tables import date_from_text
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.selectors import round_row
from uppsikt.rounds import services
from uppsikt.rounds.values import (
    FULL_YEAR,
    AnswerRow,
    CellConflict,
    CellEdit,
    ExplanationRow,
    ExplanationText,
    Saved,
    UnitChange,
)
from uppsikt.web.actors import today
from uppsikt.web.amounts import whole_number
from uppsikt.web.forecasts.amounts import INCOME, ore_typed
from uppsikt.web.forecasts.findings import AMOUNT_UNREADABLE, DATE_UNREADABLE, SAVED_BY_ANOTHER
from uppsikt.web.forecasts.lines import GridLine
from uppsikt.web.forecasts.saving import Read, clock, read_form, save
from uppsikt.web.forecasts.selectors import unit_page
from uppsikt.web.forecasts.words import Asked, asked_for
from uppsikt.web.forecasts.work_page import UNITS, Choices, UnitPage

_Row = TypeVar("_Row", ExplanationRow, AnswerRow)
_SUGGESTION, _PREVIOUS, _EVERY = "suggestion", "previous", "*"


@dataclass(frozen=True, slots=True)
class Spot:
    """Which unit's work in which round."""

    round_key: str
    unit: str


def save_form(actor: Actor, at: Spot, posted: Mapping[str, str], choices: Choices) -> list[Finding]:
    """Save the form's fields, then what its button asks for: a suggestion or the last forecast taken over."""
    read = read_form(posted, UNITS.get(posted.get("unit", ""), Unit.TKR))
    done = save(actor, at.round_key, at.unit, read)
    findings = [*read.findings, *done.findings, *(_told(own, choices.amounts_in) for own in done.conflicts)]
    kind, _, account = posted.get("do", "").partition(":")
    if kind in (_SUGGESTION, _PREVIOUS) and not has_errors(findings):
        page = unit_page(actor, at.round_key, at.unit, choices)
        taken = Read(tuple(_taken(page, kind, account)), ())
        findings += save(actor, at.round_key, at.unit, taken).findings
    return findings


def _taken(page: UnitPage, kind: str, account: str) -> list[CellEdit]:
    """One group's whatever it holds; of every group only where nothing is forecast yet, so that nothing is lost."""
    edits = []
    for line in page.lines:
        ore = _offered(line, kind)
        is_asked = line.account == account or (account == _EVERY and line.forecast_ore is None)
        if ore is not None and is_asked:
            edits.append(CellEdit(line.account, FULL_YEAR, ore, line.year_field.version))
    return edits


def _offered(line: GridLine, kind: str) -> int | None:
    if kind == _PREVIOUS:
        return line.figures.previous_ore
    return line.suggestion.full_year_ore if line.suggestion else None


def _told(own: CellConflict, amounts_in: Unit) -> Finding:
    view = View(Sign.REVERSED, amounts_in, 0)
    theirs = f"{view.text(own.held.amount_ore)} {amounts_in}"
    facts = {"by": own.held.changed_by, "at": clock(own.held.changed_at), "theirs": theirs}
    return found(SAVED_BY_ANOTHER, Place(column=own.edit.account), **facts)


@dataclass(frozen=True, slots=True)
class Said:
    """What came of saving a text: its version now, what to say of it, and what stands in its way."""

    version: int
    says: str
    findings: Sequence[Finding] = ()

    @property
    def is_refused(self) -> bool:
        """Whether it wasn't saved."""
        return bool(self.findings)


def explain(actor: Actor, at: Spot, account: str, posted: Mapping[str, str]) -> Said:
    """Save an account group's explanation."""
    values, findings = _explanation(account, posted)
    if findings:
        return Said(_version(posted), "", findings)
    done = services.save_explanation(
        actor=actor,
        round_key=at.round_key,
        unit=at.unit,
        account=account,
        values=values,
        seen_version=_version(posted),
        as_of=today(),
    )
    return _said(done, posted, lambda row: row.cause or row.measure)


def _explanation(account: str, posted: Mapping[str, str]) -> tuple[ExplanationText, list[Finding]]:
    findings: list[Finding] = []
    effect, due = posted.get("effect", "").strip(), posted.get("due_on", "").strip()
    effect_ore: int | None = None
    due_on: date | None = None
    try:
        effect_ore = ore_typed(effect, Unit.KR, INCOME)  # what a measure brings is better unless a minus says worse
    except NotMoney:
        findings.append(found(AMOUNT_UNREADABLE, Place(column=account), text=effect))
    if due and (due_on := date_from_text(due)) is None:
        findings.append(found(DATE_UNREADABLE, Place(column=account), text=due))
    texts = (posted.get("cause", ""), posted.get("measure", ""))
    return ExplanationText(*texts, effect_ore, posted.get("responsible", ""), due_on), findings


def answer(actor: Actor, at: Spot, number: int, posted: Mapping[str, str]) -> Said:
    """Save the answer to a question."""
    done = services.answer_question(
        actor=actor,
        round_key=at.round_key,
        unit=at.unit,
        number=number,
        text=posted.get("text", ""),
        seen_version=_version(posted),
        as_of=today(),
    )
    return _said(done, posted, lambda row: row.text)


def _said(done: Saved[_Row], posted: Mapping[str, str], text_of: Callable[[_Row], str]) -> Said:
    row = done.row
    if row is None:
        return Said(_version(posted), "", done.findings)
    if done.is_conflict:
        facts = {"by": row.changed_by, "at": clock(row.changed_at), "theirs": text_of(row)}
        return Said(row.version, "", (found(SAVED_BY_ANOTHER, **facts),))
    return Said(row.version, say("Sparat {at}", "Saved {at}", at=clock(row.changed_at)))


def _version(posted: Mapping[str, str]) -> int:
    return whole_number(posted.get("version", ""))


def comment(actor: Actor, at: Spot, posted: Mapping[str, str]) -> Sequence[Finding]:
    """Say something of a cell, an account group or the whole work."""
    account, _, period = posted.get("about", "").partition("/")
    done = services.add_comment(
        actor=actor,
        round_key=at.round_key,
        unit=at.unit,
        text=posted.get("text", ""),
        as_of=today(),
        account=account,
        period=whole_number(period),
    )
    return done.findings


def settle(actor: Actor, at: Spot, number: int) -> Sequence[Finding]:
    """Mark a comment as dealt with."""
    done = services.settle_comment(actor=actor, round_key=at.round_key, unit=at.unit, comment=number, as_of=today())
    return done.findings


def submit(actor: Actor, at: Spot) -> UnitChange:
    """Hand in."""
    return services.submit_unit(
        actor=actor,
        round_key=at.round_key,
        unit=at.unit,
        as_of=today(),
        actuals=relations.actuals_of_round,
        budget=relations.budget_of_unit,
    )


def withdraw(actor: Actor, at: Spot) -> UnitChange:
    """Take back what was handed in."""
    return services.withdraw_unit(actor=actor, round_key=at.round_key, unit=at.unit, as_of=today())


def words_of(round_key: str) -> Asked:
    """What a round asks for, in words; raises `NotFound`."""
    row = round_row(round_key)
    if row is None:
        raise NotFound(found(ROUND_UNKNOWN, round=round_key))
    return asked_for(row)


def is_refused(done: UnitChange) -> bool:
    """Whether the unit is as it was."""
    return has_errors(done.findings)
