"""The document model: what a report is once every reference is resolved. Typed blocks, no file format.

Renderers read this and nothing else, so all formats say the same thing. Texts in here are final: numbers
are already formatted, in the document's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.hashes import hash_of, short
from uppsikt.reports.printable import printable

FORMAT_VERSION = "1"  # part of the content hash: raise it when the same content gets another form


@dataclass(frozen=True, slots=True)
class Marks:
    """How a run of text is set."""

    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Plain text."""

    text: str
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A figure, or a word chosen by one. `value` is the number machines read, in `unit`; None for words."""

    address: str
    text: str
    value: Decimal | None = None
    unit: str = ""
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class OutsideRun:
    """A number from outside the ledger, with its source; `address` where it is in the register."""

    text: str
    source: str
    address: str = ""
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class UnboundRun(TextRun):
    """A number typed by hand, with the mark it is known by: in previews alone, where somebody can bind it."""

    mark: str = ""


Run = TextRun | FigureRun | OutsideRun
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level from 1, its number ("2.1", "" for none) and an anchor unique in the document."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of runs."""

    runs: Runs


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is blocks (paragraphs and inner lists)."""

    items: tuple[tuple[Block, ...], ...]
    is_ordered: bool = False


class RowLook(StrEnum):
    """How a table row looks: totals are emphasised, memo rows ("varav") never add up."""

    NORMAL = "normal"
    TOTAL = "total"
    MEMO = "memo"


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A cell of a numeric column: what is printed, the number itself in `unit`, and the figure's address."""

    text: str
    value: Decimal | None = None
    address: str = ""
    amount_ore: int | None = None  # as booked (debit +), where it is money from the ledger
    source: str = ""  # for outside facts


@dataclass(frozen=True)
class ProseCell:
    """A cell of text: paragraphs and lists."""

    blocks: tuple[Block, ...]


TableCell = NumberCell | ProseCell


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: `kind` is money, deviation, share, fact or prose."""

    key: str
    label: str
    kind: str = "money"
    about: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether its cells stand to the right, in figures of one width."""
        return self.kind != "prose"


@dataclass(frozen=True)
class TableRow:
    """A row: its header cell and the others."""

    key: str
    label: str
    cells: tuple[TableCell, ...]
    look: RowLook = RowLook.NORMAL
    level: int = 0


@dataclass(frozen=True)
class Table:
    """What all table blocks are to a renderer: headings, rows, and words below."""

    key: str
    number: str  # "Tabell 3"
    caption: Runs
    heading: str  # of the row headers' column
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    unit: str = ""  # "tkr", where one unit holds for all numbers
    notes: tuple[Runs, ...] = ()


@dataclass(frozen=True)
class StatementBlock:
    """A statement from the engine, as a table."""

    table: Table
    statement: str
    source_unit: str | None = None


@dataclass(frozen=True)
class FactTable:
    """Outside facts and free cells (targets like "Öka") in a table."""

    table: Table


@dataclass(frozen=True)
class TextTable:
    """A table of prose: observations by goal area and such."""

    table: Table


@dataclass(frozen=True)
class ChartBlock:
    """A chart: its Vega-Lite spec, the same data as a table, and the words that stand for the picture."""

    key: str
    number: str  # "Diagram 1"
    caption: Runs
    spec: Mapping[str, object]
    table: Table
    text_alternative: str


@dataclass(frozen=True)
class Decision:
    """The proposal to decide: each clause is blocks."""

    clauses: tuple[tuple[Block, ...], ...]
    introduction: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Callout:
    """A boxed remark."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the table of contents stands."""


Block = (
    Heading
    | Paragraph
    | ListBlock
    | StatementBlock
    | FactTable
    | TextTable
    | ChartBlock
    | Decision
    | Callout
    | Contents
)
TableBlock = StatementBlock | FactTable | TextTable


@dataclass(frozen=True, slots=True)
class Origin:
    """One source's part of a figure: a file, a decision, a forecast, an operand or a publication."""

    label: str
    amount_ore: int | None = None
    posting_count: int | None = None


@dataclass(frozen=True)
class FigureNote:
    """What the closing page says of a figure used in prose: what it is and where it comes from."""

    address: str
    anchor: str
    label: str
    text: str
    amount_ore: int | None
    period: str
    about: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What covers, headers and footers are made from, and nothing else is."""

    key: str
    title: str
    subtitle: str
    municipality: str
    committee: str
    round_key: str
    round_name: str
    cut_off: date
    document_date: date
    version: str
    language: str
    author: str = ""
    diary_number: str = ""
    data_hash: str = ""
    texts_hash: str = ""


Asked = tuple[str, str]  # a statement and the unit it was asked for, "" for none


@dataclass(frozen=True)
class Document:
    """A whole report. `content_hash` is its identity, over all that is printed.

    `asked` is what it was read from: also where nothing printed tells it, as in a heading or a word that a figure
    chose. It follows from the texts and the data, whose hashes are in the metadata, and isn't stored.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    figures: tuple[FigureNote, ...] = ()
    content_hash: str = ""
    asked: tuple[Asked, ...] = ()

    @property
    def short_hash(self) -> str:
        """The hash as printed."""
        return short(self.content_hash)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in order, charts' data not among them."""
        return tuple(
            block.table for block in self.blocks if isinstance(block, StatementBlock | FactTable | TextTable)
        )

    @property
    def charts(self) -> tuple[ChartBlock, ...]:
        """The charts in order."""
        return tuple(block for block in self.blocks if isinstance(block, ChartBlock))


def sealed(metadata: Metadata, blocks: tuple[Block, ...], figures: tuple[FigureNote, ...]) -> Document:
    """The document with its content hash, and without characters that no format carries."""
    metadata, blocks, figures = printable((metadata, blocks, figures))
    content = [FORMAT_VERSION, plain(metadata), plain(blocks), plain(figures)]
    return Document(metadata, blocks, figures, hash_of(content))


def plain(value: object) -> object:
    """Any part of a document as lists, dicts and text, with the class name where blocks are mixed."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {item.name: plain(getattr(value, item.name)) for item in fields(value)}
        return {"is": type(value).__name__, **named}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def text_of(runs: Runs) -> str:
    """The runs as bare text."""
    return "".join(run.text for run in runs)
