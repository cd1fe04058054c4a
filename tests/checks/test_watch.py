"""Watching: look at once, again when a file was saved and lies still, not while it is being written."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from uppsikt.checks.watch import watch


def looks(paths: list[Path], steps: list[Callable[[], object]]) -> int:
    """How often it looked while the steps were taken, one a pause."""
    count = 0
    waiting: Iterator[Callable[[], object]] = iter(steps)

    def look() -> None:
        nonlocal count
        count += 1

    def pause() -> None:
        step = next(waiting, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    with pytest.raises(KeyboardInterrupt):
        watch(paths, look, pause=pause)
    return count


def nothing() -> None:
    """A pause in which nothing is saved."""


def test_it_looks_once_while_nothing_happens(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("a")
    assert looks([report], [nothing, nothing]) == 1


def test_it_looks_again_when_a_saved_file_lies_still(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("a")
    assert looks([report], [lambda: report.write_text("ab"), nothing, nothing]) == 2


def test_it_waits_while_a_file_grows_or_is_away(tmp_path: Path) -> None:
    report = tmp_path / "r.txt"
    report.write_text("a")
    grow = [lambda: report.write_text("ab"), lambda: report.write_text("abc")]
    assert looks([report], grow) == 1
    away = [report.unlink, nothing, lambda: report.write_text("abcde"), nothing]
    assert looks([report], away) == 2
