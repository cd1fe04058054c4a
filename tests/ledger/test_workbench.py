"""How blocks become the files of a batch: in order however it is cut up, and with nothing left behind."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from tests.ledger.sie4_help import read_text
from uppsikt.core.findings import has_errors
from uppsikt.ledger import batches
from uppsikt.ledger.batches import build_batch
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.readers.sie4_voucher_table import VoucherTable, columns_of

_HEAD = '#FLAGGA 0\n#SIETYP 4\n#FNAMN "Kommunen"\n#RAR 0 20220101 20221231\n'
_CHART = "".join(f'#KONTO {account} "Konto {account}"\n' for account in (1930, *range(5000, 5090)))


def _voucher(number: int) -> str:
    day = f"2022{12 - number % 12:02}{number % 28 + 1:02}"
    unit, account, ore = 4000 + number * 7 % 30, 5000 + number * 13 % 90, number * 1000 % 77 + 1
    return (
        f'#VER A {number} {day} "Verifikation {number}"\n{{\n'
        f'#TRANS {account} {{1 "{unit}"}} {ore}.00 {day} "Rad {number % 5}"\n'
        f"#TRANS 1930 {{}} -{ore}.00\n}}\n"
    )


_FILE = _HEAD + _CHART + "".join(_voucher(number) for number in range(1, 301))


def _built(folder: Path, name: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], set[str]]:
    """The postings and vouchers as they lie in the files, and which files there are."""
    path, target = folder / "fil.se", folder / name
    path.write_text(_FILE, encoding="utf-8")
    target.mkdir()
    building = build_batch(path, built_in()["sie"], target)
    assert building.batch
    assert not has_errors(building.findings)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        postings, vouchers = (
            connection.execute("FROM read_parquet(?)", [str(target / file)]).fetchall()
            for file in (batches.POSTINGS, batches.VOUCHER_REGISTER)
        )
    return postings, vouchers, {file.name for file in target.iterdir()}


def test_postings_lie_by_month_unit_account_and_line_with_the_unnamed_last(tmp_path: Path) -> None:
    postings, _, _ = _built(tmp_path, "batch")

    # scenario, period, date, unit, account … line
    order = [(row[1], row[3] is None, row[3] or "", row[4], row[-1]) for row in postings]
    assert len(order) == 600
    assert all(before < after for before, after in pairwise(order))


def test_months_sorted_some_at_a_time_lie_as_if_sorted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = _built(tmp_path, "together")
    monkeypatch.setattr(batches, "_ROWS_SORTED", 120)  # two months of fifty rows each
    two_at_a_time = _built(tmp_path, "two")
    monkeypatch.setattr(batches, "_ROWS_SORTED", 1)  # less than any month
    one_at_a_time = _built(tmp_path, "one")

    assert together == two_at_a_time == one_at_a_time


def test_nothing_is_left_of_the_work_but_the_batchs_own_files(tmp_path: Path) -> None:
    _, vouchers, files = _built(tmp_path, "batch")

    assert len(vouchers) == 300
    assert files == {"postings.parquet", "vouchers.parquet", "balances.json", "masters.json"}


@pytest.mark.parametrize("text", ["Å, ä och ö", 'Ett \\"citat\\"', "", " ", "Slut\\\\"])
def test_a_chunks_vouchers_side_by_side_are_its_vouchers_one_by_one(tmp_path: Path, text: str) -> None:
    odd = f'#VER B 7 20220301 "{text}"\n{{\n#TRANS 1930 {{}} 1.00\n#TRANS 5010 {{}} -1.00\n}}\n'
    broken = "#VER B 8 20229999\n{\n#TRANS 1930 {} 1.00\n#TRANS 5010 {} -1.00\n}\n"
    ledger = read_text(tmp_path, _HEAD + _voucher(1) + odd + broken + _voucher(2))

    for block in ledger.blocks:
        vouchers = block.vouchers
        assert isinstance(vouchers, VoucherTable)
        assert [voucher.number for voucher in vouchers] == ["1", "7", "2"]
        side_by_side, one_by_one = vouchers.columns(), columns_of(list(vouchers))
        assert side_by_side._replace(days=side_by_side.days.tolist()) == one_by_one._replace(
            days=one_by_one.days.tolist()
        )


def test_a_voucher_named_twice_in_a_table_has_the_day_and_text_of_its_kept_rows(tmp_path: Path) -> None:
    path, target = tmp_path / "bok.csv", tmp_path / "batch"
    path.write_text(
        "datum;konto;ansvar;verifikation;text;belopp\n"
        "2022-07-01;2440;4220;A 1;Aldrig kvar;-10,00\n2022-07-05;5010;4220;A 1;Hyra;10,00\n",
        encoding="utf-8",
    )
    target.mkdir()
    profile = replace(built_in()["tabell"], ignored_accounts=("2*",), voucher_balance="not_required")
    building = build_batch(path, profile, target)

    assert building.batch, building.findings
    with duckdb.connect() as connection:
        sql = "SELECT number, date::VARCHAR, row_count FROM read_parquet(?)"
        kept = connection.execute(sql, [str(target / batches.VOUCHER_REGISTER)]).fetchall()
    assert [row[1:] for row in kept] == [("2022-07-05", 1)]
