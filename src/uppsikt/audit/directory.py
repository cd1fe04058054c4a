"""A directory of people and roles as a file: read to rows, its faults said with their places.

Columns (Swedish or English): user name, name, e-mail, role, unit, valid from, valid to. One row is one role;
someone with several roles has several rows, someone with none a row with an empty role. The end is the first
day without the role, as everywhere in the house.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from uppsikt.audit.actors import WHOLE, Role
from uppsikt.audit.findings import (
    DAY_UNREADABLE,
    EMAIL_INVALID,
    EMAIL_SHARED,
    NAME_INVALID,
    PERSON_DIFFERS,
    ROLE_TWICE,
    ROLE_UNKNOWN,
    TIME_BACKWARDS,
    UNIT_UNKNOWN,
)
from uppsikt.audit.people import PersonFacts, is_email
from uppsikt.audit.selectors import Person
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.tables import Row, Table, date_from_text, write_csv, write_xlsx
from uppsikt.core.texts import printable

COLUMNS = {
    "name": ("användarnamn", "user name"),
    "full_name": ("namn", "name"),
    "email": ("e-post", "e-mail"),
    "role": ("roll", "role"),
    "unit": ("enhet", "unit"),
    "valid_from": ("från", "from"),
    "valid_to": ("till", "to"),
}
_NEEDED = ("name", "role", "unit")
_SYNONYMS = {
    **{heading: column for column, headings in COLUMNS.items() for heading in headings},
    "username": "name",
    "email": "email",
    "epost": "email",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "giltig från": "valid_from",
    "giltig till": "valid_to",
}


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role as the file gives it; a day that is left empty is None."""

    role: Role
    unit: str
    valid_from: date | None
    valid_to: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class PersonRows:
    """Everything the file says of one person. None where it has no such column: then that is left as it is."""

    name: str
    full_name: str | None
    email: str | None
    roles: tuple[RoleRow, ...]
    place: Place

    def facts(self, known: PersonFacts | None) -> PersonFacts:
        """The person's facts with what the file leaves out taken from what is known."""
        was = known or PersonFacts(self.name)
        return PersonFacts(
            was.name,
            was.full_name if self.full_name is None else self.full_name,
            was.email if self.email is None else self.email,
        )


def read_directory(table: Table, knows_unit: Callable[[str], bool]) -> tuple[list[PersonRows], list[Finding]]:
    """The people of a table, in the order they first stand; findings where a row is wrong."""
    column_of = {_SYNONYMS[heading]: heading for heading in reversed(table.headings) if heading in _SYNONYMS}
    if lacking := table.lacking(_NEEDED, column_of, _SYNONYMS):
        return [], lacking
    reading = _Reading(column_of, knows_unit)
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        # capitals make no other person: neither the directory nor whoever types the name tells them apart
        by_name[row.get(column_of["name"]).casefold()].append(row)
    persons = [reading.person(rows[0].get(column_of["name"]), rows) for rows in by_name.values()]
    reading.findings += _shared_addresses(persons)
    return persons, reading.findings


class _Reading:
    def __init__(self, column_of: dict[str, str], knows_unit: Callable[[str], bool]) -> None:
        self.column_of = column_of
        self.knows_unit = knows_unit
        self.findings: list[Finding] = []

    def person(self, name: str, rows: Sequence[Row]) -> PersonRows:
        first = rows[0]
        if not _is_name(name):
            self.findings.append(found(NAME_INVALID, self._at(first, "name"), name=name))
        full_name, email = (self._agreed(name, column, rows) for column in ("full_name", "email"))
        if email and not is_email(email):
            self.findings.append(found(EMAIL_INVALID, self._at(first, "email"), email=email))
        roles = tuple(role for row in rows if (role := self._role(row)))
        self.findings += _overlapping(name, roles)
        return PersonRows(name, full_name, email, roles, first.place)

    def _agreed(self, name: str, column: str, rows: Sequence[Row]) -> str | None:
        """The person's one value of a column, from whichever of their rows say it."""
        if column not in self.column_of:
            return None
        said = [(row, self._cell(row, column)) for row in rows if self._cell(row, column)]
        for row, value in said:
            if value != said[0][1]:
                heading = self.column_of[column]
                self.findings.append(found(PERSON_DIFFERS, self._at(row, column), name=name, column=heading))
        return said[0][1] if said else ""

    def _role(self, row: Row) -> RoleRow | None:
        if not self._cell(row, "role") and not self._cell(row, "unit"):
            return None
        before = len(self.findings)
        role, unit = self._known_role(row), self._known_unit(row)
        start, end = self._day(row, "valid_from"), self._day(row, "valid_to")
        if end is not None and start is not None and end <= start:
            self.findings.append(found(TIME_BACKWARDS, self._at(row, "valid_to"), start=start, end=end))
        if role is None or len(self.findings) > before:
            return None
        return RoleRow(role, unit, start, end, row.place)

    def _known_role(self, row: Row) -> Role | None:
        text = self._cell(row, "role").casefold()
        for role in Role:
            if text in (role.value, role.label.sv, role.label.en):
                return role
        known = ", ".join(str(role.label) for role in Role)
        self.findings.append(found(ROLE_UNKNOWN, self._at(row, "role"), role=self._cell(row, "role"), known=known))
        return None

    def _known_unit(self, row: Row) -> str:
        unit = self._cell(row, "unit") or WHOLE
        if unit != WHOLE and not self.knows_unit(unit):
            self.findings.append(found(UNIT_UNKNOWN, self._at(row, "unit"), unit=unit))
        return unit

    def _day(self, row: Row, column: str) -> date | None:
        text = self._cell(row, column)
        day = date_from_text(text) if text else None
        if text and day is None:
            self.findings.append(found(DAY_UNREADABLE, self._at(row, column), value=text))
        return day

    def _cell(self, row: Row, column: str) -> str:
        return printable(row.get(self.column_of[column])).strip() if column in self.column_of else ""

    def _at(self, row: Row, column: str) -> Place:
        return row.at(self.column_of[column]) if column in self.column_of else row.place


def _is_name(name: str) -> bool:
    try:
        User._meta.get_field("username").clean(name, None)
    except ValidationError:
        return False
    return True


def _overlapping(name: str, roles: Sequence[RoleRow]) -> Iterator[Finding]:
    """Rows that give a person the same role on the same unit twice in one time."""
    for number, one in enumerate(roles):
        for other in roles[:number]:
            is_same = (one.role, one.unit) == (other.role, other.unit)
            if is_same and _start(one) < _end(other) and _start(other) < _end(one):
                yield found(ROLE_TWICE, one.place, name=name, role=one.role.label, unit=one.unit)
                break


def _start(row: RoleRow) -> date:
    return row.valid_from or BEGINNING


def _end(row: RoleRow) -> date:
    return row.valid_to or FOREVER


def _shared_addresses(persons: Iterable[PersonRows]) -> Iterator[Finding]:
    holder: dict[str, str] = {}
    for own in persons:
        if own.email:
            other = holder.setdefault(own.email.casefold(), own.name)
            if other != own.name:
                yield found(EMAIL_SHARED, own.place, email=own.email, name=own.name, other=other)


def directory_file(persons: Iterable[Person], suffix: str) -> bytes:
    """The people as a file that the import takes back without changing anything: open accounts, roles over time."""
    headings = [say(*COLUMNS[column]) for column in COLUMNS]
    rows = [row for person in persons if person.is_open for row in _rows_of(person)]
    return write_csv(headings, rows) if suffix == "csv" else write_xlsx(headings, rows, say("Personer", "People"))


def _rows_of(person: Person) -> list[list[str]]:
    who = [person.name, person.full_name, person.email]
    roles = [own.grant for own in person.roles]
    return [[*who, str(own.role.label), own.unit, _day(own.valid_from), _day(own.valid_to)] for own in roles] or [
        [*who, "", "", "", ""]
    ]


def _day(day: date) -> str:
    return "" if day in (BEGINNING, FOREVER) else day.isoformat()
