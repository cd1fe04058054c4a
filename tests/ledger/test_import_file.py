from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.ledger.material import AUGUST, JULY, write_table
from uppsikt.audit.actors import Actor, NotAllowed
from uppsikt.audit.models import Event
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.findings import Finding
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.postings import DIMENSIONS, POSTING_COLUMNS
from uppsikt.ledger.models import Batch
from uppsikt.ledger.profiles import Profile, built_in
from uppsikt.ledger.selectors import active_batches, all_batches
from uppsikt.ledger.services import ImportResult, import_file, withdraw_batch

pytestmark = pytest.mark.django_db

TODAY = date(2022, 9, 5)


def take_in(actor: Actor, path: Path, **options: object) -> ImportResult:
    profile = options.pop("profile", built_in()["tabell"])
    assert isinstance(profile, Profile)
    return import_file(actor=actor, path=path, profile=profile, as_of=TODAY, **options)  # type: ignore[arg-type]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def postings() -> list[tuple[object, ...]]:
    files = [str(batch.posting_file) for batch in active_batches()]
    if not files:
        return []
    return duckdb.sql(f"SELECT * FROM read_parquet({files}) ORDER BY date, voucher, line").fetchall()


def accounts(*codes: str) -> tuple[CodeName, ...]:
    return tuple(CodeName("account", code, BEGINNING, FOREVER, "Konto") for code in codes)


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_table_becomes_postings_with_every_column_of_the_contract(tmp_path: Path, controller: Actor) -> None:
    result = take_in(controller, write_table(tmp_path, *JULY))

    assert result.findings == []
    assert result.batch is not None
    columns = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{active_batches()[0].posting_file}')").fetchall()
    assert [(name, kind) for name, kind, *_ in columns] == list(POSTING_COLUMNS)
    first = dict(zip([name for name, _ in POSTING_COLUMNS], postings()[0], strict=True))
    assert first == {
        "scenario": "actual",
        "period": 202207,
        "date": date(2022, 7, 5),
        **dict.fromkeys(DIMENSIONS),
        "unit": "4220",
        "account": "5010",
        "amount_ore": 100_000,
        "voucher": "A 1",
        "text": "Hyra",
        "decided_on": None,
        "source": result.batch.content_hash,
        "line": 2,
    }


def test_the_summary_has_the_control_totals_of_each_month(tmp_path: Path, controller: Actor) -> None:
    summary = take_in(controller, write_table(tmp_path, *JULY, *AUGUST)).summary

    assert (summary.row_count, summary.voucher_count, summary.kind) == (6, 3, "vouchers")
    months = [(month.period, month.row_count, month.debit_ore, month.credit_ore) for month in summary.periods]
    assert months == [(202207, 2, 100_000, 100_000), (202208, 4, 65_050, 65_050)]
    batch = Batch.objects.get()
    assert batch.control == {"202207": [2, 100_000, 100_000], "202208": [4, 65_050, 65_050]}
    assert (batch.first_period, batch.last_period, batch.last_day) == (202207, 202208, date(2022, 8, 31))
    assert active_batches()[0].last_day == date(2022, 8, 31)


def test_the_import_is_recorded_in_the_audit_log(tmp_path: Path, controller: Actor) -> None:
    batch = take_in(controller, write_table(tmp_path, *JULY)).batch

    event = Event.objects.get()
    assert batch is not None
    assert (event.verb, event.target, event.actor) == (
        "import-ledger",
        f"batch:{batch.content_hash}",
        controller.name,
    )


def test_one_who_may_only_read_cannot_import(tmp_path: Path, reader: Actor, home: Path) -> None:
    with pytest.raises(NotAllowed):
        take_in(reader, write_table(tmp_path, *JULY))
    assert Batch.objects.count() == 0
    assert files_under(home) == []


def test_the_same_file_twice_is_one_batch(tmp_path: Path, controller: Actor) -> None:
    first = take_in(controller, write_table(tmp_path, *JULY))
    again = take_in(controller, write_table(tmp_path, *JULY, name="kopia.csv"))

    assert (first.already_held, again.already_held) == (False, True)
    assert again.batch == first.batch
    assert Batch.objects.count() == 1
    assert len(postings()) == 2


def test_a_file_with_an_error_changes_nothing(tmp_path: Path, controller: Actor, home: Path) -> None:
    result = take_in(controller, write_table(tmp_path, *JULY, "2022-08-10;A;2;4210;6211;mycket;Telefon"))

    assert codes(result.findings)[0] == "L012"
    assert str(result.findings[0].at) == "bok.csv, rad 4, kolumn belopp"
    assert result.batch is None
    assert Batch.objects.count() == 0
    assert Event.objects.count() == 0
    assert files_under(home / "ledger") == ["incoming"]


def test_a_voucher_that_does_not_balance_is_an_error(tmp_path: Path, controller: Actor) -> None:
    rows = ("2022-07-05;A;1;4220;5010;1000,00;Hyra", "2022-07-05;A;1;4220;2440;-999,50;Hyra")
    result = take_in(controller, write_table(tmp_path, *rows))

    assert codes(result.findings) == ["L020"]
    assert "A 1" in result.findings[0].says
    assert "0,50 kr" in result.findings[0].says
    assert Batch.objects.count() == 0


def test_a_voucher_may_lie_scattered_in_a_table(tmp_path: Path, controller: Actor) -> None:
    rows = (AUGUST[0], AUGUST[2], AUGUST[1], AUGUST[3])
    result = take_in(controller, write_table(tmp_path, *rows))

    assert result.findings == []
    assert result.summary.voucher_count == 2


def test_a_profile_may_let_vouchers_be_unbalanced(tmp_path: Path, controller: Actor) -> None:
    lenient = Profile(**{**built_in()["tabell"].content(), "voucher_balance": "not_required"})  # type: ignore[arg-type]
    result = take_in(controller, write_table(tmp_path, JULY[0]), profile=lenient)

    assert result.batch is not None
    assert result.summary.debit_ore == 100_000


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path, controller: Actor, home: Path) -> None:
    path = write_table(tmp_path, *JULY)
    rehearsal = take_in(controller, path, dry_run=True)

    assert rehearsal.dry_run
    assert rehearsal.batch is None
    assert Batch.objects.count() == Event.objects.count() == 0
    assert files_under(home) == []
    assert rehearsal.summary == take_in(controller, path).summary


def test_vouchers_already_held_are_refused(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY, name="juli.csv"))
    result = take_in(controller, write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv"))

    assert codes(result.findings) == ["L021"]
    assert "juli.csv" in result.findings[0].says
    assert "--replace" in result.findings[0].do
    assert [batch.file_name for batch in active_batches()] == ["juli.csv"]


def test_other_vouchers_of_the_same_month_are_welcome(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *AUGUST[:2], name="ett.csv"))
    result = take_in(controller, write_table(tmp_path, *AUGUST[2:], name="tva.csv"))

    assert result.findings == []
    assert len(postings()) == 4


def test_the_same_voucher_number_in_another_year_is_another_voucher(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY, name="2022.csv"))
    next_year = [row.replace("2022-", "2023-") for row in JULY]

    assert take_in(controller, write_table(tmp_path, *next_year, name="2023.csv")).findings == []


def test_replace_lets_the_newer_file_count_and_keeps_the_older(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY, name="juli.csv"))
    result = take_in(controller, write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv"), replace=True)

    assert codes(result.findings) == ["L023"]
    assert [batch.file_name for batch in result.replaced] == ["juli.csv"]
    assert [batch.file_name for batch in active_batches()] == ["augusti.csv"]
    assert [(batch.file_name, batch.is_active) for batch in all_batches()] == [
        ("juli.csv", False),
        ("augusti.csv", True),
    ]
    assert len(postings()) == 6
    assert all((batch.folder / "postings.parquet").exists() for batch in all_batches())


def test_replacing_by_a_file_with_less_is_warned_of(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv"))
    result = take_in(controller, write_table(tmp_path, *JULY, name="juli.csv"), replace=True)

    assert codes(result.findings) == ["L023", "L024"]
    assert result.findings[1].facts["count"] == 2


def test_a_dry_run_with_replace_names_what_would_be_replaced(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY, name="juli.csv"))
    path = write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv")
    rehearsal = take_in(controller, path, dry_run=True, replace=True)

    assert [batch.file_name for batch in rehearsal.replaced] == ["juli.csv"]
    assert [batch.file_name for batch in active_batches()] == ["juli.csv"]


def test_a_replaced_file_is_not_silently_taken_in_again(tmp_path: Path, controller: Actor) -> None:
    july = write_table(tmp_path, *JULY, name="juli.csv")
    take_in(controller, july)
    take_in(controller, write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv"), replace=True)

    refused = take_in(controller, july)
    assert codes(refused.findings) == ["L025"]
    assert [batch.file_name for batch in active_batches()] == ["augusti.csv"]

    restored = take_in(controller, july, replace=True)
    assert restored.already_held
    assert [batch.file_name for batch in active_batches()] == ["juli.csv"]


def test_a_withdrawn_batch_no_longer_counts(tmp_path: Path, controller: Actor) -> None:
    batch = take_in(controller, write_table(tmp_path, *JULY)).batch
    assert batch is not None
    withdraw_batch(actor=controller, content_hash=batch.content_hash, as_of=TODAY)

    assert active_batches() == []


def test_one_who_may_only_read_cannot_withdraw(tmp_path: Path, controller: Actor, reader: Actor) -> None:
    batch = take_in(controller, write_table(tmp_path, *JULY)).batch
    assert batch is not None
    with pytest.raises(NotAllowed):
        withdraw_batch(actor=reader, content_hash=batch.content_hash, as_of=TODAY)
    assert len(active_batches()) == 1


def test_codes_the_code_plan_lacks_are_a_warning_kept_with_the_batch(tmp_path: Path, controller: Actor) -> None:
    opened = date(2022, 8, 1)
    known = CodePlan((CodeName("unit", "4220", opened, FOREVER, "Ekonomi"), *accounts("5010", "2440", "6211")))
    rows = (*JULY, *AUGUST[:2])
    result = take_in(controller, write_table(tmp_path, *rows), known=known)

    assert codes(result.findings) == ["L015", "L014"]
    assert "4210" in result.findings[0].says
    assert "4220 (2022-07)" in result.findings[1].says
    assert [finding.code for finding in active_batches()[0].findings] == ["L015", "L014"]


def test_a_table_with_accounts_the_register_lacks_is_refused(tmp_path: Path, controller: Actor) -> None:
    refused = take_in(controller, write_table(tmp_path, *JULY), known=CodePlan(accounts("5010")))
    taken_in = take_in(controller, write_table(tmp_path, *JULY), known=CodePlan(accounts("5010", "2440")))

    assert codes(refused.findings) == ["L037"]
    assert (refused.findings[0].facts["accounts"], refused.findings[0].facts["count"]) == ("2440", 1)
    assert refused.batch is None
    assert taken_in.batch is not None


@pytest.mark.parametrize("known", [None, CodePlan(), CodePlan((CodeName("unit", "4220", BEGINNING, FOREVER, "E"),))])
def test_a_table_may_come_before_the_register_of_accounts(
    tmp_path: Path, controller: Actor, known: CodePlan | None
) -> None:
    result = take_in(controller, write_table(tmp_path, *JULY), known=known)

    assert result.batch is not None
    assert set(codes(result.findings)) == ({"L015"} if known else set())


def test_the_register_need_not_name_ignored_accounts(tmp_path: Path, controller: Actor) -> None:
    costs = replace(built_in()["tabell"], ignored_accounts=("2*",))
    result = take_in(controller, write_table(tmp_path, *JULY), profile=costs, known=CodePlan(accounts("5010")))

    assert result.batch is not None


def test_of_many_accounts_nobody_named_the_first_are_listed_and_the_rest_counted(
    tmp_path: Path, controller: Actor
) -> None:
    rows = [f"2022-07-05;A;1;4220;{account};{side}1,00;" for account in range(5000, 5022) for side in ("", "-")]
    result = take_in(controller, write_table(tmp_path, *rows), known=CodePlan(accounts("1930")))

    (finding,) = result.findings
    assert finding.facts["count"] == 22
    assert str(finding.facts["accounts"]).startswith("5000, 5001, ")
    assert str(finding.facts["accounts"]).endswith("5019 … (+2)")


def test_rows_without_voucher_numbers_are_compared_by_month(tmp_path: Path, controller: Actor) -> None:
    headings = "Period;Ansvar;Konto;Belopp"
    take_in(controller, write_table(tmp_path, "202207;4220;5010;100", headings=headings, name="juli.csv"))
    same = take_in(controller, write_table(tmp_path, "202207;4220;5010;120", headings=headings, name="ny.csv"))
    next_month = take_in(controller, write_table(tmp_path, "202208;4220;5010;120", headings=headings))

    assert codes(same.findings) == ["L022"]
    assert "2022-07" in same.findings[0].says
    assert next_month.findings == []


def test_ignored_accounts_are_left_out_after_the_vouchers_were_checked(tmp_path: Path, controller: Actor) -> None:
    costs = Profile(**{**built_in()["tabell"].content(), "ignored_accounts": ("2*",)})  # type: ignore[arg-type]
    result = take_in(controller, write_table(tmp_path, *JULY), profile=costs)

    assert result.findings == []
    assert [row[4] for row in postings()] == ["5010"]


def test_progress_is_told_in_bytes(tmp_path: Path, controller: Actor) -> None:
    told: list[tuple[int, int]] = []
    path = write_table(tmp_path, *JULY)
    take_in(controller, path, progress=lambda done, of: told.append((done, of)))

    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_the_manifest_names_the_hash_of_each_file(tmp_path: Path, controller: Actor) -> None:
    take_in(controller, write_table(tmp_path, *JULY))
    folder = active_batches()[0].folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    assert sorted(manifest["files"]) == ["balances.json", "masters.json", "postings.parquet", "vouchers.parquet"]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*manifest["files"], "manifest.json"])


def test_a_missing_file_is_a_finding(tmp_path: Path, controller: Actor) -> None:
    result = take_in(controller, tmp_path / "finns-inte.csv")

    assert codes(result.findings) == ["L002"]
