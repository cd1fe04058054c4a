"""Totals, differences, and the cell that would mend what doesn't add up."""

from __future__ import annotations

import pytest

from uppsikt.checks.reading.text import read_text
from uppsikt.checks.rules.samples import NET_TABLE, changed
from uppsikt.checks.tables.faults import Fault, Slip, faults_of, slip_of
from uppsikt.checks.tables.roles import Role
from uppsikt.checks.tables.understood import Understood
from uppsikt.checks.tables.usual import understood_together


def understood(text: str) -> Understood:
    return understood_together(tuple(read_text(text).tables))[0]


def only_fault(text: str) -> tuple[Understood, Fault]:
    table = understood(text)
    (fault,) = faults_of(table)
    return table, fault


def test_a_right_table_has_no_fault() -> None:
    assert faults_of(understood(NET_TABLE)) == []


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "right"),
    [
        ("-38 966", "-38 996", 2, 4, -38966),  # in a sum and a difference: the cell itself
        ("-8 100\n", "8 100\n", 1, 5, -8100),
        ("24 000", "240 000", 1, 4, 24000),
        ("-473 655", "-437 655", 3, 3, -473655),
    ],
)
def test_the_wrong_cell_is_named_with_the_right_value(old: str, new: str, row: int, column: int, right: int) -> None:
    _, fault = only_fault(changed(NET_TABLE, old, new))
    assert (fault.at, fault.right, fault.named) == ((row, column), right, True)
    assert fault.confidence >= 0.9


def test_where_one_relation_speaks_the_total_is_shown_and_the_others_suspected() -> None:
    _, fault = only_fault(changed(NET_TABLE, "-783 076", "-794 290"))
    assert (fault.at, fault.named) == ((4, 2), False)
    assert fault.right == -783076


def test_a_memo_row_never_adds() -> None:
    lines = NET_TABLE.splitlines()
    memo = lines[4].replace("Politisk kommunledning", "varav de kanslierna   ")
    table = understood("\n".join([*lines[:5], memo, *lines[5:]]) + "\n")
    assert table.roles[3] is Role.MEMO
    assert [row for row, _ in table.parts_of(5)] == [0, 1, 2, 4]
    assert faults_of(table) == []


def test_subtotals_count_once_in_the_grand_total() -> None:
    text = """tkr                 2021      2022      2023
Förskola           1 250     1 310     1 402
Grundskola         3 104     3 207     3 360
Summa skola        4 354     4 517     4 762
Bibliotek            610       640       655
Idrott               890       905       977
Summa fritid       1 500     1 545     1 632
Totalt             5 854     6 062     6 394
"""
    table = understood(text)
    assert [row for row, _ in table.parts_of(6)] == [2, 5]
    assert faults_of(table) == []


def test_a_whole_above_its_parts_is_understood() -> None:
    text = """mnkr                 Intäkter   Kostnader     Netto
Socialnämnd             228,6    -1 179,0    -950,4
Äldreomsorg             157,0      -588,2    -431,2
Individ och familj       12,8      -113,0    -100,2
Funktionsstöd            58,8      -477,8    -419,0
"""
    table = understood(text)
    assert [row for row, _ in table.parts_of(0)] == [1, 2, 3]


def test_a_running_result_takes_the_one_before() -> None:
    text = """mnkr                              2020       2021       2022
Verksamhetens intäkter           270,6      281,9      252,7
Verksamhetens kostnader       -1 329,0   -1 381,2   -1 361,3
Avskrivningar                    -27,8      -28,1      -31,3
Verksamhetens nettokostnader  -1 086,2   -1 127,4   -1 139,9
Skatteintäkter                   805,1      861,9      827,2
Statsbidrag                      305,4      326,6      318,0
Verksamhetens resultat            24,3       61,1        5,3
"""
    table = understood(text)
    assert [row for row, _ in table.parts_of(6)] == [3, 4, 5]
    assert faults_of(table) == []


def test_rounding_is_no_fault() -> None:
    assert faults_of(understood(NET_TABLE.replace("-755 758", "-755 757").replace("-15 383", "-15 382"))) == []


def test_shares_do_not_add() -> None:
    text = """                     2021     2022     2023
Nöjda, procent       81,0     82,0     84,0
Trygga, procent      71,0     70,0     69,0
Totalt, procent      76,0     77,0     76,0
"""
    assert faults_of(understood(text)) == []


@pytest.mark.parametrize(
    ("printed", "right", "slip"),
    [
        (8100, -8100, Slip.SIGN),
        (240000, 24000, Slip.SCALE),
        (32, 32281, Slip.SCALE),
        (6857, 6587, Slip.DIGIT),
        (6587, 6687, Slip.DIGIT),
        (794290, 783076, Slip.OTHER),
    ],
)
def test_how_a_figure_went_wrong(printed: int, right: int, slip: Slip) -> None:
    assert slip_of(printed, right) is slip


CASH = """Kassaflöde, mnkr
                                        2023    2024    2025
Årets resultat                            59      42      58
Avskrivningar                             30      25      55
{rest}Kassaflöde från verksamheten              89      67     113

Årets kassaflöde                          46     -37      51
Likvida medel vid årets början            63     100     133
Likvida medel vid årets slut             109      63    {closing}
"""


def test_what_there_was_and_what_came_make_what_there_is() -> None:
    assert faults_of(understood(CASH.format(rest="", closing=" 184"))) == []
    table, fault = only_fault(CASH.format(rest="", closing="-184"))
    assert (table.roles[-1], fault.right, fault.slip) == (Role.CLOSING, 184, Slip.SIGN)


def test_an_empty_row_above_a_total_is_no_heading_that_parts_it_from_its_rows() -> None:
    def unproved(text: str) -> int:
        return len(understood(text).unproved)

    right = CASH.format(rest="Jämförelsestörande poster\n", closing=" 184")
    wrong = right.replace("Avskrivningar ", "Nedskrivningar").replace("  30      25      55", " 310     205     505")
    assert unproved(right) == 0 < unproved(wrong)


def test_a_total_of_totals_is_found_where_their_own_rows_tell_nothing() -> None:
    text = """Kassaflöde, mnkr
                                        2023    2024    2025
Kassaflöde från verksamheten              89      67     113
Investeringar                           -999    -888    -777
Kassaflöde från investeringar            -81    -106    -236
Nya lån                                  444     555     666
Kassaflöde från finansiering              38       2     174
Årets kassaflöde                          46     -37      51
"""
    assert understood(text).parts_of(5) == ((0, 1), (2, 1), (4, 1))
