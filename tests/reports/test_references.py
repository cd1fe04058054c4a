"""References in prose: what can stand between the braces and what comes out."""

from decimal import Decimal

import pytest

from uppsikt.core.formats import Sign, View
from uppsikt.figures.model import Cell
from uppsikt.reports.references import (
    NotAReference,
    chosen_word,
    parse_reference,
    print_cell,
    print_number,
    sign_of,
)

DEFICIT = Cell(1_538_300_000)  # a cost above budget, as booked
REVERSED = View()


def printed(inside: str, cell: Cell = DEFICIT, view: View = REVERSED) -> str:
    return print_cell(parse_reference(inside), cell, view).text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a/b/c", "−15\u202f383"),
        ("a/b/c | mnkr", "−15,4"),
        ("a/b/c | mnkr 2", "−15,38"),
        ("a/b/c | mnkr:0", "−15"),
        ("a/b/c | mnkr unit", "−15,4\u00a0mnkr"),
        ("a/b/c | mnkr | abs | unit", "15,4\u00a0mnkr"),
        ("a/b/c | kr", "−15\u202f383\u202f000"),
        ("a/b/c|tkr signed", "−15\u202f383"),
    ],
)
def test_a_figure_is_printed_as_asked(inside: str, text: str) -> None:
    assert printed(inside) == text


def test_signed_puts_plus_before_positive_figures_only() -> None:
    assert printed("a/b/c | signed", Cell(-200_000)) == "+2"
    assert printed("a/b/c | signed", Cell(0)) == "0"


def test_shares_are_printed_as_per_cent_and_absence_as_a_dash() -> None:
    assert printed("a/b/c | percent", Cell(share=Decimal("0.612"))) == "61,2\u00a0%"
    assert printed("a/b/c | percent 0", Cell(share=Decimal("0.612"))) == "61\u00a0%"
    assert printed("a/b/c", Cell()) == "–"


def test_the_number_machines_read_has_the_printed_rounding() -> None:
    assert print_cell(parse_reference("a/b/c | mnkr"), DEFICIT, REVERSED).value == Decimal("-15.4")


def test_an_outside_number_keeps_its_own_unit() -> None:
    assert print_number(parse_reference("fakta/nki | unit"), Decimal(77), "index", 0).text == "77\u00a0index"
    assert print_number(parse_reference("fakta/sjuk | 2"), Decimal("4.4"), "%", 1).text == "4,40"


@pytest.mark.parametrize(
    "inside", ["", "  ", "två ord", "a/b/c | miljoner", "a/b/c | word: bara", "a/b/c | word: a/b/c/d"]
)
def test_what_cannot_be_read_is_refused(inside: str) -> None:
    with pytest.raises(NotAReference):
        parse_reference(inside)


def test_words_follow_the_sign_the_report_shows() -> None:
    words = parse_reference("a/b/c | word: överskott/underskott").words
    assert chosen_word(words, sign_of(DEFICIT, REVERSED) or 0) == "underskott"
    assert chosen_word(words, sign_of(DEFICIT, View(sign=Sign.LEDGER)) or 0) == "överskott"
    assert sign_of(Cell(), REVERSED) is None


def test_a_third_word_is_for_zero() -> None:
    assert chosen_word(("a", "b", "noll"), 0) == "noll"
    assert chosen_word(("a", "b"), 0) == "a"


def test_a_word_with_spaces_is_kept_whole() -> None:
    assert parse_reference("a/b/c | word: bättre än/sämre än").words == ("bättre än", "sämre än")
