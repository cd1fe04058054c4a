"""A form of ours as it was sent in: texts, amounts and days read, what can't be read said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.tables import date_from_text
from uppsikt.planning.findings import DATE_UNREADABLE
from uppsikt.savings.findings import AMOUNT_ODD
from uppsikt.web.amounts import NotMoney, ore_written


@dataclass
class Form:
    """What was sent in. Each reading that fails leaves a finding."""

    sent: QueryDict
    findings: list[Finding] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields, to be shown again."""
        return {name: self.sent.get(name, "") for name in self.sent}

    def text(self, name: str, first: str = "") -> str:
        """A text without space around it."""
        return self.sent.get(name, first).strip()

    def texts(self, name: str) -> Sequence[str]:
        """All texts of a name that comes more than once."""
        return [text.strip() for text in self.sent.getlist(name)]

    def amount_ore(self, name: str) -> int:
        """Kronor as people write them, in öre; 0 and a finding where they can't be read."""
        return self.read_amount(self.text(name), Place(column=name))

    def read_amount(self, text: str, place: Place) -> int:
        """Öre of a text of kronor."""
        try:
            return ore_written(text)
        except NotMoney:
            self.findings.append(found(AMOUNT_ODD, place, amount=text or "–"))
            return 0

    def day(self, name: str) -> date:
        """A day; the first there is and a finding where it can't be read."""
        return self.read_day(self.text(name), Place(column=name))

    def read_day(self, text: str, place: Place) -> date:
        """The day of a text."""
        day = date_from_text(text)
        if day is None:
            self.findings.append(found(DATE_UNREADABLE, place, value=text))
        return day or date.min

    def number(self, name: str) -> int:
        """A whole number; 0 where it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() else 0
