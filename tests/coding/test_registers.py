from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppsikt.coding.histories import History, Named, Placed, cycles, history_of, orphans
from uppsikt.coding.registers import heading_key, merge, read_register, rows_of
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.tables import read_table, write_csv, write_xlsx

DAYS = [BEGINNING, date(2021, 1, 1), date(2022, 1, 1), date(2022, 7, 1), date(2023, 1, 1), FOREVER]
NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0"), min_size=1
).map(lambda text: " ".join(text.split()))


@st.composite
def registers(draw: st.DrawFn) -> dict[str, History]:
    """Sound registers: codes 0…n, each placed under an earlier one that is always valid, or a root."""
    register: dict[str, History] = {}
    always: list[str] = []
    for number in range(draw(st.integers(1, 6))):
        cuts = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=2)))
        parts = list(itertools.pairwise(cuts))
        names, standard, reporting = [], [], []
        for start, end in parts:
            name = draw(NAMES.filter(lambda text: text.isprintable() and bool(text)))
            names.append(Named(start, end, name[:200], draw(st.sampled_from(["", "unit", "group"]))))
            standard.append(Placed(start, end, draw(st.sampled_from([None, *always]))))
            if always and draw(st.booleans()):
                reporting.append(Placed(start, end, draw(st.sampled_from(always))))
        whole = (cuts[0], cuts[-1]) == (BEGINNING, FOREVER)
        if whole:
            reporting = [Placed(start, end, None) for start, end in parts]
            always.append(str(number))
        register[str(number)] = history_of(names, {"standard": standard, "reporting": reporting})
    return register


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers(), st.booleans())
def test_what_is_exported_is_read_back_the_same(register: dict[str, History], as_xlsx: bool) -> None:
    headings, rows = rows_of(register)
    content = write_xlsx(headings, rows, "x") if as_xlsx else write_csv(headings, rows)
    table, findings = read_table(content, "register")
    assert table is not None
    file, faults = read_register(table)
    assert file is not None
    assert findings + faults == []
    assert merge(file, register) == register
    assert merge(file, {}) == register


@settings(max_examples=60, deadline=None)
@given(registers())
def test_a_sound_register_has_no_orphans_and_no_circles(register: dict[str, History]) -> None:
    assert list(orphans(register)) == []
    assert list(cycles(register)) == []


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("kod", "code"),
        ("Gäller från", "valid_from"),
        ("överordnad", "parent"),
        ("överordnad:rapport", "parent:reporting"),
        ("parent:standard", "parent"),
        ("parent:scb", "parent:scb"),
        ("name:reporting", None),
        ("belopp", None),
    ],
)
def test_headings_are_known_in_both_languages(label: str, key: str | None) -> None:
    assert heading_key(label) == key
