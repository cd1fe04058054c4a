from __future__ import annotations

from datetime import date

from uppsikt.coding.histories import History, Named, Placed, clipped, cycles, history_of, orphans, stretches
from uppsikt.core.periods import BEGINNING, FOREVER

JANUARY, JULY, NEXT = date(2022, 1, 1), date(2022, 7, 1), date(2023, 1, 1)


def test_touching_stretches_that_say_the_same_are_one() -> None:
    history = history_of(
        [Named(JULY, NEXT, "Enhet"), Named(JANUARY, JULY, "Enhet")],
        {"standard": [Placed(JANUARY, JULY, "40"), Placed(JULY, NEXT, "40")]},
    )
    assert history.names == (Named(JANUARY, NEXT, "Enhet"),)
    assert history.placements == {"standard": (Placed(JANUARY, NEXT, "40"),)}


def test_stretches_with_a_gap_between_stay_two() -> None:
    history = history_of([Named(BEGINNING, JANUARY, "Enhet"), Named(JULY, FOREVER, "Enhet")], {})
    assert len(history.names) == 2


def test_a_history_is_cut_at_every_change() -> None:
    history = history_of([Named(JANUARY, NEXT, "Enhet")], {"standard": [Placed(JANUARY, JULY, "40")]})
    assert list(stretches(history)) == [
        (Named(JANUARY, JULY, "Enhet"), {"standard": Placed(JANUARY, JULY, "40")}),
        (Named(JULY, NEXT, "Enhet"), {}),
    ]


def test_placements_are_clipped_to_the_names() -> None:
    assert clipped([Placed(BEGINNING, FOREVER, "40")], [Named(JANUARY, JULY, "Enhet")]) == [
        Placed(JANUARY, JULY, "40")
    ]


def test_an_orphan_is_told_with_the_first_time_it_hangs_in_the_air() -> None:
    names = [Named(BEGINNING, FOREVER, "x")]
    register = {
        "40": history_of(names, {"standard": [Placed(BEGINNING, JANUARY, None), Placed(JULY, NEXT, None)]}),
        "42": history_of(names, {"standard": [Placed(BEGINNING, FOREVER, "40")]}),
    }
    orphan = next(orphans(register))
    assert (orphan.code, orphan.start, orphan.end, orphan.known) == ("42", JANUARY, JULY, True)


def test_a_code_can_not_be_its_own_parent() -> None:
    register = {"42": History((Named(JANUARY, NEXT, "x"),), {"standard": (Placed(JANUARY, NEXT, "42"),)})}
    assert list(cycles(register)) == [("standard", JANUARY, ["42"])]


def test_a_circle_is_told_once_and_those_below_it_are_not() -> None:
    def under(parent: str | None) -> History:
        return history_of([Named(JANUARY, NEXT, "x")], {"standard": [Placed(JANUARY, NEXT, parent)]})

    register = {"1": under("2"), "2": under("3"), "3": under("1"), "4": under("1"), "5": under(None)}
    [(hierarchy, day, circle)] = list(cycles(register))
    assert (hierarchy, day, sorted(circle)) == ("standard", JANUARY, ["1", "2", "3"])
