"""The table a unit is reviewed by: it adds up, and tells what is new since the unit last handed in."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import actor_with
from tests.web.rounds_pages.conftest import DAY, ROUND, type_in
from uppsikt import relations
from uppsikt.audit.actors import Actor, Role
from uppsikt.rounds.selectors import unit_work
from uppsikt.rounds.services import return_unit, save_explanation, submit_unit
from uppsikt.rounds.values import CellEdit, ExplanationText
from uppsikt.web.rounds_pages.figures import Money
from uppsikt.web.rounds_pages.review import Amounts, Said, review_rows
from uppsikt.web.rounds_pages.scope import scope_of
from uppsikt.web.rounds_pages.selectors import handed_in_before, read_tree
from uppsikt.web.rounds_pages.units import unit_page

ore = st.none() | st.integers(-(10**12), 10**12)
money = st.builds(Money, *(ore for _ in fields(Money)))
said_by_account = st.dictionaries(st.sampled_from(["3", "51", "52", "9"]), st.integers(-(10**9), 10**9))


@given(
    st.fixed_dictionaries({"": money, "3": money, "5": money}),
    st.booleans(),
    said_by_account,
    st.none() | said_by_account,
)
def test_the_rows_make_the_total_to_the_ore_whatever_the_unit_says(
    found: dict[str, Money], is_typed: bool, typed: dict[str, int], handed_in: dict[str, int] | None
) -> None:
    said = Said(is_typed, typed, handed_in, typed)
    rows, total = review_rows(said, found, {}, lambda account: account[0] if account[0] in "35" else "")
    for own in (*(field.name for field in fields(Amounts)), "forecast_ore", "deviation_ore"):
        if own != "deviation_ore" or None not in (total.forecast_ore, *(row.forecast_ore for row in rows.values())):
            assert sum(getattr(row, own) or 0 for row in rows.values()) == (getattr(total, own) or 0), own


@pytest.mark.usefixtures("running")
def test_what_is_new_is_told_from_the_hand_in_before(local: Actor) -> None:
    def before() -> dict[str, int] | None:
        work = unit_work(ROUND, "1010")
        assert work.participant
        found = handed_in_before(ROUND, work.participant, work.cells)
        return dict(found.amounts) if found else None

    assert before() is None  # the first
    return_unit(actor=local, round_key=ROUND, unit="1010", message="Se över", as_of=DAY)
    assert before() == {"5": 115_000_050}
    type_in(local, "1010", CellEdit("5", 0, None, 1), CellEdit("3", 0, 100_000_000, 0))
    said = ExplanationText("Återbetalning", "Följs upp", 0, "Chefen", DAY)
    for account in ("5", "3"):
        save_explanation(
            actor=local, round_key=ROUND, unit="1010", account=account, values=said, seen_version=0, as_of=DAY
        )
    done = submit_unit(
        actor=local,
        round_key=ROUND,
        unit="1010",
        as_of=DAY,
        actuals=relations.actuals_of_round,
        budget=relations.budget_of_unit,
    )
    assert done.participant
    assert done.participant.state == "submitted", done.findings
    assert before() == {"5": 115_000_050}  # the account that fell too
    rows = {row.name.split()[0]: row for row in unit_page(local, ROUND, "1010", "").table.rows if row.name}
    assert (rows["5"].said, rows["5"].handed_in) == ("–", "−1\u202f150")
    assert [own.is_new for own in rows["3"].explained] == [True]


@pytest.mark.usefixtures("running")
def test_a_level_deviates_in_its_panel_as_in_the_tree_where_a_unit_has_no_forecast() -> None:
    controller = actor_with(Role.CONTROLLER)
    line = next(own for own in read_tree(scope_of(controller, ROUND)).lines if own.place.code == "KS")
    table = unit_page(controller, ROUND, "KS", "").table
    assert (table.without_forecast, line.without_forecast) == (1, 1)
    assert table.rows[-1].amounts.deviation_ore == line.deviation_ore
