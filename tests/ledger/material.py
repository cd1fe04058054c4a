"""Small ledger files that a reader of the tests can add up by hand."""

from __future__ import annotations

from pathlib import Path

HEADINGS = "Datum;Serie;Verifikation;Ansvar;Konto;Belopp;Text"
JULY = (
    "2022-07-05;A;1;4220;5010;1000,00;Hyra",
    "2022-07-05;A;1;4220;2440;-1000,00;Hyra",
)
AUGUST = (
    "2022-08-10;A;2;4210;6211;250,50;Telefon",
    "2022-08-10;A;2;;2440;-250,50;Telefon",
    "2022-08-31;B;1;4220;3010;-400,00;Avgift",
    "2022-08-31;B;1;;1510;400,00;Avgift",
)


def write_table(folder: Path, *rows: str, name: str = "bok.csv", headings: str = HEADINGS) -> Path:
    """A CSV file with a heading row."""
    path = folder / name
    path.write_text("\r\n".join([headings, *rows]) + "\r\n", encoding="utf-8")
    return path
