"""Seven stops from a row of a SIE file to the sentence in the report (docs/explanation/the-house.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from uppsikt.adoption.reading import figure_at, figure_desk, statement
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import import_register
from uppsikt.core.formats import Unit
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.readers.sie4 import read_sie4
from uppsikt.ledger.selectors import active_batches
from uppsikt.ledger.services import import_file
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.services import create_round
from uppsikt.reports.compose import compose

HOUSE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "the-house.md"
DAY = date(2022, 9, 1)

FILE = """#FLAGGA 0
#PROGRAM "Huvudboken" 1
#FORMAT PC8
#GEN 20220901
#SIETYP 4
#FNAMN "Kommunen"
#RAR 0 20220101 20221231
#DIM 1 "Ansvar"
#OBJEKT 1 "4220" "Ekonomiavdelningen"
#KONTO 5010 "Loner"
#KONTO 1930 "Bank"
#VER "A" "1" 20220825 "Loner augusti"
{
#TRANS 5010 {1 "4220"} 41250.00
#TRANS 1930 {} -41250.00
}
"""
UNITS = "code;name;kind;parent\nKS;Kommunstyrelsen;committee;\n4220;Ekonomiavdelningen;unit;KS\n"
ACCOUNTS = (
    "code;name;kind;parent\n5;Personal;class;\n5010;Löner;account;5\n1;Tillgångar;class;\n1930;Bank;account;1\n"
)
RECIPE = """key: gang
title: Gången
municipality: Kommunen
committee: KS
round: augusti
parts: [text.md]
lineage: false
"""


@pytest.mark.django_db
def test_a_krona_walks_from_the_file_to_the_sentence(local: Actor, tmp_path: Path) -> None:
    for dimension, content in (("unit", UNITS), ("account", ACCOUNTS)):
        import_register(actor=local, dimension=dimension, content=content.encode(), name="r.csv", as_of=DAY)
    # 1 a row of a file
    path = tmp_path / "augusti.se"
    path.write_text(FILE, encoding="cp437")
    # 2 the reader turns the format into a block
    ledger = read_sie4(path)
    (block,) = list(ledger.blocks)
    assert list(block.amounts_ore) == [4_125_000, -4_125_000]
    # 3 and 4 the profile makes it a posting in an immutable batch
    import_file(actor=local, path=path, profile=built_in()["sie"], as_of=DAY, known=code_plan())
    (file,) = (batch.posting_file for batch in active_batches())
    posting = duckdb.sql(f"SELECT unit, account, amount_ore, line FROM '{file}' WHERE unit = '4220'").fetchall()
    assert posting == [("4220", "5010", 4_125_000, 14)]
    # 5 one question sums every cell
    cut_off = date(2022, 8, 31)
    create_round(
        actor=local,
        key="augusti",
        name="Augusti",
        kind=RoundKind.MONTH,
        year=2022,
        cut_off=cut_off,
        deadline=DAY,
        as_of=DAY,
    )
    result = statement("nettoredovisning", "augusti")
    # 6 a figure with its way back
    figure = figure_at("nettoredovisning/nettokostnad/utfall@augusti")
    assert figure.cell == result.cell("nettokostnad", "utfall")
    assert [(source.label, source.amount_ore) for source in figure.sources] == [("augusti.se", 4_125_000)]
    # 7 the sentence
    folder = tmp_path / "rapport"
    folder.mkdir()
    (folder / "report.yaml").write_text(RECIPE)
    (folder / "text.md").write_text(
        "# Läget\n\nKostnaden är {{ nettoredovisning/nettokostnad/utfall | kr abs unit }}.\n"
    )
    with figure_desk() as desk:
        document, findings = compose(folder, desk, {})
    assert findings == []
    assert document is not None
    assert f"41\u202f250\u00a0{Unit.KR}" in repr(document).replace("\\u202f", "\u202f").replace("\\xa0", "\u00a0")


def test_the_page_names_files_that_are_there() -> None:
    links = [part.split(")")[0] for part in HOUSE.read_text().split("](")[1:]]
    local = [link for link in links if not link.startswith("http")]
    assert local
    assert [link for link in local if not (HOUSE.parent / link).exists()] == []
