"""Writes of forecasts: handed in while their round is open; a newer one replaces the older, which is kept.

Each write is all or nothing; a dry run tells what would happen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from django.db import transaction

from uppsikt.audit.actors import Actor
from uppsikt.audit.services import record
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, found, has_errors
from uppsikt.core.formats import to_the_ore
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.codes import require_for_units
from uppsikt.planning.files import ForecastRow, read_forecast
from uppsikt.planning.findings import FORECAST_FALLS, NO_ROWS, ROUND_NOT_OPEN, ROUND_UNKNOWN
from uppsikt.planning.forecasts import ActualsReader, Submission, counted_twice, overlaps, submissions_of
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.models import Forecast, ForecastLine, Round
from uppsikt.planning.results import PlanChange, PlanImport
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.planning.storage import FORECAST_PLAN, LINE_FIELDS, hold_plan, in_chunks, insert_rows, renew_plan


def import_forecast(
    *,
    actor: Actor,
    round_key: str,
    content: bytes,
    name: str,
    submitted_on: date,
    actuals: ActualsReader,
    dry_run: bool = False,
) -> PlanImport:
    """Take in a forecast file (CSV or XLSX) for an open round."""
    rows, findings = read_forecast(content, name)
    if has_errors(findings):
        return PlanImport(tuple(findings), dry_run=dry_run)
    result = submit_forecast(
        actor=actor,
        round_key=round_key,
        rows=rows,
        submitted_on=submitted_on,
        actuals=actuals,
        origin=f"{name} {hash_bytes(content)}",
        dry_run=dry_run,
    )
    return replace(result, findings=(*findings, *result.findings))


def submit_forecast(
    *,
    actor: Actor,
    round_key: str,
    rows: Sequence[ForecastRow],
    submitted_on: date,
    actuals: ActualsReader,
    origin: str = "",
    dry_run: bool = False,
    kind: ForecastKind = ForecastKind.SUBMISSION,
    whole_units: Collection[str] = (),
) -> PlanImport:
    """Hand in forecasts. One of the kind that stands already for the same unit and account is replaced, and kept.

    An adjustment or settlement is given as `rest_ore` or months: the change, not what comes of it. Of `whole_units`
    the rows are all there is to be: what stands of them on other accounts stands no more, and is kept too. So it is
    with what stands of a unit on a part of a row's group, or on a group that has a row for each of its accounts;
    less than a whole group that stands is refused.
    """
    plan = code_plan()
    require_for_units(actor, kind.verb, [row.codes.unit for row in rows], plan, submitted_on)
    row = round_row(round_key)
    refusals = _refusals(row, round_key, rows)
    if refusals or row is None:
        return PlanImport(tuple(refusals), dry_run=dry_run)
    submissions, findings = submissions_of(rows, row, {} if kind.is_change else actuals(row), plan, kind)
    with transaction.atomic():
        hold_plan(FORECAST_PLAN)
        findings += _refusals(round_row(round_key), round_key, rows)  # it may have been closed meanwhile
        standing = _standing(row, kind)
        given = {(own.unit, own.account) for own in submissions}
        fallen = [old for key, old in standing.items() if old.unit in whole_units and key not in given]
        if not kind.is_change:
            left = set(standing) - {(old.unit, old.account) for old in fallen}
            amounts = {key: standing[key].actual_ore + standing[key].rest_ore for key in left}
            falling, refused = overlaps(submissions, amounts, plan, row.cut_off)
            findings += [*refused, *(_falls(standing[key]) for key in sorted(falling))]
            fallen += [standing[key] for key in sorted(falling)]
            findings += counted_twice(submissions, (left - falling) | given, plan, row.cut_off)
        if has_errors(findings):
            return PlanImport(tuple(findings), dry_run=dry_run)
        new = [own for own in submissions if _differs(own, standing.get((own.unit, own.account)))]
        if (new or fallen) and not dry_run:
            _store_submissions(actor, row, kind, new, standing, fallen, submitted_on, origin)
    changes = tuple(_change(own, standing.get((own.unit, own.account))) for own in new)
    without = tuple((old.unit, old.account) for old in fallen)
    return PlanImport(tuple(findings), changes, len(submissions) - len(new), dry_run, without)


def _refusals(row: RoundRow | None, round_key: str, rows: Sequence[ForecastRow]) -> list[Finding]:
    if row is None:
        return [found(ROUND_UNKNOWN, round=round_key)]
    if row.state is not State.OPEN:
        return [found(ROUND_NOT_OPEN, round=round_key, state=str(row.state.label))]
    return [] if rows else [found(NO_ROWS)]


def _falls(old: Forecast) -> Finding:
    return found(FORECAST_FALLS, value=f"{old.unit} {old.account}", amount=to_the_ore(old.actual_ore + old.rest_ore))


def _standing(row: RoundRow, kind: ForecastKind) -> dict[tuple[str, str], Forecast]:
    current = Forecast.objects.filter(round__key=row.key, kind=kind.value, is_current=True)
    return {(forecast.unit, forecast.account): forecast for forecast in current}


def _differs(submission: Submission, standing: Forecast | None) -> bool:
    return standing is None or standing.content_hash != submission.content_hash


def _change(submission: Submission, standing: Forecast | None) -> PlanChange:
    before = standing.actual_ore + standing.rest_ore if standing else None
    line_count = len(submission.actual) + len(submission.rest)
    return PlanChange(f"{submission.unit} {submission.account}", submission.full_year_ore, line_count, before)


def _store_submissions(
    actor: Actor,
    row: RoundRow,
    kind: ForecastKind,
    submissions: Sequence[Submission],
    standing: dict[tuple[str, str], Forecast],
    fallen: Sequence[Forecast],
    submitted_on: date,
    origin: str,
) -> None:
    round_id = Round.objects.values_list("pk", flat=True).get(key=row.key)
    replaced = [old.pk for own in submissions if (old := standing.get((own.unit, own.account)))]
    for chunk in in_chunks([*replaced, *(old.pk for old in fallen)]):
        Forecast.objects.filter(pk__in=chunk).update(is_current=False)
    stored = Forecast.objects.bulk_create(
        (
            Forecast(
                round_id=round_id,
                kind=kind.value,
                unit=own.unit,
                account=own.account,
                submitted_on=submitted_on,
                submitted_at=datetime.now(UTC),
                actor=actor.name,
                basis=own.basis,
                content_hash=own.content_hash,
                actual_ore=own.actual_ore,
                rest_ore=own.rest_ore,
                replaces=standing.get((own.unit, own.account)),
            )
            for own in submissions
        ),
        batch_size=500,
    )
    rows = (row for new, own in zip(stored, submissions, strict=True) for row in _forecast_lines(new.pk, own))
    insert_rows(ForecastLine, ("forecast", "part", *LINE_FIELDS), rows)
    logged = [[new.pk, new.unit, new.account, new.actual_ore, new.rest_ore, new.replaces_id] for new in stored]
    payload = {"submitted_on": submitted_on, "origin": origin, "kind": kind, "forecasts": logged}
    payload |= {"fallen": [old.pk for old in fallen]} if fallen else {}
    record(actor=actor, verb="submit-forecast", target=f"round:{row.key}", payload=payload)
    renew_plan(FORECAST_PLAN)


def _forecast_lines(forecast_id: int, submission: Submission) -> Iterator[tuple[str | int, ...]]:
    for part, line in submission.parts():
        yield forecast_id, part.value, line.line, line.period, line.amount_ore, *line.codes
