"""Numbers of notes are no figures: in one column or several, in or out of order, alone on a row."""

from uppsikt.checks.document import Table
from uppsikt.checks.reading.text import read_text


def table(text: str) -> Table:
    (one,) = read_text(text).tables
    return one


def cells(text: str) -> dict[str, list[str]]:
    return {row.label: [cell.text for cell in row.cells if cell] for row in table(text).rows}


def under_each_other(text: str) -> str:
    return "\n\n".join(part for line in text.splitlines() for part in line.split("|"))


TWO_COLUMNS = """Balansräkning

Belopp i mnkr Kommunen Koncernen
Not 12/31/2017 12/31/2016 Not 12/31/2017 12/31/2016
Mark och byggnader 13 521,2 507,7 8 1 444,8 1 450,6
Maskiner 14 30,7 25,9 9 76,4 70,3
Aktier 16 79,8 79,8   30,3 7,8
Summa anläggningstillgångar 631,7 613,4 1 551,5 1 528,7
"""


def test_notes_before_the_figures_of_two_blocks_are_none_of_them() -> None:
    assert cells(TWO_COLUMNS) == {
        "Mark och byggnader 13 8": ["521,2", "507,7", "1 444,8", "1 450,6"],
        "Maskiner 14 9": ["30,7", "25,9", "76,4", "70,3"],
        "Aktier 16": ["79,8", "79,8", "30,3", "7,8"],
        "Summa anläggningstillgångar": ["631,7", "613,4", "1 551,5", "1 528,7"],
    }


def test_without_a_heading_that_says_notes_small_numbers_are_figures() -> None:
    plain = TWO_COLUMNS.replace("Not ", "")
    assert "9" in cells(plain)["Maskiner"]


OUT_OF_ORDER = under_each_other(
    """Kassaflöde|Belopp, mkr|Not|2018|2017|2018|2017|
Årets resultat|16|79|462|181|186
Avskrivningar|3|373|320|599|542
Avsättningar|17
Till pensioner|452|782|780|728
Kassaflöde från verksamheten|904|1 564|1 560|1 456"""
)


def test_notes_in_any_order_stand_under_each_other_with_the_figures() -> None:
    assert cells(OUT_OF_ORDER) == {
        "Årets resultat 16": ["79", "462", "181", "186"],
        "Avskrivningar 3": ["373", "320", "599", "542"],
        "Avsättningar 17": [],
        "Till pensioner": ["452", "782", "780", "728"],
        "Kassaflöde från verksamheten": ["904", "1 564", "1 560", "1 456"],
    }


def test_a_rows_last_cell_and_the_next_rows_label_are_parted_where_extraction_ran_them_together() -> None:
    stuck = OUT_OF_ORDER.replace("542\n\nAvsättningar", "542Avsättningar")
    assert stuck != OUT_OF_ORDER
    assert cells(stuck) == cells(OUT_OF_ORDER)


def test_a_note_of_a_letter_and_a_number_is_a_note() -> None:
    lettered = OUT_OF_ORDER.replace("\n3\n", "\nM22\n")
    assert cells(lettered)["Avskrivningar M22"] == ["373", "320", "599", "542"]


LONG = "Kassaflöde från den löpande verksamheten före förändringar av rörelsekapitalet"


def test_a_long_name_before_amounts_is_a_row_and_a_long_sentence_before_years_is_none() -> None:
    rows = f"Tkr 2020 2019\nRörelseresultat 4 474 -5 436\nRänta 64 1 125\n{LONG} 4 538 -4 311\nBetald skatt 38 974\n"
    assert cells(rows)[LONG] == ["4 538", "-4 311"]
    said = rows.replace(f"{LONG} 4 538 -4 311", f"{LONG} jämförs här för åren 2020 2019")
    assert LONG not in cells(said)
