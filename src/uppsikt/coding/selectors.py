"""Reads of the registers. The whole code plan is one value, cached until somebody writes."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, F, Value

from uppsikt.coding.histories import register_of
from uppsikt.coding.models import CodePlacement, CodeVersion, RegisterRevision
from uppsikt.coding.registers import rows_of
from uppsikt.core.codeplan import CodeName, CodePlan, Placement

_cache: tuple[str, CodePlan] = ("", CodePlan())


def code_plan() -> CodePlan:
    """All codes over time: one query where nothing changed since last time, two where something did."""
    global _cache
    token = revision()
    if token and _cache[0] == token:
        return _cache[1]
    # read after the token: content newer than its token is read again next time, never kept too long
    plan = _read_plan()
    if token:
        _cache = (token, plan)
    return plan


def revision() -> str:
    """The token of the registers' latest write; "" where nothing was ever written."""
    return RegisterRevision.objects.values_list("token", flat=True).first() or ""


def _read_plan() -> CodePlan:
    # one statement for both tables, so that names and placements are of the same moment
    names = CodeVersion.objects.values_list(
        F("code__dimension"),
        F("code__code"),
        Value("", output_field=CharField()),
        F("name"),
        F("kind"),
        F("valid_from"),
        F("valid_to"),
    )
    placements = CodePlacement.objects.values_list(
        F("code__dimension"),
        F("code__code"),
        F("hierarchy"),
        F("parent__code"),
        Value("", output_field=CharField()),
        F("valid_from"),
        F("valid_to"),
    )
    code_names, placed = [], []
    for dimension, code, hierarchy, text, kind, start, end in names.union(placements, all=True):
        if hierarchy:
            placed.append(Placement(dimension, hierarchy, code, start, end, text))
        else:
            code_names.append(CodeName(dimension, code, start, end, text, kind))
    return CodePlan(tuple(code_names), tuple(placed))


def unit_path(code: str, on: date) -> list[str]:
    """A unit and its ancestors up to the root on a day: what permission is asked for."""
    return code_plan().path("unit", code, on)


def register_rows(dimension: str) -> tuple[list[str], list[list[str]]]:
    """Headings (keys) and rows of a register, in the form the import reads."""
    return rows_of(register_of(code_plan(), dimension))


def search(dimension: str, words: str, on: date, limit: int = 50) -> list[CodeName]:
    """Codes valid on a day whose code or name has all the words, codes that begin so first."""
    sought = words.casefold().split()
    hits = [
        entry
        for entry in code_plan().names
        if entry.dimension == dimension
        and entry.valid_from <= on < entry.valid_to
        and all(word in entry.code.casefold() or word in entry.name.casefold() for word in sought)
    ]
    first = sought[0] if sought else ""
    hits.sort(key=lambda entry: (not entry.code.casefold().startswith(first), entry.code))
    return hits[:limit]
