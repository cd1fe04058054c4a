"""Two times for one event; periods that end in different months."""

from __future__ import annotations

import pytest

from tests.checks.prose.reports import prose_of
from uppsikt.checks.prose.cutoffs import cutoffs_of, month_of, strays
from uppsikt.checks.prose.events import Happening, events_of, times_at_odds


def _odds(text: str) -> list[tuple[str, str]]:
    events = events_of(prose_of(text).sentences, 2022)
    return [(odds.one.told, odds.two.told) for odds in times_at_odds(events)]


def test_an_event_has_a_subject_a_kind_and_months() -> None:
    (event,) = events_of(prose_of("Intraprenaden Konsthuset startade våren 2021 efter lång väntan.").sentences, 2022)
    assert event.happening is Happening.BEGAN
    assert event.months == (2021 * 12, 2021 * 12 + 5)


@pytest.mark.parametrize(
    ("one", "two", "at_odds"),
    [
        ("Konsthuset startade våren 2021.", "Konsthuset startade år 2022.", True),
        ("Konsthuset startade våren 2021.", "Konsthuset startade år 2021.", False),
        (
            "Fastigheterna inordnades från juli månad här.",
            "Här sägs att Fastigheterna inordnades från år 2022.",
            True,
        ),
        ("Portföljen Digitalare avslutades förra året.", "Portföljen Digitalare avslutades år 2021.", False),
        ("Konsthuset startade våren 2021.", "Konsthuset avslutades år 2022.", False),
        ("Konsthuset startade våren 2021.", "Museibyggnaden startade år 2022.", False),
    ],
)
def test_times_that_cannot_both_be_true_are_at_odds(one: str, two: str, at_odds: bool) -> None:
    assert bool(_odds(f"Intraprenaden {one}\n\nDet är så att {two}")) is at_odds


@pytest.mark.parametrize(
    ("heading", "month"),
    [("Utfall 220831", 8), ("Utfall 2022-04-30", 4), ("jan–aug", 8), ("Bokslut 2021", None), ("Konto 220899", None)],
)
def test_a_heading_says_which_month_its_figures_reach_to(heading: str, month: int | None) -> None:
    assert month_of(heading) == month


def test_a_period_that_ends_elsewhere_strays() -> None:
    text = "Utfallet till och med augusti är gott. De första åtta månaderna gick väl. Avgångarna t.o.m. juli ökar."
    prose = prose_of(text)
    found = list(strays(cutoffs_of(prose.sentences, prose.tables)))
    assert [(stray.month, right.month) for stray, right in found] == [(7, 8)]


def test_other_rounds_and_budgets_may_reach_elsewhere() -> None:
    text = "Utfallet till och med augusti är gott. I delårsrapport 1, till och med april, var det sämre."
    prose = prose_of(text)
    assert not list(strays(cutoffs_of(prose.sentences, prose.tables)))
