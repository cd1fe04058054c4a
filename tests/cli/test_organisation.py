"""Reorganisations at the command line: looked at, checked, adopted, annulled; told in both languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.consequences.municipality import CLOSED, KEY, MERGED, SPLIT, draft, event, person, rule, settle
from uppsikt.audit.models import Event
from uppsikt.cli.output import Exit, run_safely
from uppsikt.coding.events import EventKind, ReorganisationFacts, State
from uppsikt.coding.selectors import reorganisation
from uppsikt.core.language import use_language
from uppsikt.planning.models import BudgetEntry

pytestmark = pytest.mark.django_db
ANNUL = ["--decision", "Ks 9/2022", "--decided-on", "2022-08-01", "--text", "Ångrad"]


@pytest.fixture(autouse=True)
def municipality(db: None) -> None:
    settle()


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: Exit = Exit.OK) -> tuple[str, str]:
    capsys.readouterr()
    assert run_safely(["organisation", *map(str, arguments)]) == code
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    return shown.out, shown.err


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: Exit = Exit.OK) -> dict[str, object]:
    answer: dict[str, object] = json.loads(run(capsys, *arguments, "--json", code=code)[0])
    return answer


def test_the_tree_is_shown_on_a_day_and_as_a_draft_would_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED)
    out, _ = run(capsys, "tree", "--on", "2022-07-01")
    assert out.splitlines() == [
        "KS Kommunstyrelse",
        "  42 Centralt stöd",
        "    4210 Digitalisering",
        "    4220 Ekonomi",
        "    4290 Lokalförsörjning",
    ]
    assert "4290" not in run(capsys, "tree", "--on", "2022-06-30")[0]
    drafted = json.loads(run(capsys, "tree", "--on", "2022-07-01", "--draft", KEY, "--json")[0])
    assert [line["code"] for line in drafted] == ["KS", "42", "4220", "4290"]
    assert drafted[2] == {"code": "4220", "name": "Ekonomi", "parent": "42", "level": 2}


def test_another_dimension_and_hierarchy_have_trees_too(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "tree", "--on", "2022-07-01", "--dimension", "account", "--hierarchy", "reporting")
    assert "6A Lokalhyror\n  60 Hyror" in out


def test_the_log_lists_and_tells(capsys: pytest.CaptureFixture[str]) -> None:
    draft(SPLIT)
    out, _ = run(capsys, "log")
    assert KEY in out
    assert "utkast" in out
    told, _ = run(capsys, "log", KEY)
    assert "Ks 5/2022" in told
    assert "2022-07-01" in told
    assert "4210 Digitalisering" in told
    as_json = json.loads(run(capsys, "log", KEY, "--json")[0])
    assert as_json[0]["events"][0]["targets"] == ["4220", "4290"]
    assert len(as_json[0]["story"]) == 1


def test_a_day_with_a_draft_is_compared_with_one_as_decided(capsys: pytest.CaptureFixture[str]) -> None:
    draft(CLOSED)
    told = json.loads(run(capsys, "compare", "2022-06-30", "2022-07-01", "--draft", KEY, "--json")[0])
    assert [(own["code"], own["what"]) for own in told] == [("4210", ["closed"]), ("4290", ["opened"])]
    out, _ = run(capsys, "compare", "2022-06-30", "2022-07-01")
    assert "Lokalförsörjning" in out
    assert "4210" not in out


def test_a_comparison_says_who_took_over_the_money_and_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    draft(SPLIT, event(EventKind.TRANSFER, "4220", rule(("4290", 1), account="3"), on=date(2022, 8, 1)))
    days = ("2022-08-01", "2022-08-01", "--draft", KEY)
    out, _ = run(capsys, "compare", *days)
    assert "→ 4220 efter villkor, 4290 efter villkor" in out
    assert "→ 4290 efter villkor; behåller efter villkor" in out
    out, _ = run(capsys, "compare", "2022-07-01", "2022-07-01", "--draft", KEY)
    assert "→ 4220 60\xa0%, 4290 40\xa0%" in out
    told = json.loads(run(capsys, "compare", "2022-07-01", "2022-07-01", "--draft", KEY, "--json")[0])
    assert told[0]["money_to"] == [{"code": "4220", "share": "3/5"}, {"code": "4290", "share": "2/5"}]
    told = json.loads(run(capsys, "compare", *days, "--json")[0])
    assert [(own["code"], own["what"]) for own in told] == [("4210", ["closed"]), ("4220", [])]


def test_two_drafts_are_compared_with_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    draft(CLOSED)
    draft(MERGED, event(EventKind.CLOSE, "4290", on=date(2022, 8, 1)), facts=ReorganisationFacts("andra", "Andra"))
    days = ("2022-08-01", "2022-08-01")
    told = json.loads(run(capsys, "compare", *days, "--draft-from", KEY, "--draft", "andra", "--json")[0])
    assert [(own["code"], own["what"]) for own in told] == [("4290", ["closed"])]
    told = json.loads(run(capsys, "compare", *days, "--draft-from", KEY, "--json")[0])
    assert [(own["code"], own["what"]) for own in told] == [("4210", ["opened"])]
    assert json.loads(run(capsys, "compare", *days, "--draft-from", KEY, "--draft", KEY, "--json")[0]) == []


def test_a_check_tells_consequences_and_proposals(capsys: pytest.CaptureFixture[str]) -> None:
    person("anna", "4210")
    draft(MERGED)
    out, err = run(capsys, "check", KEY)
    assert "4210 Digitalisering upphör 2022-07-01 → 4220 Ekonomi" in out
    assert "780,01 kr" in out
    assert "anna" in out
    assert "C062" in err
    told = said(capsys, "check", KEY)
    assert told["checked"] == [
        {
            "key": KEY,
            "state": "draft",
            "endings": [{"dimension": "unit", "code": "4210", "on": "2022-07-01", "successors": ["4220"]}],
            "transfer": {"rows": 4, "moved_ore": 780_01},
            "roles": [
                {"person": "anna", "role": "manager", "from_unit": "4210", "to_unit": "4220"}
                | {"from": "2022-07-01", "to": "9999-12-31"}
            ],
        }
    ]
    assert [finding["code"] for finding in told["findings"]] == ["C062", "C064"]  # type: ignore[index, attr-defined]


def test_a_check_of_everything_fails_where_one_draft_is_in_error(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED)
    run(capsys, "check")
    from tests.planning.samples import LOCAL, TODAY
    from uppsikt.coding.reorganisation_services import save_draft

    wrong = event(EventKind.CLOSE, "finns-inte")
    save_draft(actor=LOCAL, facts=ReorganisationFacts("fel", "Fel"), events=[wrong], as_of=TODAY)
    _, err = run(capsys, "check", code=Exit.FINDINGS)
    assert "C020" in err


def test_a_dry_run_of_an_adoption_changes_nothing_and_the_real_one_everything(
    capsys: pytest.CaptureFixture[str],
) -> None:
    person("anna", "4210")
    draft(MERGED)
    events = Event.objects.count()
    out, _ = run(capsys, "adopt", KEY, "--with-budget", "--with-roles", "--dry-run")
    assert "Skulle ge:" in out
    assert (reorganisation(KEY).state, Event.objects.count()) == (State.DRAFT, events)
    told = said(capsys, "adopt", KEY, "--with-budget", "--with-roles")
    assert (told["adopted"], told["budget_entries"], told["budget_lines"]) == (True, 1, 4)
    assert reorganisation(KEY).state is State.ADOPTED
    assert BudgetEntry.objects.count() == 2
    assert "C0" in run(capsys, "adopt", KEY, code=Exit.FINDINGS)[1]


def test_a_draft_without_its_decision_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED, facts=ReorganisationFacts(KEY, "Stödet samlas"))
    told = said(capsys, "adopt", KEY, code=Exit.FINDINGS)
    assert told["adopted"] is False
    assert reorganisation(KEY).state is State.DRAFT


def test_an_adopted_one_is_annulled_by_a_decision_and_a_draft_discarded(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED)
    assert run(capsys, "annul", KEY, *ANNUL, code=Exit.FINDINGS)[1]
    run(capsys, "adopt", KEY, "--with-budget")
    run(capsys, "annul", KEY, *ANNUL, "--dry-run")
    assert reorganisation(KEY).state is State.ADOPTED
    out, err = run(capsys, "annul", KEY, *ANNUL)
    assert "Budgeten flyttas tillbaka: 1 budgetpost, 4 rader." in out
    assert err == ""
    assert reorganisation(KEY).state is State.ANNULLED
    assert "Ks 9/2022" in run(capsys, "log", KEY)[0]
    assert run(capsys, "discard", KEY, code=Exit.FINDINGS)[1]
    draft(CLOSED, facts=ReorganisationFacts("annan", "Annan"))
    run(capsys, "discard", "annan")
    assert "annan" in run(capsys, "log", "annan", code=Exit.FINDINGS)[1]


def test_an_annulment_may_leave_the_budget_where_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED)
    run(capsys, "adopt", KEY, "--with-budget")
    out, err = run(capsys, "annul", KEY, *ANNUL, "--without-budget")
    assert "tillbaka" not in out
    assert "C069" in err


def test_a_check_says_at_which_event_and_not_on_which_line(capsys: pytest.CaptureFixture[str]) -> None:
    draft(MERGED)
    _, err = run(capsys, "check", KEY)
    assert f"{KEY}, händelse 1" in err
    assert "rad 1" not in err


def test_the_transfer_is_shown_and_its_file_taken_in_by_the_budget_import(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    draft(MERGED)
    assert "700,01" in run(capsys, "transfer", KEY)[0]
    assert len(json.loads(run(capsys, "transfer", KEY, "--json")[0])) == 4
    for name in ("flytt.csv", "flytt.xlsx"):
        run(capsys, "transfer", KEY, tmp_path / name)
    run(capsys, "adopt", KEY)
    assert run_safely(["budget", "import", str(tmp_path / "flytt.csv")]) == Exit.OK
    capsys.readouterr()
    assert run_safely(["budget", "import", str(tmp_path / "flytt.xlsx"), "--json"]) == Exit.OK
    again = json.loads(capsys.readouterr().out)
    assert (again["added"], again["unchanged"]) == (0, 1)
    assert json.loads(run(capsys, "transfer", KEY, "--json")[0]) == []


def test_events_go_out_and_in_without_a_change_and_a_file_of_ones_own_is_a_draft(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    draft(SPLIT)
    for name in ("ut.csv", "ut.xlsx"):
        run(capsys, "export", tmp_path / name, "--key", KEY)
        again = said(capsys, "import", tmp_path / name)
        assert (again["saved"], again["unchanged"]) == ([], [KEY])
    own = tmp_path / "egna.csv"
    own.write_text("händelse;slag;dimension;gäller_från;kod;till\n1;merge;unit;2022-07-01;4220;4290\n")
    named = ["--key", "egen", "--name", "Egen", "--decision", "Ks 1", "--decided-on", "2022-05-01"]
    run(capsys, "import", own, *named, "--dry-run")
    assert "egen" in run(capsys, "log", "egen", code=Exit.FINDINGS)[1]
    assert "egen" in run(capsys, "import", own, *named)[0]
    assert (reorganisation("egen").decision, len(reorganisation("egen").events)) == ("Ks 1", 1)


def test_a_file_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    events = Event.objects.count()
    spoilt = tmp_path / "x.csv"
    spoilt.write_text("<html>404</html>")
    assert "T00" in run(capsys, "import", spoilt, code=Exit.FINDINGS)[1]
    assert Event.objects.count() == events


@pytest.mark.parametrize(
    "arguments",
    [["log", "x"], ["check", "x"], ["adopt", "x"], ["annul", "x", *ANNUL], ["discard", "x"], ["transfer", "x"]],
)
def test_an_unknown_reorganisation_is_a_finding(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "x" in run(capsys, *arguments, code=Exit.FINDINGS)[1]


@pytest.mark.parametrize(
    "arguments",
    [["tree", "--dimension", "färg"], ["compare", "igår", "i-dag"], ["annul", "x"], ["tree", "--on", "9"]],
)
def test_wrong_options_are_usage_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *arguments, code=Exit.USAGE)


def test_english_is_spoken_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    draft(event(EventKind.SPLIT, "4210", rule(("4220", 1), ("4290", 1))))
    use_language("en")
    assert "draft" in run(capsys, "log")[0]
    assert "ends 2022-07-01" in run(capsys, "check", KEY)[0]
    assert "is adopted" in run(capsys, "adopt", KEY)[0]
