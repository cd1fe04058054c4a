"""A round's entries as rows: one for each unit and account group, with what it held when it was written out.

The last column tells a file's own beginning: the round, the row's codes, each cell's amount (öre, ledger sign) and
version, a short hash of each text and of what can't be changed, and the sign that the row's amounts are written in.
What differs from that is what the user changed; nothing else is touched, even where somebody else has written
meanwhile. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from uppsikt.core.hashes import hash_of
from uppsikt.rounds.values import FULL_YEAR, CellEdit, ExplanationText

_HASH = 10
_COST_MINUS = "kostnad-"


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as it was seen: its amount and version (0: nobody ever wrote it)."""

    amount_ore: int | None = None
    version: int = 0


NEVER = Seen()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a row held when the file was written."""

    round_key: str
    unit: str
    account: str
    cells: Mapping[int, Seen] = field(default_factory=dict)
    explanation_version: int = 0
    hashes: tuple[str, ...] = ()
    is_reversed: bool = True  # whether the row's amounts are written cost negative, as on the pages

    def text(self) -> str:
        """As it stands in the file."""
        cells = ",".join(
            f"{period}={'' if seen.amount_ore is None else seen.amount_ore}@{seen.version}"
            for period, seen in sorted(self.cells.items())
        )
        texts = "".join(self.hashes)
        parts = [self.round_key, self.unit, self.account, cells, f"{self.explanation_version}@{texts}"]
        return "|".join([*parts, _COST_MINUS] if self.is_reversed else parts)


def origin_from(text: str) -> Origin | None:
    """The origin a file tells; None where it is none of ours."""
    *parts, last = text.split("|")
    if last != _COST_MINUS:
        parts.append(last)
    if len(parts) != 5:
        return None
    round_key, unit, account, cells, explanation = parts
    try:
        seen = dict(_seen(own) for own in cells.split(",") if own)
        version, _, texts = explanation.partition("@")
        hashes = tuple(texts[at : at + _HASH] for at in range(0, len(texts), _HASH))
        return Origin(round_key, unit, account, seen, int(version), hashes, last == _COST_MINUS)
    except ValueError:
        return None


def _seen(text: str) -> tuple[int, Seen]:
    period, _, rest = text.partition("=")
    amount, _, version = rest.partition("@")
    return int(period), Seen(int(amount) if amount else None, int(version))


def hashes_of(text: ExplanationText) -> tuple[str, ...]:
    """A short hash of each part of an explanation; line breaks and spaces, which spreadsheets change, don't count."""
    parts = (text.cause, text.measure, text.effect_ore, text.responsible, text.due_on)
    return tuple(hash_of_part(part) for part in parts)


def hash_of_part(part: str | int | date | None) -> str:
    """A short hash of one part."""
    return hash_of(_plain(part))[:_HASH]


def _plain(part: str | int | date | None) -> str:
    return "" if part is None else " ".join(str(part).split())


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A row to be written: what it is about, what it is compared with, what is held, and where it came from."""

    unit: str
    unit_name: str
    state: str
    is_open: bool
    account: str
    account_name: str
    last_year_ore: int | None
    budget_ore: int | None
    actual_ore: int | None
    previous_ore: int | None
    submitted_ore: int | None
    cells: Mapping[int, Seen]
    explanation: ExplanationText
    explanation_version: int

    def origin(self, round_key: str, locked: tuple[str, ...] = ()) -> Origin:
        """What the file will tell of this row; `locked` are hashes of what can't be changed in it."""
        hashes = (*hashes_of(self.explanation), *locked)
        return Origin(round_key, self.unit, self.account, self.cells, self.explanation_version, hashes)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row as it came back; `amounts` has the periods the file has."""

    line: int
    unit: str
    account: str
    amounts: Mapping[int, int | None]
    explanation: ExplanationText | None  # None where the file lacks its columns
    origin: Origin | None

    @property
    def locked(self) -> tuple[str, ...]:
        """The hashes of what can't be changed, as the file was written; none in older files and added rows."""
        return self.origin.hashes[len(hashes_of(ExplanationText())) :] if self.origin else ()

    def edits(self) -> list[CellEdit]:
        """The cells that the user changed."""
        cells = self.origin.cells if self.origin else {}
        return [
            CellEdit(self.account, period, amount_ore, seen.version)
            for period, amount_ore in sorted(self.amounts.items())
            if (seen := cells.get(period, NEVER)).amount_ore != amount_ore
        ]

    def has_both_ways(self) -> bool:
        """Whether both the full year and months were given anew: which of them is meant, only the user knows."""
        given = {edit.period == FULL_YEAR for edit in self.edits() if edit.amount_ore is not None}
        return len(given) > 1

    def changed_explanation(self) -> ExplanationText | None:
        """The explanation, where the user changed any part of it."""
        if self.explanation is None:
            return None
        nothing = hashes_of(ExplanationText())
        held = self.origin.hashes[: len(nothing)] if self.origin and self.origin.hashes else nothing
        return self.explanation if hashes_of(self.explanation) != held else None
