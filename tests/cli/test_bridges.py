"""The bridge at the command line: each event's out and in, and lines that make the difference to the öre."""

from __future__ import annotations

import json

import pytest

from tests.consequences.municipality import KEY, MERGED, draft, settle
from tests.planning.samples import LOCAL, TODAY, make_round
from uppsikt.cli.output import Exit, run_safely
from uppsikt.consequences import adopt
from uppsikt.core.language import use_language
from uppsikt.reports.services import save_statement

pytestmark = pytest.mark.django_db
OWN = """key: egen
title: {sv: Egen, en: Own}
rows:
  - {each: unit, of: ["42"]}
  - {key: summa, label: {sv: Summa, en: Total}, sum: rows above}
columns:
  - {key: budget, label: {sv: Budget, en: Budget}, scenario: budget, period: to-cut-off}
"""


@pytest.fixture(autouse=True)
def drafted(db: None) -> None:
    settle()
    make_round()
    assert save_statement(actor=LOCAL, content=OWN, name="egen.yaml", as_of=TODAY)[0] == "egen"
    draft(MERGED)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run_safely(["bridge", "egen", *arguments]) == Exit.OK
    return capsys.readouterr().out


def test_a_drafts_bridge_says_what_moves_out_and_in(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--draft", KEY, "--in", "kr")
    assert "[1] 2022-07-01 Stödet samlas: 4210 → 4220 (Ks 5/2022)" in out
    digitalisation, moved_out, finance, moved_in = (line.split("  ") for line in out.splitlines()[6:10])
    assert "Digitalisering" in digitalisation[0]
    assert "−1\u202f220" in "  ".join(moved_out)
    assert "Ekonomi" in finance[0]
    assert "−1\u202f220" in "  ".join(moved_in)


def test_as_json_every_cell_reconciles_to_the_ore(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "--draft", KEY, "--to", "2022-07-01", "--json"))
    assert told["structure_date"] == "2022-07-01"
    cells = {row["key"]: row["cells"]["budget"] for row in told["rows"]}
    assert {key: (cell["was_ore"] or 0, cell["now_ore"] or 0) for key, cell in cells.items()} == {
        "4210": (1220_01, 0),
        "4220": (40_00, 1260_01),
        "summa": (1260_01, 1260_01),
    }
    for cell in cells.values():
        net = sum(line["in_ore"] - line["out_ore"] for line in cell["lines"])
        assert (cell["was_ore"] or 0) + net == (cell["now_ore"] or 0)


def test_without_the_draft_nothing_moves(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Ingen händelse flyttar något." in said(capsys)
    use_language("en")
    assert "No event moves anything." in said(capsys)


def test_the_entry_that_carried_the_change_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    adopt(actor=LOCAL, key=KEY, as_of=TODAY, with_budget=True)
    told = json.loads(said(capsys, "--json"))
    lines = {row["key"]: row["cells"]["budget"]["lines"] for row in told["rows"]}
    assert lines["4210"][0]["entry_ore"] == -620_01
    assert lines["4220"][0]["entry_ore"] == 620_01


@pytest.mark.parametrize(
    ("arguments", "left_by"),
    [
        (["bridge", "finns-inte"], Exit.FINDINGS),
        (["bridge", "egen", "--draft", "finns-inte"], Exit.FINDINGS),
        (["bridge", "egen", "--column", "utfall"], Exit.USAGE),
        (["bridge", "egen", "--to", "snart"], Exit.USAGE),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], left_by: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_safely(arguments) == left_by
    assert "Traceback" not in capsys.readouterr().err


def test_a_statement_with_a_draft_is_as_of_its_last_day_where_no_day_is_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for structure, drafted_to in (([], 1260_01), (["--structure-date", "2022-06-30"], 40_00)):
        capsys.readouterr()
        assert run_safely(["statement", "egen", "--draft", KEY, *structure, "--json"]) == Exit.OK
        told = json.loads(capsys.readouterr().out)
        rows = {row["key"]: row["cells"]["budget"] for row in told["rows"]}
        assert told["structure_date"] == (structure or ["", "2022-07-01"])[1]
        assert rows["4220"]["amount_ore"] == drafted_to
    capsys.readouterr()
    assert run_safely(["statement", "egen", "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["structure_date"] is None


def test_a_bridge_with_a_draft_leads_to_its_last_day_where_no_day_is_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert json.loads(said(capsys, "--draft", KEY, "--json"))["structure_date"] == "2022-07-01"
    assert json.loads(said(capsys, "--json"))["structure_date"] != "2022-07-01"


def test_a_row_of_the_bridge_reads_as_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "--draft", KEY, "--in", "kr")
    heading = next(line for line in out.splitlines() if "Som det var" in line)
    assert [own.strip() for own in heading.split("  ") if own][1:4] == ["Som det var", "− Ut", "+ In"]
    row = next(line for line in out.splitlines() if "Digitalisering" in line)
    assert [own.strip() for own in row.split("  ") if own][1:] == ["−1\u202f220", "−1\u202f220", "–", "–"]
    use_language("en")
    assert "− Out" in said(capsys, "--draft", KEY)


def test_a_figure_is_shown_in_a_structure_and_in_a_draft(capsys: pytest.CaptureFixture[str]) -> None:
    def figure(*arguments: str) -> dict[str, object]:
        capsys.readouterr()
        asked = ["figure", "egen/4220/budget", "--vouchers", "9", "--json", *arguments]
        assert run_safely(asked) == Exit.OK
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    assert figure()["amount_ore"] == 40_00
    drafted_to = figure("--draft", KEY)
    assert drafted_to["amount_ore"] == 1260_01
    assert len(drafted_to["vouchers"]) == 4  # type: ignore[arg-type]
    assert figure("--draft", KEY, "--structure-date", "2022-06-30")["amount_ore"] == 40_00


def test_what_went_where_is_told_and_what_stays_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    def flows(*arguments: str) -> str:
        capsys.readouterr()
        assert run_safely(["organisation", "flows", "--scenario", "budget", *arguments]) == Exit.OK
        return capsys.readouterr().out

    assert "Inga pengar byter kod." in flows()
    table = flows("--draft", KEY, "--in", "kr")
    assert "4210 Digitalisering" in table
    assert "−1\u202f220" in table
    moved = json.loads(flows("--draft", KEY, "--json"))["flows"]
    assert moved == [{"from": "4210", "to": "4220", "amount_ore": 1220_01, "gross_ore": 1380_01}]
    everything = json.loads(flows("--draft", KEY, "--json", "--all"))["flows"]
    assert sum(own["amount_ore"] for own in everything) == 1260_01
