"""Postings of split codes are taken out of the ledger's files once."""

from __future__ import annotations

from pathlib import Path

import pytest

from uppsikt.figures import cutting
from uppsikt.figures.cutting import Identity, taken_out

FILES: Identity = (("postings.parquet", 1, 2),)
OTHER_FILES: Identity = (("postings.parquet", 1, 3),)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cutting, "_taken", type(cutting._taken)())
    monkeypatch.setattr(cutting, "_folder", [tmp_path])


class Taker:
    """Writes the file, and counts how often it is asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, path: Path) -> None:
        self.times += 1
        path.write_text("postings")


def test_the_same_codes_of_the_same_files_are_taken_out_once() -> None:
    take = Taker()
    first = taken_out(FILES, {"split_unit": '["11"]'}, take)
    assert taken_out(FILES, {"split_unit": '["11"]'}, take) == first
    assert take.times == 1


def test_other_codes_and_other_files_are_taken_out_for_themselves() -> None:
    take = Taker()
    paths = {
        taken_out(FILES, {"split_unit": '["11"]'}, take),
        taken_out(FILES, {"split_unit": '["12"]'}, take),
        taken_out(OTHER_FILES, {"split_unit": '["11"]'}, take),
    }
    assert len(paths) == take.times == 3


def test_a_file_that_may_be_read_now_is_kept_beyond_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_KEPT", 1)
    first = taken_out(FILES, {"split_unit": '["11"]'}, Taker())
    taken_out(FILES, {"split_unit": '["12"]'}, Taker())
    assert first.exists()


def test_a_file_long_unused_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_KEPT", 1)
    monkeypatch.setattr(cutting, "_IN_USE_SECONDS", -1.0)
    first = taken_out(FILES, {"split_unit": '["11"]'}, Taker())
    second = taken_out(FILES, {"split_unit": '["12"]'}, Taker())
    assert not first.exists()
    assert second.exists()
