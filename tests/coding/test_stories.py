from __future__ import annotations

from datetime import date

import pytest

from uppsikt.coding.events import Event, EventKind
from uppsikt.coding.stories import chapters, sentence, share_text
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.language import speaking
from uppsikt.core.periods import BEGINNING, FOREVER

DAY = date(2023, 1, 1)
NAMES = {"KS": "Kommunstyrelsen", "30": "Politik", "40": "Stöd", "41": "Ekonomi", "42": "Kansli", "43": "Lokaler"}
PARENTS = {"KS": None, "30": "KS", "40": "KS", "41": "40", "42": "40", "43": "30"}
PLAN = CodePlan(
    tuple(CodeName("unit", code, BEGINNING, FOREVER, name) for code, name in NAMES.items()),
    tuple(Placement("unit", "standard", code, BEGINNING, FOREVER, parent) for code, parent in PARENTS.items()),
)


def event(kind: EventKind, code: str, number: int = 1, on: date = DAY, **more: object) -> Event:
    return Event(number, kind, "unit", on, code, **more)  # type: ignore[arg-type]


def rule(*portions: Portion, **under: str) -> SuccessionRule:
    return SuccessionRule(portions, tuple(Condition(name, tuple(codes.split())) for name, codes in under.items()))


SAID = [
    (event(EventKind.OPEN, "44", name="HR", parent="40"), "44 HR öppnas under 40 Stöd."),
    (event(EventKind.OPEN, "44", name="HR"), "44 HR öppnas överst i trädet."),
    (event(EventKind.CLOSE, "42"), "42 Kansli stängs utan efterträdare."),
    (event(EventKind.RENAME, "42", name="Administration"), "42 Kansli byter namn till Administration."),
    (event(EventKind.MOVE, "43", parent="40"), "43 Lokaler flyttas från 30 Politik till 40 Stöd."),
    (event(EventKind.MOVE, "43"), "43 Lokaler flyttas från 30 Politik till toppen av trädet."),
    (event(EventKind.MERGE, "42", rules=(rule(Portion("41")),)), "42 Kansli går upp i 41 Ekonomi."),
    (
        event(EventKind.SPLIT, "42", rules=(rule(Portion("41", 3), Portion("43", 2)),)),
        "42 Kansli delas: 60\u00a0% till 41 Ekonomi och 40\u00a0% till 43 Lokaler.",
    ),
    (
        event(
            EventKind.SPLIT,
            "42",
            rules=(rule(Portion("43"), account="6A 60", activity="930"), rule(Portion("42", 1), Portion("41", 3))),
        ),
        "42 Kansli delas: konto 6A, 60 och verksamhet 930 till 43 Lokaler; "
        "resten 25\u00a0% blir kvar och 75\u00a0% till 41 Ekonomi.",
    ),
    (
        event(EventKind.TRANSFER, "42", rules=(rule(Portion("43"), account="6A"),)),
        "Från 42 Kansli förs över: konto 6A till 43 Lokaler.",
    ),
]


@pytest.mark.parametrize(("own", "said"), SAID, ids=[f"{own.kind}-{at}" for at, (own, _) in enumerate(SAID)])
def test_each_event_is_a_sentence(own: Event, said: str) -> None:
    assert sentence(own, PLAN) == said


def test_the_sentences_are_english_for_whoever_reads_english() -> None:
    with speaking("en"):
        assert sentence(SAID[4][0], PLAN) == "43 Lokaler moves from 30 Politik to 40 Stöd."
        assert sentence(SAID[7][0], PLAN).endswith("60\u00a0% to 41 Ekonomi and 40\u00a0% to 43 Lokaler.")


@pytest.mark.parametrize(
    ("parts", "whole", "said"),
    [(1, 1, ""), (3, 5, "60\u00a0%"), (1, 8, "12,5\u00a0%"), (1, 3, "1 av 3 delar"), (7, 16, "43,75\u00a0%")],
)
def test_a_share_is_per_cent_where_it_comes_out_even_and_parts_where_not(parts: int, whole: int, said: str) -> None:
    assert share_text(parts, whole) == said


@pytest.mark.parametrize(("parts", "said"), [(1, "1 of 3 parts stays"), (2, "2 of 3 parts stay")])
def test_what_stays_is_one_part_or_several(parts: int, said: str) -> None:
    rule = SuccessionRule((Portion("42", parts), Portion("43", 3 - parts)))
    own = Event(1, EventKind.SPLIT, "unit", DAY, "42", rules=(rule,))
    with speaking("en"):
        assert said in sentence(own, PLAN)


def test_events_are_told_day_by_day_in_their_own_order() -> None:
    own = [
        event(EventKind.CLOSE, "42", 2, date(2023, 7, 1)),
        event(EventKind.CLOSE, "41", 3),
        event(EventKind.CLOSE, "43", 1),
    ]
    told = chapters(own, PLAN)
    assert [chapter.day for chapter in told] == [DAY, date(2023, 7, 1)]
    assert [own.says.partition(" ")[0] for own in told[0].sentences] == ["43", "41"]
