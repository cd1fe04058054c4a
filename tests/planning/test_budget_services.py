from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import actor_with
from tests.planning.samples import LOCAL, TODAY, budget
from uppsikt.audit.actors import NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.audit.services import verify_chain
from uppsikt.coding.services import import_register
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.findings import has_errors
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.planning import services
from uppsikt.planning.budgets import decisions_of
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import BudgetRow
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetEntry, BudgetLine
from uppsikt.planning.selectors import budget_at, budget_entries

pytestmark = pytest.mark.usefixtures("registers")

HEAD = "beslut;beslutsdatum;slag;text;period;enhet;konto;projekt;belopp\n"
ORIGINAL = HEAD + "Ks 123/2021;2021-12-01;Ursprunglig budget;Mål och budget;2022;4210;5;;1000,01\n"
TRANSFER = (
    HEAD
    + "Ks 230/2022;2022-05-01;ombudgetering;Flytt;202206;4210;5;;-300\n"
    + "Ks 230/2022;2022-05-01;ombudgetering;Flytt;202206;4220;5;;300\n"
)


def test_a_yearly_amount_is_twelve_parts_that_make_the_whole() -> None:
    result = budget(ORIGINAL)
    assert (result.findings, result.added, result.line_count, result.amount_ore) == ((), 1, 12, 100_001)
    amounts = list(BudgetLine.objects.order_by("period").values_list("period", "amount_ore"))
    assert amounts[0] == (202201, 8334)  # 100 001 = 12 · 8 333 + 5: the first five months carry the rest
    assert amounts[4] == (202205, 8334)
    assert amounts[5] == (202206, 8333)
    assert sum(amount for _, amount in amounts) == 100_001


def test_a_unit_that_opens_in_july_gets_its_year_on_its_six_months() -> None:
    result = budget(HEAD + "Ks 1;2022-05-01;tilläggsanslag;Ny enhet;2022;4290;5;;600\n")
    assert [finding.code for finding in result.findings] == ["P004"]
    assert list(BudgetLine.objects.order_by("period").values_list("period", "amount_ore")) == [
        (202200 + month, 100_00) for month in range(7, 13)
    ]


CLOSED = "code;name;parent;valid_from;valid_to\n4280;Kansli;42;2022-01-01;2022-07-01\n"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("omorganisation;T;202208;4280;5;;-300\n", []),
        ("ombudgetering;T;202208;4280;5;;-300\n", ["P003"]),  # only a reorganisation empties what has ended
        ("omorganisation;T;202112;4280;5;;-300\n", ["P003"]),  # and nothing stands on what hasn't begun
        ("omorganisation;T;202208;4280;5;100;-300\n", ["P003"]),
    ],
)
def test_a_reorganisation_takes_the_budget_off_a_unit_that_has_ended(rows: str, codes: list[str]) -> None:
    assert not import_register(
        actor=LOCAL, dimension="unit", content=CLOSED.encode(), name="unit.csv", as_of=TODAY
    ).findings
    taken, given = f"Ks 1;2022-05-01;{rows}", "Ks 1;2022-05-01;omorganisation;T;202208;4220;5;;300\n"
    given = given.replace("omorganisation", rows.split(";", 1)[0])
    given = given.replace("202208", rows.split(";")[2])
    assert [finding.code for finding in budget(HEAD + taken + given).findings] == codes


def test_the_budget_of_any_day_is_a_question() -> None:
    budget(ORIGINAL)
    budget(TRANSFER)
    assert budget_at(date(2021, 11, 30), 2022).amount_ore == 0
    before = budget_at(date(2022, 4, 30), 2022)
    after = budget_at(date(2022, 5, 1), 2022)
    assert before.by_unit_account == {("4210", "5"): 100_001}
    assert after.by_unit_account == {("4210", "5"): 70_001, ("4220", "5"): 30_000}
    assert before.amount_ore == after.amount_ore == 100_001
    assert after.by_kind == {BudgetKind.ORIGINAL: 100_001, BudgetKind.TRANSFER: 0}
    assert budget_at(date(2022, 5, 1), 2023).entry_count == 0


def test_a_transfer_that_does_not_balance_is_refused_and_nothing_of_it_is_kept() -> None:
    result = budget(TRANSFER.replace(";300\n", ";299,99\n"))
    assert [finding.code for finding in result.findings] == ["P023"]
    assert result.is_refused
    assert BudgetEntry.objects.count() == 0
    assert "−0,01 kr" in result.findings[0].says


def test_amounts_too_large_to_be_meant_are_refused_before_their_sum_is_too_large_to_store() -> None:
    row = "Ks 1;2022-05-01;tilläggsanslag;Ny;2022;{};5;;90000000000000000\n"
    result = budget(HEAD + row.format("4210") + row.format("4220"))
    assert "P010" in [finding.code for finding in result.findings]
    assert BudgetEntry.objects.count() == 0
    assert budget(HEAD + row.format("4210").replace("90000000000000000", "1000000000000")).added == 1


def test_a_supplementary_appropriation_need_not_balance() -> None:
    assert budget(TRANSFER.replace("ombudgetering", "tilläggsanslag").replace(";300\n", ";299\n")).findings == ()


def test_the_same_file_again_is_not_taken_in_again() -> None:
    budget(ORIGINAL)
    events = Event.objects.count()
    result = budget(ORIGINAL)
    assert [finding.code for finding in result.findings] == ["P025"]
    assert (result.added, result.unchanged) == (0, 1)
    assert BudgetEntry.objects.count() == 1
    assert Event.objects.count() == events


def test_a_decision_held_with_other_amounts_is_refused() -> None:
    budget(ORIGINAL)
    result = budget(ORIGINAL.replace("1000,01", "2000"))
    assert [finding.code for finding in result.findings] == ["P026"]
    assert budget_at(TODAY, 2022).amount_ore == 100_001


def test_a_correction_is_an_entry_of_its_own() -> None:
    budget(ORIGINAL)
    assert budget(ORIGINAL.replace("Mål och budget", "Rättelse").replace("1000,01", "-0,01")).added == 1
    assert budget_at(TODAY, 2022).amount_ore == 100_000
    assert [entry.text for entry in budget_entries(2022)] == ["Mål och budget", "Rättelse"]


def test_there_is_no_service_that_changes_or_removes_an_entry() -> None:
    verbs = [name for name in services.__all__ if name[0].islower()]
    assert not [name for name in verbs if name.startswith(("update", "delete", "edit", "remove"))]
    budget(ORIGINAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetEntry.objects.get().delete()


def test_a_dry_run_tells_all_and_changes_nothing() -> None:
    result = budget(ORIGINAL, dry_run=True)
    assert (result.added, result.line_count, result.dry_run) == (1, 12, True)
    assert result.changes[0].label == "Ks 123/2021 Ursprunglig budget: Mål och budget"
    assert BudgetEntry.objects.count() == 0
    assert not Event.objects.filter(verb="decide-budget").exists()


def test_each_decision_is_logged_with_its_content() -> None:
    budget(ORIGINAL)
    event = Event.objects.get(verb="decide-budget")
    payload = json.loads(event.payload)
    entry = BudgetEntry.objects.get()
    assert event.target == f"budget:{entry.pk}"
    assert (payload["decision"], payload["amount_ore"]) == ("Ks 123/2021", 100_001)
    assert payload["content_hash"] == entry.content_hash
    assert verify_chain() == []


def test_one_decision_for_two_years_is_one_entry_for_each() -> None:
    budget(ORIGINAL + "Ks 123/2021;2021-12-01;Ursprunglig budget;Mål och budget;2023;4210;5;;1200\n")
    assert [(entry.year, entry.amount_ore) for entry in budget_entries()] == [(2022, 100_001), (2023, 120_000)]


def test_a_controller_may_decide_for_her_units_and_not_for_others() -> None:
    assert budget(ORIGINAL, actor_with(Role.CONTROLLER)).added == 1
    in_42 = actor_with(Role.CONTROLLER, "42")
    assert budget(TRANSFER, in_42).added == 1
    with pytest.raises(NotAllowed):
        budget(HEAD + "Ks 9;2022-05-01;tillägg;KS;2022;KS;5;;1\n", in_42)
    with pytest.raises(NotAllowed):
        budget(ORIGINAL, actor_with(Role.MANAGER, "4210"))


FAULTS = {
    "P001": "Ks 1;2022-05-01;tillägg;T;2022;4210;;;1\n",
    "P002": "Ks 1;2022-05-01;tillägg;T;2022;4299;5;;1\n",
    "P003": "Ks 1;2022-05-01;tillägg;T;202206;4290;5;;1\n",
    "P005": "Ks 1;2022-05-01;tillägg;T;2022;4210;5;;1.400\n",
    "P006": "Ks 1;2022-05-01;tillägg;T;2022;4210;5;;1\nKs 1;2022-05-01;tillägg;T;2022;4210;5;;2\n",
    "P009": ";2022-05-01;tillägg;T;2022;4210;5;;1\n",
    "P020": "Ks 1;1 maj;tillägg;T;2022;4210;5;;1\n",
    "P021": "Ks 1;2022-05-01;extra;T;2022;4210;5;;1\n",
    "P022": "Ks 1;2022-05-01;tillägg;T;maj;4210;5;;1\n",
    "P024": "Ks 1;2022-05-01;tillägg;T;2022;4210;5;;1\nKs 1;2022-06-01;tillägg;T;2022;4220;5;;2\n",
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_has_its_own_finding_and_keeps_the_whole_file_out(code: str) -> None:
    result = budget(ORIGINAL + FAULTS[code])
    assert [finding.code for finding in result.findings] == [code]
    assert result.findings[0].at.line is not None
    assert BudgetEntry.objects.count() == 0


def test_an_empty_amount_is_not_zero() -> None:
    result = budget(HEAD + "Ks 1;2022-05-01;tillägg;T;2022;4210;5;;\n")
    assert [finding.code for finding in result.findings] == ["P005"]


def test_a_code_not_valid_at_all_in_the_year_is_refused() -> None:
    result = budget(HEAD + "Ks 1;2020-05-01;tillägg;T;2021;4290;5;;1\n")
    assert [finding.code for finding in result.findings] == ["P003"]


def test_a_file_with_headings_only_says_so() -> None:
    assert [finding.code for finding in budget(HEAD).findings] == ["P008"]


def test_a_column_nobody_reads_is_a_warning() -> None:
    result = budget(ORIGINAL.replace("projekt", "projekct"))
    assert [finding.code for finding in result.findings] == ["P007"]
    assert result.added == 1


def test_months_are_read_in_both_forms() -> None:
    budget(HEAD + "Ks 1;2022-05-01;tillägg;T;2022-06;4210;5;;1\nKs 1;2022-05-01;tillägg;T;202207;4210;5;;2\n")
    assert list(BudgetLine.objects.order_by("period").values_list("period", flat=True)) == [202206, 202207]


_PLAN = CodePlan(
    tuple(
        CodeName(dimension, code, BEGINNING, FOREVER, code)
        for dimension, codes in {"unit": ("1", "2", "3"), "account": ("5", "6")}.items()
        for code in codes
    )
)


def _row(kind: BudgetKind, unit: str, account: str, amount_ore: int, period: int = 2022) -> BudgetRow:
    return BudgetRow("Ks 1", date(2022, 1, 1), kind, "T", period, CodeString(unit, account), amount_ore)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-(10**14), 10**14))
def test_whatever_the_yearly_amount_the_months_make_it_and_differ_by_at_most_an_ore(amount_ore: int) -> None:
    [decision], findings = decisions_of([_row(BudgetKind.ORIGINAL, "1", "5", amount_ore)], _PLAN)
    parts = [line.amount_ore for line in decision.lines]
    assert findings == []
    assert len(parts) == 12
    assert sum(parts) == decision.amount_ore == amount_ore
    assert max(parts) - min(parts) <= 1


_CODES = st.sets(st.tuples(st.sampled_from("123"), st.sampled_from("56")), min_size=2)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_CODES, st.data(), st.sampled_from([BudgetKind.TRANSFER, BudgetKind.REORGANISATION]))
def test_a_transfer_is_taken_exactly_when_it_balances(
    codes: set[tuple[str, str]], data: st.DataObject, kind: BudgetKind
) -> None:
    amounts = [data.draw(st.integers(-(10**9), 10**9)) for _ in codes]
    rows = [_row(kind, unit, account, ore) for (unit, account), ore in zip(sorted(codes), amounts, strict=True)]
    _, findings = decisions_of(rows, _PLAN)
    assert has_errors(findings) == (sum(amounts) != 0)
    rows[-1] = _row(kind, *sorted(codes)[-1], -sum(amounts[:-1]))
    [decision], findings = decisions_of(rows, _PLAN)
    assert findings == []
    assert decision.amount_ore == 0


def test_the_order_of_rows_does_not_change_what_a_decision_is() -> None:
    rows = [_row(BudgetKind.ORIGINAL, "1", "5", 100), _row(BudgetKind.ORIGINAL, "2", "5", 200)]
    [one], _ = decisions_of(rows, _PLAN)
    [other], _ = decisions_of(rows[::-1], _PLAN)
    [changed], _ = decisions_of([rows[0]], _PLAN)
    assert one.content_hash == other.content_hash
    assert one.content_hash != changed.content_hash


def test_the_journal_keeps_who_entered_what() -> None:
    budget(ORIGINAL)
    assert BudgetEntry.objects.get().created_by == LOCAL.name


def test_line_breaks_and_no_break_spaces_from_spreadsheets_are_spaces() -> None:
    budget(ORIGINAL.replace("Mål och budget", '"Mål\noch\u00a0budget"'))
    assert BudgetEntry.objects.get().text == "Mål och budget"
