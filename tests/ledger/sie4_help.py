"""What the SIE 4 tests share: reading bytes as a file, and postings as plain rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from uppsikt.core.findings import Severity
from uppsikt.ledger.readers.base import LedgerFile, ObjectList
from uppsikt.ledger.readers.sie4 import read_sie4

FIXTURES = Path(__file__).parent / "fixtures" / "sie4"
HEADER = '#FLAGGA 0\n#SIETYP 4\n#FORMAT PC8\n#FNAMN "Kommunen"\n#RAR 0 20240101 20241231\n'
CHART = '#KONTO 1930 "Bank"\n#KONTO 4010 "Inköp"\n#KONTO 3010 "Avgifter"\n'


class PlainRow(NamedTuple):
    account: str
    objects: ObjectList
    series: str
    number: str
    voucher_date: date
    voucher_text: str
    text: str
    day: date
    ore: int
    line: int


def read_bytes(folder: Path, content: bytes, name: str = "fil.se", **options: object) -> LedgerFile:
    """The file, read to its end."""
    path = folder / name
    path.write_bytes(content)
    ledger = read_sie4(path, **options)  # type: ignore[arg-type]
    ledger.blocks = iter(list(ledger.blocks))
    return ledger


def read_text(folder: Path, text: str, name: str = "fil.se", **options: object) -> LedgerFile:
    return read_bytes(folder, text.encode("cp437"), name, **options)


def rows_of(ledger: LedgerFile) -> list[PlainRow]:
    """Every posting, decoded. Empties the ledger's blocks."""
    rows = []
    for block in ledger.blocks:
        for index in range(len(block)):
            voucher = block.vouchers[int(block.voucher_index[index])]
            rows.append(
                PlainRow(
                    block.accounts[int(block.account_index[index])],
                    block.object_lists[int(block.object_index[index])],
                    voucher.series,
                    voucher.number,
                    voucher.date,
                    voucher.text,
                    block.texts[int(block.text_index[index])],
                    block.dates[index].item(),
                    int(block.amounts_ore[index]),
                    int(block.lines[index]),
                )
            )
    return rows


def codes_of(ledger: LedgerFile) -> set[str]:
    return {finding.code for finding in ledger.findings}


def errors_of(ledger: LedgerFile) -> set[str]:
    return {finding.code for finding in ledger.findings if finding.severity is Severity.ERROR}


def voucher(*rows: str, head: str = '#VER A 1 20240315 "Faktura"') -> str:
    return "\n".join([head, "{", *rows, "}"]) + "\n"
