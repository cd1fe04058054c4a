"""Tables, headings and passages from plain text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.checks.document import Document, Table
from uppsikt.checks.numbers import Unit
from uppsikt.checks.reading import Unreadable, read_bytes
from uppsikt.checks.reading.text import read_text

RUN_TOGETHER = """Nettoredovisning
Utfall

210831 Utfall 220831
Bokslut

2021
Budget

2022
Prognos

2022
Avvikelse

delår 2
Belopp i tkr

Kommungemensamt -200 408 -176 302 -288 668 -253 267 -248 986 4 281
statsbidrag 56 290 38 402 -2 146 32 100 24 000 -8 100
Politisk kommunledning -28 231 -26 020 -32 281 -45 553 -38 966 6 587
Nettokostnad -172 349 -163 920 -323 095 -266 720 -263 952 2 768
"""


def only_table(document: Document) -> Table:
    (table,) = document.tables
    return table


def figures(table: Table) -> list[list[str | None]]:
    return [[str(cell.number.value) if cell and cell.number else None for cell in row.cells] for row in table.rows]


def test_columns_that_run_together_are_told_by_headings_and_arithmetic() -> None:
    table = only_table(read_text(RUN_TOGETHER))
    assert [column.heading for column in table.columns] == [
        "Utfall 210831",
        "Utfall 220831",
        "Bokslut 2021",
        "Budget 2022",
        "Prognos 2022",
        "Avvikelse delår 2",
    ]
    assert figures(table)[1] == ["56290", "38402", "-2146", "32100", "24000", "-8100"]
    assert table.unit is Unit.THOUSANDS
    assert table.title.startswith("Nettoredovisning")


def test_figures_under_each_other_make_a_row() -> None:
    text = "mnkr Intäkter 2021Kostnader 2021Netto 2021\n" + "\n".join(
        f"{name}\n\n{income}\n\n{cost}\n\n{net}\n"
        for name, income, cost, net in (
            ("Ledning", "18,3", "-79,4", "-61,1"),
            ("Kultur", "6,6", "-60,1", "-53,5"),
            ("Kommunservice", "158,1", "-182,8", "-24,7"),
        )
    )
    table = only_table(read_text(text))
    assert [row.label for row in table.rows] == ["Ledning", "Kultur", "Kommunservice"]
    assert figures(table)[2] == ["158.1", "-182.8", "-24.7"]


def test_a_note_number_belongs_to_the_label() -> None:
    text = (
        "(mnkr) Not Bokslut 2020 Bokslut 2021\nSkatteintäkter\n6 805,1 861,9\nStatsbidrag 7 305,4 326,6\n"
        "Finansiella kostnader 9 – 5,3 – 0,6\n"
    )
    assert figures(only_table(read_text(text))) == [["805.1", "861.9"], ["305.4", "326.6"], ["-5.3", "-0.6"]]


def test_a_labels_own_number_is_not_part_of_the_figure() -> None:
    text = "Utfall 2021 Budget 2021 Prognos 2021 Avvikelse\n" + "\n".join(
        (
            "Kultur -343,6 -500,1 -510,3 -10,2",
            "Fritid -168,7 -300,0 -298,5 1,5",
            "Summa grupp 1 -512,3 -800,1 -808,8 -8,7",
            "Skola 412,0 600,5 590,5 -10,0",
            "Lokaler 100,3 210,4 215,4 5,0",
            "Summa grupp 2 512,3 810,9 805,9 -5,0",
        )
    )
    table = only_table(read_text(text))
    assert table.rows[5].label == "Summa grupp 2"
    assert figures(table)[5] == ["512.3", "810.9", "805.9", "-5.0"]


def test_a_label_broken_over_lines_is_one() -> None:
    text = """                       2025     2024
Digital                -776,9   -719,1
infrastruktur
Kommunikation,          -88,3    -64,6
ledning och
styrning
Kommuninterna
                          0,0      0,0
bidrag
"""
    labels = [row.label for row in only_table(read_text(text)).rows]
    assert labels == ["Digital infrastruktur", "Kommunikation, ledning och styrning", "Kommuninterna bidrag"]


def test_a_table_goes_on_over_a_page() -> None:
    page = "Årsrapport nämnder 2025                                      {} (40)\n"
    rows = "Ekonomi                 -53,7    -58,1     4,4\nHR                     -129,9   -137,6     7,7\n"
    text = "".join(page.format(number) for number in (1, 2))
    text += "                       Utfall   Budget   Avvikelse\n" + rows + page.format(3) + rows + page.format(4)
    document = read_text(text)
    assert len(only_table(document).rows) == 4
    assert [one.text.split()[-2] for one in document.running] == ["1", "2", "3", "4"]


def test_an_empty_line_in_a_sentence_does_not_cut_it() -> None:
    (passage,) = read_text("• Kommunikationsinsatser har gjorts för att \n\ntydliggöra arbetet.\n").passages
    assert passage.text == "Kommunikationsinsatser har gjorts för att tydliggöra arbetet."
    assert passage.bullet == "•"


def test_dotted_contents_are_no_headings() -> None:
    text = (
        "Innehåll\n1 Förslag till beslut ... 3\n2 Ekonomi ........ 4\n\n1 Förslag till beslut\n\nNämnden föreslår.\n"
    )
    assert [heading.number for heading in read_text(text).headings if heading.number] == ["1"]


def test_prose_with_figures_is_no_table() -> None:
    text = (
        "Resultatet blev 462 mkr (143 mkr), en förbättring med 319 mkr.\nKostnaderna ökade med 282 mkr eller 6,9 %.\n"
    )
    assert list(read_text(text).tables) == []


def test_every_cell_points_at_its_own_characters() -> None:
    document = read_text(RUN_TOGETHER)
    for row in only_table(document).rows:
        for cell in row.cells:
            assert cell is None or document.text_at(cell.span) == cell.text


@pytest.mark.parametrize("data", [b"", b"   \n", bytes(range(1, 9)) * 200])
def test_what_is_no_text_is_refused_with_a_finding(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bytes(data, source="rapport.txt")
    assert refused.value.finding.code == "K090"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    document = read_bytes("Förslag till beslut\n\nNämnden föreslår höjd ram.\n".encode(encoding))
    assert "Nämnden föreslår" in document.lines[2].text


def test_a_decimal_table_keeps_its_decimals() -> None:
    table = only_table(read_text(RUN_TOGETHER.replace(" 281\n", " 281\n")))
    number = table.rows[0].cells[5].number if table.rows[0].cells[5] else None
    assert number is not None
    assert number.value == Decimal(4281)


def test_cells_run_together_are_cut_by_the_tables_own_difference() -> None:
    rows = ("Servicenämnd673235", "Kommunstyrelse966531", "Ekonomiskt bistånd-11-10-1", "Övriga nämnder1284")
    text = "BokslutDelårsrapp jan-augAvvikelse\n" + "\n".join(rows) + "\n"
    table = only_table(read_text(text))
    assert figures(table) == [["67", "32", "35"], ["96", "65", "31"], ["-11", "-10", "-1"], ["12", "8", "4"]]
    assert table.rows[0].label == "Servicenämnd"


def test_notes_are_numbered_from_the_top_and_amounts_are_not() -> None:
    text = """Belopp i mnkr Not 2018 2019
Verksamhetens intäkter 1 10 932 11 397
Verksamhetens kostnader 2, 3, 17 -39 658 -41 140
Avskrivningar 4,5 -1 490 -1 639
Verksamhetens nettokostnader
-30 216 -31 382
Skatteintäkter 6 31 295 32 467
Verksamhetens resultat
1 079 1 085
Extraordinära poster
- -
"""
    table = only_table(read_text(text))
    assert figures(table)[5] == ["1079", "1085"]
    assert figures(table)[1] == ["-39658", "-41140"]
    assert table.rows[6].label == "Extraordinära poster"
    assert [cell.text for cell in table.rows[6].cells if cell] == ["-", "-"]


def test_a_share_in_a_label_does_not_make_the_row_a_share() -> None:
    text = "mnkr          2014   2015\nHemlöshet (75 %)   -84   -51\nAndel nöjda, %      81    83\n"
    units = [
        row.cells[0].number.unit for row in only_table(read_text(text)).rows if row.cells[0] and row.cells[0].number
    ]
    assert units == [Unit.MILLIONS, Unit.PERCENT]


def test_cells_under_each_other_stay_one_table_over_many_empty_lines() -> None:
    rows = (("Intäkter", "100", "110"), ("Kostnader", "-80", "-85"), ("Netto", "20", "25"), ("Ränta", "5", "6"))
    text = "Utfall\n\n2023\n\nBudget\n\n2024\n\n"
    for label, first, second in rows:
        text += f"{label}\n\n{first}\n\n{second}\n\n" + ("\n" * 6 if label == "Netto" else "")
    (table,) = read_text(text).tables
    assert [row.label for row in table.rows] == ["Intäkter", "Kostnader", "Netto", "Ränta"]


def test_a_large_figure_under_others_is_one_cell_and_leaves_the_table_whole() -> None:
    labels = ("Kultur", "Skola", "Fritid", "Vård")
    rows = [cell for label in labels for cell in (label, "305,8", "-412,0", "-106,2")]
    text = "\n\n".join(["mnkr Intäkter 2020Kostnader 2020Netto 2020", *rows, "Summa", "28 190,0", "-412,0", "-106,2"])
    (table,) = read_text(text).tables
    assert [row.label for row in table.rows] == [*labels, "Summa"]
    assert [cell.text if cell else None for cell in table.rows[-1].cells] == ["28 190,0", "-412,0", "-106,2"]


def test_a_text_on_one_line_is_read_in_stretches_and_every_word_keeps_its_place() -> None:
    text = "Underskottet är 3,4 mnkr i år. " * 2_000
    document = read_text(text)
    passages = list(document.passages)
    assert len(passages) > 1
    assert " ".join(one.text for one in passages) == text.strip()
    (span,) = passages[1].spans(0, 12)
    assert document.text_at(span) == passages[1].text[:12]
