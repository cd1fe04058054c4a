from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from uppsikt.core.formats import Sign, Unit, View
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.statements.choices import Choice, choice_from

OWN = View(Sign.REVERSED, Unit.TKR, 0)


def chosen(query: str) -> Choice:
    return choice_from("enheter", QueryDict(query), "delar2-2022")


def test_without_a_choice_the_statement_is_shown_its_own_way_for_the_latest_round() -> None:
    choice = chosen("")
    assert choice == Choice("enheter", "delar2-2022")
    assert choice.view(OWN) == OWN


def test_every_choice_stands_in_the_address_and_comes_back_from_it() -> None:
    query = "round=delar1-2022&unit=4220&in=mnkr&column=budget&column=avvikelse&structure=2022-07-01"
    choice = chosen(query)
    assert choice.structure == date(2022, 7, 1)
    assert choice.columns == ("budget", "avvikelse")
    assert choice.query() == query


def test_another_unit_of_presentation_keeps_the_sign_and_takes_its_own_decimals() -> None:
    assert chosen("in=mnkr").view(OWN) == View(Sign.REVERSED, Unit.MNKR, 1)
    assert chosen("in=kr").view(OWN) == View(Sign.REVERSED, Unit.KR, 0)


@pytest.mark.parametrize("query", ["in=euro", "structure=igar", "structure=2022-13-01"])
def test_what_is_no_choice_is_told_with_its_code(query: str) -> None:
    with pytest.raises(Absent) as refused:
        chosen(query)
    assert refused.value.finding.code == CHOICE_UNKNOWN


def test_another_units_table_keeps_the_circumstances_but_not_the_columns() -> None:
    other = chosen("unit=40&in=mnkr&column=budget").for_unit("kontogrupper", "4220")
    assert other == Choice("kontogrupper", "delar2-2022", "4220", Unit.MNKR)
