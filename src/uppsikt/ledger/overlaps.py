"""Whether a file holds what active batches hold already: money that would count twice.

Vouchers are compared by series, number and year within a company; those of a pre-system that have no number
yet by their day, text and rows. Where there are no vouchers to compare, as in balances and in tables without
them, the months are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.ledger.batches import POSTINGS, VOUCHER_REGISTER, BuiltBatch
from uppsikt.ledger.findings import PERIODS_HELD, REPLACED_HAD_MORE, REPLACES, VOUCHERS_HELD
from uppsikt.ledger.from_balances import VOUCHERS, YEAR_BALANCES
from uppsikt.ledger.selectors import BatchFacts
from uppsikt.ledger.summary import PeriodTotal

_MONTHS_SHOWN = 12
_NUMBERED = """
SELECT DISTINCT row(series, number, year) AS key, concat_ws(' ', nullif(series, ''), number) AS label
FROM read_parquet(?) WHERE number <> ''
"""
# a voucher that has no number is known by its day, its text and all its rows, whatever their order
_UNNUMBERED = f"""
SELECT DISTINCT
    row(v.date, v.text, v.row_count, p.content) AS key,
    concat_ws(' ', v.date, nullif(v.text, '')) AS label
FROM (SELECT * FROM read_parquet(?) WHERE number = '') AS v
JOIN (
    SELECT v.first_line, sum(hash(p.period, p.amount_ore, {", ".join(f"p.{name}" for name in DIMENSIONS)})) AS content
    FROM (SELECT * FROM read_parquet(?) WHERE number = '') AS v
    JOIN read_parquet(?) AS p ON p.line BETWEEN v.first_line AND v.last_line
    GROUP BY v.first_line
) AS p USING (first_line)
"""
_SHARED = "SELECT count(*), min(new.label) FROM ({own}) AS new JOIN ({own}) AS old USING (key)"
_LACKED = """
SELECT count(*), min(old.label) FROM ({own}) AS new RIGHT JOIN ({own}) AS old USING (key) WHERE new.label IS NULL
"""
_LACKS_NUMBERS = "SELECT count(*) > 0 FROM read_parquet(?) WHERE number = ''"


@dataclass(frozen=True, slots=True)
class Overlap:
    """An active batch that holds something of the new file: so many vouchers, or these months."""

    batch: BatchFacts
    voucher_count: int = 0
    voucher: str = ""
    periods: tuple[int, ...] = ()
    lacked_count: int = 0
    lacked: str = ""

    def refusal(self, file_name: str) -> Finding:
        """The error that says so, where nothing was said of replacing."""
        at, facts = Place(file_name), self._facts()
        if self.voucher_count:
            return found(VOUCHERS_HELD, at, count=self.voucher_count, voucher=self.voucher, **facts)
        return found(PERIODS_HELD, at, periods=_months(self.periods), **facts)

    def replacement(self, file_name: str) -> list[Finding]:
        """The warnings of replacing it, also that it had more than the new file has."""
        at, facts = Place(file_name), self._facts()
        shared = Text(f"{self.voucher_count} verifikationer", f"{self.voucher_count} vouchers")
        why = shared if self.voucher_count else _months(self.periods)
        findings = [found(REPLACES, at, why=why, **facts)]
        if self.lacked_count:
            findings.append(
                found(REPLACED_HAD_MORE, at, file=self.batch.file_name, count=self.lacked_count, voucher=self.lacked)
            )
        return findings

    def _facts(self) -> dict[str, object]:
        return {"file": self.batch.file_name, "imported": self.batch.imported_at.date()}


def _months(periods: Sequence[int]) -> str:
    shown = ", ".join(str(Month.from_number(period)) for period in periods[:_MONTHS_SHOWN])
    return f"{shown} …" if len(periods) > _MONTHS_SHOWN else shown


@dataclass(frozen=True, slots=True)
class Holding:
    """What of a batch matters here, whether it is registered or about to be."""

    content_hash: str
    company_key: str
    scenario: str
    kind: str
    profile_name: str
    periods: frozenset[int]
    is_unnumbered_table: bool
    vouchers: Path
    postings: Path

    @property
    def years(self) -> set[int]:
        """The years it has postings in."""
        return {period // 100 for period in self.periods}


def holding_of_batch(batch: BatchFacts) -> Holding:
    """What a registered batch holds."""
    return Holding(
        batch.content_hash,
        batch.company_key,
        batch.scenario,
        batch.kind,
        batch.profile_name,
        _covered(batch.kind, batch.periods),
        batch.format == "table" and batch.voucher_count == 0,
        batch.folder / VOUCHER_REGISTER,
        batch.posting_file,
    )


def holding_of_built(built: BuiltBatch) -> Holding:
    """What a batch that lies ready would hold."""
    summary = built.summary
    return Holding(
        built.content_hash,
        built.company_key,
        summary.scenario,
        summary.kind,
        built.profile.name,
        _covered(summary.kind, summary.periods),
        summary.format == "table" and summary.voucher_count == 0,
        built.folder / VOUCHER_REGISTER,
        built.folder / POSTINGS,
    )


def _covered(kind: str, totals: Sequence[PeriodTotal]) -> frozenset[int]:
    periods = [total.period for total in totals]
    if kind != YEAR_BALANCES:
        return frozenset(periods)
    # a year's balance speaks of all its months up to the one it is posted in
    return frozenset(period // 100 * 100 + month for period in periods for month in range(1, period % 100 + 1))


def find_overlaps(new: Holding, active: Sequence[BatchFacts]) -> list[Overlap]:
    """The active batches that hold something of the new one, in the order given."""
    pairs = [(batch, holding_of_batch(batch)) for batch in active]
    candidates = [(batch, held) for batch, held in pairs if _may_share(new, held)]
    if not candidates:
        return []
    with duckdb.connect() as connection:
        overlaps = [_overlap(connection, new, held, batch) for batch, held in candidates]
    return [overlap for overlap in overlaps if overlap]


def _may_share(new: Holding, held: Holding) -> bool:
    same_company = not new.company_key or not held.company_key or new.company_key == held.company_key
    is_other = new.content_hash != held.content_hash
    return same_company and is_other and new.scenario == held.scenario and bool(new.years & held.years)


def _overlap(connection: duckdb.DuckDBPyConnection, new: Holding, held: Holding, batch: BatchFacts) -> Overlap | None:
    if new.kind != VOUCHERS or held.kind != VOUCHERS:
        return _by_month(new, held, batch)
    if new.is_unnumbered_table or held.is_unnumbered_table:
        # without numbers only the source tells: another source's rows for the same months are other rows
        return _by_month(new, held, batch) if new.profile_name == held.profile_name else None
    return _by_voucher(connection, new, held, batch)


def _by_month(new: Holding, held: Holding, batch: BatchFacts) -> Overlap | None:
    shared = tuple(sorted(new.periods & held.periods))
    return Overlap(batch, periods=shared) if shared else None


def _by_voucher(
    connection: duckdb.DuckDBPyConnection, new: Holding, held: Holding, batch: BatchFacts
) -> Overlap | None:
    questions = [(_NUMBERED, [str(own.vouchers) for own in (new, held)])]
    if all(_one(connection, _LACKS_NUMBERS, [str(own.vouchers)])[0] for own in (new, held)):
        files = [str(path) for own in (new, held) for path in (own.vouchers, own.vouchers, own.postings)]
        questions.append((_UNNUMBERED, files))
    count, voucher = _counted(connection, _SHARED, questions)
    if not count:
        return None
    lacked_count, lacked = _counted(connection, _LACKED, questions)
    return Overlap(batch, count, voucher, lacked_count=lacked_count, lacked=lacked)


def _counted(
    connection: duckdb.DuckDBPyConnection, sql: str, questions: Sequence[tuple[str, list[str]]]
) -> tuple[int, str]:
    """How many vouchers in all, and what the first of them is called."""
    answers = [_one(connection, sql.format(own=own), files) for own, files in questions]
    return sum(answer[0] for answer in answers), next((answer[1] for answer in answers if answer[1]), "")


def _one(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[str]) -> tuple[Any, ...]:
    row = connection.execute(sql, parameters).fetchone()
    return row or (0, "")
