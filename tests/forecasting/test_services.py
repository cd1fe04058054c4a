"""Suggestions of the small municipality: 100 000 a month on 1010; 200 000 and fees of −10 000 on 4220."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.conftest import UNITS, load_municipality, reorganised
from uppsikt.audit.actors import Actor, NotAllowed
from uppsikt.audit.models import Event
from uppsikt.coding.services import import_register
from uppsikt.forecasting.gathering import gather
from uppsikt.forecasting.selectors import net_interval, net_intervals, suggestions
from uppsikt.forecasting.services import change_state, open_with_suggestions, suggest
from uppsikt.planning.findings import ROUND_NOT_OPEN, ROUND_UNKNOWN
from uppsikt.planning.kinds import ForecastKind, RoundKind
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import consolidate_round, create_round
from uppsikt.planning.states import State
from uppsikt.relations import open_engine

DAY = date(2022, 9, 5)


@pytest.fixture
def municipality(db: None, local: Actor, tmp_path: object) -> None:
    load_municipality(local, tmp_path)  # type: ignore[arg-type]


def make_round(actor: Actor, key: str, cut_off: date) -> None:
    create_round(
        actor=actor,
        key=key,
        name=key,
        kind=RoundKind.MONTH,
        year=cut_off.year,
        cut_off=cut_off,
        deadline=date(cut_off.year, 12, 31),
        as_of=DAY,
    )


@pytest.mark.usefixtures("municipality")
def test_every_unit_and_group_gets_a_suggestion_that_planning_keeps_and_asking_again_changes_nothing(
    local: Actor, reader: Actor, django_assert_num_queries: object
) -> None:
    with pytest.raises(NotAllowed):
        suggest(actor=reader, round_key="delar2-2022", as_of=DAY)
    done = suggest(actor=local, round_key="delar2-2022", as_of=DAY)
    assert (done.changed, done.unchanged, done.findings) == (3, 0, ())
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = suggestions("delar2-2022")
    full_years = {node: row.full_year_ore for node, row in found.items()}
    assert full_years == {("1010", "5"): 120_000_000, ("4220", "3"): -12_000_000, ("4220", "5"): 240_000_000}
    assert found["4220", "3"].low_ore <= -12_000_000 <= found["4220", "3"].high_ore
    assert found["1010", "5"].why.sv.endswith("hittills 67\u00a0% av årets budget; troligen −1\u202f200\u00a0tkr.")
    with django_assert_num_queries(1):  # type: ignore[operator]
        net = net_intervals("delar2-2022")
    assert {unit: own.full_year_ore for unit, own in net.items()} == {"1010": 120_000_000, "4220": 228_000_000}
    assert net["4220"].low_ore <= 228_000_000 <= net["4220"].high_ore
    assert net["4220"].high_ore - net["4220"].low_ore <= sum(
        found["4220", account].high_ore - found["4220", account].low_ore for account in "35"
    )
    assert net_interval("delar2-2022", "1010") == net["1010"]
    assert net_interval("delar2-2022", "4290") is None
    kept = forecasts("delar2-2022", kind=ForecastKind.SUGGESTION)
    assert [own.actual_ore for own in kept] == [80_000_000, -8_000_000, 160_000_000]
    assert len(forecasts("delar2-2022")) == 3  # what the units handed in is left alone
    assert suggest(actor=local, round_key="delar2-2022", as_of=DAY).unchanged == 3
    assert list(suggestions("delar2-2022", ["1010"])) == [("1010", "5")]
    assert [own.code for own in suggest(actor=local, round_key="delar1-2022", as_of=DAY).findings] == [ROUND_NOT_OPEN]
    assert [own.code for own in suggest(actor=local, round_key="ingen", as_of=DAY).findings] == [ROUND_UNKNOWN]
    assert suggestions("delar1-2022") == {}


@pytest.mark.usefixtures("municipality")
def test_a_unit_that_took_something_over_has_its_past_too(local: Actor) -> None:
    reorganised(local)
    row = round_row("delar2-2022")
    assert row is not None
    with open_engine() as engine:
        gathered = gather(engine, row)
    year_before = dict(zip(gathered.nodes, gathered.material.actual[:, 0].sum(axis=1), strict=True))
    assert year_before["4221", "3"] == -12_000_000
    assert year_before["4220", "5"] == 240_000_000


@pytest.mark.usefixtures("municipality")
def test_a_unit_that_ends_gets_its_part_of_the_months_and_one_that_has_ended_gets_none(local: Actor) -> None:
    full_years = {}
    for valid_to, key in (("2022-11-01", "delar2-2022"), ("2022-09-01", "september-2022")):
        units = UNITS.replace("1010;Kommungemensam IT;unit;10;;", f"1010;Kommungemensam IT;unit;10;;{valid_to}")
        taken = import_register(actor=local, dimension="unit", content=units.encode(), name="unit.csv", as_of=DAY)
        assert not taken.is_refused, taken.findings
        if key != "delar2-2022":
            make_round(local, key, date(2022, 8, 31))
            open_with_suggestions(actor=local, key=key, as_of=DAY)
        suggest(actor=local, round_key=key, as_of=DAY)
        full_years[valid_to] = {unit: row.full_year_ore for (unit, account), row in suggestions(key).items()}
    assert full_years["2022-11-01"]["1010"] == 100_000_000
    assert "1010" not in full_years["2022-09-01"]


@pytest.mark.usefixtures("municipality")
def test_opening_makes_suggestions_in_the_same_go(local: Actor) -> None:
    key = "juni-2022"
    make_round(local, key, date(2022, 6, 30))
    change = open_with_suggestions(actor=local, key=key, as_of=DAY)
    assert change.round is not None
    assert (change.round.state, change.findings) == (State.OPEN, ())
    assert suggestions(key)["1010", "5"].full_year_ore == 120_000_000
    suggested = Event.objects.filter(verb="submit-forecast").count()
    consolidate_round(actor=local, key=key, as_of=DAY)
    again = change_state(actor=local, key=key, to=State.OPEN, as_of=DAY)  # people have seen them: they stand
    assert again.round is not None
    assert (again.round.state, Event.objects.filter(verb="submit-forecast").count()) == (State.OPEN, suggested)
    make_round(local, "september-2022", date(2022, 9, 30))  # September isn't held: it is forecast with the rest
    assert open_with_suggestions(actor=local, key="september-2022", as_of=DAY).findings == ()
    assert suggestions("september-2022")["1010", "5"].full_year_ore == 120_000_000
    make_round(local, "juni-2019", date(2019, 6, 30))  # before anything is held
    assert [own.code for own in open_with_suggestions(actor=local, key="juni-2019", as_of=DAY).findings] == ["G001"]
    assert Event.objects.filter(verb="submit-forecast", target=f"round:{key}").exists()


def test_a_house_without_figures_opens_all_the_same_and_says_so(local: Actor, db: None) -> None:
    make_round(local, "tom", date(2022, 6, 30))
    change = open_with_suggestions(actor=local, key="tom", as_of=DAY)
    assert change.round is not None
    assert change.round.state is State.OPEN
    assert [own.code for own in change.findings] == ["G001"]


@pytest.mark.usefixtures("municipality")
def test_what_is_booked_is_suggested_once_and_stays_with_whoever_booked_it(local: Actor) -> None:
    reorganised(local)  # the fees of 4220 are 4221's from May; all of them were booked on 4220
    suggest(actor=local, round_key="delar2-2022", as_of=DAY)
    booked = {
        (own.unit, own.account): own.actual_ore for own in forecasts("delar2-2022", kind=ForecastKind.SUGGESTION)
    }
    assert (booked["4220", "3"], booked["4221", "3"]) == (-8_000_000, 0)
    assert sum(booked.values()) == 232_000_000


@pytest.mark.usefixtures("municipality")
def test_a_year_that_is_not_all_booked_has_no_suggestion_at_its_end(local: Actor) -> None:
    make_round(local, "bokslut-2022", date(2022, 12, 31))
    done = open_with_suggestions(actor=local, key="bokslut-2022", as_of=DAY)
    assert [own.code for own in done.findings] == ["G003"]
    assert "huvudboken slutar i" in done.findings[0].says
    assert suggestions("bokslut-2022") == {}
