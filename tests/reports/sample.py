"""A small municipality's figures without an engine, and a small report that uses every kind of block."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from uppsikt.core.formats import View
from uppsikt.core.language import Text
from uppsikt.figures.model import (
    Cell,
    Column,
    ColumnKind,
    Contribution,
    Figure,
    Parameters,
    RoundFacts,
    Row,
    RowStyle,
    StatementResult,
)
from uppsikt.reports.facts import Fact, number_of

ROUND = RoundFacts("delar2-2022", "Delår 2 2022", 2022, date(2022, 8, 31))
COLUMNS = (
    ("utfall-foregaende", "Utfall 2021-08-31", ColumnKind.MONEY),
    ("utfall", "Utfall 2022-08-31", ColumnKind.MONEY),
    ("bokslut-foregaende", "Bokslut 2021", ColumnKind.MONEY),
    ("budget", "Budget 2022", ColumnKind.MONEY),
    ("prognos", "Prognos 2022", ColumnKind.MONEY),
    ("avvikelse-foregaende", "Avvikelse delår 1", ColumnKind.DEVIATION),
    ("avvikelse", "Avvikelse delår 2", ColumnKind.DEVIATION),
)
NET = (
    (
        "kommungemensamt",
        "Kommungemensamt",
        RowStyle.NORMAL,
        (-200408, -176302, -288668, -253267, -248986, 4985, 4281),
    ),
    ("statsbidrag", "Statsbidrag", RowStyle.NORMAL, (56290, 38402, -2146, 32100, 24000, -8100, -8100)),
    (
        "politisk-kommunledning",
        "Politisk kommunledning",
        RowStyle.NORMAL,
        (-28231, -26020, -32281, -45553, -38966, 6079, 6587),
    ),
    (
        "kommunstyrelseforvaltningen",
        "Kommunstyrelseförvaltningen",
        RowStyle.NORMAL,
        (-262878, -289521, -459981, -473655, -491806, -23003, -18151),
    ),
    ("nettokostnad", "Nettokostnad", RowStyle.TOTAL, (-435227, -453441, -783076, -740375, -755758, -20039, -15383)),
    (
        "varav-myndighet",
        "Myndighetsavdelningen och centralt skolstöd",
        RowStyle.MEMO,
        (-278, -17150, None, 0, 0, 0, 0),
    ),
)
UNITS = (
    ("41", "Kommundirektör och stab", RowStyle.NORMAL, (-30100, -29800, -45000, -46000, -46000, 0, 0)),
    ("42", "Centralt stöd", RowStyle.NORMAL, (-180300, -199700, -300000, -310000, -317610, -9000, -7610)),
    ("43", "Myndighetsverksamheten", RowStyle.NORMAL, (0, 0, 0, 0, 0, 0, 0)),
    (
        "44",
        "Stödjande och förebyggande verksamhet",
        RowStyle.NORMAL,
        (-20000, -21000, -33000, -34000, -34040, 0, -40),
    ),
    ("45", "Förvaltningsövergripande nivå", RowStyle.NORMAL, (-5000, -6000, -9000, -9000, -19501, -14003, -10501)),
)
STATEMENTS = {
    ("nettoredovisning", None): ("Nettoredovisning", NET),
    ("enheter", "40"): ("Enheter", UNITS),
}


class SampleSource:
    """A figure source that holds its tables, and counts what it is asked."""

    content_hash = "d" * 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def round_facts(self, key: str) -> RoundFacts:
        if key != ROUND.key:
            raise LookupError(key)
        return ROUND

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        self.asked.append(f"{key}:{unit}@{round_key}")
        self.round_facts(round_key)
        title, rows = STATEMENTS[key, unit]
        return result(key, unit, title, rows)

    def figure(self, address: str) -> Figure:
        self.asked.append(address)
        where, _, _ = address.partition("@")
        statement_key, row, column = where.split("/")
        key, _, unit = statement_key.partition(":")
        statement = self.statement(key, unit or None, ROUND.key)
        cell = statement.cell(row, column)
        origin = Contribution("f" * 64, "huvudbok-2022.se", "actual", 412, cell.amount_ore or 0)
        period = Text("januari–augusti 2022", "January–August 2022")
        empty = Text("", "")
        return Figure(address, Text(row, row), cell, statement.view, period, ROUND.cut_off, empty, empty, (origin,))


def result(
    key: str,
    unit: str | None,
    title: str,
    rows: tuple[tuple[str, str, RowStyle, tuple[int | None, ...]], ...],
    columns: tuple[tuple[str, str, ColumnKind], ...] = COLUMNS,
) -> StatementResult:
    """A statement of tkr as printed (net cost negative), stored as booked."""
    cells: Mapping[tuple[str, str], Cell] = {
        (row, column): Cell(None if value is None else -value * 100_000)
        for row, _, _, values in rows
        for (column, _, _), value in zip(columns, values, strict=True)
    }
    return StatementResult(
        key,
        Text(title, title),
        View(),
        Parameters(ROUND, unit),
        tuple(Row(row, Text(label, label), style) for row, label, style, _ in rows),
        tuple(Column(column, Text(label, label), kind) for column, label, kind in columns),
        cells,
    )


def fact(key: str, label: str, value: str, unit: str = "", decimals: int = 0, claims: str = "") -> Fact:
    """A fact with a source."""
    return Fact(key, label, value, unit, decimals, "2022", "Insikt 2021", "s. 4", claims, number_of(value))


FACTS = {
    one.key: one
    for one in (
        fact("nki", "NKI", "77", "", 0),
        fact("sjuk-t", "Sjukfrånvaro, totalt", "4.4", "%", 1),
        fact("sjuk-k", "Sjukfrånvaro, kvinnor", "5.1", "%", 1),
        fact("sjuk-m", "Sjukfrånvaro, män", "2.2", "%", 1),
        fact("mal", "Mål", "Minska"),
        fact(
            "bokslut-2021",
            "Nettokostnad 2021",
            "-794290",
            "tkr",
            0,
            claims="nettoredovisning/nettokostnad/bokslut-foregaende",
        ),
    )
}

RECIPE = """\
key: ks-delar2-2022
title: Delårsrapport med prognos 2
subtitle: Kommunstyrelsens egen verksamhet
municipality: Örebro kommun
committee: Kommunstyrelsen
unit: KS
round: delar2-2022
author: Kommundirektören
diary_number: Ks 1034/2022
date: 2022-10-04
parts: [01-beslut.md, 02-ekonomi.md]
statements:
  nettoredovisning:
    caption: Nettoredovisning per verksamhet
    note: Bokslut 2021 är inte omräknat till ny organisation.
  enheter:
    unit: "40"
    caption: Förvaltningens enheter
    columns: [budget, prognos, avvikelse]
charts:
  avvikelse-per-enhet:
    kind: deviation
    statement: enheter
    unit: "40"
    unit_of_measure: mnkr
    caption: Prognosens avvikelse mot budget per enhet
  bro:
    kind: bridge
    statement: nettoredovisning
    total: nettokostnad
    caption: Från budget till prognos
figures:
  kommungemensamt-inkl-statsbidrag:
    sum: [nettoredovisning/kommungemensamt/avvikelse, nettoredovisning/statsbidrag/avvikelse]
    label: Kommungemensamt inklusive statsbidrag
  forbattring:
    difference: [nettoredovisning/nettokostnad/avvikelse, nettoredovisning/nettokostnad/avvikelse-foregaende]
facts:
  hr:
    caption: Indikatorer för kommunstyrelsen som arbetsgivare
    heading: Indikator
    columns: [Totalt, Kvinnor, Män, Mål 2022]
    rows:
      - {label: "Sjukfrånvaro, procent", cells: [fakta/sjuk-t, fakta/sjuk-k, fakta/sjuk-m, Minska]}
      - {label: Nöjd-kund-index, cells: [fakta/nki, "", "", Öka]}
tables:
  iakttagelser:
    caption: Sammanfattande iakttagelser per målområde
    heading: Målområde
    columns: [Positiva iakttagelser, Förbättringsområden]
    rows:
      - label: Örebro i sin fulla kraft
        cells:
          - |
            - Näringslivet är nöjt: {{ fakta/nki }}.
            - Fler företag startas.
          - Fler behöver komma i arbete.
"""

DECISION = """\
# Förslag till beslut

Prognosen för helåret visar ett **{{ nettoredovisning/nettokostnad/avvikelse | word: överskott/underskott }}
på {{ nettoredovisning/nettokostnad/avvikelse | mnkr abs unit }}** mot budget. Det är
{{ forbattring | mnkr abs unit }} {{ forbattring | word: bättre/sämre }} än i förra prognosen.

::: decision
1. Kommunstyrelsen godkänner delårsrapporten för egen verksamhet.
2. Rapporten överlämnas till kommunens uppföljningsprocess 2022.
:::

::: contents
"""

ECONOMY = """\
# Delårsresultat och prognos

## Utfall och prognos

Kommungemensam verksamhet inklusive statsbidrag avviker med
{{ kommungemensamt-inkl-statsbidrag | mnkr signed unit }}. Nöjd-kund-index är [77]{outside: "Insikt 2021"}.

::: statement nettoredovisning
::: chart bro

## Per enhet

::: chart avvikelse-per-enhet
::: statement enheter

- **Centralt stöd** når inte effektiviseringen.
- *Övriga* följer budget:
  - myndighetsverksamheten
  - staben

::: callout Att känna till
Lokalförsörjningen tillkom den 1 juli 2022 enligt Ks 230/2019.
:::

# Arbetsgivaransvar

::: facts hr
::: table iakttagelser
"""


def write_report(folder: Path, **changed: str) -> Path:
    """The sample report in a folder; `recipe`, `decision` and `economy` may be changed."""
    folder.mkdir(exist_ok=True)
    (folder / "report.yaml").write_text(changed.get("recipe", RECIPE), encoding="utf-8")
    (folder / "01-beslut.md").write_text(changed.get("decision", DECISION), encoding="utf-8")
    (folder / "02-ekonomi.md").write_text(changed.get("economy", ECONOMY), encoding="utf-8")
    return folder
