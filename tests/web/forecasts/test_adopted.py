"""An adopted round's pages show what was adopted, whatever comes after; a round at the year's end speaks of that."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.web.conftest import SignedIn
from tests.web.forecasts.conftest import DAY, PAGE, ROUND
from uppsikt.adoption import adopt
from uppsikt.audit.actors import Actor, Role
from uppsikt.coding.services import import_register
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.models import Round
from uppsikt.planning.round_services import create_round, open_round
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import consolidate_round, correct_round, import_budget
from uppsikt.planning.states import State
from uppsikt.rounds.models import Explanation, Participant
from uppsikt.rounds.services import save_explanation
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import ExplanationText

pytestmark = pytest.mark.usefixtures("at_work")
TREE = f"/omgangar/{ROUND}/"
LATE = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 9/2022;2022-08-30;tilläggsanslag;Sent bokförd;2022;4220;5;600000
"""


def adopted_now(local: Actor) -> None:
    said = ExplanationText(cause="Vakanser")
    save_explanation(actor=local, round_key=ROUND, unit="4220", account="5", values=said, seen_version=0, as_of=DAY)
    Participant.objects.update(state=WorkState.APPROVED.value)
    assert consolidate_round(actor=local, key=ROUND, as_of=DAY).findings == ()
    assert adopt(actor=local, key=ROUND, as_of=DAY).findings == ()


def changed_since(local: Actor) -> None:
    late = import_budget(actor=local, content=LATE.encode(), name="sent.csv", as_of=DAY)
    assert not late.is_refused, late.findings
    units = "code;name;kind;parent;valid_from;valid_to\n4220;Nytt namn;unit;42;;\n"
    import_register(actor=local, dimension="unit", content=units.encode(), name="unit.csv", as_of=DAY)
    Explanation.objects.update(cause="Ändrat i efterhand")


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u202f", " ")


def test_figures_and_words_are_those_that_were_adopted_until_the_round_is_corrected(
    signed_in: SignedIn, local: Actor
) -> None:
    adopted_now(local)
    controller = signed_in(Role.CONTROLLER)
    before = shown(controller, TREE)
    changed_since(local)
    page = shown(controller, PAGE)
    for words in ("fastställd", "version 1", "Prognos för Ekonomi", "−2 400", "−2 640", "Vakanser"):
        assert words in page, words
    for words in ("−3 000", "Nytt namn", "i efterhand", "Lämna prognosen"):
        assert words not in page, words
    tree = shown(controller, TREE)
    panel = shown(controller, f"{TREE}granska/4220/")
    assert "−2 400" in panel
    assert "3 000" not in before + tree + panel
    assert "4220" in tree
    assert "Nytt namn" not in tree
    assert correct_round(actor=local, key=ROUND, reason="Rättas", as_of=DAY).findings == ()
    corrected = shown(controller, PAGE)
    assert "−3 000" in corrected
    assert "fastställd 14" not in corrected


def test_a_version_without_its_folder_is_told_of_and_nothing_else_is_shown_in_its_place(
    signed_in: SignedIn, local: Actor, home: Path
) -> None:
    adopted_now(local)
    row = round_row(ROUND)
    assert row
    assert row.state is State.ADOPTED
    shutil.rmtree(home / "rounds" / ROUND / row.frozen_hash)
    answer = signed_in(Role.CONTROLLER).get(PAGE)
    assert answer.status_code == 404
    assert "Q002" in answer.content.decode()


def test_a_round_at_the_end_of_the_year_asks_for_the_result_and_not_for_a_forecast(
    signed_in: SignedIn, local: Actor
) -> None:
    facts = {"key": "bokslut-2022", "name": "Bokslut 2022", "year": 2022}
    days = {"cut_off": date(2022, 12, 31), "deadline": date(2023, 1, 20)}
    create_round(actor=local, kind=RoundKind.YEAR_END, as_of=DAY, previous_key=ROUND, **facts, **days)  # type: ignore[arg-type]
    assert open_round(actor=local, key="bokslut-2022", as_of=DAY).findings == ()
    Participant.objects.create(round=Round.objects.get(key="bokslut-2022"), unit="4220")
    manager = signed_in(Role.MANAGER, "4220")
    page = shown(manager, "/omgangar/bokslut-2022/enhet/4220/")
    told = ("Huvudboken slutar i augusti 2022. Årets utfall är alltså inte helt", "Bokfört t.o.m. aug")
    for words in ("Bokslut för Ekonomi", "Mitt bokslut 2022", "Lämna bokslutet", *told):
        assert words in page, words
    offered = "Använd årets utfall"  # eight months of it are no year
    for words in ("Min prognos", "Prognos för", "Lämna prognosen", "Månader", "resten av helåret", offered):
        assert words not in page, words
    Round.objects.filter(key="bokslut-2022").update(year=2021, cut_off=date(2021, 12, 31))
    page = shown(manager, "/omgangar/bokslut-2022/enhet/4220/")
    assert "Utfall 2021" in page
    assert "Huvudboken slutar" not in page


def test_the_budget_says_until_when_it_was_decided_and_what_was_decided_since(
    signed_in: SignedIn, local: Actor
) -> None:
    manager = signed_in(Role.MANAGER, "4220")
    assert "Budget beslutad till och med 31 augusti 2022." in shown(manager, PAGE)
    for day, of, words in (
        ("2022-09-05", "5;600000", "Efter det är budgeten utökad med 600 tkr"),
        ("2022-09-06", "5;-700000", "Efter det är budgeten minskad med 100 tkr"),
        ("2022-09-07", "3;100000", "Efter det är budget flyttad mellan raderna"),
    ):
        content = LATE.replace("2022-08-30", day).replace("5;600000", of).replace("Ks 9", f"Ks {day[-2:]}")
        done = import_budget(actor=local, content=content.encode(), name=f"{day}.csv", as_of=DAY)
        assert not done.is_refused, done.findings
        page = shown(manager, PAGE)
        assert words in page
        assert "−2 400" in page
