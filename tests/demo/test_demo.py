"""The main job on the real case: ledger, budget and forecast in; the published table and the report out."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from uppsikt.adoption import verify_adopted
from uppsikt.adoption.reading import figure_at, statement, vouchers_at
from uppsikt.audit.actors import Actor
from uppsikt.cli.house import demo_command
from uppsikt.cli.output import Exit
from uppsikt.core.findings import found, has_errors
from uppsikt.core.formats import MINUS, NARROW_SPACE
from uppsikt.demo.load import Built, Loaded, about_demo
from uppsikt.planning.selectors import rounds
from uppsikt.relations import NO_UNIT, NotFound
from uppsikt.reports.writing.selectors import section_rows
from uppsikt.reports.writing.states import SectionState
from uppsikt.rounds.selectors import participants

pytestmark = pytest.mark.django_db

COLUMNS = (
    *("utfall-foregaende", "utfall", "bokslut-foregaende", "budget", "prognos"),
    *("avvikelse-foregaende", "avvikelse"),
)
# Delårsrapport med prognos 2 2022, Kommunstyrelsen, Örebro kommun, page 12, in thousand kronor. The printed total
# of Bokslut 2021 is -794 290; the rows above it make -783 076.
PUBLISHED = {
    "kommungemensamt": (-200_408, -176_302, -288_668, -253_267, -248_986, 4_985, 4_281),
    "statsbidrag": (56_290, 38_402, -2_146, 32_100, 24_000, -8_100, -8_100),
    "politisk-kommunledning": (-28_231, -26_020, -32_281, -45_553, -38_966, 6_079, 6_587),
    "kommunstyrelseforvaltningen": (-262_878, -289_521, -459_981, -473_655, -491_806, -23_003, -18_151),
    "nettokostnad": (-435_227, -453_441, -783_076, -740_375, -755_758, -20_039, -15_383),
}


def printed(thousands: int) -> str:
    return f"{MINUS if thousands < 0 else ''}{abs(thousands):,}".replace(",", NARROW_SPACE)


def test_the_demo_loads_without_errors(demo: Loaded) -> None:
    assert not has_errors(demo.findings)
    people = {
        "ekonom",
        "chef",
        "chef2",
        "vikarie",
        "direktor",
        "kommundirektor",
        "ledamot",
        "lasare",
        "revisor",
        "admin",
    }
    assert {name for name, _, _ in demo.users} == people


def test_two_rounds_are_adopted_and_the_third_waits_for_four_units(demo: Loaded) -> None:
    states = {row.key: row.state.value for row in rounds()}
    assert states == {"delar2-2021": "adopted", "delar1-2022": "adopted", "delar2-2022": "open"}
    waiting = {own.unit: own.state.value for own in participants("delar2-2022") if own.state.value != "approved"}
    assert waiting == {"4220": "returned", "4230": "submitted", "4240": "submitted", "4410": "submitted"}
    assert verify_adopted() == []


@pytest.mark.parametrize("row", PUBLISHED)
def test_the_statement_equals_the_published_table(demo: Loaded, row: str) -> None:
    result = statement("nettoredovisning", "delar2-2022")
    assert [result.text(row, column) for column in COLUMNS] == [printed(own) for own in PUBLISHED[row]]


def test_the_varav_row_is_shown_and_never_added(demo: Loaded) -> None:
    result = statement("nettoredovisning", "delar2-2022")
    memo = next(row for row in result.rows if row.style == "memo")
    assert [result.text(memo.key, column) for column in COLUMNS] == ["−278", "−17\u202f150", "0", "0", "0", "0", "0"]


def test_every_figure_adds_up_to_its_sources_and_its_sources_to_postings(demo: Loaded) -> None:
    address = "nettoredovisning/politisk-kommunledning/utfall@delar2-2022"
    figure = figure_at(address)
    assert sum(source.amount_ore for source in figure.sources) == figure.cell.amount_ore
    rows = vouchers_at(address, limit=10_000)
    assert sum(row.amount_ore for row in rows) == figure.cell.amount_ore
    assert {row.origin for row in rows} == {"orebro-2022-08.se"}


def test_a_deviation_is_told_by_its_operands(demo: Loaded) -> None:
    figure = figure_at("nettoredovisning/nettokostnad/avvikelse@delar2-2022")
    forecast, budget = figure.operands
    assert figure.cell.amount_ore == (forecast.cell.amount_ore or 0) - (budget.cell.amount_ore or 0)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nettokostnad", "F093"),
        ("netto/nettokostnad/avvikelse@delar2-2022", "F091"),
        ("nettoredovisning/nettokostnad/avvikelse@delar3-2022", "F090"),
        ("nettoredovisning/nettokostnaden/avvikelse@delar2-2022", "F092"),
        ("nettoredovisning/nettokostnad/avvikelsen@delar2-2022", "F092"),
        ("enheter:4711/4220/avvikelse@delar2-2022", "F095"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_finding(demo: Loaded, address: str, code: str) -> None:
    with pytest.raises(NotFound) as missing:
        figure_at(address)
    assert missing.value.finding.code == code
    assert missing.value.finding.says
    assert missing.value.finding.do


def test_the_report_comes_in_five_forms_without_errors(built: Built) -> None:
    assert not has_errors(built.findings)
    assert [path.name for path in built.files] == [
        "rapport.pdf",
        "rapport.docx",
        "rapport.html",
        "tabeller.xlsx",
        "data.zip",
    ]
    heads = {path.suffix: path.read_bytes()[:5] for path in built.files}
    assert heads[".pdf"] == b"%PDF-"
    assert zipfile.is_zipfile(built.files[1])


def test_the_printed_total_that_does_not_add_up_is_said(built: Built) -> None:
    claim = [finding for finding in built.findings if finding.code == "R042"]
    assert len(claim) == 1
    assert "−794\u202f290" in claim[0].says
    assert "−783\u202f076" in claim[0].says
    assert "−11\u202f214" in claim[0].says


def test_no_number_in_the_prose_is_unbound(built: Built) -> None:
    assert [str(finding) for finding in built.findings if finding.code == "R010"] == []


def test_nothing_is_left_outside_the_tables(built: Built) -> None:
    assert [str(finding) for finding in built.findings if finding.code.startswith("F")] == []


def test_each_section_of_the_report_has_its_writer_and_day_and_all_five_states_but_the_first_are_there(
    demo: Loaded,
) -> None:
    own = about_demo()["report_texts"]
    rows = [row for row in section_rows(own["report"]) if not row.is_recipe]
    assert {row.key for row in rows} == {key for keys in own["writers"].values() for key in keys}
    assert {row.due_on for row in rows} == {own["due_on"]}
    assert {row.responsible for row in rows} == set(own["writers"])
    assert {row.state for row in rows} == set(SectionState) - {SectionState.NOT_STARTED}


def test_building_again_gives_the_same_edition(built: Built, demo: Loaded, tmp_path: Path) -> None:
    from uppsikt.audit.actors import Actor
    from uppsikt.demo.load import build_demo_report

    again = build_demo_report(actor=Actor("annan", is_local=True), output=tmp_path, tell=lambda text: None)
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in built.files]


def test_loading_again_changes_nothing(demo: Loaded) -> None:
    from uppsikt.audit.actors import Actor
    from uppsikt.audit.models import Event
    from uppsikt.demo.load import load_demo

    events = Event.objects.exclude(verb__in=["save-profile", "save-statement"]).count()
    load_demo(actor=Actor("annan", is_local=True), password="ett långt lösenord", tell=lambda text: None)
    assert Event.objects.exclude(verb__in=["save-profile", "save-statement"]).count() == events


LOCAL = ("nettoredovisning", "investeringar", "sarskild-kodning", "foljda-poster")


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


@pytest.mark.parametrize("key", LOCAL)
def test_the_director_reads_the_committees_own_statements_and_the_manager_of_one_unit_does_not(
    demo: Loaded, key: str
) -> None:
    assert client_of("direktor").get(f"/uppstallningar/{key}/").status_code == 200
    assert client_of("chef").get(f"/uppstallningar/{key}/").status_code == 403


def test_the_directors_list_names_the_committees_own_statements_and_the_managers_does_not(demo: Loaded) -> None:
    listed, neighbour = (client_of(name).get("/uppstallningar/").content.decode() for name in ("direktor", "chef"))
    assert all(f"/uppstallningar/{key}/" in listed for key in LOCAL)
    assert not any(f"/uppstallningar/{key}/" in neighbour for key in LOCAL)


def test_a_figure_of_one_unit_says_whose_it_is(demo: Loaded) -> None:
    figure = figure_at("kontogrupper:10/5/avvikelse@delar2-2022")
    assert str(figure.label).startswith("Kommungemensamt: 5 Personalkostnader, Avvikelse")


def test_the_command_loads_as_somebody_of_the_demonstration_not_as_the_machines_account(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    actors = []

    def load(*, actor: Actor, **_: object) -> Loaded:
        actors.append(actor)
        return Loaded((found(NO_UNIT, unit="4711"),))

    settings.IS_DEMO = settings.IS_DEMO
    settings.MUNICIPALITY = settings.MUNICIPALITY
    monkeypatch.setattr("uppsikt.demo.load.load_demo", load)
    monkeypatch.setattr("uppsikt.cli.house.migrate", lambda: None)
    assert demo_command.callback is not None
    assert demo_command.callback(output=tmp_path, host="", port=0, no_serve=True) == Exit.FINDINGS
    assert actors == [Actor("ekonom", is_local=True)]


def test_a_lone_unit_is_a_row_of_its_own_units(demo: Loaded) -> None:
    result = statement("enheter", "delar2-2022", unit="4220")
    assert [row.key for row in result.rows] == ["4220", "nettokostnad"]
    assert result.cell("4220", "prognos") == result.cell("nettokostnad", "prognos")
    assert result.findings == ()
