"""The collector of circular garbage rests while a report is read, and never longer."""

import gc
from pathlib import Path

import pytest

from uppsikt.checks import Unreadable, check_bytes, running
from uppsikt.checks.uncollected import uncollected


def test_the_collector_rests_while_a_report_is_read_and_is_awake_after(monkeypatch: pytest.MonkeyPatch) -> None:
    was: list[bool] = []
    read = running.read_bytes
    monkeypatch.setattr(
        running, "read_bytes", lambda *data, **more: [was.append(gc.isenabled()), read(*data, **more)][1]
    )
    check_bytes(b"Sammanfattning\n\nEn mening.\n", name="rapport.txt")
    assert was == [False]
    assert gc.isenabled()


def test_it_is_awake_after_a_report_that_cannot_be_read() -> None:
    with pytest.raises(Unreadable):
        check_bytes(b"", name=Path("tom.txt").name)
    assert gc.isenabled()


def test_who_had_stopped_it_finds_it_stopped() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
