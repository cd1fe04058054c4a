"""What a page says of a round that is adopted: that its figures are as adopted, or that these here are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.adoption.reading import is_frozen
from uppsikt.core.formats import long_date
from uppsikt.core.language import say
from uppsikt.planning.rounds import RoundRow


@dataclass(frozen=True, slots=True)
class Standing:
    """The version that stands of a round, and whether what is shown is of it (else of what is held today)."""

    on: date
    version: int
    is_shown: bool

    @property
    def says(self) -> str:
        """The line."""
        facts = {"day": long_date(self.on), "version": self.version}
        if self.is_shown:
            return say("Som fastställd {day}, version {version}.", "As adopted {day}, version {version}.", **facts)
        return say(
            "Visas med dagens kodplan, budget och huvudbok, inte som fastställd {day}, version {version}.",
            "Shown with the code plan, budget and ledger of today, not as adopted {day}, version {version}.",
            **facts,
        )


def standing_of(row: RoundRow, structure_date: date | None = None, draft: str | None = None) -> Standing | None:
    """What to say of a question, asked as in `reading.reading_of`; None of a round that isn't adopted.

    Raises `NotFound` where what was frozen is gone.
    """
    if not is_frozen(row) or row.adopted_on is None:
        return None
    return Standing(row.adopted_on, row.version, is_shown=not (structure_date or draft))
