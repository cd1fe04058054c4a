from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.coding.event_findings import CONDITION_UNREADABLE, SHARE_UNREADABLE, SHARES_MIXED, SHARES_NOT_WHOLE
from uppsikt.coding.event_texts import (
    conditions_from,
    conditions_text,
    dimension_from,
    in_lowest_terms,
    kind_from,
    portions_from,
    share_texts,
)
from uppsikt.coding.events import EventKind
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.language import speaking


def parts(*shares: str) -> list[int]:
    portions, findings = portions_from("A", [(f"T{no}", share) for no, share in enumerate(shares)])
    assert findings == []
    return [portion.parts for portion in portions]


def fault(*shares: str) -> str:
    portions, findings = portions_from("A", [(f"T{no}", share) for no, share in enumerate(shares)])
    assert portions == ()
    return findings[0].code


def test_shares_are_per_cent_or_parts() -> None:
    assert parts("60 %", "40%") == [60, 40]
    assert parts("33,5 %", "66.5\u00a0%") == [335, 665]
    assert parts("3", "2") == [3, 2]
    assert parts("") == parts("100 %") == parts("7") == [1]


def test_per_cent_that_make_no_hundred_are_told_with_their_sum() -> None:
    assert fault("60 %", "30 %") == SHARES_NOT_WHOLE
    assert fault("60 %") == SHARES_NOT_WHOLE
    _, (finding,) = portions_from("A", [("B", "60,5 %"), ("C", "30 %")])
    assert "90,5 procent" in finding.says


@pytest.mark.parametrize(
    "shares",
    [
        ("två", "1"),
        ("0,4", "0,5"),
        ("0.4", "2"),
        ("33,3333 %", "66,6667 %"),
        ("0", "1"),
        ("-1", "2"),
        ("1,5", "1"),
        ("", "1"),
        ("NaN", "1"),
        ("1e9", "1"),
    ],
)
def test_what_is_no_share_is_refused(shares: tuple[str, ...]) -> None:
    assert fault(*shares) == SHARE_UNREADABLE


def test_decimals_that_make_one_are_per_cent_as_spreadsheets_keep_them() -> None:
    assert parts("0.4", "0.6") == parts("0,4", "0,6") == [4, 6]
    assert parts("0,33333", "0,66667") == [33333, 66667]
    _, (finding,) = portions_from("A", [("B", "0.4"), ("C", "0.5")])
    assert finding.facts["value"] == "0.4"
    assert "40 %" in finding.do
    assert "2 och 3" in finding.do


@pytest.mark.parametrize(
    ("shares", "odd"),
    [(("60 %", "20 %", "2"), "2"), (("3", "40 %", "2"), "40 %"), (("60 %", "0,4"), "0,4"), (("1", "60 %"), "1")],
)
def test_per_cent_and_parts_in_one_rule_blame_the_one_that_differs(shares: tuple[str, ...], odd: str) -> None:
    assert fault(*shares) == SHARES_MIXED
    _, (finding,) = portions_from("A", [("B", share) for share in shares])
    assert finding.facts["value"] == odd


@given(st.lists(st.integers(1, 500), min_size=1, max_size=4))
def test_shares_written_are_read_back(weights: list[int]) -> None:
    rule = in_lowest_terms(SuccessionRule(tuple(Portion(f"T{no}", weight) for no, weight in enumerate(weights))))
    written = list(zip((own.code for own in rule.portions), share_texts(rule), strict=True))
    portions, findings = portions_from("A", written)
    assert (in_lowest_terms(SuccessionRule(portions)), findings) == (rule, [])


def test_shares_are_written_in_per_cent_where_that_is_exact() -> None:
    assert share_texts(SuccessionRule((Portion("B", 3), Portion("C", 2)))) == ["60 %", "40 %"]
    assert share_texts(SuccessionRule((Portion("B", 1), Portion("C", 7)))) == ["12,5 %", "87,5 %"]
    assert share_texts(SuccessionRule((Portion("B", 1), Portion("C", 2)))) == ["1", "2"]
    assert share_texts(SuccessionRule((Portion("B", 9),))) == [""]


def test_kinds_and_dimensions_are_read_in_either_language_whichever_is_spoken() -> None:
    with speaking("en"):
        assert kind_from("Slå ihop") is EventKind.MERGE
    assert kind_from("merge") is kind_from("slå_ihop") is EventKind.MERGE
    assert kind_from("byta") is None
    assert (dimension_from("Konto"), dimension_from("account")) == ("account", "account")


def test_conditions_are_read_and_written_alike() -> None:
    text = "account: 5, 50; account:reporting: 6A; activity: 930"
    conditions, findings = conditions_from(text)
    assert findings == []
    assert conditions == (
        Condition("account", ("5", "50")),
        Condition("account", ("6A",), "reporting"),
        Condition("activity", ("930",)),
    )
    assert conditions_text(conditions) == text
    assert (
        conditions_from("konto: 5; konto:rapport: 6A")[0] == conditions_from("account: 5; account:reporting: 6A")[0]
    )
    assert conditions_from("  ") == ((), [])


@pytest.mark.parametrize("text", ["konto 5", "konto:", "färg: röd", ": 5"])
def test_what_is_no_condition_is_told(text: str) -> None:
    conditions, findings = conditions_from(text)
    assert (conditions, [finding.code for finding in findings]) == ((), [CONDITION_UNREADABLE])
