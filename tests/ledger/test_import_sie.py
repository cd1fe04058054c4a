from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.ledger.test_export import SIE4, own_profile, saved
from tests.ledger.test_sie5 import EXPORT as SIE5
from uppsikt.audit.actors import Actor
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.ledger.profiles import Profile, built_in, load_profile
from uppsikt.ledger.selectors import active_batches
from uppsikt.ledger.services import ImportResult, import_file

pytestmark = pytest.mark.django_db

SIE = built_in()["sie"]


def take_in(actor: Actor, path: Path, profile: Profile = SIE, **options: bool) -> ImportResult:
    return import_file(actor=actor, path=path, profile=profile, as_of=date(2022, 9, 5), **options)


def codes(result: ImportResult) -> list[str]:
    return [finding.code for finding in result.findings]


def rows(columns: str) -> list[tuple[object, ...]]:
    files = [str(batch.posting_file) for batch in active_batches()]
    return duckdb.sql(f"SELECT {columns} FROM read_parquet({files}) ORDER BY line").fetchall()


def with_rule(rule: str) -> Profile:
    profile, findings = load_profile({"name": "p", "format": "sie", "dimensions": {"1": "unit"}, "period": rule})
    assert profile is not None, findings
    return profile


def test_the_profile_places_the_files_dimensions(tmp_path: Path, controller: Actor) -> None:
    result = take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())

    assert result.findings == []
    assert (result.summary.sie_type, result.summary.kind, result.summary.voucher_count) == ("4E", "vouchers", 4)
    assert rows("unit, activity, project, amount_ore, voucher, text")[:3] == [
        ("4220", "9200", None, 60_000, "A 1", "Hyra juli"),
        ("4210", None, "P 1", 40_000, "A 1", "Del två"),
        (None, None, None, -100_000, "A 1", "Hyra juli"),
    ]


def test_a_dimension_the_profile_gives_no_place_is_noted(tmp_path: Path, controller: Actor) -> None:
    result = take_in(controller, saved(tmp_path, SIE4, "bok.se"))

    assert codes(result) == ["L029"]
    assert "31 Verksamhet" in result.findings[0].says
    assert rows("activity")[0] == (None,)


@pytest.mark.parametrize(("rule", "period"), [("row_date", 202208), ("voucher_date", 202207), ("column", 202208)])
def test_the_month_is_the_rows_or_the_vouchers_as_the_profile_says(
    tmp_path: Path, controller: Actor, rule: str, period: int
) -> None:
    moved = SIE4.replace("20220731", "20220801")
    take_in(controller, saved(tmp_path, moved, "bok.se"), with_rule(rule))

    assert rows("period, date")[1] == (period, date(2022, 8, 1))


def test_codes_a_row_lacks_may_have_a_default(tmp_path: Path, controller: Actor) -> None:
    defaults = Profile(**{**own_profile().content(), "defaults": {"unit": "9999"}})  # type: ignore[arg-type]
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), defaults)

    assert [row[0] for row in rows("unit")[:3]] == ["4220", "4210", "9999"]


def test_a_voucher_out_of_balance_is_said_once_and_stops_the_file(tmp_path: Path, controller: Actor) -> None:
    result = take_in(controller, saved(tmp_path, SIE4.replace("2440 {} -1000", "2440 {} -999"), "bok.se"))

    errors = [finding.code for finding in result.findings if finding.severity == "error"]
    assert errors == ["L130"]
    assert active_batches() == []


def test_an_account_that_neither_the_file_nor_the_register_names_is_refused(
    tmp_path: Path, controller: Actor
) -> None:
    path = saved(tmp_path, SIE4.replace("#KONTO 2440", "#KONTO 2441"), "bok.se")
    known = CodePlan((CodeName("account", "2440", BEGINNING, FOREVER, "Skulder"),))
    alone = take_in(controller, path)
    refused = import_file(actor=controller, path=path, profile=SIE, as_of=date(2022, 9, 5), known=CodePlan())

    for result in (alone, refused):
        (error,) = [finding for finding in result.findings if finding.severity == "error"]
        assert (error.code, error.facts["accounts"]) == ("L037", "2440")
        assert result.batch is None
    taken_in = import_file(actor=controller, path=path, profile=SIE, as_of=date(2022, 9, 5), known=known)
    assert taken_in.batch is not None


def test_balances_the_vouchers_do_not_explain_are_refused_unless_the_profile_lets_them(
    tmp_path: Path, controller: Actor
) -> None:
    head, voucher = _HEAD.format(day="20220901"), _UNNUMBERED.format(text="Hyra", amount="20.00")
    path = saved(tmp_path, f"{head}#UB 0 1930 -19.00\n#RES 0 5010 20.00\n{voucher}", "bok.se")
    refused = take_in(controller, path)
    taken_in = take_in(controller, path, replace(SIE, balances="not_required"))

    assert (refused.batch, codes(refused)) == (None, ["L141", "L137", "L038"])
    assert refused.findings[-1].facts["codes"] == "L137, L141"
    assert "balances: not_required" in refused.findings[-1].do
    assert taken_in.batch is not None
    assert codes(taken_in) == ["L141", "L137"]


def test_a_file_let_in_with_other_rules_for_balances_is_the_same_batch(tmp_path: Path, controller: Actor) -> None:
    path = saved(tmp_path, SIE4, "bok.se")
    first = take_in(controller, path, own_profile())
    again = take_in(controller, path, replace(own_profile(), balances="not_required"))

    assert again.already_held
    assert again.batch == first.batch


def test_sie_5_out_of_balance_is_an_error_with_its_line(tmp_path: Path, controller: Actor) -> None:
    broken = SIE5.replace('accountId="1930" amount="-99.50"', 'accountId="1930" amount="-99.00"')
    result = take_in(controller, saved(tmp_path, broken, "bok.sie"))

    finding = next(finding for finding in result.findings if finding.code == "L020")
    assert "A 17" in finding.says
    assert finding.at.line == 41


def test_sie_5_whose_balances_disagree_with_its_vouchers_is_warned_of(tmp_path: Path, controller: Actor) -> None:
    agrees = take_in(controller, saved(tmp_path, SIE5, "bok.sie"), dry_run=True)
    differs = take_in(controller, saved(tmp_path, SIE5.replace('"400.50"', '"400.00"'), "bok2.sie"), dry_run=True)

    assert "L028" not in codes(agrees)
    finding = next(finding for finding in differs.findings if finding.code == "L028")
    assert "1930" in finding.says
    assert "L038" in codes(differs)
    assert "L038" not in codes(agrees)


def test_a_file_in_another_currency_is_warned_of(tmp_path: Path, controller: Actor) -> None:
    euro = SIE4.replace("#KONTO 1510", "#VALUTA EUR\n#KONTO 1510", 1)

    assert "L033" in codes(take_in(controller, saved(tmp_path, euro, "bok.se")))


def test_another_companys_voucher_of_the_same_number_is_another_voucher(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, saved(tmp_path, SIE4, "bok.se"), own_profile())
    other = SIE4.replace("212000-1967", "556000-0001")
    renamed = SIE4.replace("Exempelkommunen", "EXEMPELKOMMUNEN")

    assert codes(take_in(controller, saved(tmp_path, other, "bolag.se"), own_profile())) == []
    assert codes(take_in(controller, saved(tmp_path, renamed, "igen.se"), own_profile())) == ["L021"]


def test_dates_and_amounts_no_municipality_has_are_errors(tmp_path: Path, controller: Actor) -> None:
    table = built_in()["tabell"]
    old = saved(tmp_path, "Datum;Konto;Belopp\n0202-08-01;5010;1\n", "gammal.csv")
    large = saved(tmp_path, "Datum;Konto;Belopp\n2022-08-01;5010;9999999999999\n", "stor.csv")
    long = saved(tmp_path, f"Datum;Konto;Belopp\n2022-08-01;{'5' * 51};1\n", "lang.csv")

    assert codes(take_in(controller, old, table)) == ["L026"]
    assert codes(take_in(controller, large, table)) == ["L027"]
    assert codes(take_in(controller, long, table)) == ["L016"]


@pytest.mark.shared
def test_the_same_vouchers_as_export_and_as_import_file_overlap(shared: Path, controller: Actor) -> None:
    folder = shared / "data/sie4"
    take_in(controller, folder / "magenta_bokföring_SIE4E.se")
    result = take_in(controller, folder / "magenta_bokföring_SIE4I.se")

    assert "L021" in codes(result)
    assert len(active_batches()) == 1


_HEAD = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#GEN {day}
#FNAMN "Kommunen"
#RAR 0 20220101 20221231
#KONTO 5010 "Hyra"
#KONTO 1930 "Bank"
"""
_UNNUMBERED = """#VER "" "" 20220831 "{text}"
{{
#TRANS 5010 {{}} {amount}
#TRANS 1930 {{}} -{amount}
}}
"""


def pre_system(day: str, *vouchers: tuple[str, str]) -> str:
    return _HEAD.format(day=day) + "".join(_UNNUMBERED.format(text=text, amount=own) for text, own in vouchers)


def test_vouchers_without_numbers_are_not_taken_in_twice(tmp_path: Path, controller: Actor) -> None:
    first = pre_system("20220901", ("Avgift", "100.00"), ("Hyra", "20.00"))
    assert codes(take_in(controller, saved(tmp_path, first, "1.si"))) == []

    again = take_in(controller, saved(tmp_path, pre_system("20220902", ("Avgift", "100.00")), "2.si"))
    assert codes(again) == ["L021"]
    assert "2022-08-31 Avgift" in again.findings[0].says
    other = take_in(controller, saved(tmp_path, pre_system("20220902", ("Avgift", "100.01")), "3.si"))
    assert codes(other) == []

    newer = take_in(controller, saved(tmp_path, pre_system("20220903", ("Avgift", "100.00")), "4.si"), replace=True)
    assert codes(newer) == ["L023", "L024"]
    assert set(rows("amount_ore")) == {(100_00,), (100_01,), (-100_00,), (-100_01,)}


def test_added_and_struck_rows_are_not_counted_beside_the_rows_they_tell_of(
    tmp_path: Path, controller: Actor
) -> None:
    voucher = """#VER A 1 20220831 "Flytt"
{
#TRANS 5010 {} 100.00
#BTRANS 5010 {} 50.00
#RTRANS 5010 {} 70.00
#TRANS 5010 {} 70.00
#TRANS 1930 {} -170.00
}
#UB 0 1930 -170.00
#RES 0 5010 170.00
"""
    result = take_in(controller, saved(tmp_path, _HEAD.format(day="20220901") + voucher, "bok.se"))
    assert (codes(result), result.summary.row_count, result.summary.debit_ore) == ([], 3, 170_00)
    assert rows("account, amount_ore") == [("5010", 100_00), ("5010", 70_00), ("1930", -170_00)]


def test_control_characters_are_no_part_of_texts(tmp_path: Path, controller: Actor) -> None:
    voucher = '#VER A\x07 1 20220831 "Hyra\x1bjuli"\n{\n#TRANS 5010 {} 1 "" "Del\x00tv\x0b"\n#TRANS 1930 {} -1\n}\n'
    result = take_in(controller, saved(tmp_path, _HEAD.format(day="20220901") + voucher, "bok.se"))
    assert result.batch is not None
    assert set(rows("voucher, text")) == {("A  1", "Del tv "), ("A  1", "Hyra juli")}


def test_two_codes_of_one_dimension_on_a_row_are_said_and_the_last_is_used(tmp_path: Path, controller: Actor) -> None:
    doubled = SIE4.replace('{1 "4220"', '{1 "4210" 1 "4220"', 1)
    assert doubled != SIE4
    result = take_in(controller, saved(tmp_path, doubled, "bok.se"), own_profile())

    (finding,) = [finding for finding in result.findings if finding.code == "L049"]
    assert (finding.facts["left"], finding.facts["kept"]) == ("4210", "4220")
    assert rows("unit")[0] == ("4220",)
