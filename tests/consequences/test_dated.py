"""A reorganisation that reaches back into months already followed up is noted, one of later months is not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.consequences.municipality import JULY, MERGED
from uppsikt.coding.events import Reorganisation
from uppsikt.consequences.dated import dated_back
from uppsikt.core.language import speaking
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State

OWN = Reorganisation("prov", "Stödet samlas", events=(MERGED,))


def of(cut_off: date, state: State, key: str = "omgang") -> RoundRow:
    return RoundRow(key, "Omgång", "interim", 2022, cut_off, date(2022, 12, 31), state)


@pytest.mark.parametrize(
    ("cut_off", "state", "is_noted"),
    [
        (date(2022, 8, 31), State.ADOPTED, True),
        (date(2022, 8, 31), State.CONSOLIDATED, True),
        (date(2022, 8, 31), State.OPEN, False),
        (date(2022, 8, 31), State.DRAFT, False),
        (date(2022, 6, 30), State.ADOPTED, False),
    ],
)
def test_only_rounds_that_have_ended_after_the_day_matter(cut_off: date, state: State, *, is_noted: bool) -> None:
    assert bool(list(dated_back(OWN, [of(cut_off, state)]))) is is_noted


def test_the_latest_round_is_named_in_both_languages() -> None:
    rounds = [of(date(2022, 8, 31), State.CONSOLIDATED, "augusti"), of(date(2022, 7, 31), State.ADOPTED, "juli")]
    (told,) = dated_back(OWN, rounds)
    assert told.facts["round"] == "augusti"
    assert f"från {JULY.isoformat()}" in told.says
    with speaking("en"):
        assert "takes effect already on 2022-07-01" in told.says


def test_without_events_or_rounds_there_is_nothing_to_note() -> None:
    assert list(dated_back(Reorganisation("tom", "Tom"), [of(date(2022, 8, 31), State.ADOPTED)])) == []
    assert list(dated_back(OWN, [])) == []
