"""How fast a report is rendered: all formats, warm and cold, beside WeasyPrint on the very same HTML.

    .venv/bin/python bench/report_speed.py            # a synthetic report: 30 tables of 15 × 8, 10 charts
    UPPSIKT_HOME=… .venv/bin/python bench/report_speed.py --demo   # the demo's report, from its ledger

WeasyPrint is looked for in .venv-bench (python -m venv .venv-bench; .venv-bench/bin/pip install weasyprint);
without it its line says so. Times are wall clock; warm is the median of five after one unmeasured run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from uppsikt.reports.charts import Bar, deviation_spec
from uppsikt.reports.document import (
    Block,
    ChartBlock,
    Contents,
    Document,
    Heading,
    Metadata,
    NumberCell,
    Paragraph,
    RowLook,
    StatementBlock,
    Table,
    TableColumn,
    TableRow,
    TextRun,
    sealed,
)
from uppsikt.reports.renderers import ALL_FORMATS, render

REPOSITORY = Path(__file__).resolve().parent.parent
BENCH_PYTHON = REPOSITORY / ".venv-bench" / "bin" / "python"
DEMO_REPORT = REPOSITORY / "src" / "uppsikt" / "demo" / "orebro" / "report"
RUNS = 5
TABLES, ROWS, COLUMNS, CHARTS = 30, 15, 8, 10
WEASYPRINT = """
import sys, time
started = time.perf_counter()
import weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
print(time.perf_counter() - started)
"""
COLD = """
import sys
from bench.report_speed import synthetic
from uppsikt.reports.renderers import render
render(synthetic(), [sys.argv[1]])
"""


def synthetic(seed: int = 0) -> Document:
    """Thirty tables of 15 × 8, ten charts and prose between them: some forty pages. Another seed, other figures."""
    blocks: list[Block] = [Contents()]
    prose = "Nettokostnaden följer budgeten i stort, och avvikelserna förklaras i tabellen nedan. " * 6
    for number in range(1, TABLES + 1):
        level = 1 if number % 5 == 1 else 2
        blocks.append(Heading(level, str(number), f"Verksamhetsområde {number}", f"avsnitt-{number}"))
        blocks += [Paragraph((TextRun(prose),)), StatementBlock(_table(number, seed), "nettoredovisning")]
        if number % (TABLES // CHARTS) == 0:
            blocks.append(_chart(number, seed))
    metadata = Metadata(
        key="bench",
        title="Syntetisk rapport",
        subtitle="För mätning",
        municipality="Exempelkommun",
        committee="Kommunstyrelsen",
        round_key="delar2-2022",
        round_name="Delår 2 2022",
        cut_off=date(2022, 8, 31),
        document_date=date(2022, 10, 4),
        version="1",
        language="sv",
    )
    return sealed(metadata, tuple(blocks), ())


def _table(number: int, seed: int) -> Table:
    columns = tuple(TableColumn(f"k{index}", f"Kolumn {index}") for index in range(1, COLUMNS))
    rows = tuple(
        TableRow(
            f"r{row}",
            f"Enhet {number}.{row}",
            tuple(_cell((number * row * column * 7919 + seed) % 900_000) for column in range(1, COLUMNS)),
            RowLook.TOTAL if row == ROWS else RowLook.NORMAL,
        )
        for row in range(1, ROWS + 1)
    )
    caption = (TextRun(f"Nettokostnad per enhet, område {number}"),)
    return Table(f"t{number}", f"Tabell {number}", caption, "Enhet", columns, rows, "tkr")


def _cell(value: int) -> NumberCell:
    return NumberCell(f"−{value:,}".replace(",", "\u202f"), Decimal(-value), "a/b/c", value * 100_000)


def _chart(number: int, seed: int) -> ChartBlock:
    values = [Decimal((number * step * 7919 + seed) % 20_000 - 10_000) for step in range(1, 11)]
    bars = [Bar(f"Enhet {step}", value, str(value)) for step, value in enumerate(values, start=1)]
    caption = (TextRun(f"Avvikelse, område {number}"),)
    return ChartBlock(
        f"c{number}",
        f"Diagram {number}",
        caption,
        deviation_spec(bars, "tkr", "Avvikelse"),
        _table(number, seed),
        "Stapeldiagram.",
    )


def median_seconds(work: Callable[[int], object]) -> float:
    """The median of five runs, each with figures of its own, after one that isn't counted."""
    work(0)
    return statistics.median(_seconds(lambda seed=seed: work(seed)) for seed in range(1, RUNS + 1))  # type: ignore[misc]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cold_seconds(format: str) -> float:
    """One format in a process of its own, interpreter start and all: the median of three."""
    command = [sys.executable, "-c", COLD, format]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return statistics.median(
        _seconds(lambda: subprocess.run(command, check=True, env=environment, cwd=REPOSITORY)) for _ in range(3)
    )


def weasyprint_seconds(html: bytes) -> float | None:
    """WeasyPrint on our own HTML, import and all, in its own environment; None where it isn't installed."""
    if not BENCH_PYTHON.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.html"
        source.write_bytes(html)
        command = [str(BENCH_PYTHON), "-c", WEASYPRINT, str(source), str(Path(folder) / "report.pdf")]
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
    return float(ran.stdout.split()[-1]) if ran.returncode == 0 and ran.stdout else None


def report(documents: Sequence[Document], name: str) -> None:
    """Measure and print. Each run renders another document, so that nothing is remembered from the one before."""
    first = documents[0]
    print(f"{name}: {len(first.tables)} tables, {len(first.charts)} charts")
    for formats in (*((format,) for format in ALL_FORMATS), ALL_FORMATS):
        seconds = median_seconds(lambda run, formats=formats: render(documents[run % len(documents)], formats))  # type: ignore[misc]
        what = formats[0] if len(formats) == 1 else "all five"
        print(f"  {what:<12} {seconds:6.2f} s warm, charts drawn anew")


def compare(document: Document) -> None:
    """PDF beside WeasyPrint, both in fresh processes."""
    own = cold_seconds("pdf")
    print(f"  PDF in a fresh process {own:6.2f} s (PDF/A-2a and PDF/UA-1 in one file)")
    theirs = weasyprint_seconds(render(document, ["html"])["rapport.html"])
    if theirs is None:
        print("  WeasyPrint: not measured, it is not installed in .venv-bench")
    else:
        times = theirs / own
        print(f"  WeasyPrint             {theirs:6.2f} s (PDF/UA-1 only, charts given) = {times:.1f} times as long")


def demo() -> None:
    """The demo's report: from ledger and texts to five formats."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.settings")
    import django

    django.setup()
    from uppsikt.adoption.reading import figure_desk
    from uppsikt.reports.compose import compose
    from uppsikt.reports.selectors import facts

    def composed(*, with_lineage: bool) -> Document:
        with figure_desk() as desk:
            document, findings = compose(DEMO_REPORT, desk, facts(), with_lineage=with_lineage)
        if document is None:
            raise SystemExit("the demo's report can't be built: " + "; ".join(map(str, findings[:3])))
        return document

    try:
        document = composed(with_lineage=True)
    except LookupError:
        raise SystemExit("no demo in this UPPSIKT_HOME; run: uppsikt demo --no-serve") from None
    report([document], "demo report (the same each time)")
    for words, with_lineage in (("with lineage", True), ("without lineage", False)):
        seconds = median_seconds(lambda _, wanted=with_lineage: composed(with_lineage=wanted))  # type: ignore[misc]
        print(f"  ledger and texts to document, {words}: {seconds:.2f} s warm")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true", help="measure the demo's report in UPPSIKT_HOME")
    if parser.parse_args().demo:
        demo()
        return
    documents = [synthetic(seed) for seed in range(RUNS + 1)]
    report(documents, "synthetic report")
    compare(documents[0])


if __name__ == "__main__":
    main()
