"""The report audit on an own edition: it reads every block of the frozen document and says what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from uppsikt.checks.reading.structured import Grid, Head, Paragraph
from uppsikt.reports.document import (
    Block,
    Callout,
    Decision,
    Document,
    Heading,
    ListBlock,
    Metadata,
    NumberCell,
    RowLook,
    StatementBlock,
    Table,
    TableColumn,
    TableRow,
    TextRun,
    plain,
    sealed,
)
from uppsikt.reports.document import (
    Paragraph as OwnParagraph,
)
from uppsikt.reports.editions import document_file
from uppsikt.reports.proofreading import elements_of, proofread

METADATA = Metadata(
    *("ks-delar2-2022", "Delårsrapport 2022", "", "Exempelköping", "Kommunstyrelsen", "delar2-2022", "Delår 2 2022"),
    *(date(2022, 8, 31), date(2022, 10, 4), "1", "sv"),
)
RIGHT = {
    "Skola": (-1000, -1100, -1200, -100),
    "Vård": (-2000, -2100, -2050, 50),
    "Kultur": (-300, -310, -305, 5),
    "Nettokostnad": (-3300, -3510, -3555, -45),
}


def paragraph(text: str) -> OwnParagraph:
    return OwnParagraph((TextRun(text),))


def statement(rows: Mapping[str, tuple[int, ...]]) -> StatementBlock:
    columns = ("Bokslut 2021", "Budget 2022", "Prognos 2022", "Avvikelse")
    made = tuple(
        TableRow(
            label,
            label,
            tuple(NumberCell(f"{value:,}".replace(",", "\u202f").replace("-", "−"), Decimal(value)) for value in row),
            RowLook.TOTAL if label == "Nettokostnad" else RowLook.NORMAL,
        )
        for label, row in rows.items()
    )
    table = Table(
        "netto",
        "Tabell 1",
        (TextRun("Nettoredovisning"),),
        "Post",
        tuple(TableColumn(text, text) for text in columns),
        made,
        "tkr",
        ((TextRun("Belopp i tkr."),),),
    )
    return StatementBlock(table, "netto")


def document(*blocks: Block) -> Document:
    return sealed(METADATA, tuple(blocks), ())


def said(*blocks: Block) -> list[tuple[str, str]]:
    return [(one.code, str(one.facts["rule"])) for one in proofread(document_file(document(*blocks)), "Delår")]


def test_a_statement_that_adds_up_is_silent() -> None:
    assert [one for one in said(Heading(1, "1", "Ekonomi", "e"), statement(RIGHT)) if one[0] == "R055"] == []


def test_a_cell_that_two_relations_contradict_is_refused() -> None:
    wrong = RIGHT | {"Nettokostnad": (-3300, -3510, -3565, -45)}
    assert ("R055", "K002") in said(Heading(1, "1", "Ekonomi", "e"), statement(wrong))


def test_a_sentence_against_its_own_word_is_doubted_or_refused() -> None:
    rules = [rule for _, rule in said(paragraph("Kommunledningen visar en positiv avvikelse med -6,6 mnkr."))]
    assert "K044" in rules


def test_every_kind_of_block_is_read() -> None:
    blocks = (
        Heading(2, "2.1", "Personal", "p"),
        paragraph("Ett."),
        ListBlock(((paragraph("Två."), ListBlock(((paragraph("Tre."),),))),)),
        Callout("Fyra", (paragraph("Fem."),)),
        Decision(((paragraph("Sex."),),), (paragraph("Sju."),)),
        statement(RIGHT),
    )
    elements = list(elements_of(plain(document(*blocks))))  # type: ignore[arg-type]
    assert Head("2.1 Personal", 2) in elements
    texts = [(one.text, one.is_item) for one in elements if isinstance(one, Paragraph)]
    assert texts == [
        ("Ett.", False),
        ("Två. Tre.", True),
        ("Fyra", False),
        ("Fem.", False),
        ("Sju.", False),
        ("Sex.", True),
        ("Belopp i tkr.", False),
    ]
    (grid,) = (one for one in elements if isinstance(one, Grid))
    assert grid.caption == "Tabell 1 Nettoredovisning, tkr"
    assert [cell.text for cell in grid.rows[1]] == ["Skola", "−1\u202f000", "−1\u202f100", "−1\u202f200", "−100"]


def test_the_place_is_told_by_the_words_around_it() -> None:
    wrong = RIGHT | {"Nettokostnad": (-3300, -3510, -3565, -45)}
    (finding, *_) = proofread(document_file(document(statement(wrong))), "Delår 2")
    assert str(finding.at) == "Delår 2"
    assert "−3\u202f565" in str(finding.facts["where"]).replace(" ", "\u202f")
