"""Which numbers in prose are figures typed by hand, and which are not figures."""

import pytest

from uppsikt.reports.handtyped import hand_typed_numbers


def typed(text: str) -> list[str]:
    return [number.text for number in hand_typed_numbers(text)]


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("ett underskott på 15,4 mnkr", ["15,4 mnkr"]),
        ("-15,4 mnkr", ["-15,4 mnkr"]),
        ("– 23 mnkr", ["– 23 mnkr"]),
        ("−18 151 tkr", ["−18 151 tkr"]),
        ("−18\u202f151 tkr", ["−18\u202f151 tkr"]),
        ("6, 6 mnkr", ["6, 6 mnkr"]),
        ("1,3 Mkr och 800 tkr", ["1,3 Mkr", "800 tkr"]),
        ("1.400 kronor", ["1.400 kronor"]),
        ("ca 19 mnkr, varav 7", ["19 mnkr", "7"]),
        ("NKI är 77", ["77"]),
        ("sjukfrånvaron är 4,4 %", ["4,4 %"]),
        ("3 av 4 gick i pension", ["3", "4"]),
        ("17 objekt", ["17"]),
        ("2 022 personer", ["2 022 personer"]),
        ("2022 kr per invånare", ["2022 kr"]),
        ("minskade med 12 procent 2021", ["12 procent"]),
    ],
)
def test_a_figure_is_found_however_it_is_written(prose: str, numbers: list[str]) -> None:
    assert typed(prose) == numbers


@pytest.mark.parametrize(
    "prose",
    [
        "den 31 augusti 2022",
        "per 2022-08-31 och 220831",
        "från 1 juli och 30/6",
        "under 2019–2021, läsåret 2021/22",
        "år 2022, 2023.",
        "enligt 11 kap. 16 § kommunallagen (2017:725)",
        "enligt § 12 och §§ 3–5, 4 a §",
        "KL 11:16",
        "beslut Ks 230/2019, dnr 1034/2022",
        "delår 2 och prognos 2",
        "Tabell 3, avsnitt 2.1 och bilaga 2",
        "kontogrupp 6A Lokalhyror, konto 4210",
        "covid-19 och R17",
        "kl. 13.30",
        "Agenda 2030",
        "https://example.se/2022/77",
        "den 1–15 september",
    ],
)
def test_what_is_not_a_figure_is_left_alone(prose: str) -> None:
    assert typed(prose) == []


def test_size_and_unit_are_read_so_that_the_figure_can_be_looked_for() -> None:
    (number,) = hand_typed_numbers("underskott: −1 015,4 mnkr.")
    assert (str(number.size), number.unit) == ("1015.4", "mnkr")
