"""`report.yaml` read to values: what the report is, and what its tables, charts and derived figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import Unit
from uppsikt.core.guarded_yaml import NotYaml, compose_yaml
from uppsikt.core.language import say
from uppsikt.core.tables import date_from_text
from uppsikt.reports.findings import FOLDER_UNREADABLE, KEY_MISSING, KEY_UNKNOWN, RECIPE_BROKEN, VALUE_WRONG

RECIPE_FILE = "report.yaml"
CHART_KINDS = ("deviation", "bridge", "facts")


@dataclass(frozen=True, slots=True)
class StatementAsk:
    """Which statement, for which unit, which of its rows and columns, and the words around it."""

    key: str
    statement: str
    unit: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartAsk:
    """What a chart shows."""

    key: str
    kind: str
    statement: str = ""
    unit: str | None = None
    column: str = "avvikelse"
    rows: tuple[str, ...] = ()
    sort: str = "value"
    unit_of_measure: Unit | None = None
    start: str = "budget"
    end: str = "prognos"
    total: str = ""
    facts: tuple[str, ...] = ()
    caption: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A named figure: the first operand plus (sum) or minus (difference) the others."""

    name: str
    operands: tuple[str, ...]
    is_difference: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class RowAsk:
    """A row of a table of facts or text."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableAsk:
    """A table of facts or text."""

    key: str
    caption: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[RowAsk, ...]
    note: str = ""


@dataclass(frozen=True)
class Recipe:
    """The whole of `report.yaml`. `lines` tells where each key stands, by its path ("charts/bro/kind")."""

    key: str
    title: str
    municipality: str
    committee: str
    round: str
    parts: tuple[str, ...]
    subtitle: str = ""
    unit: str = ""
    language: str = "sv"
    version: str = "1"
    date: date | None = None
    author: str = ""
    diary_number: str = ""
    is_numbered: bool = True
    with_lineage: bool = True
    statements: Mapping[str, StatementAsk] = field(default_factory=dict)
    charts: Mapping[str, ChartAsk] = field(default_factory=dict)
    figures: Mapping[str, Derived] = field(default_factory=dict)
    facts: Mapping[str, TableAsk] = field(default_factory=dict)
    tables: Mapping[str, TableAsk] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def at(self, path: str) -> Place:
        """The place of a key in report.yaml; the nearest key above where the path itself has none."""
        while path and path not in self.lines:
            path = path.rpartition("/")[0]
        return Place(RECIPE_FILE, self.lines.get(path))


def read_text(folder: Path, name: str) -> tuple[str, list[Finding]]:
    """A file of the report's folder as text; names may not lead out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return "", [found(FOLDER_UNREADABLE, name=name, why=say("ligger utanför mappen", "lies outside the folder"))]
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except OSError as error:
        return "", [found(FOLDER_UNREADABLE, name=name, why=error.strerror or type(error).__name__)]
    except UnicodeDecodeError:
        return "", [found(FOLDER_UNREADABLE, name=name, why="UTF-8")]


def read_recipe(folder: Path) -> tuple[Recipe | None, list[Finding]]:
    """The recipe in a report's folder, or what is wrong with it."""
    text, findings = read_text(folder, RECIPE_FILE)
    return (None, findings) if findings else recipe_of(text)


def recipe_of(text: str) -> tuple[Recipe | None, list[Finding]]:
    """The recipe that a text holds, or what is wrong with it."""
    try:
        node = compose_yaml(text)
    except NotYaml as fault:
        return None, [found(RECIPE_BROKEN, Place(RECIPE_FILE, fault.line), why=fault.why)]
    lines: dict[str, int] = {}
    content = _plain(node, "", lines) if node else {}
    return _Reader(lines).recipe(content)


def _plain(node: yaml.Node, path: str, lines: dict[str, int]) -> object:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, object] = {}
        for key, value in node.value:
            inner = f"{path}/{key.value}".lstrip("/")
            lines[inner] = key.start_mark.line + 1
            mapping[str(key.value)] = _plain(value, inner, lines)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{path}/{index}", lines) for index, item in enumerate(node.value)]
    return "" if node.tag.endswith(":null") else str(node.value).strip()


_TOP = (
    *("key", "title", "subtitle", "municipality", "committee", "unit", "round", "language", "version", "date"),
    *(
        "author",
        "diary_number",
        "numbering",
        "lineage",
        "parts",
        "statements",
        "charts",
        "figures",
        "facts",
        "tables",
    ),
)
_STATEMENT = ("statement", "unit", "columns", "rows", "caption", "note")
_CHART = (
    *("kind", "statement", "unit", "column", "rows", "sort", "unit_of_measure", "from", "to", "total", "facts"),
    *("caption", "text"),
)
_FIGURE = ("sum", "difference", "label")
_TABLE = ("caption", "heading", "columns", "rows", "note")


class _Reader:
    """Turns plain YAML into a recipe and collects what is wrong."""

    def __init__(self, lines: Mapping[str, int]) -> None:
        self.lines = lines
        self.findings: list[Finding] = []

    def recipe(self, content: object) -> tuple[Recipe | None, list[Finding]]:
        top = self.mapping("", content, _TOP)
        for key in ("key", "title", "municipality", "round", "parts"):
            if not top.get(key):
                self.complain(KEY_MISSING, "", where=RECIPE_FILE, key=key)
        recipe = Recipe(
            key=self.slug("key", top),
            title=self.text("title", top),
            municipality=self.text("municipality", top),
            committee=self.text("committee", top),
            round=self.text("round", top),
            parts=self.texts("parts", top),
            subtitle=self.text("subtitle", top),
            unit=self.text("unit", top),
            language=self.choice("language", top, ("sv", "en"), "sv"),
            version=self.text("version", top) or "1",
            date=self.day("date", top),
            author=self.text("author", top),
            diary_number=self.text("diary_number", top),
            is_numbered=self.choice("numbering", top, ("true", "false"), "true") == "true",
            with_lineage=self.choice("lineage", top, ("true", "false"), "true") == "true",
            statements={key: self.statement(key, value) for key, value in self.entries("statements", top)},
            charts={key: self.chart(key, value) for key, value in self.entries("charts", top)},
            figures={key: self.derived(key, value) for key, value in self.entries("figures", top)},
            facts={key: self.table("facts", key, value) for key, value in self.entries("facts", top)},
            tables={key: self.table("tables", key, value) for key, value in self.entries("tables", top)},
            lines=self.lines,
        )
        return (None if self.findings else recipe), self.findings

    def statement(self, key: str, content: object) -> StatementAsk:
        path = f"statements/{key}"
        entry = self.mapping(path, content, _STATEMENT)
        return StatementAsk(
            key,
            self.text("statement", entry) or key,
            self.text("unit", entry) or None,
            self.texts("columns", entry, path),
            self.texts("rows", entry, path),
            self.text("caption", entry),
            self.text("note", entry),
        )

    def chart(self, key: str, content: object) -> ChartAsk:
        path = f"charts/{key}"
        entry = self.mapping(path, content, _CHART)
        kind = self.choice("kind", entry, CHART_KINDS, "", path)
        for needed in {"facts": ["facts"], "bridge": ["statement", "total"], "deviation": ["statement"]}.get(
            kind, []
        ):
            if not entry.get(needed):
                self.complain(KEY_MISSING, path, where=path, key=needed)
        unit = self.choice("unit_of_measure", entry, ("", *(unit.value for unit in Unit)), "", path)
        return ChartAsk(
            key,
            kind,
            self.text("statement", entry),
            self.text("unit", entry) or None,
            self.text("column", entry) or "avvikelse",
            self.texts("rows", entry, path),
            self.choice("sort", entry, ("value", "order"), "value", path),
            Unit(unit) if unit else None,
            self.text("from", entry) or "budget",
            self.text("to", entry) or "prognos",
            self.text("total", entry),
            self.texts("facts", entry, path),
            self.text("caption", entry),
            self.text("text", entry),
        )

    def derived(self, name: str, content: object) -> Derived:
        path = f"figures/{name}"
        entry = self.mapping(path, content, _FIGURE)
        is_difference = "difference" in entry
        operands = self.texts("difference" if is_difference else "sum", entry, path)
        if len(operands) < 2 or ("sum" in entry and is_difference):
            wanted = say(
                "sum eller difference med minst två adresser", "sum or difference with two addresses or more"
            )
            self.complain(VALUE_WRONG, path, where=path, value=name, wanted=wanted)
        return Derived(name, operands, is_difference, self.text("label", entry))

    def table(self, section: str, key: str, content: object) -> TableAsk:
        path = f"{section}/{key}"
        entry = self.mapping(path, content, _TABLE)
        for needed in ("columns", "rows"):
            if not entry.get(needed):
                self.complain(KEY_MISSING, path, where=path, key=needed)
        rows = entry.get("rows")
        return TableAsk(
            key,
            self.text("caption", entry),
            self.text("heading", entry),
            self.texts("columns", entry, path),
            tuple(
                self.row(f"{path}/rows/{index}", row)
                for index, row in enumerate(rows if isinstance(rows, list) else [])
            ),
            self.text("note", entry),
        )

    def row(self, path: str, content: object) -> RowAsk:
        entry = self.mapping(path, content, ["label", "cells"])
        return RowAsk(self.text("label", entry), self.texts("cells", entry, path))

    def mapping(self, path: str, content: object, known: Iterable[str]) -> dict[str, object]:
        where = path or RECIPE_FILE
        if content in ("", None):
            return {}
        if not isinstance(content, dict):
            wanted = say("nycklar med värden", "keys with values")
            self.complain(VALUE_WRONG, path, where=where, value=str(content)[:40], wanted=wanted)
            return {}
        for key in content:
            if key not in known:
                self.complain(KEY_UNKNOWN, f"{path}/{key}".lstrip("/"), where=where, key=key, known=", ".join(known))
        return content

    def entries(self, section: str, top: Mapping[str, object]) -> list[tuple[str, object]]:
        content = top.get(section)
        if content in ("", None):
            return []
        if isinstance(content, dict):
            return list(content.items())
        wanted = say("nycklar med värden", "keys with values")
        self.complain(VALUE_WRONG, section, where=section, value=str(content)[:40], wanted=wanted)
        return []

    def text(self, key: str, entry: Mapping[str, object]) -> str:
        value = entry.get(key, "")
        return value if isinstance(value, str) else ""

    def texts(self, key: str, entry: Mapping[str, object], path: str = "") -> tuple[str, ...]:
        value = entry.get(key)
        if value in ("", None):
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        where = f"{path}/{key}".lstrip("/")
        self.complain(VALUE_WRONG, where, where=where, value=str(value)[:40], wanted=say("en lista", "a list"))
        return ()

    def choice(
        self, key: str, entry: Mapping[str, object], allowed: tuple[str, ...], default: str, path: str = ""
    ) -> str:
        value = self.text(key, entry) or default
        if value in allowed:
            return value
        where = f"{path}/{key}".lstrip("/")
        self.complain(VALUE_WRONG, where, where=where, value=value or "–", wanted=", ".join(filter(None, allowed)))
        return default

    def slug(self, key: str, entry: Mapping[str, object]) -> str:
        value = self.text(key, entry)
        if value and not (value.isascii() and value.replace("-", "").replace("_", "").isalnum()):
            wanted = say("bokstäver a–z, siffror och bindestreck", "letters a–z, digits and hyphens")
            self.complain(VALUE_WRONG, key, where=key, value=value, wanted=wanted)
        return value

    def day(self, key: str, entry: Mapping[str, object]) -> date | None:
        value = self.text(key, entry)
        day = date_from_text(value) if value else None
        if value and day is None:
            self.complain(VALUE_WRONG, key, where=key, value=value, wanted="2022-10-04")
        return day

    def complain(self, code: str, path: str, **facts: object) -> None:
        while path and path not in self.lines:
            path = path.rpartition("/")[0]
        self.findings.append(found(code, Place(RECIPE_FILE, self.lines.get(path)), **facts))
