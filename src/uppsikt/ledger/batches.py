"""A ledger file becomes a batch: Parquet and its papers in a folder, built whole before anyone can see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, has_errors
from uppsikt.core.hashes import hash_file, hash_of
from uppsikt.core.postings import POSTING_COLUMNS
from uppsikt.core.texts import printable
from uppsikt.ledger.checks import check_accounts, check_balances, check_codes, check_rows
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import EMPTY
from uppsikt.ledger.from_balances import VOUCHERS, block_from_balances
from uppsikt.ledger.profiles import Profile
from uppsikt.ledger.readers.base import Header, LedgerFile
from uppsikt.ledger.readers.open import open_ledger_file
from uppsikt.ledger.summary import PeriodTotal, Summary, findings_by_severity
from uppsikt.ledger.workbench import VOUCHERS_BY_NAME, Workbench

POSTINGS = "postings.parquet"
VOUCHER_REGISTER = "vouchers.parquet"
BALANCES = "balances.json"
MASTERS = "masters.json"
MANIFEST = "manifest.json"
FORMAT_VERSION = 1
_ROWS_PER_GROUP = 122_880  # DuckDB's own size: small enough to skip months and units by their least and greatest

Progress = Callable[[int, int], None]

_TOTALS = """
SELECT
    period,
    count(*),
    sum(CASE WHEN amount_ore > 0 THEN amount_ore ELSE 0 END)::BIGINT,
    sum(CASE WHEN amount_ore < 0 THEN -amount_ore ELSE 0 END)::BIGINT,
    max(day)
FROM rows WHERE NOT is_ignored GROUP BY period ORDER BY period
"""
_EXPRESSIONS = {"scenario": "$scenario", "date": "day", "decided_on": "NULL", "source": "$source"}
_COLUMNS = ", ".join(f"CAST({_EXPRESSIONS.get(name, name)} AS {kind}) AS {name}" for name, kind in POSTING_COLUMNS)
# some months at a time, so that what is sorted fits in memory; then all stretches behind each other
_STRETCH = f"""
COPY (
    SELECT {_COLUMNS}
    FROM (
        SELECT * FROM rows JOIN accounts USING (accounts_no) JOIN objects USING (objects_no)
        WHERE NOT is_ignored AND period BETWEEN $first AND $last
        ORDER BY period, unit, account, line, amount_ore
    )
) TO $path (FORMAT parquet)
"""
_POSTINGS = f"""
COPY (FROM read_parquet($stretches)) TO $path (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_PER_GROUP})
"""
_ROWS_SORTED = 250_000
_VOUCHERS = """
COPY (
    SELECT
        series, number, year(day)::INTEGER AS year, day AS date, text,
        first_line, last_line, row_count::BIGINT AS row_count
    FROM {vouchers} WHERE row_count > 0 AND $has_vouchers
    ORDER BY first_line, series, number
) TO $path (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True)
class BuiltBatch:
    """A batch that lies ready in its building folder, and what the register will say of it."""

    content_hash: str
    file_hash: str
    profile: Profile
    header: Header
    summary: Summary
    last_day: date
    folder: Path

    @property
    def company_key(self) -> str:
        """What tells one company's vouchers from another's: the organisation number, else the name."""
        digits = "".join(filter(str.isdigit, self.header.organisation_no))
        return self.profile.company.casefold() or digits or self.summary.company.casefold()


@dataclass(frozen=True)
class Building:
    """How the building of a batch went: with errors there is no batch."""

    batch: BuiltBatch | None
    summary: Summary
    findings: list[Finding]


def identity_of(file_hash: str, profile: Profile) -> str:
    """A batch's content hash: the file's bytes and what the profile makes of them."""
    return hash_of([file_hash, profile.content_hash])


def build_batch(
    path: Path,
    profile: Profile,
    folder: Path,
    *,
    known: CodePlan | None = None,
    progress: Progress | None = None,
) -> Building:
    """Read a file into a batch in `folder`, which is empty and the caller's. Registers nothing."""
    ledger = open_ledger_file(path, profile)
    log = Collector(path.name, ledger.findings)
    bench = Workbench(folder, profile, log)
    try:
        kind = _fill(bench, ledger, progress)
        if bench.row_count:
            check_rows(bench, ledger, kind, log)
        elif not has_errors(ledger.findings):
            log.add(EMPTY)
        if not has_errors(ledger.findings):
            check_accounts(bench, ledger, known, log)
            check_balances(ledger, profile, log)
        if known is not None and not has_errors(ledger.findings):
            check_codes(bench, known, log)
        log.close()
        return _finished(bench, ledger, kind, path, folder, profile)
    finally:
        bench.close()


def _fill(bench: Workbench, ledger: LedgerFile, progress: Progress | None) -> str:
    for block in ledger.blocks:
        bench.add(block)
        if progress:
            progress(ledger.progress_bytes, ledger.size_bytes)
    if progress:
        progress(ledger.size_bytes, ledger.size_bytes)
    if bench.row_count or ledger.header.sie_type not in ("1", "2", "3"):
        return VOUCHERS
    kind, block_of_balances = block_from_balances(ledger, bench.profile, bench.log)
    if block_of_balances is not None:
        # the balances' own months hold, whatever the profile says of vouchers' days
        bench.profile = replace(bench.profile, period="column")
        bench.add(block_of_balances)
    return kind


def _finished(
    bench: Workbench, ledger: LedgerFile, kind: str, path: Path, folder: Path, profile: Profile
) -> Building:
    header = ledger.header
    summary = Summary(
        file_name=_storable(path.name),
        format=header.format,
        sie_type=header.sie_type,
        encoding=header.encoding,
        program=_storable(header.program),
        company=_storable(profile.company or header.company),
        scenario=profile.scenario,
        kind=kind,
        balance_count=len(ledger.balances),
    )
    if has_errors(ledger.findings):
        counts = findings_by_severity(ledger.findings)
        return Building(None, replace(summary, row_count=bench.row_count, findings=counts), ledger.findings)
    totals = bench.ask(_TOTALS)
    if not totals:  # every row is on an ignored account
        Collector(path.name, ledger.findings).add(EMPTY)
        return Building(None, replace(summary, findings=findings_by_severity(ledger.findings)), ledger.findings)
    file_hash = hash_file(path)
    content_hash = identity_of(file_hash, profile)
    periods = tuple(PeriodTotal(*row[:4]) for row in totals)
    _write_files(bench, ledger, kind, periods, content_hash, folder)
    summary = replace(
        summary,
        row_count=sum(row[1] for row in totals),
        voucher_count=_voucher_count(bench, folder),
        periods=periods,
        findings=findings_by_severity(ledger.findings),
    )
    last_day = max(row[4] for row in totals)
    built = BuiltBatch(content_hash, file_hash, profile, header, summary, last_day, folder)
    return Building(built, summary, ledger.findings)


def _voucher_count(bench: Workbench, folder: Path) -> int:
    path = str(folder / VOUCHER_REGISTER)
    return int(bench.ask("SELECT count(*) FROM read_parquet(?)", [path])[0][0])


def _write_postings(bench: Workbench, periods: Sequence[PeriodTotal], content_hash: str, path: Path) -> None:
    bench.order_codes()
    texts = {"scenario": bench.profile.scenario, "source": content_hash}
    stretches = []
    for first, last in _stretches(periods):
        stretches.append(str(bench.folder / f"sorted-{first}.parquet"))
        bench.connection.execute(_STRETCH, {**texts, "path": stretches[-1], "first": first, "last": last})
    bench.connection.execute(_POSTINGS, {"path": str(path), "stretches": stretches})


def _stretches(periods: Sequence[PeriodTotal]) -> Iterator[tuple[int, int]]:
    """First and last months of stretches that hold few enough rows, or one month each."""
    first, rows = periods[0].period, 0
    for before, total in pairwise((periods[0], *periods)):
        if rows and rows + total.row_count > _ROWS_SORTED:
            yield first, before.period
            first, rows = total.period, 0
        rows += total.row_count
    yield first, periods[-1].period


def _write_files(
    bench: Workbench,
    ledger: LedgerFile,
    kind: str,
    periods: Sequence[PeriodTotal],
    content_hash: str,
    folder: Path,
) -> None:
    _write_postings(bench, periods, content_hash, folder / POSTINGS)
    register = {"path": str(folder / VOUCHER_REGISTER), "has_vouchers": kind == VOUCHERS}
    named = VOUCHERS_BY_NAME if ledger.header.format == "table" else "vouchers"
    bench.connection.execute(_VOUCHERS.format(vouchers=named), register)
    masters = {
        "accounts": [asdict(account) for account in ledger.accounts],
        "dimensions": [asdict(dimension) for dimension in ledger.dimensions],
        "objects": [asdict(code) for code in ledger.objects],
    }
    _write_json(folder / MASTERS, masters)
    _write_lines(
        folder / BALANCES,
        ([b.kind, b.year_number, b.account, b.amount_ore, b.objects, b.period, b.line] for b in ledger.balances),
    )


def write_manifest(built: BuiltBatch) -> None:
    """The batch's own description, with the hash of each file: what `verify` and a restore go by."""
    files = {
        name: {"sha256": hash_file(built.folder / name), "bytes": (built.folder / name).stat().st_size}
        for name in (POSTINGS, VOUCHER_REGISTER, BALANCES, MASTERS)
    }
    manifest = {
        "format_version": FORMAT_VERSION,
        "content_hash": built.content_hash,
        "file_hash": built.file_hash,
        "header": asdict(built.header),
        "profile": built.profile.content(),
        "summary": asdict(built.summary),
        "files": files,
    }
    _write_json(built.folder / MANIFEST, manifest)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n", "utf-8")


def _write_lines(path: Path, rows: Iterable[object]) -> None:
    """A JSON array with one row a line, written without holding its text whole."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for place, row in enumerate(rows):
            stream.write(",\n" if place else "\n")
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        stream.write("\n]\n")


def _storable(text: str) -> str:
    """Text that every database holds: no control characters, no stray halves of characters, 200 at most."""
    return printable(text)[:200].strip()
