"""Rules K025–K026: footnote marks without a note, and tables that the text speaks of but nobody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uppsikt.checks.document import Block, Heading, Passage, Picture, Span, Table
from uppsikt.checks.reading.blocks import first_line
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.seeking import Sought
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_MARKED = re.compile(r"(?<=[\wåäöÅÄÖ%)])(\*{1,3})(?![*\w])")
_NOTE = re.compile(r"^\s*(\*{1,3})\s*\S")
NEAR_LINES = 60  # how far below its mark a note may stand

MARKED_TABLE = """Tabell 1
                               2020    2021    2022
Andel chefer, procent*         68,0    69,0    69,5
Andel heltid, procent          71,0    72,0    74,0
Antal avslutade                 120     131     128

"""


@rule(
    "K025",
    Severity.WARNING,
    name="footnote-without-note",
    says_sv="Märket {mark} ({places}) har ingen fotnot.",
    says_en="The mark {mark} ({places}) has no note.",
    do_sv="Skriv fotnoten under tabellen eller ta bort märket.",
    do_en="Write the note below the table or take the mark away.",
    why=Text(
        "Ett märke lovar en förklaring: ändrad definition, annan period eller osäkert underlag.",
        "A mark promises an explanation: a changed definition, another period or uncertain data.",
    ),
    failing=MARKED_TABLE,
    passing=MARKED_TABLE + "* Avser chefer med 10–30 medarbetare.\n",
    mark="*",
    places="Andel chefer",
)
def footnote_without_note(report: Report) -> Iterator[Remark]:
    """Marks in tables and text that no note near them begins with."""
    notes = _notes(report)
    for mark, spans in _marks(report).items():
        lost = [
            span
            for span in spans
            if not any(
                line - span.line >= -2 and line - _end(report, span) <= NEAR_LINES for line in notes.get(mark, [])
            )
        ]
        if lost:
            words = [_word_at(report, span) for span in lost[:3]]
            yield remark("K025", lost[:8], confidence=0.85, mark=mark, places=", ".join(words))


def _end(report: Report, span: Span) -> int:
    """The last line of the table that the place is in, below which its notes stand; else its own line."""
    within = (table for table in report.tables if table.first_line <= span.line <= table.last_line)
    return next((table.last_line for table in within), span.line)


def _notes(report: Report) -> dict[str, list[int]]:
    notes: dict[str, list[int]] = {}
    for line in report.document.lines:
        found = _NOTE.match(line.text) if "*" in line.text else None
        if found:
            notes.setdefault(found[1], []).append(line.number)
    return notes


def _marks(report: Report) -> dict[str, list[Span]]:
    marks: dict[str, list[Span]] = {}
    for line in report.document.lines:
        if "*" not in line.text or _NOTE.match(line.text):
            continue
        for found in _MARKED.finditer(line.text):
            marks.setdefault(found[1], []).append(Span(line.number, *found.span(1)))
    return marks


def _word_at(report: Report, span: Span) -> str:
    before = report.document.line(span.line).text[: span.start].rstrip()
    return " ".join(before.split()[-3:])


_TABLE_NAMED = Sought(
    "tabell",
    pattern=r"\b(?:(?:i|av|enligt|se|ur|till)\s+(?:ovanstående\s+|nedanstående\s+|följande\s+)?tabell(?:en)?"
    r"|tabellen\s+(?:ovan|nedan|över|visar)|(?:nedanstående|ovanstående|följande)\s+tabell)\b(?:\s+(?P<number>\d{1,2})\b)?",
)
_CAPTION = Sought("tabell", pattern=r"^\s*tabell\s+(?P<number>\d{1,2})\b")
AROUND = 4  # blocks before and after the sentence in which its table may stand

SPEAKING = """4 Ekonomi

I tabellen är Centralt skolstöd noll eftersom nämnden finansierar verksamheten.

{table}4.1 Personal

Sjukfrånvaron har minskat och fler medarbetare stannar kvar i nämnden.
"""
A_TABLE = """                    Utfall 2022   Budget 2022
Intäkter                  1 200         1 300
Kostnader                -3 400        -3 300
Netto                    -2 200        -2 000

"""


@rule(
    "K026",
    Severity.WARNING,
    name="absent-table",
    says_sv="Texten hänvisar till en tabell (”{words}”), men {what}.",
    says_en="The text speaks of a table (“{words}”), but {what}.",
    do_sv="Lägg in tabellen som text, inte som bild, eller ändra hänvisningen.",
    do_en="Put the table in as text, not as a picture, or change the reference.",
    why=Text(
        "En tabell som är en bild kan inte läsas av hjälpmedel, sökas, räknas om eller granskas.",
        "A table that is a picture can't be read by assistive technology, searched, recomputed or checked.",
    ),
    failing=SPEAKING.format(table=""),
    passing=SPEAKING.format(table=A_TABLE),
    words="I tabellen",
    what=Text("ingen tabell finns i avsnittet", "there is no table in the section"),
)
def absent_table(report: Report) -> Iterator[Remark]:
    """Sentences about a table where none can be read nearby."""
    blocks = report.document.blocks
    captions = _captions(report)
    for index, block in enumerate(blocks):
        if not isinstance(block, Passage):
            continue
        for found in _TABLE_NAMED.finditer(block.text):
            if found["number"]:
                if found["number"] in captions or not captions:
                    continue
                what = Text(f"ingen tabell {found['number']} finns", f"there is no table {found['number']}")
            else:
                near = _section(blocks, index)
                if any(_readable(one) for one in near):
                    continue
                what = _what(near)
            yield remark("K026", block.spans(*found.span()), confidence=0.75, words=found[0], what=str(what))
            break


def _captions(report: Report) -> set[str]:
    return {found["number"] for line in report.document.lines if (found := _CAPTION.search(line.text))}


def _section(blocks: Sequence[Block], index: int) -> list[Block]:
    """The blocks around one, within its numbered section."""
    start = end = index
    while start > 0 and index - start < AROUND and not _numbered(blocks[start]):
        start -= 1
    while end + 1 < len(blocks) and end - index < AROUND and not _numbered(blocks[end + 1]):
        end += 1
    return list(blocks[start : end + 1])


def _numbered(block: Block) -> bool:
    return isinstance(block, Heading) and bool(block.number)


def _readable(block: Block) -> bool:
    """A table, or text set in columns that may be one."""
    if isinstance(block, Table):
        return True
    return isinstance(block, Passage) and block.text.count("   ") >= 3


def _what(near: Sequence[Block]) -> Text:
    picture = next((one for one in near if isinstance(one, Picture)), None)
    if picture is not None:
        line = first_line(picture)
        return Text(f"där finns bara en bild (efter rad {line})", f"there is only a picture (after line {line})")
    return Text("ingen tabell går att läsa i avsnittet", "no table can be read in the section")
