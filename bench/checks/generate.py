"""Reports made by chance, right in every figure: layouts, signs, units and words that real reports vary in.

`python -m bench.checks.generate FOLDER [--reports N]` writes text reports and, with typst installed, PDF.
Amounts are drawn in kronor and rounded each by itself, so sums miss by rounding as they do in print.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, field
from pathlib import Path

UNITS = (
    "Barn- och utbildningsnämnden", "Socialnämnden", "Kultur- och fritidsnämnden", "Tekniska nämnden",
    "Byggnadsnämnden", "Miljönämnden", "Valnämnden", "Överförmyndaren", "Räddningsnämnden",
    "Kommunrevisionen", "Stab och ledning",
    "HR-avdelningen", "Ekonomi", "Digitalisering", "Näringsliv", "Gata och park", "Lokaler", "Kost och städ",
    "Bibliotek", "Förskola", "Grundskola", "Gymnasium", "Äldreomsorg", "Individ- och familjeomsorg",
    "Funktionsstöd", "Vatten och avlopp",
)  # fmt: skip
TOTALS = ("Summa", "Totalt", "Summa nettokostnader", "Nettokostnad", "Summa nämnder", "Totalt verksamheten")
FILLER = (
    "Verksamheten har under perioden bedrivits enligt plan och med god kvalitet.",
    "Kostnaderna har ökat till följd av högre priser, medan intäkterna ligger kvar på förra årets nivå.",
    "Under hösten ses bemanningen över, och en handlingsplan tas fram tillsammans med de fackliga organisationerna.",
    "Sjukfrånvaron har minskat något jämfört med föregående år, vilket förklaras av färre korta perioder.",
    "Arbetet med att anpassa lokalerna fortsätter och väntas vara klart under våren.",
)


@dataclass
class Style:
    """How one report writes its tables."""

    thousandths: int  # kronor in the unit written, in thousands: 1 is tkr, 1000 mnkr
    decimals: int
    minus: str
    thousands: str
    gap: int
    run_together: bool
    unit_words: str
    dash_for_nought: bool


@dataclass
class Line:
    """A row of a table: values in tkr, or none; `depth` sets it in."""

    label: str
    values: list[int | None]
    depth: int = 0
    total: bool = False


@dataclass
class MadeTable:
    """A table as drawn by lot."""

    title: str
    columns: list[str]
    lines: list[Line] = field(default_factory=list)


def style_of(chance: random.Random) -> Style:
    """A house's way of writing."""
    millions = chance.random() < 0.5
    return Style(
        1000 if millions else 1,
        1 if millions else 0,
        chance.choice(["-", "−", "–", "– "] if chance.random() < 0.5 else ["-", "−"]),
        chance.choice([" ", " ", "\u00a0", ""] if not millions else [" ", ""]),
        chance.randint(2, 6),
        chance.random() < 0.3,
        chance.choice(
            ("mnkr", "Belopp i mnkr", "(mkr)", "miljoner kronor") if millions else ("tkr", "Belopp i tkr", "(tkr)")
        ),
        chance.random() < 0.4,
    )


def table_of(chance: random.Random, year: int) -> MadeTable:
    """A table whose rows and columns hang together in kronor."""
    shape = chance.choice(("variance", "variance", "income", "years"))
    columns = {
        "variance": [f"Utfall {year - 1}", f"Utfall {year}", f"Budget {year}", f"Prognos {year}", "Avvikelse"],
        "income": ["Intäkter", "Kostnader", "Netto", f"Budget {year}", "Avvikelse"],
        "years": [f"Bokslut {year - 3}", f"Bokslut {year - 2}", f"Bokslut {year - 1}", f"Budget {year}"],
    }[shape]
    if shape == "variance" and chance.random() < 0.4:
        columns = columns[1:]
    table = MadeTable(
        chance.choice(("Driftredovisning", "Nettoredovisning", "Resultat per verksamhet", "Ekonomisk översikt")),
        columns,
    )
    names = chance.sample(UNITS, chance.randint(4, 12))
    groups = chance.randint(1, 2) if len(names) >= 7 else 1
    grand: list[list[int]] = []
    for number in range(groups):
        members = names[number::groups]
        rows = [_row(chance, shape, len(columns)) for _ in members]
        for name, row in zip(members, rows, strict=True):
            table.lines.append(Line(name, list(row)))
            if chance.random() < 0.12:
                table.lines.append(Line("varav projekt", [value // 7 for value in row], 1))
        total = [sum(row[index] for row in rows) for index in range(len(columns))]
        label = chance.choice(TOTALS) if groups == 1 else f"Summa grupp {number + 1}"
        table.lines.append(Line(label, list(total), 0, True))
        grand.append(total)
    if groups > 1:
        table.lines.append(Line("Totalt", [sum(values) for values in zip(*grand, strict=True)], 0, True))
    return table


def _row(chance: random.Random, shape: str, count: int) -> list[int]:
    size = 10 ** chance.uniform(3.2, 6.2)  # tkr
    base = -size * chance.uniform(0.8, 1.2)
    if shape == "income":
        income, cost = int(size * chance.uniform(0.05, 0.6)), int(base)
        budget = int((income + cost) * chance.uniform(0.95, 1.05))
        return [income, cost, income + cost, budget, income + cost - budget]
    if shape == "years":
        return [int(base * chance.uniform(0.9, 1.1)) for _ in range(count)]
    budget = int(base)
    forecast = budget if chance.random() < 0.15 else int(base * chance.uniform(0.95, 1.05))
    values = [
        int(base * chance.uniform(0.9, 1.0)),
        int(base * chance.uniform(0.6, 0.7)),
        budget,
        forecast,
        forecast - budget,
    ]
    return values[-count:]


def written(value: int | None, style: Style) -> str:
    """A value in the report's way."""
    if value is None:
        return ""
    scaled = round(value / style.thousandths, style.decimals)
    if not scaled and style.dash_for_nought:
        return "–" if style.minus != "–" else "0"
    text = f"{abs(scaled):,.{style.decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", style.thousands)
    return (style.minus if scaled < 0 else "") + text


def as_text(tables: list[MadeTable], style: Style, chance: random.Random, year: int) -> str:
    """The report as plain text, laid out in columns or run together."""
    parts = [f"Delårsrapport {year}\n"]
    for number, table in enumerate(tables, start=1):
        parts.append(f"\n{number} {table.title} {number}\n\n{_filler(chance)}\n\n")
        parts.append(_run_together(table, style) if style.run_together else _laid_out(table, style))
        parts.append(f"\n{_filler(chance)}\n")
    return "".join(parts)


def _filler(chance: random.Random) -> str:
    return "\n".join(chance.sample(FILLER, 3))


def _laid_out(table: MadeTable, style: Style) -> str:
    cells = [[written(value, style) for value in line.values] for line in table.lines]
    widths = [
        max([len(column), *(len(row[index]) for row in cells)]) + style.gap
        for index, column in enumerate(table.columns)
    ]
    margin = max(len(line.label) + 2 * line.depth for line in table.lines)
    head = style.unit_words.ljust(margin) + "".join(
        column.rjust(width) for column, width in zip(table.columns, widths, strict=True)
    )
    lines = [head]
    for line, row in zip(table.lines, cells, strict=True):
        label = ("  " * line.depth + line.label).ljust(margin)
        lines.append(label + "".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    return "\n".join(lines) + "\n"


def _run_together(table: MadeTable, style: Style) -> str:
    lines = [style.unit_words, " ".join(table.columns)]
    lines += [
        " ".join([line.label, *(written(value, style) or "-" for value in line.values)]) for line in table.lines
    ]
    return "\n".join(lines) + "\n"


def as_typst(tables: list[MadeTable], style: Style, chance: random.Random, year: int, pages: int) -> str:
    """The report as typst source: ruled or not, in small or large type, with running lines."""
    ruled = chance.choice(("none", "0.4pt", "(x: none, y: 0.4pt)"))
    size = chance.choice((8, 9, 10))
    footer = f"footer: context [Delårsrapport {year} #h(1fr) #counter(page).display()]"
    parts = [
        f'#set page(paper: "a4", {footer})\n#set text(lang: "sv", size: {size}pt)\n#set heading(numbering: "1.1")\n',
        f"= Sammanfattning\n{_filler(chance)}\n",
    ]
    paragraphs = max(1, 4 * pages // max(len(tables), 1))
    for number, table in enumerate(tables, start=1):
        text = "\n\n".join(_filler(chance) for _ in range(paragraphs))
        parts.append(f"== {table.title} {number}\n{text}\n\n{_typst_table(table, style, chance, ruled)}\n")
    return "".join(parts)


def _typst_table(table: MadeTable, style: Style, chance: random.Random, ruled: str) -> str:
    heads = [column.replace(" ", "\\\n", 1) if chance.random() < 0.5 else column for column in table.columns]
    rows = [
        [f"#h({line.depth}em){line.label}", *(_escaped(written(value, style)) for value in line.values)]
        for line in table.lines
    ]
    cells = "".join("".join(f"[{cell}], " for cell in row) + "\n" for row in rows)
    widths = f"columns: (1fr, {', '.join(['auto'] * len(table.columns))}), stroke: {ruled}"
    align = "align: (x, y) => if x == 0 { left } else { right }"
    header = "".join(f"[{cell}], " for cell in [_escaped(style.unit_words), *heads])
    return f"#table({widths}, {align}, table.header({header}),\n{cells})"


def _escaped(text: str) -> str:
    return text.replace("-", "\\-").replace("*", "\\*")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--tables", type=int, default=6)
    parser.add_argument("--pages", type=int, default=0, help="fill PDF reports with text to about so many pages")
    parser.add_argument("--pdf", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.reports):
        chance = random.Random(number)
        style, year = style_of(chance), chance.randint(2016, 2025)
        tables = [table_of(chance, year) for _ in range(options.tables)]
        if options.pdf:
            import typst

            source = options.folder / f"made{number}.typ"
            source.write_text(as_typst(tables, style, chance, year, options.pages), encoding="utf-8")
            (options.folder / f"made{number}.pdf").write_bytes(typst.compile(source))
            source.unlink()
        else:
            (options.folder / f"made{number}.txt").write_text(as_text(tables, style, chance, year), encoding="utf-8")


if __name__ == "__main__":
    main()
