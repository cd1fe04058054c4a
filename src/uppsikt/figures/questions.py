"""The SQL files as texts. A text depends on which dimensions are used, never on data or on what users write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from uppsikt.core.postings import DIMENSIONS

_PARTS = {"{cell}": "cell", "{summed}": "summed"}  # places for texts that questions share


@cache
def _read(name: str) -> str:
    return (files("uppsikt.figures") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def question(
    name: str,
    used: tuple[str, ...] = (),
    *,
    late: str = "",
    ranged: tuple[str, ...] = (),
    known: int = 0,
    drilled: str = "",
) -> str:
    """A question's SQL: a line with {used}, {ranged}, {early} or {late} stands once for each such dimension.

    One with {known} stands once for each of so many days up to which columns know decisions.
    """
    unknown = {*used, *ranged, late, drilled} - {*DIMENSIONS, ""}
    if unknown:
        raise ValueError(f"not dimensions: {unknown}")
    text = "\n".join(_lines(_read(name)))
    for place, part in _PARTS.items():
        text = text.replace(place, "\n".join(_lines(_read(part))).strip()) if place in text else text
    places = {
        "{early}": [dimension for dimension in used if dimension not in (late, *ranged)],
        "{ranged}": list(ranged),
        "{late}": [late] if late else [],
        "{used}": list(used),
        "{drilled}": [drilled] if drilled else [],
        "{known}": [str(number) for number in range(known)],
    }
    return "\n".join(expanded for line in _lines(text) for expanded in _expand(line, places))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("--")]


def _expand(line: str, places: dict[str, list[str]]) -> Sequence[str]:
    for place, dimensions in places.items():
        if place in line:
            return [line.replace(place, dimension) for dimension in dimensions]
    return [line]
