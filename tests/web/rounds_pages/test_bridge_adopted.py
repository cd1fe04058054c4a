"""The bridge of a round that is adopted."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from tests.conftest import actor_with
from tests.web.rounds_pages.conftest import ROUND
from uppsikt import relations
from uppsikt.adoption import adopt
from uppsikt.audit.actors import Actor, Role
from uppsikt.planning.services import consolidate_round, import_budget
from uppsikt.web.rounds_pages.bridge_pages import bridge_page

CONTROLLER = actor_with(Role.CONTROLLER)


def test_the_bridge_of_an_adopted_round_stands_on_what_was_adopted(municipality: None, local: Actor) -> None:
    adopted_on = date(2022, 10, 4)
    consolidate_round(actor=local, key=ROUND, as_of=adopted_on)
    assert adopt(actor=local, key=ROUND, as_of=adopted_on).findings == ()
    before = [own.bar for own in bridge_page(CONTROLLER, ROUND, QueryDict()).rows]
    late = "beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\nKs 4/2022;2022-05-01;tillägg;Sent;2022;4220;5;7\n"
    assert not import_budget(actor=local, content=late.encode(), name="b.csv", as_of=date(2022, 12, 1)).is_refused
    with relations.reading_now(ROUND) as now:
        assert now.statement("enheter", "KS").cell("40", "budget").amount_ore == 2_280_007_00
    assert [own.bar for own in bridge_page(CONTROLLER, ROUND, QueryDict()).rows] == before
    assert before[0].after_ore == 3_480_000_00
