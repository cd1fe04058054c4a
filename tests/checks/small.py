"""Small reports that the tests of outputs share: one with a wrong sum, as text and as a PDF set with typst."""

from __future__ import annotations

from uppsikt.checks.outcome import Outcome
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.running import outcome_of

WRONG_SUM = """2.4 Ekonomi

Tkr                 Bokslut 2021   Budget 2022   Prognos 2022   Avvikelse
Skola                     -1 000        -1 100         -1 200        -100
Vård                      -2 000        -2 100         -2 050          50
Kultur                      -300          -310           -305           5
Nettokostnad              -3 300        -3 510         -3 565         -45
"""
RIGHT_SUM = WRONG_SUM.replace("-3 565         -45", "-3 555         -45")
_ROWS = [line.split("  ") for line in WRONG_SUM.splitlines()[2:]]
ROWS = [[cell.strip() for cell in row if cell.strip()] for row in _ROWS]


def outcome(text: str = WRONG_SUM, path: str = "rapport.txt") -> Outcome:
    """What the audit says of a text."""
    return outcome_of(read_bytes(text.encode(), source=path), path)


def typeset(*, setup: str = "") -> bytes:
    """The report with the wrong sum as a PDF of one page."""
    import typst

    cells = "".join(f"[{cell}]," for row in ROWS for cell in row)
    columns = len(ROWS[0])
    align = "(left, " + "right, " * (columns - 1) + ")"
    source = (
        f'#set page(width: 500pt, height: 400pt, margin: 40pt)\n{setup}\n#set text(size: 10pt, lang: "sv")\n'
        f"= 2.4 Ekonomi\n\n#table(columns: {columns}, align: {align}, stroke: none, {cells})\n"
    )
    made: bytes = typst.compile(source.encode())
    return made
