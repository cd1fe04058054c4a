"""A figure explained, as a value: what the page and the panel show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from uppsikt.adoption.standing import Standing
from uppsikt.core.language import Text
from uppsikt.figures.model import Figure
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import figure_url

PAGE_ROWS = 50
_WAY_NAME = Text("Vägen ned", "The way down")


class Down(StrEnum):
    """The ways down from a figure."""

    CHILDREN = "children"
    ACCOUNT = "account"
    VOUCHERS = "vouchers"
    SOURCES = "sources"

    @property
    def label(self) -> Text:
        """What the reader calls it."""
        return _LABELS[self]


_LABELS = {
    Down.CHILDREN: Text("Nästa nivå", "Next level"),
    Down.ACCOUNT: Text("Konton", "Accounts"),
    Down.VOUCHERS: Text("Verifikationer", "Vouchers"),
    Down.SOURCES: Text("Källor", "Sources"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link to one of the ways down."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the figure; `url` leads on where there is something further down."""

    label: str
    text: str
    url: str = ""
    count: int = 0
    is_here: bool = False  # what it leads to is of the same figure, and opens in the same panel


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A posting as shown: what it is called, its codes, where it came from."""

    name: str
    date: date
    codes: str
    text: str
    origin: str
    amount: str
    whole: str = ""  # the posting's amount where only a share of it stands here


@dataclass(frozen=True)
class FigurePage:
    """A figure's page (or panel) as a value."""

    choice: Choice
    title: str
    figure: Figure
    row_key: str
    column_key: str
    row_label: str
    column_label: str
    value: str
    value_unit: str
    word: str
    way: Down
    ways: Sequence[Way]
    operands: Sequence[Part] = ()
    parts: Sequence[Part] = ()
    parts_sum: str = ""
    parts_count: int = 0
    parts_unit: str = ""
    parts_heading: str = ""
    vouchers: Sequence[VoucherLine] = field(default_factory=tuple)
    offset: int = 0
    has_more: bool = False
    account: str = ""  # whose vouchers alone are shown
    account_name: str = ""
    standing: Standing | None = None

    @property
    def parts_title(self) -> str:
        """What the parts are called together."""
        return str(self.way.label)

    @property
    def voucher_first(self) -> int:
        """The number of the first voucher row shown."""
        return self.offset + 1 if self.vouchers else 0

    @property
    def voucher_last(self) -> int:
        """The number of the last voucher row shown."""
        return self.offset + len(self.vouchers)

    @property
    def previous_url(self) -> str:
        """Where the page of vouchers before is; "" on the first."""
        return self._page_url(max(0, self.offset - PAGE_ROWS)) if self.offset else ""

    @property
    def next_url(self) -> str:
        """Where the next page of vouchers is; "" on the last."""
        return self._page_url(self.offset + PAGE_ROWS) if self.has_more else ""

    def _page_url(self, offset: int) -> str:
        more = {"account": self.account} if self.account else {}
        return figure_url(self.choice, self.row_key, self.column_key, by=self.way.value, offset=str(offset), **more)
