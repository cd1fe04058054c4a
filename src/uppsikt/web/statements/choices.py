"""What the reader has chosen to see of a statement: all of it stands in the address, so it can be shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.core.findings import found
from uppsikt.core.formats import DEFAULT_DECIMALS, Unit, View
from uppsikt.core.language import Text
from uppsikt.core.tables import date_from_text
from uppsikt.figures.definitions import StatementDefinition
from uppsikt.figures.model import Column, StatementResult
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.scope import takes_unit

_UNIT_NAME = Text("Visningsenhet", "Unit of presentation")
_STRUCTURE_NAME = Text("Organisation", "Organisation")


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement and how it is shown. `structure` None is each column in its own structure, as it was.

    With a `draft` the codes are as that reorganisation would have them.
    """

    key: str
    round_key: str
    org_unit: str = ""
    shown_in: Unit | None = None
    columns: tuple[str, ...] = ()
    structure: date | None = None
    draft: str = ""

    def view(self, own: View) -> View:
        """The statement's own view, or the same sign in the unit chosen."""
        return own if self.shown_in is None else View(own.sign, self.shown_in, DEFAULT_DECIMALS[self.shown_in])

    def shown_columns(self, result: StatementResult) -> tuple[Column, ...]:
        """The columns chosen, in the statement's order; all where none of them is chosen."""
        return tuple(c for c in result.columns if c.key in self.columns) or result.columns

    def of(self, definition: StatementDefinition) -> Choice:
        """The same choice, without a unit where the statement takes none: its heading would name the wrong one."""
        return self if takes_unit(definition) else replace(self, org_unit="")

    def query(self, **more: str) -> str:
        """The choice as a query string, with more parameters after it."""
        pairs = [("round", self.round_key)]
        pairs += [("unit", self.org_unit)] if self.org_unit else []
        pairs += [("in", self.shown_in.value)] if self.shown_in else []
        pairs += [("column", key) for key in self.columns]
        pairs += [("structure", self.structure.isoformat())] if self.structure else []
        pairs += [("draft", self.draft)] if self.draft else []
        return urlencode(pairs + list(more.items()))

    @property
    def circumstances(self) -> str:
        """The choice without its columns, for a page that shows one of them."""
        return replace(self, columns=()).query()

    @property
    def as_adopted(self) -> str:
        """The choice without structure day and draft, which an adopted round's own figures know nothing of."""
        return replace(self, structure=None, draft="").query()

    def for_unit(self, key: str, org_unit: str) -> Choice:
        """The same circumstances for another statement of another unit; columns are the statement's own."""
        return replace(self, key=key, org_unit=org_unit, columns=())


def choice_from(key: str, asked: QueryDict, default_round: str) -> Choice:
    """The choice an address makes; raises `Absent` for what is no choice."""
    return Choice(
        key=key,
        round_key=asked.get("round") or default_round,
        org_unit=asked.get("unit", "").strip(),
        shown_in=_shown_in(asked.get("in", "")),
        columns=tuple(asked.getlist("column")),
        structure=_structure(asked.get("structure", "")),
        draft=asked.get("draft", ""),
    )


def _shown_in(text: str) -> Unit | None:
    if not text:
        return None
    try:
        return Unit(text)
    except ValueError as error:
        raise Absent(found(CHOICE_UNKNOWN, name=_UNIT_NAME, value=text)) from error


def _structure(text: str) -> date | None:
    if not text:
        return None
    day = date_from_text(text)
    if day is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_STRUCTURE_NAME, value=text))
    return day
