"""What is held, written as SIE 4E: so that nothing that came in is locked in.

Vouchers come out with the series, numbers, dates and texts they came in with. Postings that never had a voucher
(balances, tables without numbers) come out as one voucher a day and batch, with no number.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from uppsikt import __version__
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.postings import ACTUAL
from uppsikt.ledger.batches import POSTINGS, VOUCHER_REGISTER
from uppsikt.ledger.export_masters import Chart, chart_of, papers_of
from uppsikt.ledger.findings import (
    BATCH_UNKNOWN,
    NOTHING_TO_EXPORT,
    SEVERAL_COMPANIES,
    UNBALANCED_EXPORT,
    UNWRITABLE,
)
from uppsikt.ledger.from_balances import VOUCHERS
from uppsikt.ledger.profiles import MAPPED_DIMENSIONS
from uppsikt.ledger.readers.base import Balance, FinancialYear, Header, ObjectList, Voucher
from uppsikt.ledger.selectors import BatchFacts, all_batches
from uppsikt.ledger.writers.sie4 import VoucherRow, write_sie4

_FETCHED_ROWS = 50_000

# A row finds its voucher by name and by line (a SIE voucher is one stretch of lines) or year (a table's rows lie
# anywhere); where several fit, as in XML without line breaks, the first. A row without any goes with its day.
_ROWS = f"""
WITH row_of AS (
    SELECT *, file_row_number AS place FROM read_parquet($postings, file_row_number = true)
    WHERE period BETWEEN $first AND $last
),
voucher_of AS (
    SELECT *, CASE WHEN number <> '' THEN concat_ws(' ', nullif(series, ''), number) END AS label
    FROM read_parquet($vouchers)
),
matched AS (
    SELECT r.place, v.series, v.number, v.date AS day, v.text, v.first_line
    FROM row_of AS r JOIN voucher_of AS v
    ON r.voucher IS NOT DISTINCT FROM v.label
    AND CASE WHEN $is_table THEN year(r.date) = v.year ELSE r.line BETWEEN v.first_line AND v.last_line END
    QUALIFY row_number() OVER (PARTITION BY r.place ORDER BY v.first_line) = 1
)
SELECT
    coalesce(m.day, r.date) AS voucher_day, coalesce(m.series, ''), coalesce(m.number, ''), coalesce(m.text, ''),
    coalesce(m.first_line, 0), r.account, r.amount_ore, r.date, coalesce(r.text, ''),
    {", ".join(f"r.{dimension}" for dimension in MAPPED_DIMENSIONS)}
FROM row_of AS r LEFT JOIN matched AS m USING (place)
ORDER BY 1, 2, 3, 4, 5, r.line, r.place
"""
_MOVEMENTS = """
SELECT account, period, sum(amount_ore)::BIGINT FROM read_parquet(?)
WHERE period BETWEEN ? AND ? AND account IS NOT NULL GROUP BY account, period ORDER BY account, period
"""
_VOUCHER_COLUMNS = 5
_Exported = tuple[Voucher, list[VoucherRow]]


def export_sie4(
    target: Path,
    *,
    year: int,
    batch: str | None = None,
    company: str | None = None,
    known: CodePlan | None = None,
) -> list[Finding]:
    """Write a year's actuals as SIE 4E: all active batches, or the one whose hash begins with `batch`.

    `known` names the codes that no file named. The file is written whole or not at all.
    """
    chosen = _chosen(year, batch, company)
    if not chosen:
        return [found(BATCH_UNKNOWN, batch=batch) if batch else found(NOTHING_TO_EXPORT)]
    companies = {facts.company_key: facts.company for facts in chosen if facts.company_key}
    if len(companies) > 1:
        return [found(SEVERAL_COMPANIES, companies=", ".join(sorted(companies.values())))]
    half_done = target.with_name(f".{target.name}.part")
    try:
        findings = _write(half_done, chosen, year, known)
        half_done.replace(target)
    except OSError as error:
        return [found(UNWRITABLE, Place(target.name), file=target.name, why=error.strerror or type(error).__name__)]
    finally:
        half_done.unlink(missing_ok=True)
    return findings


def _chosen(year: int, batch: str | None, company: str | None) -> list[BatchFacts]:
    batches = [facts for facts in all_batches() if facts.scenario == ACTUAL]
    if batch:
        batches = [facts for facts in batches if facts.content_hash.startswith(batch)]
    else:
        batches = [facts for facts in batches if facts.is_active]
    if company:
        wanted = company.casefold()
        batches = [facts for facts in batches if wanted in (facts.company.casefold(), facts.company_key)]
    return [facts for facts in batches if facts.first_period // 100 <= year <= facts.last_period // 100]


def _write(path: Path, chosen: Sequence[BatchFacts], year: int, known: CodePlan | None) -> list[Finding]:
    papers = [papers_of(facts) for facts in chosen]
    unbalanced: Counter[str] = Counter()
    with duckdb.connect() as connection, path.open("wb") as stream:
        movements = _movements(connection, chosen, year)
        chart = chart_of(papers, _codes_used(connection, chosen, year), known, year)
        findings = write_sie4(
            stream,
            header=_header(chosen, chart, year),
            accounts=chart.accounts,
            dimensions=chart.dimensions,
            objects=chart.objects,
            balances=list(_balances(chart, movements)),
            vouchers=_counted(_vouchers(connection, chosen, chart, year), unbalanced),
        )
        stream.flush()
        os.fsync(stream.fileno())
    if unbalanced:
        findings.append(found(UNBALANCED_EXPORT, count=unbalanced.total(), voucher=min(unbalanced) or "–"))
    return findings


def _header(chosen: Sequence[BatchFacts], chart: Chart, year: int) -> Header:
    company = next((facts.company for facts in chosen if facts.company), "")
    financial_year = FinancialYear(0, date(year, 1, 1), date(year, 12, 31))
    return Header(
        "sie4",
        "4E",
        program=f"Uppsikt {__version__}",
        company=company,
        organisation_no=chart.organisation_no,
        years=(financial_year,),
    )


def _of_year(facts: BatchFacts, year: int) -> dict[str, object]:
    return {"postings": str(facts.folder / POSTINGS), "first": year * 100 + 1, "last": year * 100 + 12}


def _movements(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[BatchFacts], year: int
) -> dict[tuple[str, int], int]:
    files = [str(facts.folder / POSTINGS) for facts in chosen]
    rows = connection.execute(_MOVEMENTS, [files, year * 100 + 1, year * 100 + 12]).fetchall()
    return {(account, period): amount for account, period, amount in rows}


def _codes_used(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[BatchFacts], year: int
) -> dict[str, list[str]]:
    files = [str(facts.folder / POSTINGS) for facts in chosen]
    used = {}
    for dimension in ("account", *MAPPED_DIMENSIONS):
        sql = f"SELECT DISTINCT {dimension} FROM read_parquet(?) WHERE period // 100 = ? AND {dimension} IS NOT NULL"
        used[dimension] = sorted(code for (code,) in connection.execute(sql, [files, year]).fetchall())
    return used


def _balances(chart: Chart, movements: dict[tuple[str, int], int]) -> Iterator[Balance]:
    """Opening balances as they came in; closing ones, results and monthly changes as the postings make them."""
    moved: Counter[str] = Counter()
    for (account, _), amount in movements.items():
        moved[account] += amount
    for account in sorted({*chart.opening_ore, *moved}):
        opening = chart.opening_ore.get(account, 0)
        if account in chart.opening_ore or chart.is_balance_account(account):
            yield Balance("IB", 0, account, opening)
            yield Balance("UB", 0, account, opening + moved[account])
        else:
            yield Balance("RES", 0, account, moved[account])
    for (account, period), amount in movements.items():
        yield Balance("PSALDO", 0, account, amount, (), period)


def _vouchers(
    connection: duckdb.DuckDBPyConnection, chosen: Sequence[BatchFacts], chart: Chart, year: int
) -> Iterator[_Exported]:
    for facts in chosen:
        parameters = {
            **_of_year(facts, year),
            "vouchers": str(facts.folder / VOUCHER_REGISTER),
            "is_table": facts.format == "table" or facts.kind != VOUCHERS,
        }
        rows = _fetched(connection.execute(_ROWS, parameters))
        for (day, series, number, text, _), own in groupby(rows, itemgetter(*range(_VOUCHER_COLUMNS))):
            voucher = Voucher(series, number, day, text)
            yield voucher, [_row(voucher, values[_VOUCHER_COLUMNS:], chart) for values in own]


def _fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := result.fetchmany(_FETCHED_ROWS):
        yield from rows


def _row(voucher: Voucher, values: Sequence[Any], chart: Chart) -> VoucherRow:
    account, amount, day, text, *codes = values
    objects: ObjectList = tuple(
        (chart.numbers[dimension], code) for dimension, code in zip(MAPPED_DIMENSIONS, codes, strict=True) if code
    )
    own_day = day if day != voucher.date else None
    return VoucherRow(account or "", amount, objects, own_day, text if text != voucher.text else "")


def _counted(vouchers: Iterator[_Exported], unbalanced: Counter[str]) -> Iterator[_Exported]:
    for voucher, rows in vouchers:
        if sum(row.amount_ore for row in rows):
            unbalanced[f"{voucher.series} {voucher.number}".strip()] += 1
        yield voucher, rows
