"""A figure of an adopted round has one value, wherever it stands; what comes later changes those of open rounds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from uppsikt.adoption import adopt
from uppsikt.adoption.reading import figure_desk
from uppsikt.audit.actors import WHOLE, Actor, Grant, Role
from uppsikt.cli.output import Exit, run_safely
from uppsikt.coding.services import import_register
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.tables import read_table
from uppsikt.planning.models import Round
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import consolidate_round, import_budget, import_forecast
from uppsikt.relations import actuals_of_round
from uppsikt.reports.services import BuildResult, build_report
from uppsikt.rounds.models import Participant
from uppsikt.rounds.states import WorkState
from uppsikt.web.report_pages.figures import WritersFigures

pytestmark = pytest.mark.usefixtures("municipality")
ADOPTED, OPEN = "delar1-2022", "delar2-2022"
DAY = date(2022, 9, 14)
LATE = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 9/2022;2022-04-15;tilläggsanslag;Sent bokförd;2022;4220;5;600000
"""
FIGURE = "/uppstallningar/enheter/siffra/?unit=KS&row=nettokostnad&figure=budget"
PAGES = (
    "/uppstallningar/enheter/?unit=KS",
    "/uppstallningar/kontogrupper/?unit=4220",
    "/uppstallningar/enheter/fil.csv?unit=KS",
    "/uppstallningar/enheter/brygga/?unit=KS&column=budget",
    "/uppstallningar/enheter/brygga/fil.csv?unit=KS&column=budget",
    f"{FIGURE}&by=children",
    f"{FIGURE}&by=account",
    f"{FIGURE}&by=vouchers",
    f"{FIGURE}&by=sources",
)
STRUCTURE = "/uppstallningar/enheter/?unit=KS&structure=2022-04-30"
ADDRESS = "enheter:KS/nettokostnad/budget"
RECIPE = """key: {key}
title: Provrapport
municipality: Prov
unit: KS
round: {own}
date: 2022-10-04
parts: [lage.md]
"""
CONTROLLER = Actor("ekonom", grants=(Grant(Role.CONTROLLER, WHOLE, BEGINNING, FOREVER),))


def content(client: Client, address: str, round_key: str) -> str:
    answer = client.get(f"{address}&round={round_key}")
    assert answer.status_code == 200, address
    text = answer.content.decode()
    return re.sub(r"(?s).*<main|</main>.*", "", text).replace("\u202f", " ")


def workbook(client: Client, round_key: str) -> list[tuple[str, str, str]]:
    answer = client.get(f"/omgangar/{round_key}/prognoser.xlsx")
    table, _ = read_table(answer.content, "prognoser.xlsx")
    assert table
    return [(str(row.get("enhet")), str(row.get("kontogrupp")), str(row.get("budget"))) for row in table.rows]


def edition(local: Actor, folder: Path, said_of: str, address: str) -> BuildResult:
    own = folder / f"rapport-{said_of}"
    own.mkdir(exist_ok=True)
    (own / "report.yaml").write_text(RECIPE.format(key=own.name, own=said_of))
    (own / "lage.md").write_text(f"# Läget\n\nBudgeten är {{{{ {address} | tkr }}}}.\n")
    with figure_desk() as desk:
        built = build_report(actor=local, folder=own, source=desk, as_of=DAY, formats=("json",))
    assert built.edition, built.findings
    return built


def everything(client: Client, round_key: str, told: Callable[..., str]) -> dict[str, object]:
    with WritersFigures(CONTROLLER) as source:
        picked = source.statement("enheter", "KS", round_key).text("nettokostnad", "budget")
    return {
        **{page: content(client, page, round_key) for page in PAGES},
        "panel": content(client, f"/omgangar/{round_key}/granska/4220/?", round_key).partition("<table")[2],
        "workbook": workbook(client, round_key),
        "picker": picked,
        "statement": told("statement", "enheter", "--round", round_key, "--unit", "KS", "--json"),
        "figure": told("figure", f"{ADDRESS}@{round_key}", "--lineage", "--vouchers", "50"),
        "bridge": told("bridge", "enheter", "--round", round_key, "--unit", "KS", "--column", "budget"),
    }


def changed_since(local: Actor) -> None:
    late = import_budget(actor=local, content=LATE.encode(), name="sent.csv", as_of=DAY)
    assert not late.is_refused, late.findings
    units = "code;name;kind;parent;valid_from;valid_to\n40;Nytt namn;level;KS;;\n"
    import_register(actor=local, dimension="unit", content=units.encode(), name="unit.csv", as_of=DAY)


def test_a_late_budget_decision_changes_no_figure_of_an_adopted_round_and_all_of_an_open_one(
    signed_in: SignedIn, local: Actor, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*arguments: str) -> str:
        capsys.readouterr()
        assert run_safely(arguments) == Exit.OK
        return capsys.readouterr().out

    for row in Round.objects.all():
        Participant.objects.create(round=row, unit="4220", state=WorkState.APPROVED.value)
    assert adopt(actor=local, key=ADOPTED, as_of=DAY).findings == ()
    client = signed_in(Role.CONTROLLER)
    before, before_open = everything(client, ADOPTED, told), everything(client, OPEN, told)
    for own in (ADOPTED, OPEN):
        assert not edition(local, tmp_path, own, ADDRESS).already_held
    changed_since(local)

    after, after_open = everything(client, ADOPTED, told), everything(client, OPEN, told)
    assert [place for place in before if before[place] != after[place]] == []
    assert [place for place in before_open if before_open[place] == after_open[place]] == []
    assert edition(local, tmp_path, ADOPTED, ADDRESS).already_held
    assert not edition(local, tmp_path, OPEN, ADDRESS).already_held

    for page in (PAGES[0], PAGES[3], PAGES[5]):
        assert "Som fastställd 14 september 2022, version 1." in content(client, page, ADOPTED)
        assert "fastställd" not in content(client, page, OPEN)
    today = content(client, STRUCTURE, ADOPTED)
    assert "inte som fastställd 14 september 2022" in today
    assert "Se som fastställd" in today
    assert "Nytt namn" in today

    adopted = round_row(ADOPTED)
    assert adopted
    shutil.rmtree(home / "rounds" / ADOPTED / adopted.frozen_hash)
    for page in PAGES:
        answer = client.get(f"{page}&round={ADOPTED}")
        assert (answer.status_code, "Q002" in answer.content.decode()) == (404, True), page


def test_investments_keep_the_budget_they_were_adopted_with(signed_in: SignedIn, local: Actor) -> None:
    account = "code;name;kind;parent;valid_from;valid_to\n1220;Inventarier;account;1;;\n"
    import_register(actor=local, dimension="account", content=account.encode(), name="account.csv", as_of=DAY)
    decide(local, "Ks 8/2021", "500000")
    adopted_with_investment(local)
    client = signed_in(Role.CONTROLLER)
    before = investment_rows(client)
    decide(local, "Ks 9/2021", "70000")
    assert investment_rows(client) == before
    assert all("−500 " in row for row in before), before


def decide(local: Actor, reference: str, kronor: str) -> None:
    decision = LATE.replace("Ks 9/2022", reference).replace("5;600000", f"1220;{kronor}")
    done = import_budget(actor=local, content=decision.encode(), name=f"{kronor}.csv", as_of=DAY)
    assert not done.is_refused, done.findings


def adopted_with_investment(local: Actor) -> None:
    said = import_forecast(
        actor=local,
        round_key=OPEN,
        content=b"enhet;konto;hel\xc3\xa5r\n4220;1220;600000\n",
        name="inv.csv",
        submitted_on=DAY,
        actuals=actuals_of_round,
    )
    assert not said.is_refused, said.findings
    Participant.objects.create(round=Round.objects.get(key=OPEN), unit="4220", state=WorkState.APPROVED.value)
    consolidate_round(actor=local, key=OPEN, as_of=DAY)
    assert adopt(actor=local, key=OPEN, as_of=DAY).findings == ()


def investment_rows(client: Client) -> list[str]:
    """The row on the review panel and on the manager's page."""
    pages = (f"/omgangar/{OPEN}/granska/4220/?", f"/omgangar/{OPEN}/enhet/4220/?")
    texts = [re.sub(r"(?s)<.*?>|\s+", " ", content(client, page, OPEN)) for page in pages]
    return [re.sub(" +", " ", text).partition("1220 Inventarier")[2][:200] for text in texts]
