from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given

from tests.coding.histories_strategy import History, histories
from uppsikt.coding.events import (
    Event,
    EventKind,
    Reorganisation,
    State,
    change_key,
    in_order_of_effect,
    reorganisation_of,
    rules_as_json,
    rules_from_json,
)
from uppsikt.core.changes import Portion, SuccessionRule
from uppsikt.core.language import speaking

DAY = date(2022, 7, 1)


def event(kind: EventKind, *targets: str) -> Event:
    rules = (SuccessionRule(tuple(Portion(target) for target in targets)),) if targets else ()
    return Event(1, kind, "unit", DAY, "A", rules=rules)


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        (event(EventKind.CLOSE), True),
        (event(EventKind.MERGE, "B"), True),
        (event(EventKind.SPLIT, "B", "C"), True),
        (event(EventKind.SPLIT, "B", "A"), False),
        (event(EventKind.TRANSFER, "B"), False),
        (event(EventKind.MOVE), False),
    ],
)
def test_a_code_ends_by_closing_merging_or_being_split_up_altogether(own: Event, ends: bool) -> None:
    assert own.ends is ends


def test_a_draft_is_adopted_and_what_is_adopted_annulled_and_no_other_way() -> None:
    allowed = {(before, after) for before in State for after in State if before.may_become(after)}
    assert allowed == {
        (State.DRAFT, State.DRAFT),
        (State.DRAFT, State.ADOPTED),
        (State.ADOPTED, State.ANNULLED),
    }


def test_every_kind_and_state_has_a_word_of_its_own_in_both_languages() -> None:
    for words in (EventKind, State):
        for language in ("sv", "en"):
            with speaking(language):
                assert len({own.label for own in words}) == len(words)


def test_a_changes_key_tells_its_reorganisation() -> None:
    assert reorganisation_of(change_key("ny-organisation-2023", 4)) == "ny-organisation-2023"


def test_events_of_one_day_come_by_adoption_and_drafts_last() -> None:
    draft = Reorganisation("a", "Utkast", events=(event(EventKind.CLOSE),))
    held = Reorganisation("b", "Beslutad", events=(event(EventKind.MOVE),), position=3)
    assert [own.key for own, _ in in_order_of_effect([draft, held])] == ["b", "a"]


@given(histories())
def test_rules_are_stored_and_read_back(history: History) -> None:
    for own in history.reorganisations:
        for each in own.events:
            assert rules_from_json(json.loads(json.dumps(rules_as_json(each.rules)))) == each.rules
