from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.rounds.calendars import calendar
from uppsikt.rounds.values import SetupRow

ROUND = RoundRow("delar2-2022", "Delår 2 2022", "interim", 2022, date(2022, 8, 31), date(2022, 9, 14), State.OPEN)
SETUP = SetupRow(date(2022, 9, 5), date(2022, 9, 23), date(2022, 12, 31), 0, 0)
STAMPED = datetime(2022, 9, 1, 6, 30, tzinfo=UTC)


def _calendar(row: RoundRow = ROUND, setup: SetupRow = SETUP, municipality: str = "Exempelkommun") -> str:
    return calendar(row, setup, municipality=municipality, stamped_at=STAMPED, address="https://uppsikt.example/o/")


def _unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_each_step_is_an_all_day_event() -> None:
    lines = _unfolded(_calendar())
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20220905",
        "DTSTART;VALUE=DATE:20220914",
        "DTSTART;VALUE=DATE:20220923",
        "DTSTART;VALUE=DATE:20221231",
    ]
    assert "DTEND;VALUE=DATE:20230101" in lines  # the end is not in it
    assert "SUMMARY:Delår 2 2022: prognosen lämnas" in lines
    assert lines.count("DTSTAMP:20220901T063000Z") == 4
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 4


def test_an_event_keeps_its_identity_when_its_day_moves_and_shares_it_with_no_other_municipality() -> None:
    def uids(text: str) -> list[str]:
        return [line for line in _unfolded(text) if line.startswith("UID:")]

    moved = _calendar(replace(ROUND, deadline=date(2022, 9, 16), name="Annat namn"))
    assert uids(moved) == uids(_calendar())
    assert len(set(uids(moved))) == 4
    assert not set(uids(moved)) & set(uids(_calendar(municipality="Grannkommun")))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=100))
def test_any_name_is_escaped_and_folded_so_that_it_can_be_read_back(name: str) -> None:
    text = _calendar(replace(ROUND, name=name))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    shown = next(line for line in _unfolded(text) if line.startswith("X-WR-CALNAME:")).removeprefix("X-WR-CALNAME:")
    plain = shown.replace("\\\\", "\0").replace("\\;", ";").replace("\\,", ",").replace("\0", "\\")
    assert plain == name
