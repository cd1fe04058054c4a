"""`bridge`: from a statement as it was to the organisation of a day, event by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from uppsikt.adoption.reading import bridge
from uppsikt.cli.output import Exit, show_findings, show_json, show_table
from uppsikt.cli.parameters import DRAFT, JSON, TO
from uppsikt.cli.statements import UNITS, round_or_latest, show_standing, view_in
from uppsikt.core.formats import ABSENT, View
from uppsikt.core.language import say
from uppsikt.figures.bridge import BridgeLine, BridgeResult, BridgeStep
from uppsikt.figures.model import Cell, Column, Row, cell_text
from uppsikt.relations import structure_day


@click.command(
    "bridge",
    help=say(
        "Visa bryggan från som det var till organisationen en dag: vad varje händelse flyttade ut och in.",
        "Show the bridge from as it was to the organisation of a day: what each event moved out and in.",
    ),
)
@click.argument("key")
@TO
@click.option("--round", "round_key", help=say("Omgång (annars den senaste).", "Round (else the latest)."))
@click.option("--unit", help=say("Enhet (ansvar) som tabellen gäller.", "Unit the table is for."))
@click.option("--column", help=say("Bara denna kolumn.", "This column alone."))
@DRAFT
@click.option("--in", "unit_of", type=UNITS, help=say("kr, tkr eller mnkr.", "kr, tkr or mnkr."))
@JSON
def bridge_command(
    key: str,
    day: date | None,
    round_key: str | None,
    unit: str | None,
    column: str | None,
    draft: str | None,
    unit_of: str | None,
    as_json: bool,
) -> int:
    """Show a statement's bridge, a table for each column in which anything moved."""
    day = structure_day(day, draft)
    result = bridge(key, round_or_latest(round_key), unit=unit, structure_date=day, draft=draft)
    columns = [own for own in result.columns if column in (None, own.key)]
    if not columns:
        known = ", ".join(own.key for own in result.columns)
        sv, en = (
            "Det finns ingen kolumn {column}. Välj en av: {known}.",
            "There is no column {column}. Choose: {known}.",
        )
        raise click.UsageError(say(sv, en, column=column, known=known))
    if as_json:
        show_json(_json(result, columns))
    else:
        _print(result, columns, view_in(result.view, unit_of), asked=column, draft=draft)
    return Exit.OK


def _print(result: BridgeResult, columns: list[Column], view: View, *, asked: str | None, draft: str | None) -> None:
    click.secho(f"{result.title} · {result.parameters.round.name}", bold=True)
    show_standing(result.parameters, draft)
    click.echo(say("Belopp i {unit}.", "Amounts in {unit}.", unit=view.unit))
    moved = [own for own in columns if asked or any(result.lines[row.key, own.key] for row in result.rows)]
    if not moved:
        click.echo(say("Ingen händelse flyttar något.", "No event moves anything."))
    taken = {line.step for column in moved for row in result.rows for line in result.lines[row.key, column.key]}
    numbers = {step: number for number, step in enumerate((own for own in result.steps if own in taken), start=1)}
    for step, number in numbers.items():
        click.echo(
            f"[{number}] {step.on.isoformat()} {step.label}" + (f" ({step.decision})" if step.decision else "")
        )
    for column in moved:
        click.echo()
        headings = [
            str(column.label),
            say("Som det var", "As it was"),
            say("− Ut", "− Out"),
            say("+ In", "+ In"),
            say("Enligt {day}", "As of {day}", day=result.day.isoformat()),
        ]
        show_table(headings, [line for row in result.rows for line in _lines(result, row, column, view, numbers)])
    show_findings(result.findings)


def _lines(
    result: BridgeResult, row: Row, column: Column, view: View, numbers: Mapping[BridgeStep, int]
) -> list[list[str]]:
    place = row.key, column.key
    own = "  " * row.level + str(row.label)
    was, now = cell_text(result.was[place], view), cell_text(result.now[place], view)
    moves = result.lines[place]
    lines = [[own, was, *_moved(moves, view), now]]
    for line in moves:
        name = f"{'  ' * (row.level + 1)}[{numbers[line.step]}] {line.step.on.isoformat()}"
        lines.append([name, "", *_moved([line], view), ""])
    return lines


def _moved(moves: Sequence[BridgeLine], view: View) -> list[str]:
    """What left and what came: as was − out + in = as of."""
    sides = [line.out_ore for line in moves], [line.in_ore for line in moves]
    return [cell_text(Cell(sum(own)), view) if any(own) else ABSENT for own in sides]


def _json(result: BridgeResult, columns: list[Column]) -> dict[str, object]:
    return {
        "statement": result.key,
        "title": str(result.title),
        "round": result.parameters.round.key,
        "unit": result.parameters.unit,
        "structure_date": result.day,
        "steps": [
            {"key": step.key, "label": str(step.label), "decision": step.decision, "on": step.on}
            | {"is_decided": step.is_decided}
            for step in result.steps
        ],
        "columns": [{"key": column.key, "label": str(column.label)} for column in columns],
        "rows": [
            {
                "key": row.key,
                "label": str(row.label),
                "cells": {column.key: _cell(result, row, column) for column in columns},
            }
            for row in result.rows
        ],
        "findings": [finding.as_json() for finding in result.findings],
    }


def _cell(result: BridgeResult, row: Row, column: Column) -> dict[str, object]:
    place = row.key, column.key
    return {
        "was_ore": result.was[place].amount_ore,
        "now_ore": result.now[place].amount_ore,
        "lines": [
            {"step": line.key, "out_ore": line.out_ore, "in_ore": line.in_ore, "entry_ore": line.entry_ore}
            for line in result.lines[place]
        ],
    }


COMMANDS = (bridge_command,)
