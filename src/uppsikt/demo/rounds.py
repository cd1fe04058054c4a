"""The demonstration's rounds: set up, forecast, explained, reviewed; the first adopted, the second at work.

`demo.yaml` says who stands where, so that whoever signs in finds something to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from uppsikt.adoption import adopt
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, has_errors
from uppsikt.core.money import ore_from_text
from uppsikt.core.tables import date_from_text, read_table
from uppsikt.forecasting.services import open_with_suggestions
from uppsikt.planning.files import read_forecast
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round, budget_of_round
from uppsikt.rounds.findings import GAP_ANSWER, GAP_BUDGET, GAP_EXPLANATION
from uppsikt.rounds.services import (
    add_comment,
    answer_question,
    approve_units,
    consolidate,
    import_forecast,
    return_unit,
    save_explanation,
    set_up_round,
)
from uppsikt.rounds.values import ExplanationText, QuestionRow, SetupDraft, SetupRow

_TKR_ORE = 100_000
_GAPS = (GAP_BUDGET, GAP_EXPLANATION, GAP_ANSWER)


def load_round(actor: Actor, own: Mapping[str, Any], folder: Path) -> Iterator[Sequence[Finding]]:
    """Set up one round of `demo.yaml`, open it, take in its forecasts and explanations; stops at the first error."""
    file = folder / own["forecast"]
    draft = _draft(own, _participants(file, own["cut_off"], own["below"]))
    yield set_up_round(actor=actor, facts=draft, as_of=own["cut_off"]).findings
    yield open_with_suggestions(actor=actor, key=own["key"], as_of=own["cut_off"]).findings
    returned: Mapping[str, str] = own.get("returned", {})
    answering = [unit for unit in draft.participants if unit not in returned]
    yield _answers(actor, own, answering)
    if "explanations" in own:
        yield _explanations(actor, own["key"], folder / own["explanations"], own["submitted_on"])
    done = import_forecast(
        actor=actor,
        round_key=own["key"],
        content=file.read_bytes(),
        name=file.name,
        submitted_on=own["submitted_on"],
        actuals=actuals_of_round,
    )
    yield done.findings
    if not has_errors(done.findings):
        yield from _reviewed(actor, own, draft.participants)


def _participants(file: Path, cut_off: date, below: str) -> tuple[str, ...]:
    plan = code_plan()
    rows, _ = read_forecast(file.read_bytes(), file.name)
    units = sorted({row.codes.unit for row in rows})
    return tuple(unit for unit in units if below in plan.path("unit", unit, cut_off))


def _draft(own: Mapping[str, Any], participants: tuple[str, ...]) -> SetupDraft:
    threshold_ore = own["threshold_tkr"] * _TKR_ORE
    setup = SetupRow(
        own["opens_on"], own["review_by"], own["adopt_by"], threshold_ore, own["threshold_permille"], own["report"]
    )
    return SetupDraft(
        key=own["key"],
        name=own["name"],
        kind=RoundKind(own["kind"]),
        year=own["year"],
        cut_off=own["cut_off"],
        deadline=own["deadline"],
        previous_key=own.get("previous"),
        setup=setup,
        participants=participants,
        questions=tuple(QuestionRow(number, text) for number, text in enumerate(own["questions"], start=1)),
    )


def _explanations(actor: Actor, key: str, file: Path, on: date) -> list[Finding]:
    table, findings = read_table(file.read_bytes(), file.name)
    for row in table.rows if table else ():
        values = ExplanationText(
            row.get("cause"),
            row.get("measure"),
            _effect(row.get("effect")),
            row.get("responsible"),
            date_from_text(row.get("due_on")),
        )
        saved = save_explanation(
            actor=actor,
            round_key=key,
            unit=row.get("unit"),
            account=row.get("account"),
            values=values,
            seen_version=0,
            as_of=on,
        )
        findings += saved.findings
    return findings


def _effect(text: str) -> int | None:
    # the file says what is won; in ledger sign that is less cost
    return -ore_from_text(text) if text else None


def _answers(actor: Actor, own: Mapping[str, Any], units: Sequence[str]) -> list[Finding]:
    findings: list[Finding] = []
    for number, text in enumerate(own.get("answers", ()), start=1):
        for unit in units:
            saved = answer_question(
                actor=actor,
                round_key=own["key"],
                unit=unit,
                number=number,
                text=text,
                seen_version=0,
                as_of=own["submitted_on"],
            )
            findings += saved.findings
    return findings


def _reviewed(actor: Actor, own: Mapping[str, Any], participants: Sequence[str]) -> Iterator[Sequence[Finding]]:
    day = own["submitted_on"]
    returned: Mapping[str, str] = own.get("returned", {})
    handed_in = [unit for unit in participants if unit not in returned and unit not in own.get("waiting", ())]
    approved = approve_units(
        actor=actor,
        round_key=own["key"],
        units=handed_in,
        as_of=day,
        actuals=actuals_of_round,
        budget=budget_of_round,
        accepts_gaps="gaps_reason" in own,
    )
    for change in approved:
        yield _but_gaps(change.findings)
    for unit, message in returned.items():
        yield return_unit(actor=actor, round_key=own["key"], unit=unit, message=message, as_of=day).findings
    for comment in own.get("comments", ()):
        yield add_comment(
            actor=actor,
            round_key=own["key"],
            unit=comment["unit"],
            account=comment["account"],
            period=0,
            text=comment["text"],
            as_of=day,
        ).findings


def _but_gaps(findings: Sequence[Finding]) -> Sequence[Finding]:
    # gaps that are accepted, for the reason the round gives, are nothing for whoever loads the demonstration
    return findings if has_errors(findings) else [own for own in findings if own.code not in _GAPS]


def adopt_rounds(actor: Actor, about: Mapping[str, Any]) -> Iterator[Sequence[Finding]]:
    """Consolidate and adopt the rounds that were adopted in life, with the organisation as decided since."""
    for own in about["rounds"]:
        row = round_row(own["key"])
        if "adopted_on" in own and row and row.state is State.OPEN:
            done = consolidate(
                actor=actor,
                key=own["key"],
                as_of=own["adopted_on"],
                actuals=actuals_of_round,
                budget=budget_of_round,
                reason=own.get("gaps_reason", ""),
            )
            yield _but_gaps(done.findings)
            yield adopt(actor=actor, key=own["key"], as_of=own["adopted_on"]).findings
