"""`statement`, `figure`: tables and single figures with their lineage."""

from __future__ import annotations

from datetime import date

import click

from uppsikt.adoption.reading import figure_at, statement, vouchers_at
from uppsikt.adoption.standing import standing_of
from uppsikt.cli.output import Exit, show_findings, show_json, show_table
from uppsikt.cli.parameters import DRAFT, JSON, STRUCTURE_DATE
from uppsikt.core.formats import Unit, View, amount, long_date
from uppsikt.core.language import say
from uppsikt.figures.labels import plain_title
from uppsikt.figures.model import Figure, Parameters, StatementResult, VoucherRow
from uppsikt.planning.selectors import round_row
from uppsikt.relations import NotFound, definitions, rounds, structure_day

UNITS = click.Choice([unit.value for unit in Unit])


def round_or_latest(key: str | None) -> str:
    """The round asked for, or the latest one there is."""
    if key:
        return key
    known = rounds()
    if not known:
        raise click.UsageError(say("Det finns ingen omgång ännu.", "There is no round yet."))
    return known[0].key


@click.command(
    "statement",
    help=say(
        "Visa en uppställning, t.ex. nettoredovisning. Utan KEY listas de som finns.",
        "Show a statement, e.g. nettoredovisning. Without KEY, list them.",
    ),
)
@click.argument("key", required=False)
@click.option(
    "--round", "round_key", help=say("Uppföljningsomgång (annars den senaste).", "Round (else the latest).")
)
@click.option("--unit", help=say("Enhet (ansvar) som tabellen gäller.", "Unit the table is for."))
@STRUCTURE_DATE
@DRAFT
@click.option("--in", "unit_of", type=UNITS, help=say("kr, tkr eller mnkr.", "kr, tkr or mnkr."))
@JSON
def statement_command(
    key: str | None,
    round_key: str | None,
    unit: str | None,
    structure_date: date | None,
    draft: str | None,
    unit_of: str | None,
    as_json: bool,
) -> int:
    """Show one statement, or list what there is."""
    if key is None:
        rows = [[own.key, str(plain_title(own.title))] for own in definitions().values()]
        show_table([say("Nyckel", "Key"), say("Titel", "Title")], rows, numeric_from=2)
        return Exit.OK
    try:
        day = structure_day(structure_date, draft)
        result = statement(key, round_or_latest(round_key), unit=unit, structure_date=day, draft=draft)
    except NotFound as missing:
        show_findings([missing.finding])
        return Exit.FINDINGS
    if as_json:
        show_json(_statement_json(result))
    else:
        _print_statement(result, view_in(result.view, unit_of), draft)
    return Exit.OK


def view_in(view: View, unit_of: str | None) -> View:
    """The statement's own view, in another unit where one is asked for."""
    if unit_of is None:
        return view
    unit = Unit(unit_of)
    return View(view.sign, unit, 1 if unit is Unit.MNKR else 0)


def show_standing(circumstances: Parameters, draft: str | None) -> None:
    """Say of an adopted round whether what is shown is of it as adopted."""
    row = round_row(circumstances.round.key)
    standing = standing_of(row, circumstances.structure_date, draft) if row else None
    if standing:
        click.echo(standing.says)


def _print_statement(result: StatementResult, view: View, draft: str | None) -> None:
    click.secho(f"{result.title} · {result.parameters.round.name}", bold=True)
    show_standing(result.parameters, draft)
    click.echo(
        say(
            "Belopp i {unit}. Utfall till och med {cut_off}.",
            "Amounts in {unit}. Actuals through {cut_off}.",
            unit=view.unit,
            cut_off=long_date(result.parameters.round.cut_off),
        )
    )
    click.echo()
    rows = [
        ["  " * row.level + str(row.label), *(result.text(row.key, column.key, view) for column in result.columns)]
        for row in result.rows
    ]
    show_table(["", *(str(column.label) for column in result.columns)], rows)
    for note in result.notes:
        click.echo(f"* {note}")
    show_findings(result.findings)


def _statement_json(result: StatementResult) -> dict[str, object]:
    return {
        "statement": result.key,
        "title": str(result.title),
        "round": result.parameters.round.key,
        "unit": result.parameters.unit,
        "structure_date": result.parameters.structure_date,
        "sign": result.view.sign.value,
        "columns": [{"key": column.key, "label": str(column.label)} for column in result.columns],
        "rows": [
            {
                "key": row.key,
                "label": str(row.label),
                "style": row.style.value,
                "cells": {
                    column.key: {
                        "address": result.address(row.key, column.key),
                        "amount_ore": result.cell(row.key, column.key).amount_ore,
                        "share": result.cell(row.key, column.key).share,
                        "text": result.text(row.key, column.key),
                    }
                    for column in result.columns
                },
            }
            for row in result.rows
        ],
        "notes": [str(note) for note in result.notes],
        "findings": [finding.as_json() for finding in result.findings],
    }


@click.command(
    "figure",
    help=say(
        "Visa en siffra ur dess adress, t.ex. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
        "Show a figure by its address, e.g. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
    ),
)
@click.argument("address")
@click.option(
    "--lineage",
    is_flag=True,
    help=say("Visa vägen ner till filer och beslut.", "Show the way down to files and decisions."),
)
@click.option(
    "--vouchers",
    "voucher_count",
    type=click.IntRange(0, 10_000),
    default=0,
    help=say("Visa så många verifikationsrader.", "Show this many voucher rows."),
)
@STRUCTURE_DATE
@DRAFT
@JSON
def figure_command(
    address: str,
    lineage: bool,
    voucher_count: int,
    structure_date: date | None,
    draft: str | None,
    as_json: bool,
) -> int:
    """Show one figure; with --lineage its operands and sources."""
    try:
        day = structure_day(structure_date, draft)
        figure = figure_at(address, day, draft)
        rows = vouchers_at(address, limit=voucher_count, structure_date=day, draft=draft) if voucher_count else []
    except NotFound as missing:
        show_findings([missing.finding])
        return Exit.FINDINGS
    if as_json:
        show_json(_figure_json(figure, rows))
        return Exit.OK
    click.echo(f"{figure.text()} {figure.view.unit}  {figure.label}")
    click.echo(f"{figure.address} · {figure.period} · {say('per', 'as of')} {figure.as_of.isoformat()}")
    if lineage:
        _print_lineage(figure, 0)
    for row in rows:
        _print_voucher(row)
    return Exit.OK


def _print_voucher(row: VoucherRow) -> None:
    codes = " ".join(f"{name}={code}" for name, code in row.codes.items())
    kronor = amount(row.amount_ore, Unit.KR, 2)
    whole = "" if row.whole_ore is None else amount(row.whole_ore, Unit.KR, 2)
    part = say(" (del av {whole})", " (part of {whole})", whole=whole) if whole else ""
    click.echo(f"{row.date}  {row.voucher}  {kronor:>18}{part}  {codes}  {row.text}  [{row.origin}:{row.line}]")


def _print_lineage(figure: Figure, depth: int) -> None:
    indent = "  " * depth
    kronor = amount(figure.cell.amount_ore, Unit.KR, 2)
    click.echo(f"{indent}{figure.address}: {kronor} kr ({say('bokföringstecken', 'ledger sign')})")
    click.echo(f"{indent}  {figure.selector} · {figure.structure}")
    told_below = any(operand.sources for operand in figure.operands)
    for source in () if told_below else figure.sources:
        click.echo(
            f"{indent}  ← {source.label} [{source.scenario}] "
            f"{source.posting_count} {say('rader', 'rows')}, {amount(source.amount_ore, Unit.KR, 2)} kr"
        )
    for operand in figure.operands:
        _print_lineage(operand, depth + 1)


def _figure_json(figure: Figure, rows: list[VoucherRow]) -> dict[str, object]:
    return {
        "address": figure.address,
        "label": str(figure.label),
        "amount_ore": figure.cell.amount_ore,
        "share": figure.cell.share,
        "text": figure.text(),
        "unit": figure.view.unit.value,
        "period": str(figure.period),
        "as_of": figure.as_of,
        "structure": str(figure.structure),
        "selector": str(figure.selector),
        "sources": [
            {
                "source": source.source,
                "label": source.label,
                "scenario": source.scenario,
                "postings": source.posting_count,
                "amount_ore": source.amount_ore,
            }
            for source in figure.sources
        ],
        "operands": [_figure_json(operand, []) for operand in figure.operands],
        "vouchers": [
            {
                "date": row.date,
                "period": row.period,
                "voucher": row.voucher,
                "text": row.text,
                "codes": dict(row.codes),
                "amount_ore": row.amount_ore,
                "whole_ore": row.whole_ore,
                "origin": row.origin,
                "line": row.line,
            }
            for row in rows
        ],
    }


COMMANDS = (statement_command, figure_command)
