from __future__ import annotations

from datetime import date

from uppsikt.coding.differences import Structure, differences
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.web.organisation.trees import Line, tree_lines

JULY = date(2022, 7, 1)
PLACES: dict[str, str | None] = {"KS": None, "10": "KS", "1010": "10", "1020": "10", "20": "KS", "SB": None}
PLAN = CodePlan(
    (
        *(CodeName("unit", code, BEGINNING, FOREVER, f"Enhet {code}") for code in PLACES),
        CodeName("unit", "2010", JULY, FOREVER, "Lokaler"),
    ),
    (
        *(Placement("unit", "standard", code, BEGINNING, FOREVER, parent) for code, parent in PLACES.items()),
        Placement("unit", "standard", "2010", JULY, FOREVER, "20"),
    ),
)


def lines(words: str = "", day: date = date(2022, 6, 30)) -> list[Line]:
    structure, before = Structure(PLAN, day), Structure(PLAN, date(2022, 6, 30))
    marked = {own.code: own for own in differences(before, structure)}
    return tree_lines(structure, words, marked, before)


def test_parents_stand_before_their_children_and_every_level_that_opens_closes() -> None:
    own = lines()
    assert [line.code for line in own] == ["KS", "10", "1010", "1020", "20", "SB"]
    assert sum(bool(line.below) for line in own) == sum(len(line.closes) for line in own)
    assert [len(line.closes) for line in own] == [0, 0, 0, 1, 1, 0]


def test_a_search_shows_what_has_all_the_words_and_the_branches_they_stand_on() -> None:
    own = lines("enhet 102")
    assert [line.code for line in own] == ["KS", "10", "1020"]
    assert [line.is_hit for line in own] == [False, False, True]
    assert all(line.is_open for line in own)


def test_a_search_that_finds_nothing_shows_nothing() -> None:
    assert lines("skola") == []


def test_what_is_new_on_the_day_says_so_and_the_rest_does_not() -> None:
    marks = {line.code: [mark.says for mark in line.marks] for line in lines(day=JULY)}
    assert marks["2010"] == ["ny"]
    assert marks["20"] == []


def test_a_cycle_in_a_register_ends_the_walk() -> None:
    names = tuple(CodeName("unit", code, BEGINNING, FOREVER, code) for code in ("A", "B"))
    places = (
        Placement("unit", "standard", "A", BEGINNING, FOREVER, None),
        Placement("unit", "standard", "A", BEGINNING, FOREVER, "B"),
        Placement("unit", "standard", "B", BEGINNING, FOREVER, "A"),
    )
    structure = Structure(CodePlan(names, places), JULY)
    assert [line.code for line in tree_lines(structure, "", {}, structure)] == ["A", "B"]
