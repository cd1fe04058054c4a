"""The file form of a register: rows of code, name, kind, parents and validity, read into histories.

    code;name;kind;parent;valid_from;valid_to;parent:reporting
    4210;Digitalisering;unit;42;2022-07-01;;

Empty `valid_from` is "always was", empty `valid_to` is "until further notice"; `valid_to` is the first day
on which the row no longer applies. Empty `parent` is a root of the standard hierarchy. In every other
hierarchy an empty cell says that the code isn't placed there and "/" that it is a root; a code that
others have as parent is a root there without saying so. Swedish headings are read as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.coding.findings import (
    CASE_TWIN,
    CODE_EMPTY,
    CODE_ODD,
    CYCLE,
    DATE_NOT_MONTH_START,
    DATE_UNREADABLE,
    HEADING_UNKNOWN,
    NAME_EMPTY,
    OVERLAP,
    PARENT_GAP,
    PARENT_UNKNOWN,
    ROW_TWICE,
    STRETCH_EMPTY,
    TEXT_ODD,
)
from uppsikt.coding.histories import (
    History,
    Named,
    Placed,
    Register,
    clipped,
    cycles,
    history_of,
    orphans,
    stretches,
)
from uppsikt.coding.models import CODE_LENGTH, HIERARCHY_LENGTH, KIND_LENGTH, NAME_LENGTH
from uppsikt.core.codeplan import REPORTING, STANDARD
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import current_language
from uppsikt.core.periods import BEGINNING, FOREVER, Month
from uppsikt.core.tables import COLUMN_TWICE, Row, Table, date_from_text
from uppsikt.core.texts import is_line

ROOT = "/"
HEADINGS = ("code", "name", "kind", "parent", "valid_from", "valid_to")
_SWEDISH = {
    "code": "kod",
    "name": "namn",
    "kind": "slag",
    "parent": "överordnad",
    "valid_from": "gäller_från",
    "valid_to": "gäller_till",
}
_SWEDISH_HIERARCHY = {REPORTING: "rapport"}
_KEY = {swedish: key for key, swedish in _SWEDISH.items()}
_HIERARCHY_KEY = {swedish: key for key, swedish in _SWEDISH_HIERARCHY.items()}
_CODE = re.compile(r"[^\W_][\w.+-]*")
_HIERARCHY = re.compile(rf"[\w-]{{1,{HIERARCHY_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row as read: a code with one name and one parent per hierarchy for one stretch of time."""

    code: str
    named: Named
    parents: dict[str, str]  # by hierarchy, as written: "" and "/" mean what the module says
    place: Place


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file as read: its rows by code, and which hierarchies it has columns for."""

    rows: dict[str, list[RegisterRow]]
    hierarchies: tuple[str, ...]

    def place(self, code: str, day: date) -> Place:
        """Where the file says what a code is on a day; its first row where it doesn't; nowhere else."""
        rows = self.rows.get(code, [])
        inside = [row for row in rows if row.named.valid_from <= day < row.named.valid_to]
        return (inside or rows)[0].place if rows else Place()


def is_code(text: str) -> bool:
    """Whether a text can be a code: letters, digits and a few signs, beginning with a letter or a digit."""
    return len(text) <= CODE_LENGTH and _CODE.fullmatch(text) is not None


def is_hierarchy(text: str) -> bool:
    """Whether a text can name a hierarchy: small letters, digits, hyphen and underscore."""
    return _HIERARCHY.fullmatch(text) is not None and text == text.lower()


def heading_label(key: str) -> str:
    """A heading in the user's language: "parent:reporting" is "överordnad:rapport" in Swedish."""
    if current_language() == "en":
        return key
    name, colon, hierarchy = key.partition(":")
    return _SWEDISH.get(name, name) + colon + _SWEDISH_HIERARCHY.get(hierarchy, hierarchy)


def heading_key(label: str) -> str | None:
    """The key of a heading in either language; None where it is none of ours."""
    name, colon, hierarchy = label.strip().lower().replace(" ", "_").partition(":")
    key = _KEY.get(name, name)
    if key not in HEADINGS or (colon and key != "parent"):
        return None
    if not colon:
        return key
    hierarchy = _HIERARCHY_KEY.get(hierarchy, hierarchy)
    if not _HIERARCHY.fullmatch(hierarchy):
        return None
    return "parent" if hierarchy == STANDARD else f"parent:{hierarchy}"


def rows_of(register: Register) -> tuple[list[str], list[list[str]]]:
    """Headings (keys) and rows of a register, as the export writes them."""
    others = sorted({name for history in register.values() for name in history.placements} - {STANDARD})
    rows = []
    for code, history in sorted(register.items()):
        for named, at in stretches(history):
            first, last = named.valid_from, named.valid_to
            standard = at.get(STANDARD)
            row = [code, named.name, named.kind, (standard and standard.parent) or ""]
            row += ["" if first == BEGINNING else first.isoformat(), "" if last == FOREVER else last.isoformat()]
            rows.append(row + [(own.parent or ROOT) if (own := at.get(name)) else "" for name in others])
    return [*HEADINGS, *(f"parent:{name}" for name in others)], rows


def read_register(table: Table) -> tuple[RegisterFile | None, list[Finding]]:
    """The rows of a register file, each checked by itself and against the others of its code."""
    columns: dict[str, str] = {}
    twice = [
        found(COLUMN_TWICE, Place(column=heading), name=f"{columns[key]} / {heading}")
        for heading in table.headings
        if (key := heading_key(heading)) and columns.setdefault(key, heading) != heading
    ]
    findings = twice + [
        found(HEADING_UNKNOWN, Place(column=name), name=name)
        for name in table.headings
        if name and not heading_key(name)
    ]
    lacking = table.lacking(("code", "name", "parent"), columns, _KEY)
    if lacking:
        return None, findings + lacking
    rows: dict[str, list[RegisterRow]] = {}
    for row in table.rows:
        read, faults = _read_row(row, columns)
        findings += faults
        if read:
            rows.setdefault(read.code, []).append(read)
    for own in rows.values():
        findings += _conflicts(own)
    hierarchies = [STANDARD, *(key.partition(":")[2] for key in columns if ":" in key)]
    return RegisterFile(rows, tuple(hierarchies)), findings


def _read_row(row: Row, columns: dict[str, str]) -> tuple[RegisterRow | None, list[Finding]]:
    cells = {key: row.get(heading).replace("\u00a0", " ") for key, heading in columns.items()}
    code, name, kind = cells["code"], cells["name"], cells.get("kind", "")
    if not code:
        return None, [found(CODE_EMPTY, row.at(columns["code"]))]
    if not is_code(code):
        shown = code[: CODE_LENGTH + 1]
        return None, [found(CODE_ODD, row.at(columns["code"]), value=shown, longest=CODE_LENGTH)]
    findings = [] if name else [found(NAME_EMPTY, row.at(columns["name"]), value=code)]
    for key, text, longest in (("name", name, NAME_LENGTH), ("kind", kind, KIND_LENGTH)):
        if len(text) > longest or not is_line(text):
            findings.append(found(TEXT_ODD, row.at(columns[key]), name=columns[key], longest=longest))
    start, faults = _day(row, columns.get("valid_from"), BEGINNING)
    end, more = _day(row, columns.get("valid_to"), FOREVER)
    findings += faults + more
    if not findings and start >= end:
        findings.append(found(STRETCH_EMPTY, row.place, value=code, start=start, end=end))
    if findings:
        return None, findings
    parents = {key.partition(":")[2] or STANDARD: cells[key] for key in columns if key.startswith("parent")}
    return RegisterRow(code, Named(start, end, name, kind), parents, row.place), []


def _day(row: Row, heading: str | None, absent: date) -> tuple[date, list[Finding]]:
    text = row.get(heading) if heading else ""
    if not text:
        return absent, []
    day = date_from_text(text)
    if day is None:
        return absent, [found(DATE_UNREADABLE, row.at(heading or ""), value=text)]
    if day == FOREVER or day.day == 1:
        return day, []
    likely = Month.of(day).next.first if day.year < 9999 else FOREVER
    return absent, [found(DATE_NOT_MONTH_START, row.at(heading or ""), value=day, likely=likely)]


def _conflicts(rows: list[RegisterRow]) -> Iterator[Finding]:
    ordered = sorted(rows, key=lambda row: (row.named.valid_from, row.named.valid_to))
    for earlier, later in itertools.pairwise(ordered):
        before, after = earlier.named, later.named
        if (before.valid_from, before.valid_to) == (after.valid_from, after.valid_to):
            yield found(ROW_TWICE, later.place, value=later.code, first=earlier.place.line)
        elif after.valid_from < before.valid_to:
            end = min(before.valid_to, after.valid_to)
            facts = {"value": later.code, "start": after.valid_from, "end": end, "first": earlier.place.line}
            yield found(OVERLAP, later.place, **facts)


def merge(file: RegisterFile, held: Register) -> dict[str, History]:
    """The register as it would be: the file's codes with the file's histories, all others as held.

    A hierarchy without a column in the file is not the file's business: its placements stay, where the
    code is still valid.
    """
    named_as_parent = set(_parents_named(file, held))
    register = dict(held)
    for code, rows in file.rows.items():
        names = [row.named for row in rows]
        untouched = {
            hierarchy: clipped(placed, names)
            for hierarchy, placed in (held[code].placements.items() if code in held else ())
            if hierarchy not in file.hierarchies
        }
        told = {
            hierarchy: list(_placed(rows, hierarchy, (hierarchy, code) in named_as_parent))
            for hierarchy in file.hierarchies
        }
        register[code] = history_of(names, {**untouched, **told})
    return register


def _parents_named(file: RegisterFile, held: Register) -> Iterator[tuple[str, str]]:
    for rows in file.rows.values():
        for row in rows:
            yield from ((hierarchy, parent) for hierarchy, parent in row.parents.items() if parent not in ("", ROOT))
    for code, history in held.items():
        if code not in file.rows:
            for hierarchy, placements in history.placements.items():
                yield from ((hierarchy, placed.parent) for placed in placements if placed.parent)


def _placed(rows: Sequence[RegisterRow], hierarchy: str, is_parent: bool) -> Iterator[Placed]:
    for row in rows:
        parent = row.parents[hierarchy]
        if parent not in ("", ROOT):
            yield Placed(row.named.valid_from, row.named.valid_to, parent)
        elif hierarchy == STANDARD or parent == ROOT or is_parent:
            yield Placed(row.named.valid_from, row.named.valid_to, None)


def check(file: RegisterFile, register: Register) -> Iterator[Finding]:
    """What would be wrong with the whole register, told at the file's rows where they are the cause."""
    for orphan in orphans(register):
        at = file.place(orphan.code, orphan.start)
        facts = {"value": orphan.code, "parent": orphan.parent, "hierarchy": orphan.hierarchy}
        if orphan.known:
            yield found(PARENT_GAP, at, **facts, start=orphan.start, end=orphan.end)
        else:
            yield found(PARENT_UNKNOWN, at, **facts)
    for hierarchy, day, circle in cycles(register):
        named = [code for code in circle if code in file.rows]
        at = file.place(named[0], day) if named else Place()
        yield found(CYCLE, at, circle=", ".join(sorted(circle)), hierarchy=hierarchy, start=day)
    spellings: dict[str, str] = {}
    for code in sorted(register):
        other = spellings.setdefault(code.casefold(), code)
        if other != code:
            yield found(CASE_TWIN, file.place(code, BEGINNING), value=code, other=other)
