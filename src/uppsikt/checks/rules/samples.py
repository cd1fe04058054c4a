"""Small reports that rules are shown on. Tables as in a nämnd's interim report."""

from __future__ import annotations

NET_TABLE = """Nettoredovisning
Belopp i tkr                  Utfall 2021  Utfall 2022  Bokslut 2021  Budget 2022  Prognos 2022  Avvikelse
Kommungemensamt                  -200 408     -176 302      -288 668     -253 267      -248 986      4 281
statsbidrag                        56 290       38 402        -2 146       32 100        24 000     -8 100
Politisk kommunledning            -28 231      -26 020       -32 281      -45 553       -38 966      6 587
Förvaltning                      -262 878     -289 521      -459 981     -473 655      -491 806    -18 151
Nettokostnad                     -435 227     -453 441      -783 076     -740 375      -755 758    -15 383
"""

PROSE_REPORT = (
    """Den sammanställda budgetavvikelsen är negativ och uppgår till totalt -15,4 mnkr. Politisk kommunledning
visar en positiv avvikelse med 6,6 mnkr. Inom statsbidrag är avvikelsen negativ, -8,1 mnkr. Förvaltningen beräknas
få en negativ budgetavvikelse på -18,2 mnkr.

"""
    + NET_TABLE
)


def changed(text: str, old: str, new: str) -> str:
    """The sample with one thing changed; raises ValueError where it isn't there."""
    if old not in text:
        raise ValueError(old)
    return text.replace(old, new, 1)


def without_line(text: str, begins: str) -> str:
    """The sample without the line that begins so; raises ValueError where it isn't there."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(begins)]
    if len(kept) == len(lines):
        raise ValueError(begins)
    return "".join(kept)
