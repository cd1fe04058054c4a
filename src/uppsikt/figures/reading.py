"""Reads a statement definition from YAML; everything wrong is a finding with its line."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeVar

from uppsikt.core.codeplan import STANDARD
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import date_from_text
from uppsikt.figures.addresses import is_slug, slug
from uppsikt.figures.definitions import (
    ABOVE,
    ArithmeticColumn,
    ColumnSpec,
    Direct,
    EachRow,
    Knowledge,
    MoneyColumn,
    Operation,
    RowSpec,
    Scenario,
    Selector,
    SelectRow,
    Span,
    StatementDefinition,
    Structure,
    SumRow,
    Test,
)
from uppsikt.figures.findings import (
    KEY_MISSING,
    KEY_NOT_A_SLUG,
    LABEL_PLACE_UNKNOWN,
    NOTHING_TO_SHOW,
    VALUE_UNKNOWN,
)
from uppsikt.figures.model import ColumnKind, RowStyle
from uppsikt.figures.references import check_references
from uppsikt.figures.yaml_nodes import Node, Reading, read_nodes

LABEL_PLACES = ("year", "previous_year", "cut_off", "previous_year_cut_off", "round", "previous_round", "unit")
_EACH_PLACES = ("code", "name")
_STATEMENT = ("key", "title", "view", "base", "partial", "needs_unit", "rows", "columns")
_SELECT = ("key", "label", "style", "level", *DIMENSIONS)
_SUM = ("key", "label", "style", "level", "sum")
_EACH = ("each", "of", "hierarchy", "levels", "key", "label", "kind", "style", "parts", "where", "empty", "direct")
_MONEY = ("key", "label", "kind", "hidden", "scenario", "period", "year", "structure", "known_on")
_ARITHMETIC = ("key", "label", "kind", "hidden", *(operation.value for operation in Operation))
_TEST = ("under", "not", "hierarchy", "present")
_PLACE = re.compile(r"\{[^{}]*\}?|\}")
_MONTHS = re.compile(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)")
_Choice = TypeVar("_Choice", bound=StrEnum)
_TRUE = {"true": True, "false": False, "yes": True, "no": False}


def read_definition(text: str, source: str) -> tuple[StatementDefinition | None, list[Finding]]:
    """The definition as far as it can be read, and every finding."""
    reading = Reading(source)
    root = read_nodes(text, reading)
    if root is None:
        return None, reading.findings
    parts = reading.map_of(root, "statement", _STATEMENT)
    rows = [(node, _row(reading, node)) for node in reading.list_of(parts.get("rows"), "rows")]
    columns = [(node, _column(reading, node)) for node in reading.list_of(parts.get("columns"), "columns")]
    for name, listed in (("rows", rows), ("columns", columns)):
        if not listed:
            reading.find(NOTHING_TO_SHOW, parts.get(name, root), part=name)
    definition = StatementDefinition(
        key=_key(reading, root, parts, "statement"),
        title=_label(reading, root, parts, "title", LABEL_PLACES),
        rows=tuple(row for _, row in rows if row),
        columns=tuple(column for _, column in columns if column),
        base=_selector(reading, parts["base"]) if "base" in parts else (),
        view=_view(reading, parts.get("view")),
        is_partial=_flag(reading, parts.get("partial"), "partial"),
        needs_unit=_flag(reading, parts.get("needs_unit"), "needs_unit"),
    )
    check_references(
        reading, [(node, row) for node, row in rows if row], [(node, column) for node, column in columns if column]
    )
    return definition, reading.findings


def _row(reading: Reading, node: Node) -> RowSpec | None:
    entries = node.entries or {}
    if "each" in entries:
        return _each(reading, node)
    if "sum" in entries:
        parts = reading.map_of(node, "rows", _SUM)
        return SumRow(
            _key(reading, node, parts, "rows"),
            _label(reading, node, parts, "label", LABEL_PLACES),
            reading.texts_of(parts["sum"], "sum") or (ABOVE,),
            _one_of(reading, parts.get("style"), "style", RowStyle, RowStyle.TOTAL),
            _number(reading, parts.get("level"), "level", 0, 0, 9),
        )
    parts = reading.map_of(node, "rows", _SELECT)
    return _select(reading, node, parts) if parts else None


def _select(reading: Reading, node: Node, parts: dict[str, Node]) -> SelectRow:
    return SelectRow(
        _key(reading, node, parts, "rows"),
        _label(reading, node, parts, "label", LABEL_PLACES),
        tuple(_test(reading, name, parts[name]) for name in DIMENSIONS if name in parts),
        _one_of(reading, parts.get("style"), "style", RowStyle, RowStyle.NORMAL),
        _number(reading, parts.get("level"), "level", 0, 0, 9),
    )


def _each(reading: Reading, node: Node) -> EachRow:
    parts = reading.map_of(node, "rows", _EACH)
    dimension = reading.text_of(parts.get("each"), "each")
    if dimension not in DIMENSIONS:
        reading.find(VALUE_UNKNOWN, parts["each"], name="each", value=dimension, wanted=", ".join(DIMENSIONS))
    label = reading.text_of(parts.get("label"), "label") or "{name}"
    _check_places(reading, parts.get("label", node), label, _EACH_PLACES)
    return EachRow(
        dimension=dimension,
        of=reading.texts_of(parts.get("of"), "of") or ("unit" if dimension == "unit" else "root",),
        hierarchy=reading.text_of(parts.get("hierarchy"), "hierarchy") or STANDARD,
        levels=_number(reading, parts.get("levels"), "levels", 1, 1, 9),
        keyed_by=_word(reading, parts.get("key"), "key", ("code", "name")),
        label=label,
        kind=reading.text_of(parts.get("kind"), "kind"),
        selector=_selector(reading, parts["where"]) if "where" in parts else (),
        style=_one_of(reading, parts.get("style"), "style", RowStyle, RowStyle.NORMAL),
        is_sparse=_word(reading, parts.get("empty"), "empty", ("show", "hide")) == "hide",
        direct=_one_of(reading, parts.get("direct"), "direct", Direct, Direct.SHOW),
        parts=tuple(
            _select(reading, item, reading.map_of(item, "parts", _SELECT))
            for item in reading.list_of(parts.get("parts"), "parts")
        ),
    )


def _column(reading: Reading, node: Node) -> ColumnSpec | None:
    entries = node.entries or {}
    for operation in Operation:
        if operation.value in entries:
            return _arithmetic(reading, node, operation)
    parts = reading.map_of(node, "columns", _MONEY)
    if not parts:
        return None
    if "scenario" not in parts:
        reading.find(KEY_MISSING, node, part="columns", name="scenario")
    scenario = _one_of(reading, parts.get("scenario"), "scenario", Scenario, Scenario.ACTUAL)
    span, months = _span(reading, parts.get("period"))
    structure, structure_day = _dated(reading, parts.get("structure"), "structure", Structure, Structure.REPORT)
    default = Knowledge.CUT_OFF if scenario is Scenario.BUDGET else Knowledge.ALL
    knowledge, known_on = _dated(reading, parts.get("known_on"), "known_on", Knowledge, default)
    return MoneyColumn(
        key=_key(reading, node, parts, "columns"),
        label=_label(reading, node, parts, "label", LABEL_PLACES),
        scenario=scenario,
        span=span,
        years_back=("this", "previous").index(_word(reading, parts.get("year"), "year", ("this", "previous"))),
        months=months,
        structure=structure,
        structure_day=structure_day,
        knowledge=knowledge,
        known_on=known_on,
        is_hidden=_flag(reading, parts.get("hidden"), "hidden"),
        kind=_one_of(reading, parts.get("kind"), "kind", ColumnKind, ColumnKind.MONEY),
    )


def _arithmetic(reading: Reading, node: Node, operation: Operation) -> ArithmeticColumn:
    parts = reading.map_of(node, "columns", _ARITHMETIC)
    operands = reading.texts_of(parts[operation.value], operation.value)
    if not operands or (operation is not Operation.SUM and len(operands) != 2):
        reading.find(
            VALUE_UNKNOWN, parts[operation.value], name=operation.value, value=", ".join(operands), wanted="[a, b]"
        )
    default = ColumnKind.SHARE if operation is Operation.SHARE else ColumnKind.MONEY
    kind = _one_of(reading, parts.get("kind"), "kind", ColumnKind, default)
    return ArithmeticColumn(
        _key(reading, node, parts, "columns"),
        _label(reading, node, parts, "label", LABEL_PLACES),
        operation,
        operands,
        ColumnKind.SHARE if operation is Operation.SHARE else kind,
        _flag(reading, parts.get("hidden"), "hidden"),
    )


def _span(reading: Reading, node: Node | None) -> tuple[Span, tuple[int, int] | None]:
    text = reading.text_of(node, "period") or Span.FULL_YEAR.value
    if text in (Span.TO_CUT_OFF, Span.FULL_YEAR):
        return Span(text), None
    if match := _MONTHS.fullmatch(text):
        years_and_months = [int(part) for part in match.groups()]
        try:
            first, last = Month(*years_and_months[:2]).number, Month(*years_and_months[2:]).number
        except ValueError:
            first, last = 1, 0
        if first <= last:
            return Span.MONTHS, (first, last)
    if node is not None:
        wanted = "to-cut-off, full-year, 2022-01..2022-06"
        reading.find(VALUE_UNKNOWN, node, name="period", value=text, wanted=wanted)
    return Span.FULL_YEAR, None


def _dated(
    reading: Reading, node: Node | None, name: str, choices: type[_Choice], default: _Choice
) -> tuple[_Choice, date | None]:
    text = reading.text_of(node, name)
    if node is not None and text[:1].isdigit():
        day = date_from_text(text)
        if day is None:
            reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted="2022-08-31")
        return choices("date"), day
    choice = _one_of(reading, node, name, choices, default)
    if node is not None and choice.value == "date":
        reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted="2022-08-31")
    return choice, None


def _selector(reading: Reading, node: Node) -> Selector:
    parts = reading.map_of(node, "base", DIMENSIONS)
    return tuple(_test(reading, name, parts[name]) for name in DIMENSIONS if name in parts)


def _test(reading: Reading, dimension: str, node: Node) -> Test:
    if node.entries is None:  # short form: the codes alone
        return Test(dimension, reading.texts_of(node, dimension))
    parts = reading.map_of(node, dimension, _TEST)
    return Test(
        dimension,
        reading.texts_of(parts.get("under"), "under"),
        reading.texts_of(parts.get("not"), "not"),
        reading.text_of(parts.get("hierarchy"), "hierarchy") or STANDARD,
        _flag(reading, parts["present"], "present") if "present" in parts else None,
    )


def _view(reading: Reading, node: Node | None) -> View:
    if node is None:
        return View()
    parts = reading.map_of(node, "view", ("sign", "unit", "decimals"))
    unit = _one_of(reading, parts.get("unit"), "unit", Unit, Unit.TKR)
    default = 1 if unit is Unit.MNKR else 0
    return View(
        _one_of(reading, parts.get("sign"), "sign", Sign, Sign.REVERSED),
        unit,
        _number(reading, parts.get("decimals"), "decimals", default, 0, 3),
    )


def _key(reading: Reading, node: Node, parts: dict[str, Node], part: str) -> str:
    if "key" not in parts:
        reading.find(KEY_MISSING, node, part=part, name="key")
        return ""
    key = reading.text_of(parts["key"], "key")
    if not is_slug(key):
        reading.find(KEY_NOT_A_SLUG, parts["key"], value=key, suggestion=slug(key) or "nyckel")
    return key


def _label(reading: Reading, node: Node, parts: dict[str, Node], name: str, places: tuple[str, ...]) -> Text:
    if name not in parts:
        reading.find(KEY_MISSING, node, part="statement" if name == "title" else "rows/columns", name=name)
        return Text("", "")
    label = parts[name]
    if label.text is not None:
        text = Text(label.text, label.text)
    else:
        both = reading.map_of(label, name, ("sv", "en"))
        sv = reading.text_of(both.get("sv"), "sv")
        text = Text(sv, reading.text_of(both.get("en"), "en") or sv)
        if not sv:
            reading.find(KEY_MISSING, label, part=name, name="sv")
    for one in dict.fromkeys((text.sv, text.en)):
        _check_places(reading, label, one, places)
    return text


def _check_places(reading: Reading, node: Node, text: str, places: tuple[str, ...]) -> None:
    known = [f"{{{place}}}" for place in places]
    for place in _PLACE.findall(text):
        if place not in known:
            reading.find(LABEL_PLACE_UNKNOWN, node, text=text, place=place, known=", ".join(known))


def _one_of(reading: Reading, node: Node | None, name: str, choices: type[_Choice], default: _Choice) -> _Choice:
    if node is None:
        return default
    text = reading.text_of(node, name)
    try:
        return choices(text)
    except ValueError:
        reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted=", ".join(choice.value for choice in choices))
        return default


def _word(reading: Reading, node: Node | None, name: str, words: tuple[str, ...]) -> str:
    text = reading.text_of(node, name) or words[0]
    if node is not None and text not in words:
        reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted=", ".join(words))
        return words[0]
    return text


def _number(reading: Reading, node: Node | None, name: str, default: int, least: int, most: int) -> int:
    if node is None:
        return default
    text = reading.text_of(node, name)
    if text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most:
        return int(text)
    reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted=f"{least}–{most}")
    return default


def _flag(reading: Reading, node: Node | None, name: str) -> bool:
    if node is None:
        return False
    text = reading.text_of(node, name).lower()
    if text not in _TRUE:
        reading.find(VALUE_UNKNOWN, node, name=name, value=text, wanted="true, false")
    return _TRUE.get(text, False)
