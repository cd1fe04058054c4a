"""Why a suggestion is what it is: each row's own facts, and nothing that isn't known."""

from __future__ import annotations

from dataclasses import replace

from uppsikt.forecasting.words import Grounds, why, why_net
from uppsikt.suggestions import Method

ROW = Grounds(
    (Method.LAST_YEAR, Method.BUDGET_PROFILE),
    trials=2,
    low_ore=210_000_000,
    high_ore=230_000_000,
    months=8,
    so_far_ore=144_200_000,
    last_so_far_ore=140_000_000,
    last_rest_ore=60_000_000,
    budget_ore=206_000_000,
)


def test_a_row_tells_how_it_stands_beside_last_year_and_the_budget_and_how_sure_it_is() -> None:
    said = why(ROW)
    assert said.sv == (
        "Mest förra årets mönster: hittills 3,0\u00a0% över i fjol, 30\u00a0% av fjolåret kom efter augusti, "
        "hittills 70\u00a0% av årets budget; 80\u00a0% mellan −2\u202f300 och −2\u202f100\u00a0tkr, prövat på 2 år."
    )
    assert said.en == (
        "Mostly last year's pattern: so far 3.0\u00a0% above last year, 30\u00a0% of last year came after August, "
        "so far 70\u00a0% of the year's budget; "
        "80\u00a0% between −2\u202f300 and −2\u202f100\u00a0tkr, tried on 2 years."
    )


def test_a_row_that_follows_one_way_says_that_ways_facts_alone() -> None:
    alone = why(replace(ROW, methods=(Method.STRAIGHT_LINE,), trials=0))
    assert alone.sv == (
        "Fortsätter i årets takt: hittills −180\u00a0tkr i månaden; "
        "80\u00a0% mellan −2\u202f300 och −2\u202f100\u00a0tkr."
    )
    budget = why(replace(ROW, methods=(Method.BUDGET_LEFT,), trials=1)).sv
    assert "fjol" not in budget
    assert budget.endswith("prövat på 1 år.")


def test_what_a_share_would_say_wrongly_is_said_in_amounts_and_what_is_unknown_not_at_all() -> None:
    turned = why(replace(ROW, last_so_far_ore=-140_000_000)).sv
    assert "hittills −1\u202f442\u00a0tkr mot 1\u202f400\u00a0tkr i fjol" in turned
    assert "av fjolåret" not in turned
    assert "i fjol" not in why(replace(ROW, last_so_far_ore=None)).sv
    unknown = replace(ROW, so_far_ore=None, last_so_far_ore=None, last_rest_ore=None, budget_ore=None)
    assert why(unknown).sv.startswith("Mest förra årets mönster; 80")
    assert "troligen −2\u202f100\u00a0tkr" in why(replace(ROW, high_ore=ROW.low_ore)).sv
    assert why(replace(ROW, so_far_ore=140_000_000)).sv.count("hittills som i fjol") == 1
    assert "30,0\u00a0% under i fjol" in why(replace(ROW, so_far_ore=98_000_000)).sv


def test_the_end_of_the_year_is_said_as_such_by_rows_and_net_cost_alike() -> None:
    ended = why(replace(ROW, methods=())).sv
    assert ended == "Årets utfall, inga månader återstår."
    assert str(why_net(0, 100, 100).sv) + "." == ended
    assert "de senaste åren" in why_net(2, 100, 200).sv
    assert "tidigare i år" in why_net(0, 100, 200).sv
