from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict

from tests.conftest import actor_with
from tests.web.conftest import SignedIn
from tests.web.rounds_pages.conftest import ROUND
from uppsikt.audit.actors import Actor, Role
from uppsikt.web.rounds_pages.adjustment_acts import AdjustmentForm, adjust
from uppsikt.web.rounds_pages.bridge_pages import BridgePage, bridge_page
from uppsikt.web.rounds_pages.bridging import BarKind

pytestmark = pytest.mark.usefixtures("running")


def bridge(unit: str, start: str = "budget", per: str = "enheter", actor: Actor | None = None) -> BridgePage:
    asked = QueryDict(f"unit={unit}&fran={start}&per={per}")
    return bridge_page(actor or actor_with(Role.CONTROLLER), ROUND, asked)


def lay(form: AdjustmentForm) -> None:
    """Lay an adjustment, confirmed as it was read."""
    read = adjust(actor_with(Role.CONTROLLER), ROUND, form)
    assert not read.is_done
    done = adjust(actor_with(Role.CONTROLLER), ROUND, replace(form, read_as=str(read.amount_ore), stood=read.stood))
    assert done.is_done, done.act.findings


def test_every_bridge_adds_up_to_the_ore(local: Actor) -> None:
    for unit, account, amount in (("KS", "5", "1,01"), ("40", "3", "0,99"), ("4220", "5", "7")):
        lay(AdjustmentForm(unit, account, "worse", amount, "Prov"))
    for unit in ("KS", "40", "4220"):
        for start in ("budget", "foregaende"):
            for per in ("enheter", "konton"):
                bars = [row.bar for row in bridge(unit, start, per).rows]
                between = sum(bar.amount_ore for bar in bars[1:-1])
                assert bars[0].amount_ore + between == bars[-1].amount_ore, (unit, start, per)


def test_bars_are_what_each_unit_changes_and_adjustments_stand_by_themselves() -> None:
    lay(AdjustmentForm("40", "5", "better", "10000", "Prov"))
    bars = {row.bar.label: row.bar.amount_ore for row in bridge("KS").rows}
    assert bars == {
        "Budget 2022": 348_000_000,
        "Kommungemensamt": -4_999_950,
        "Kommunstyrelseförvaltningen": 24_000_000,
        "Central justering": -1_000_000,
        "Prognos Delår 2 2022": 366_000_050,
    }


def test_a_unit_without_a_forecast_is_no_saving(local: Actor) -> None:
    from uppsikt.planning.models import Forecast

    Forecast.objects.filter(round__key=ROUND, unit="4220").update(is_current=False)
    page = bridge("KS")
    kinds = {row.bar.kind: row.bar.amount_ore for row in page.rows}
    assert kinds[BarKind.MISSING] == -228_000_000
    assert [row.bar.label for row in page.rows if row.bar.kind is BarKind.PART] == ["Kommungemensamt"]
    assert page.without_forecast == 2


def test_the_page_draws_what_its_table_says(signed_in: SignedIn) -> None:
    page = signed_in(Role.CONTROLLER).get(f"/omgangar/{ROUND}/brygga/", {"per": "konton"}).content.decode()
    assert page.count('class="bridge-bar') == 2 * page.count('<th scope="row">')  # for screens and for phones
    assert "5 Personalkostnader" in page
    assert signed_in(Role.DIRECTOR, "40").get(f"/omgangar/{ROUND}/brygga/", {"per": "x"}).status_code == 404
