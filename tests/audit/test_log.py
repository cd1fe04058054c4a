"""The event log read and taken out: newest first, by page and filter, with its seals."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import actor_with
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.chain import FIRST_HASH, EventRow, seal
from uppsikt.audit.exporting import export_log
from uppsikt.audit.models import Event
from uppsikt.audit.selectors import LogFilter, event, log_head, log_page, log_rows, logged_verbs, through
from uppsikt.audit.services import verify_chain

pytestmark = pytest.mark.django_db
START = datetime(2022, 9, 1, 8, 0, tzinfo=UTC)


def fill(count: int) -> None:
    """A whole chain of events, one an hour, alternately by two people."""
    previous, rows = FIRST_HASH, []
    for number in range(count):
        row = EventRow(
            sequence=number + 1,
            at=START + timedelta(hours=number),
            actor=("anna", "bertil")[number % 2],
            verb=("save-cells", "sign-in")[number % 2],
            target=f"=unit:{number}",
            payload='{"a":"å"}',
            previous_hash=previous,
            content_hash="",
        )
        previous = seal(row)
        rows.append(Event(**{name: getattr(row, name) for name in EventRow.__dataclass_fields__}))
        rows[-1].content_hash = previous
    Event.objects.bulk_create(rows)


def test_pages_hold_every_event_once_newest_first() -> None:
    fill(120)
    seen, before = [], None
    while True:
        page = log_page(LogFilter(before=before))
        seen += [row.sequence for row in page.events]
        if page.older is None:
            break
        before = page.older
    assert seen == list(range(120, 0, -1))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (LogFilter(actor="ANN"), [1, 3, 5]),
        (LogFilter(verb="sign-in"), [2, 4, 6]),
        (LogFilter(target="unit:4"), [5]),
        (LogFilter(actor="anna", target="unit:3"), []),
        (through(LogFilter(since=date(2022, 9, 1)), date(2022, 9, 1)), [1, 2, 3, 4, 5, 6]),
        (LogFilter(since=date(2022, 9, 2)), []),
    ],
)
def test_the_log_is_asked_by_person_verb_target_and_day(asked: LogFilter, expected: list[int]) -> None:
    fill(6)
    assert [row.sequence for row in log_rows(asked)] == expected


def test_a_page_of_a_long_log_is_one_query_that_looks_at_an_index(django_assert_num_queries: Any) -> None:
    fill(300)
    for asked in (LogFilter(), LogFilter(verb="sign-in"), LogFilter(since=date(2022, 9, 2)), LogFilter(before=100)):
        with django_assert_num_queries(1):
            assert log_page(asked).events
    with django_assert_num_queries(1):
        assert logged_verbs() == ["save-cells", "sign-in"]


def test_an_event_comes_with_the_hash_of_the_one_before() -> None:
    fill(3)
    first, second = event(1), event(2)
    assert first
    assert second
    assert first[1] == first[0].previous_hash == FIRST_HASH
    assert second[1] == first[0].content_hash
    assert second[0].is_sealed
    assert event(4) is None


def test_the_file_holds_every_seal_so_that_anybody_can_count_it_again(local: Actor) -> None:
    fill(5)
    rows = [json.loads(line) for line in export_log(actor=local, asked=LogFilter(), suffix="jsonl")]
    assert len(rows) == 6  # the export itself is the last
    previous = FIRST_HASH
    for row in rows:
        held = EventRow(**row | {"at": datetime.fromisoformat(row["at"])})
        assert (held.previous_hash, held.is_sealed) == (previous, True)
        previous = held.content_hash
    assert log_head() == (6, previous)
    assert verify_chain() == []


def test_the_export_is_in_the_log_with_what_was_asked(local: Actor) -> None:
    fill(2)
    text = "".join(export_log(actor=local, asked=LogFilter(actor="anna"), suffix="csv"))
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [line[0] for line in lines] == ["Nummer", "1"]
    assert lines[1][4] == "'=unit:0"  # no formula when a spreadsheet opens it
    last = Event.objects.order_by("sequence").last()
    assert last
    assert (last.verb, json.loads(last.payload)) == ("export-log", {"format": "csv", "asked": {"actor": "anna"}})


def test_only_those_who_read_the_log_take_it_out() -> None:
    fill(1)
    for role in (Role.CONTROLLER, Role.DIRECTOR, Role.BOARD):
        with pytest.raises(NotAllowed):
            export_log(actor=actor_with(role), asked=LogFilter(), suffix="csv")
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert list(export_log(actor=actor_with(role), asked=LogFilter(), suffix="csv"))
