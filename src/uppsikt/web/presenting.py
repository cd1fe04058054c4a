"""Amounts in the unit a page's reader chooses; exact to the öre beside them, and in the page's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString

from uppsikt.core.findings import found
from uppsikt.core.formats import ABSENT, NO_BREAK_SPACE, Unit, amount, to_the_ore
from uppsikt.core.language import Text
from uppsikt.core.money import kronor
from uppsikt.core.tables import write_csv, write_xlsx
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN

_NAME = Text("Visningsenhet", "Unit of presentation")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FileCell = str | int | Decimal | None  # a Decimal is kronor


@dataclass(frozen=True, slots=True)
class Presentation:
    """A page's unit of presentation, and what else its address chooses (the round)."""

    unit: Unit = Unit.TKR
    others: Mapping[str, str] | None = None

    @property
    def units(self) -> Sequence[Unit]:
        """The units to choose among."""
        return tuple(Unit)

    @property
    def query(self) -> str:
        """The choice as a query string, for links to the same page's files."""
        return urlencode({**(self.others or {}), "in": self.unit.value})

    def text(self, amount_ore: int | None) -> str:
        """The amount as shown, without its unit; "–" for nothing."""
        return amount(amount_ore, self.unit)

    def cell(self, amount_ore: int | None) -> str | SafeString:
        """The amount with what it is to the öre, where it is shown as less than that."""
        if amount_ore is None:
            return ABSENT
        exact, shown = to_the_ore(amount_ore), self.text(amount_ore)
        if self.unit is Unit.KR and amount_ore % 100 == 0:
            return shown
        title = f"{exact}{NO_BREAK_SPACE}kr"
        return format_html('<data value="{}" title="{}">{}</data>', f"{kronor(amount_ore):.2f}", title, shown)


def presentation(request: HttpRequest, **others: str) -> Presentation:
    """What the address asks for; raises `Absent` for a unit that is none."""
    asked = request.GET.get("in", "")
    if asked and asked not in set(Unit):
        raise Absent(found(CHOICE_UNKNOWN, name=_NAME, value=asked))
    return Presentation(Unit(asked) if asked else Unit.TKR, {name: own for name, own in others.items() if own})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's figures as a file: kronor to the öre, whatever unit the page is shown in."""

    name: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[FileCell]]

    def answer(self, suffix: str) -> HttpResponse:
        """The file in a format of `FORMATS`; raises `Absent` for another."""
        if suffix not in FORMATS:
            raise Absent(found(CHOICE_UNKNOWN, name=Text("Filformat", "File format"), value=suffix))
        response = HttpResponse(self._bytes(suffix), content_type=FORMATS[suffix])
        name = f"{self.name}.{suffix}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return response

    def _bytes(self, suffix: str) -> bytes:
        if suffix == "csv":
            return write_csv(self.headings, [[_in_csv(cell) for cell in row] for row in self.rows])
        rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in self.rows]
        return write_xlsx(self.headings, rows, self.title)


def _in_csv(cell: FileCell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return "" if cell is None else str(cell)


def in_kronor(amount_ore: int | None) -> Decimal | None:
    """An amount as a cell of a file."""
    return None if amount_ore is None else kronor(amount_ore)
