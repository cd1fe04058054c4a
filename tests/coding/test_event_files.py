from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from tests.coding.histories_strategy import History, histories
from uppsikt.coding.event_files import Told, event_rows, read_events
from uppsikt.coding.event_findings import (
    CONDITION_UNREADABLE,
    KIND_UNKNOWN,
    MERGE_DIVIDES,
    NUMBER_UNREADABLE,
    ROW_CONTRADICTS,
    SHARE_UNREADABLE,
    SHARES_NOT_WHOLE,
)
from uppsikt.coding.event_forms import tidy_event
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.findings import Finding
from uppsikt.core.language import speaking
from uppsikt.core.tables import read_table, write_csv, write_xlsx

JULY = date(2022, 7, 1)
HEAD = "omorganisation;händelse;slag;gäller_från;kod;till;andel;villkor\n"


def read(text: str, default: str = "") -> tuple[list[Told], list[Finding]]:
    table, findings = read_table(text.encode(), "händelser.csv")
    assert table is not None, findings
    return read_events(table, {"lokaler": ReorganisationFacts("lokaler", "Lokaler", "KF § 1")}, default)


def codes(text: str) -> list[str]:
    return [finding.code for finding in read(text)[1]]


def test_rows_with_one_number_are_one_event_and_equal_conditions_one_rule() -> None:
    (told,), findings = read(
        HEAD + "lokaler;1;dela;2022-07-01;4290;5100;60 %;\n"
        "lokaler;1;;;;5300;;konto: 5\n"
        "lokaler;1;;;;5200;40 %;\n"
        "lokaler;2;stäng;2022-07-01;4291;;;\n"
    )
    assert findings == []
    split, close = told.events
    assert split.rules == (
        SuccessionRule((Portion("5100", 60), Portion("5200", 40))),
        SuccessionRule((Portion("5300"),), (Condition("account", ("5",)),)),
    )
    assert close == Event(2, EventKind.CLOSE, "unit", JULY, "4291")
    assert (told.facts.name, told.facts.decision) == ("Lokaler", "KF § 1")
    assert [told.places[number].line for number in (1, 2)] == [2, 5]


def test_rows_without_key_and_number_are_events_of_the_one_asked_for() -> None:
    (told,), findings = read("kind;effective;code\nclose;2022-07-01;4290\nclose;2022-07-01;4291\n", "lokaler")
    assert findings == []
    assert [(event.number, event.code) for event in told.events] == [(1, "4290"), (2, "4291")]
    assert told.facts.key == "lokaler"


def test_an_event_whose_shares_cannot_be_read_still_says_where_its_money_goes() -> None:
    (told,), (finding,) = read(HEAD + "lokaler;1;dela;2022-07-01;4290;5100;två;\nlokaler;1;;;;5200;1;\n")
    assert finding.code == SHARE_UNREADABLE
    assert told.events[0].targets == ("5100", "5200")
    assert told.faulty == {1: ("unit", "4290")}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("lokaler;1;byta;2022-07-01;4290;;;\n", KIND_UNKNOWN),
        ("lokaler;A;stäng;2022-07-01;4290;;;\n", NUMBER_UNREADABLE),
        ("lokaler;1;stäng;1 juli;4290;;;\n", "C005"),
        ("lokaler;1;stäng;;4290;;;\n", "C005"),
        ("lokaler;1;dela;2022-07-01;4290;5100;60 %;\n", SHARES_NOT_WHOLE),
        ("lokaler;1;för över;2022-07-01;4290;5100;;konto 5\n", CONDITION_UNREADABLE),
        ("lokaler;1;dela;2022-07-01;4290;5100;1;\nlokaler;1;;2022-08-01;;5200;1;\n", ROW_CONTRADICTS),
        ("lokaler;1;slå ihop;2022-07-01;4290;5100;;\nlokaler;1;;;;5200;;\n", MERGE_DIVIDES),
    ],
)
def test_each_fault_of_a_row_is_told_at_its_line(rows: str, code: str) -> None:
    findings = read(HEAD + rows)[1]
    assert [finding.code for finding in findings] == [code]
    assert findings[0].at.line == (3 if code == ROW_CONTRADICTS else 2)


def test_headings_that_mean_nothing_are_told_and_missing_ones_stop() -> None:
    assert codes("kind;effective;code;färg\n;;;röd\n")[0] == "C014"
    assert codes("kind;code\nclose;4290\n") == ["T002"]
    assert codes("kind;slag;effective;code\nclose;;2022-07-01;1\n")[0] == "T003"


@settings(max_examples=60)
@given(histories())
def test_what_is_written_is_read_back_in_either_language_and_form(history: History) -> None:
    known = {own.key: own.facts for own in history.reorganisations}
    expected = [(own.facts, tuple(tidy_event(event) for event in own.events)) for own in history.reorganisations]
    for language in ("sv", "en"):
        with speaking(language):
            headings, rows = event_rows(history.reorganisations)
        for content in (write_csv(headings, rows), write_xlsx(headings, rows, "händelser")):
            table, _ = read_table(content, "händelser")
            if not rows:
                continue
            assert table is not None
            told, findings = read_events(table, known)
            assert findings == []
            assert [(own.facts, tuple(tidy_event(event) for event in own.events)) for own in told] == expected
