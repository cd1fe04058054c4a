"""One figure explained: its value, what it is calculated from, and one way down at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.http import QueryDict

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import found
from uppsikt.core.formats import Unit, View
from uppsikt.core.language import Text
from uppsikt.figures.model import Figure, VoucherRow
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN, STATEMENT_UNKNOWN
from uppsikt.web.scope import require_reading
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import figure_url
from uppsikt.web.words import deviation_word

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
