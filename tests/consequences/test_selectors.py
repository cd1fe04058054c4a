"""What a reorganisation brings with it, asked of the whole house, before and after it is adopted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.consequences.municipality import CLOSED, JULY, KEY, MERGED, SPLIT, codes, draft, event, person, rule
from tests.ledger.material import write_table
from tests.planning.samples import LOCAL, TODAY, budget, forecast, make_round, monthly
from uppsikt.coding.events import Event, EventKind
from uppsikt.coding.reorganisation_services import annul_reorganisation
from uppsikt.consequences import adopt, annul, consequences, proposed_transfer, transfer_file
from uppsikt.core.findings import Finding, Severity
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.services import import_file
from uppsikt.planning.files import read_budget
from uppsikt.planning.states import State
from uppsikt.reports.services import save_statement

pytestmark = pytest.mark.usefixtures("municipality")
OWN = """key: egen
title: {sv: Egen, en: Own}
rows:
  - {key: stod, label: {sv: Stöd, en: Support}, unit: ["4210"]}
columns:
  - {key: utfall, label: {sv: Utfall, en: Actual}, scenario: actual}
"""


def test_a_draft_tells_budget_forecast_people_and_statements() -> None:
    make_round()
    forecast("enhet;konto;helår\n4210;5;1300\n", actuals=monthly(100_00))
    person("anna", "4210")
    save_statement(actor=LOCAL, content=OWN, name="egen.yaml", as_of=TODAY)
    draft(MERGED)
    brought = consequences(KEY)
    assert codes(brought.findings) == ["C063", "C062", "C064", "C067"]
    assert [(own.code, own.heirs) for own in brought.endings] == [("4210", ("4220",))]
    assert [(own.person, own.heir) for own in brought.roles] == [("anna", "4220")]
    assert sum(row.amount_ore for row in brought.transfer) == 0


def test_postings_after_the_end_are_found_in_the_ledger(tmp_path: Path) -> None:
    booked = write_table(
        tmp_path,
        "2022-06-05;A;1;4210;60;100,00;Hyra",
        "2022-06-05;A;1;4220;60;-100,00;Hyra",
        "2022-08-05;A;2;4210;60;1250,50;Hyra",
        "2022-08-05;A;2;4220;60;-1250,50;Hyra",
    )
    taken = import_file(actor=LOCAL, path=booked, profile=built_in()["tabell"], as_of=TODAY)
    assert taken.batch is not None, taken.findings
    draft(MERGED)
    told = [own for own in consequences(KEY).findings if own.code == "C061"]
    assert [(own.facts["count"], own.facts["amount"], own.facts["last"]) for own in told] == [
        (1, "1\u202f250,50", "2022-08")
    ]


def test_a_closing_without_an_heir_proposes_nothing_and_says_what_is_left() -> None:
    draft(CLOSED)
    brought = consequences(KEY)
    assert codes(brought.findings) == ["C060", "C062"]
    assert brought.findings[0].facts["held"] == "budget 1\u202f220,01 kr"
    assert brought.findings[1].facts["amount"] == "620,01"
    assert brought.transfer == ()


def test_a_transfer_takes_what_meets_its_rule_and_leaves_a_unit_that_goes_on() -> None:
    draft(event(EventKind.TRANSFER, "4210", rule(("4220", 1), account="3")))
    brought = consequences(KEY)
    assert (brought.findings, brought.endings) == ((), ())
    assert [(row.codes.unit, row.amount_ore) for row in brought.transfer] == [("4210", 80_00), ("4220", -80_00)]


def test_a_forecast_of_a_unit_that_gives_a_part_and_goes_on_is_to_be_handed_in_anew() -> None:
    make_round()
    forecast("enhet;konto;helår\n4210;5;1300\n4220;5;10\n", actuals=monthly(100_00))
    draft(event(EventKind.TRANSFER, "4210", rule(("4220", 1), account="3"), on=date(2022, 10, 1)))
    told = consequences(KEY).findings
    assert codes(told) == ["C072"]
    assert (told[0].facts["value"], told[0].facts["heirs"]) == ("4210 Digitalisering", "4220")
    draft(event(EventKind.SPLIT, "4210", rule(("4220", 60), ("4210", 40)), on=date(2022, 10, 1)))
    assert codes(consequences(KEY).findings) == ["C072"]
    draft(event(EventKind.TRANSFER, "4290", rule(("4220", 1)), on=date(2022, 10, 1)))
    assert codes(consequences(KEY).findings) == []


def test_costs_and_income_that_cancel_out_are_a_budget_all_the_same() -> None:
    head = "beslut;beslutsdatum;slag;text;period;enhet;konto;belopp\n"
    budget(head + "Ks 2;2022-01-01;original;Noll;202207;42;60;8\nKs 2;2022-01-01;original;Noll;202207;42;3;-8\n")
    merge = event(EventKind.MERGE, "4210", rule(("4290", 1)), on=date(2022, 12, 1))
    draft(merge, event(EventKind.MERGE, "4220", rule(("4290", 1))))
    budget(head + "Ks 3;2022-01-01;original;Noll;202212;4210;60;8\nKs 3;2022-01-01;original;Noll;202212;4210;3;-8\n")
    told = [
        own
        for own in consequences(KEY).findings
        if own.code == "C062" and own.facts["value"] == "4210 Digitalisering"
    ]
    assert [own.facts["amount"] for own in told] == ["0,00"]


def test_the_proposal_as_a_file_is_what_the_budget_import_takes() -> None:
    draft(SPLIT)
    rows = proposed_transfer(KEY)
    assert len(rows) == 6
    for ending in ("csv", "xlsx"):
        read, findings = read_budget(transfer_file(rows, ending), f"flytt.{ending}")
        assert findings == []
        assert [(row.codes, row.period, row.amount_ore, row.kind, row.decision) for row in read] == [
            (row.codes, row.period, row.amount_ore, row.kind, row.decision) for row in rows
        ]


def test_an_annulled_reorganisation_brings_nothing_but_the_budget_it_moved() -> None:
    draft(MERGED)
    adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    annulled = annul_reorganisation(
        actor=LOCAL, key=KEY, decision="Ks 7", decided_on=date(2022, 8, 1), text="", as_of=TODAY
    )
    assert not annulled.is_refused
    brought = consequences(KEY)
    assert codes(brought.findings) == ["C069"]
    assert (brought.endings, brought.transfer, brought.roles) == ((), (), ())
    assert proposed_transfer(KEY) == ()


OPENED = Event(0, EventKind.OPEN, "unit", JULY, "4215", "Digitalt", code_kind="department", parent="42")


def opened_and_moved() -> None:
    draft(OPENED, event(EventKind.MERGE, "4210", rule(("4215", 1))))
    assert adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True).budget is not None


def annulled(*, dry_run: bool = False, with_budget: bool = False) -> tuple[Finding, ...]:
    result = annul(
        actor=LOCAL,
        key=KEY,
        decision="Ks 7",
        decided_on=date(2022, 8, 1),
        as_of=TODAY,
        with_budget=with_budget,
        dry_run=dry_run,
    )
    return result.findings


def test_money_on_a_code_that_annulment_takes_away_is_to_go_back_first() -> None:
    opened_and_moved()
    told = annulled(dry_run=True)
    assert codes(told) == ["C070", "C069"]
    assert told[1].facts["amount"] == "780,01"
    assert (told[0].facts["value"], told[0].facts["amount"]) == ("4215 Digitalt", "620,01")
    assert "--with-budget" in told[0].do
    assert "P002" in told[0].do


def test_once_the_money_has_gone_back_nothing_is_stranded() -> None:
    opened_and_moved()
    head = "beslut;beslutsdatum;slag;text;period;enhet;konto;belopp\n"
    moved = [("4210", 700_01, "202207;{};60"), ("4210", -80_00, "202208;{};3")]
    rows = [
        f"Ks 7;2022-08-01;omorganisation;Åter;{where.format(unit)};{sign * ore / 100:.2f}\n".replace(".", ",")
        for code, ore, where in moved
        for unit, sign in ((code, 1), ("4215", -1))
    ]
    assert budget(head + "".join(rows)).added == 1
    assert annulled(with_budget=True) == ()  # nothing is taken back twice
    assert consequences(KEY).findings == ()


def test_money_on_a_code_of_the_register_is_not_stranded() -> None:
    draft(MERGED)
    adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    assert codes(annulled()) == ["C069"]


def test_a_draft_dated_back_before_a_closed_rounds_cut_off_is_noted() -> None:
    make_round(state=State.CONSOLIDATED)
    draft(MERGED)
    told = consequences(KEY).findings
    assert codes(told) == ["C071", "C062"]
    assert told[0].severity is Severity.NOTE
    assert codes(adopt(actor=LOCAL, key=KEY, as_of=TODAY, dry_run=True).findings) == ["C071"]
    assert codes(adopt(actor=LOCAL, key=KEY, as_of=TODAY).findings) == ["C071"]
    assert codes(consequences(KEY).findings) == ["C062"]


def test_an_opening_alone_has_no_consequences() -> None:
    draft(event(EventKind.TRANSFER, "4290", rule(("4220", 1)), on=JULY.replace(month=12)))
    assert consequences(KEY).findings == ()


def test_many_endings_are_asked_for_in_as_many_queries_as_one() -> None:
    """Registers 5, rounds, roles, statements, budget, journal: nothing is asked for once a code."""
    draft(MERGED)
    consequences(KEY)
    with CaptureQueriesContext(
        connection,
    ) as one:
        consequences(KEY)
    draft(MERGED, event(EventKind.MERGE, "4290", rule(("4220", 1)), on=date(2022, 8, 1)))
    consequences(KEY)
    with CaptureQueriesContext(connection) as two:
        consequences(KEY)
    assert len(one) == len(two) <= 20
