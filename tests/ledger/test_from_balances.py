from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.ledger.material import write_table
from uppsikt.audit.actors import Actor
from uppsikt.ledger.batches import Building, build_batch
from uppsikt.ledger.profiles import Profile, built_in
from uppsikt.ledger.services import import_file

SIE = built_in()["sie"]
TYPE_3 = """#FLAGGA 0
#FORMAT PC8
#SIETYP 3
#ORGNR 212000-1967
#FNAMN "Exempelkommunen"
#RAR 0 20220101 20221231
#RAR -1 20210101 20211231
#OMFATTN 20220831
#KONTO 1930 "Bank"
#KONTO 5010 "Hyra"
#DIM 1 "Ansvar"
#DIM 6 "Projekt"
#OBJEKT 1 "4210" "Digitalisering"
#OBJEKT 1 "4220" "Ekonomi"
#OBJEKT 6 "P1" "Flytt"
#IB 0 1930 5000.00
#IB 0 2010 -5000.00
#UB 0 1930 4000.00
#UB 0 2010 -5000.00
#RES 0 5010 1000.00
#RES -1 5010 900.00
#PSALDO 0 202208 5010 {} 1000.00
#PSALDO 0 202208 5010 {1 "4210"} 300.00
#PSALDO 0 202208 5010 {1 "4220"} 600.00
#PSALDO 0 202208 5010 {6 "P1"} 250.00
#PSALDO 0 202208 1930 {} -1000.00
#PSALDO -1 202108 5010 {} 900.00
#PBUDGET 0 202208 5010 {} 950.00
"""


def build(folder: Path, content: str, profile: Profile = SIE) -> tuple[Building, list[tuple[object, ...]]]:
    path = folder / "saldon.se"
    path.write_text(content, encoding="cp437")
    return build_path(folder, path, profile)


def build_path(folder: Path, path: Path, profile: Profile = SIE) -> tuple[Building, list[tuple[object, ...]]]:
    into = folder / f"bygge-{path.name}"
    into.mkdir()
    building = build_batch(path, profile, into)
    if building.batch is None:
        return building, []
    sql = f"SELECT period, date, account, unit, project, amount_ore FROM '{into}/postings.parquet' ORDER BY ALL"
    return building, duckdb.sql(sql).fetchall()


def codes(building: Building) -> list[str]:
    return [finding.code for finding in building.findings if finding.code < "L1"]


END = date(2022, 8, 31)


def test_units_break_down_the_whole_and_the_rest_has_no_unit(tmp_path: Path) -> None:
    building, rows = build(tmp_path, TYPE_3)

    assert building.summary.kind == "month balances"
    assert rows == [
        (202208, END, "1930", None, None, -100_000),
        (202208, END, "5010", "4210", None, 30_000),
        (202208, END, "5010", "4220", None, 60_000),
        (202208, END, "5010", None, None, 10_000),
    ]


def test_earlier_years_and_budget_rows_are_kept_but_not_posted(tmp_path: Path) -> None:
    building, _ = build(tmp_path, TYPE_3)

    assert codes(building) == ["L031", "L032"]
    assert building.findings[-2].facts == {"count": 2}
    assert building.summary.balance_count == 13


def test_in_type_2_rows_with_objects_are_left_out(tmp_path: Path) -> None:
    _, rows = build(tmp_path, TYPE_3.replace("#SIETYP 3", "#SIETYP 2"))

    assert [row[2:] for row in rows] == [("1930", None, None, -100_000), ("5010", None, None, 100_000)]


def test_where_the_row_without_objects_is_what_is_left_all_rows_add_up(tmp_path: Path) -> None:
    left = TYPE_3.replace("5010 {} 1000.00", "5010 {} 100.00").replace('{6 "P1"} 250.00', '{1 "4220" 6 "P1"} 0.00')
    building, rows = build(tmp_path, left)

    assert "L036" in codes(building)
    assert sum(row[5] for row in rows) == 0  # type: ignore[misc]
    assert (202208, END, "5010", "4220", "P1", 0) in rows
    assert (202208, END, "5010", None, None, 10_000) in rows


def test_months_that_do_not_add_up_are_warned_of_and_refused_where_balances_must_hold(tmp_path: Path) -> None:
    content = TYPE_3.replace("1930 {} -1000.00", "1930 {} -999.00")
    refused, _ = build(tmp_path, content)
    tolerant = tmp_path / "tolerant"
    tolerant.mkdir()
    taken_in, _ = build(tolerant, content, replace(SIE, balances="not_required"))

    assert {"L034", "L038"} <= set(codes(refused))
    assert refused.batch is None
    assert "L034" in codes(taken_in)
    assert "L038" not in codes(taken_in)
    assert taken_in.batch is not None


def test_without_months_the_year_is_posted_in_the_month_it_speaks_of(tmp_path: Path) -> None:
    yearly = "\n".join(line for line in TYPE_3.splitlines() if not line.startswith("#P"))
    building, rows = build(tmp_path, yearly.replace("#SIETYP 3", "#SIETYP 1"))

    assert building.summary.kind == "year balances"
    assert rows == [
        (202208, END, "1930", None, None, -100_000),
        (202208, END, "5010", None, None, 100_000),
    ]


def test_without_a_value_date_it_is_the_years_last_month(tmp_path: Path) -> None:
    yearly = "\n".join(line for line in TYPE_3.splitlines() if not line.startswith(("#P", "#OMF")))
    _, rows = build(tmp_path, yearly.replace("#SIETYP 3", "#SIETYP 1"))

    assert {row[0] for row in rows} == {202212}


@pytest.mark.django_db
def test_balances_and_vouchers_of_the_same_months_are_refused(tmp_path: Path, controller: Actor) -> None:
    rows = ("2022-08-10;A;2;4210;6211;250,50;", "2022-08-10;A;2;;2440;-250,50;")
    options = {"actor": controller, "as_of": date(2022, 9, 5)}
    import_file(path=write_table(tmp_path, *rows), profile=built_in()["tabell"], **options)  # type: ignore[arg-type]
    path = tmp_path / "saldon.se"
    path.write_text(TYPE_3, encoding="cp437")
    result = import_file(path=path, profile=SIE, **options)  # type: ignore[arg-type]

    assert result.batch is None
    assert [finding.code for finding in result.findings if finding.severity == "error"] == ["L022"]


def by_account(rows: list[tuple[object, ...]], *, monthly: bool) -> dict[tuple[object, ...], int]:
    sums: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        sums[(row[2], row[0]) if monthly else (row[2],)] += row[5]  # type: ignore[assignment,operator]
    return {key: amount for key, amount in sums.items() if amount}


@pytest.mark.shared
def test_types_1_to_4_of_one_companys_books_say_the_same(shared: Path, tmp_path: Path) -> None:
    rows = {number: build_path(tmp_path, shared / f"data/sie4/BL0001_typ{number}.SE")[1] for number in (1, 2, 3, 4)}

    vouchers = by_account(rows[4], monthly=True)
    assert len(vouchers) > 80
    assert by_account(rows[2], monthly=True) == vouchers
    assert by_account(rows[3], monthly=True) == vouchers
    assert by_account(rows[1], monthly=False) == by_account(rows[4], monthly=False)


@pytest.mark.shared
def test_object_rows_that_add_up_give_the_same_months_as_the_type_2_export(shared: Path, tmp_path: Path) -> None:
    _, type_2 = build_path(tmp_path, shared / "data/sie4/periodsaldo_ovnbolag.se")
    building, type_3 = build_path(tmp_path, shared / "data/sie4/objektsaldo_ovnbolag.se")

    assert "L036" in codes(building)
    assert by_account(type_3, monthly=True) == by_account(type_2, monthly=True)
