from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.ledger.material import AUGUST, JULY, write_table
from tests.ledger.test_sie5 import EXPORT as SIE5
from uppsikt.audit.actors import Actor
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.ledger.export import export_sie4
from uppsikt.ledger.profiles import Profile, built_in, load_profile
from uppsikt.ledger.readers.sie4 import read_sie4
from uppsikt.ledger.selectors import active_batches
from uppsikt.ledger.services import ImportResult, import_file, withdraw_batch

pytestmark = pytest.mark.django_db

TODAY = date(2022, 9, 5)
OWN_PROFILE = """
name: exempelkommunen
format: sie
dimensions: {1: unit, 6: project, 31: activity}
"""
SIE4 = """#FLAGGA 0
#PROGRAM "Ekonomi" "1.0"
#FORMAT PC8
#GEN 20220905
#SIETYP 4
#ORGNR 212000-1967
#FNAMN "Exempelkommunen"
#RAR 0 20220101 20221231
#KONTO 1510 "Kundfordringar"
#KONTO 2440 "Leverantörsskulder"
#KONTO 3010 "Avgifter"
#KONTO 5010 "Lokalhyra"
#KTYP 5010 K
#DIM 1 "Ansvar"
#DIM 6 "Projekt"
#DIM 31 "Verksamhet"
#OBJEKT 1 "4210" "Digitalisering"
#OBJEKT 1 "4220" "Ekonomi"
#OBJEKT 6 "P 1" "Flytt"
#OBJEKT 31 "9200" "Gemensamt"
#IB 0 1510 500.00
#UB 0 1510 900.00
#IB 0 2440 -500.00
#UB 0 2440 -1500.00
#RES 0 3010 -400.00
#RES 0 5010 1000.00
#VER A 1 20220705 "Hyra juli"
{
#TRANS 5010 {1 "4220" 31 "9200"} 600.00
#TRANS 5010 {1 "4210" 6 "P 1"} 400.00 20220731 "Del två"
#TRANS 2440 {} -1000.00
}
#VER B 1 20220831 "Avgift"
{
#TRANS 3010 {1 "4220"} -400.00
#TRANS 1510 {} 400.00
}
#VER "" "" 20220831 "Utan nummer"
{
#TRANS 5010 {1 "4220"} 1.00
#TRANS 5010 {1 "4210"} -1.00
}
#VER "" "" 20220831 "Utan nummer"
{
#TRANS 5010 {1 "4220"} 2.00
#TRANS 5010 {1 "4210"} -2.00
}
"""


def own_profile() -> Profile:
    profile, _ = load_profile(OWN_PROFILE)
    assert profile is not None
    return profile


def saved(folder: Path, content: str, name: str) -> Path:
    path = folder / name
    path.write_bytes(content.encode("cp437") if name.endswith(".se") else content.encode())
    return path


def take_in(actor: Actor, path: Path, profile: Profile) -> ImportResult:
    result = import_file(actor=actor, path=path, profile=profile, as_of=TODAY)
    assert result.batch is not None, result.findings
    return result


def held() -> list[tuple[object, ...]]:
    files = [str(batch.folder / "postings.parquet") for batch in active_batches()]
    return duckdb.sql(f"SELECT * EXCLUDE (source, line) FROM read_parquet({files}) ORDER BY ALL").fetchall()


def round_trip(
    actor: Actor, target: Path, profile: Profile
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What is held before, and after all of it was taken out and the export was taken in."""
    before = held()
    assert export_sie4(target, year=2022) == []
    for batch in active_batches():
        withdraw_batch(actor=actor, content_hash=batch.content_hash, as_of=TODAY)
    take_in(actor, target, profile)
    return before, held()


def test_what_came_in_as_sie_4_comes_out_and_goes_in_again_the_same(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())
    before, after = round_trip(controller, tmp_path / "ut.se", own_profile())

    assert len(before) == 9
    assert after == before


def test_vouchers_without_numbers_stay_apart(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())
    export_sie4(tmp_path / "ut.se", year=2022)
    ledger = read_sie4(tmp_path / "ut.se")
    vouchers = [voucher for block in ledger.blocks for voucher in block.vouchers]

    assert [(v.series, v.number, v.text) for v in vouchers] == [
        ("A", "1", "Hyra juli"),
        ("", "", "Utan nummer"),
        ("", "", "Utan nummer"),
        ("B", "1", "Avgift"),
    ]


def test_names_numbers_and_balances_go_with_the_export(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())
    export_sie4(tmp_path / "ut.se", year=2022)
    ledger = read_sie4(tmp_path / "ut.se")
    assert sum(len(block) for block in ledger.blocks) == 9

    assert ledger.findings == []
    assert (ledger.header.company, ledger.header.organisation_no) == ("Exempelkommunen", "212000-1967")
    assert [(d.number, d.name) for d in ledger.dimensions] == [
        ("1", "Ansvar"),
        ("31", "Verksamhet"),
        ("6", "Projekt"),
    ]
    assert ("31", "9200", "Gemensamt") in [(o.dimension, o.code, o.name) for o in ledger.objects]
    yearly = {(b.kind, b.account): b.amount_ore for b in ledger.balances if b.kind != "PSALDO"}
    assert yearly == {
        ("IB", "1510"): 50_000,
        ("UB", "1510"): 90_000,
        ("IB", "2440"): -50_000,
        ("UB", "2440"): -150_000,
        ("RES", "3010"): -40_000,
        ("RES", "5010"): 100_000,
    }


def test_a_table_comes_out_as_sie_and_goes_in_again_the_same(tmp_path: Path, controller: Actor) -> None:
    take_in(
        controller, write_table(tmp_path, AUGUST[2], AUGUST[0], *JULY, AUGUST[3], AUGUST[1]), built_in()["tabell"]
    )
    before, after = round_trip(controller, tmp_path / "ut.se", built_in()["sie"])

    assert len(before) == 6
    assert after == before


@pytest.mark.parametrize("content", [SIE5, SIE5.replace("\n", " ")], ids=["lines", "one line"])
def test_sie_5_comes_out_as_sie_4_also_where_it_was_one_line(tmp_path: Path, controller: Actor, content: str) -> None:
    # the file opens the bank account and no account against it, so its books as a whole don't sum to zero
    profile = replace(built_in()["sie"], balances="not_required")
    take_in(controller, saved(tmp_path, content, "bok.sie"), profile)
    before, after = round_trip(controller, tmp_path / "ut.se", profile)

    assert len(before) == 2
    assert after == before


def test_one_batch_or_all_active_ones(tmp_path: Path, controller: Actor) -> None:
    july = take_in(controller, write_table(tmp_path, *JULY, name="juli.csv"), built_in()["tabell"]).batch
    take_in(controller, write_table(tmp_path, *AUGUST, name="augusti.csv"), built_in()["tabell"])
    assert july is not None

    def count(**options: str) -> int:
        assert export_sie4(tmp_path / "ut.se", year=2022, **options) == []
        return sum(len(block) for block in read_sie4(tmp_path / "ut.se").blocks)

    assert count() == 6
    assert count(batch=july.content_hash[:12]) == 2


def test_another_year_has_nothing_to_export_and_leaves_no_file(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY), built_in()["tabell"])
    target = tmp_path / "ut" / "ut.se"
    target.parent.mkdir()

    assert [finding.code for finding in export_sie4(target, year=2021)] == ["L044"]
    assert [finding.code for finding in export_sie4(target, year=2022, batch="0000")] == ["L048"]
    assert list(target.parent.iterdir()) == []


def test_several_companies_need_a_choice(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())
    other = SIE4.replace("212000-1967", "556000-0001").replace("Exempelkommunen", "Bolaget AB")
    take_in(controller, saved(tmp_path, other, "bolag.se"), own_profile())

    refused = export_sie4(tmp_path / "ut.se", year=2022)
    assert [finding.code for finding in refused] == ["L046"]
    assert "Bolaget AB, Exempelkommunen" in refused[0].says
    assert export_sie4(tmp_path / "ut.se", year=2022, company="Bolaget AB") == []
    assert read_header_company(tmp_path / "ut.se") == "Bolaget AB"


def read_header_company(path: Path) -> str:
    ledger = read_sie4(path)
    list(ledger.blocks)
    return ledger.header.company


def test_codes_no_file_named_get_their_name_from_the_code_plan(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY), built_in()["tabell"])
    known = CodePlan((CodeName("unit", "4220", BEGINNING, FOREVER, "Ekonomi"),))
    export_sie4(tmp_path / "ut.se", year=2022, known=known)
    ledger = read_sie4(tmp_path / "ut.se")
    list(ledger.blocks)

    assert [(named.code, named.name) for named in ledger.objects] == [("4220", "Ekonomi")]


def test_vouchers_that_no_longer_balance_are_warned_of(tmp_path: Path, controller: Actor) -> None:
    costs = Profile(**{**built_in()["tabell"].content(), "ignored_accounts": ("2*",)})  # type: ignore[arg-type]
    take_in(controller, write_table(tmp_path, *JULY), costs)
    findings = export_sie4(tmp_path / "ut.se", year=2022)

    assert [finding.code for finding in findings] == ["L045"]
    assert "A 1" in findings[0].says


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY), built_in()["tabell"])

    assert [f.code for f in export_sie4(tmp_path / "borta" / "ut.se", year=2022)] == ["L047"]
