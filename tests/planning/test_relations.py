from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planning.samples import budget, forecast, make_round, monthly
from uppsikt.core.language import speaking
from uppsikt.core.postings import POSTING_COLUMNS
from uppsikt.planning import relations
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.models import BudgetEntry, Forecast
from uppsikt.planning.relations import Origins, moved_by, write_postings
from uppsikt.planning.selectors import EntryRow, budget_entries

pytestmark = pytest.mark.usefixtures("registers")

BUDGET = """beslut;beslutsdatum;slag;text;period;enhet;konto;projekt;belopp
Ks 123/2021;2021-12-01;Ursprunglig budget;"Mål; ""och"" budget";2022;4210;5;;1200
Ks 230/2022;2022-05-01;tillägg;Tillskott;202211;4220;6A;100;-30,50
"""


def ask(paths: tuple[Path, ...], question: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        files = [str(path) for path in paths]
        return database.execute(question.replace("POSTINGS", "read_parquet($files)"), {"files": files}).fetchall()


def test_nothing_planned_gives_no_files(home: Path) -> None:
    assert write_postings(home / "plan") == ()


def test_the_files_have_exactly_the_columns_of_a_posting(home: Path) -> None:
    budget(BUDGET)
    make_round()
    forecast("enhet;konto;rest\n4210;5;400\n")
    for path in write_postings(home / "plan"):
        described = ask((path,), "DESCRIBE SELECT * FROM POSTINGS")
        assert tuple((row[0], row[1]) for row in described) == POSTING_COLUMNS


def test_a_budget_line_is_a_posting_with_its_decision(home: Path) -> None:
    budget(BUDGET)
    entry = BudgetEntry.objects.get(decision_reference="Ks 230/2022")
    [posting] = ask(write_postings(home / "plan"), "SELECT * FROM POSTINGS WHERE unit = '4220'")
    assert posting == (
        "budget",
        202211,
        date(2022, 11, 1),
        "4220",
        "6A",
        None,
        "100",
        None,
        None,
        None,
        -30_50,
        "Ks 230/2022",
        "Tillskott",
        date(2022, 5, 1),
        f"budget:{entry.pk}",
        3,
    )


def test_separators_and_quotes_in_texts_come_through(home: Path) -> None:
    budget(BUDGET)
    rows = ask(write_postings(home / "plan"), "SELECT DISTINCT text FROM POSTINGS WHERE unit = '4210'")
    assert rows == [('Mål; "och" budget',)]


def test_a_forecast_covers_the_year_in_its_rounds_scenario(home: Path) -> None:
    make_round()
    forecast("enhet;konto;helår\n4210;5;1200\n", actuals=monthly(90_00))
    question = "SELECT scenario, count(*), sum(amount_ore), min(period), max(period) FROM POSTINGS GROUP BY ALL"
    assert ask(write_postings(home / "plan"), question) == [("forecast/delar2-2022", 12, 1200_00, 202201, 202212)]


def test_only_the_standing_forecast_is_a_posting(home: Path) -> None:
    make_round()
    forecast("enhet;konto;rest\n4210;5;400\n")
    forecast("enhet;konto;rest\n4210;5;500\n")
    assert ask(write_postings(home / "plan"), "SELECT sum(amount_ore) FROM POSTINGS") == [(500_00,)]


def test_a_plan_that_did_not_change_is_not_written_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budget(BUDGET)
    make_round()
    forecast("enhet;konto;rest\n4210;5;400\n")
    first = write_postings(home / "plan")
    forecast("enhet;konto;rest\n4210;5;500\n")
    monkeypatch.setattr(relations, "write_budget", lambda *_: pytest.fail("the budget has not changed"))
    second = write_postings(home / "plan")
    assert second[0] == first[0]
    assert second[1] != first[1]
    assert write_postings(home / "plan") == second


def test_a_plan_that_changes_while_it_is_read_is_read_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    budget(BUDGET)
    written = relations.write_budget
    late = BUDGET.replace("Ks 123/2021", "Ks 124/2021").replace("Ks 230/2022", "Ks 231/2022")

    def interrupted(*arguments: object) -> None:
        written(*arguments)  # type: ignore[arg-type]
        budget(late)  # the second time it is held already and changes nothing

    monkeypatch.setattr(relations, "write_budget", interrupted)
    assert ask(write_postings(home / "plan"), "SELECT count(DISTINCT source) FROM POSTINGS") == [(4,)]


def test_old_files_go_but_not_the_one_that_may_be_open(home: Path) -> None:
    folder = home / "plan"
    kept = []
    for number in range(4):
        budget(BUDGET.replace("Ks 123", f"Ks {number}").replace("Ks 230", f"Ks 9{number}"))
        [path] = write_postings(folder)
        hour_ago = time.time() - 3600 + number
        os.utime(path, (hour_ago, hour_ago))
        kept.append(path)
    assert sorted(folder.iterdir()) == sorted(kept[-2:])


def test_sources_have_names_in_both_languages() -> None:
    budget(BUDGET)
    make_round()
    forecast("enhet;konto;rest\n4210;5;400\n")
    entry = BudgetEntry.objects.get(decision_reference="Ks 230/2022")
    own = Forecast.objects.get()
    names = Origins(budget_entries())
    assert names[f"budget:{entry.pk}"] == "Ks 230/2022 2022-05-01 Tilläggsanslag: Tillskott"
    assert names[f"forecast:{own.pk}"] == "Prognos delar2-2022 4210 5, 2022-09-12 kommandorad"
    with speaking("en"):
        assert Origins(budget_entries())[f"budget:{entry.pk}"].endswith("Supplementary appropriation: Tillskott")


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co")), min_size=1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_TEXTS, st.integers(-(2**62), 2**62)), min_size=1, max_size=5))
def test_whatever_text_and_amount_come_out_as_they_went_in(home: Path, rows: list[tuple[str, int]]) -> None:
    path = home / "any.parquet"
    parents = [(number, "budget", date(2022, 1, 1), text, text, "s") for number, (text, _) in enumerate(rows)]
    lines = [(number, 1, 202201, amount, "1", "5", *[""] * 5) for number, (_, amount) in enumerate(rows)]
    relations._write(path, parents, lines)
    assert ask((path,), "SELECT text, amount_ore FROM POSTINGS ORDER BY amount_ore, text") == sorted(
        rows, key=lambda row: (row[1], row[0].encode())
    )


def test_a_text_that_begins_with_the_kind_is_not_said_twice() -> None:
    budget(BUDGET.replace("Tillskott", "Tilläggsanslag till hyror"))
    assert "Ks 230/2022 2022-05-01 Tilläggsanslag till hyror" in Origins(budget_entries()).values()


def test_entries_that_carry_out_a_reorganisation_are_found_by_its_decision() -> None:
    entries = [
        EntryRow(1, BudgetKind.ORIGINAL, "Ks 1/2022", date(2022, 1, 1), "", 2022, 1, 100),
        EntryRow(2, BudgetKind.REORGANISATION, "Ks 2/2022", date(2022, 6, 1), "", 2022, 2, 0),
        EntryRow(3, BudgetKind.REORGANISATION, "Ks 2/2022", date(2022, 7, 1), "", 2022, 2, 0),
        EntryRow(4, BudgetKind.TRANSFER, "Ks 2/2022", date(2022, 7, 1), "", 2022, 2, 0),
    ]
    assert moved_by(entries) == {"Ks 2/2022": ("budget:2", "budget:3")}
