"""The SQL files as texts. A text depends on which dimensions are used, never on data or on what users write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from uppsikt.core.postings import DIMENSIONS, POSTING_COLUMNS

_SHARED = ("cell", "summed")  # texts that questions share, each in the place of its name
_SOURCE = re.compile(r"\{((?:ledger_|plan_)?postings)\}")
_COLUMNS = tuple(name for name, _ in POSTING_COLUMNS)
Cut = tuple[str, tuple[str, ...]]  # a dimension with split codes, and those that decide where their postings go


@cache
def _read(name: str) -> str:
    text = (files("uppsikt.figures") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


@cache
def question(
    name: str,
    used: tuple[str, ...] = (),
    *,
    late: str = "",
    ranged: tuple[str, ...] = (),
    known: int = 0,
    drilled: str = "",
    cuts: tuple[Cut, ...] = (),
) -> str:
    """A question's SQL: a line with {used}, {ranged}, {early} or {late} stands once for each such dimension.

    One with {known} stands once for each of so many days up to which columns know decisions. With `cuts` the
    question is put to postings in parts.
    """
    asked = {dimension for _, others in cuts for dimension in others}
    unknown = {*used, *ranged, late, drilled, *dict(cuts), *asked} - {*DIMENSIONS, ""}
    if unknown:
        raise ValueError(f"not dimensions: {unknown}")
    text = _read(name)
    for shared in _SHARED:
        text = text.replace(f"{{{shared}}}", _read(shared))
    sources = dict.fromkeys(_SOURCE.findall(text))
    text = _SOURCE.sub(r"\1_parts" if cuts else r"\1", text)
    text = text.replace("{parts}", "\n".join(_parts(source, cuts) for source in sources) if cuts else "")
    return _expanded(
        text,
        {
            "early": [dimension for dimension in used if dimension not in (late, *ranged)],
            "ranged": ranged,
            "late": [late] if late else [],
            "used": used,
            "drilled": [drilled] if drilled else [],
            "known": [str(number) for number in range(known)],
            "whole": ["whole_ore" if cuts else "amount_ore"],
        },
    )


def _parts(source: str, cuts: Sequence[Cut]) -> str:
    """The relations that have a source's postings in their parts: one step for each dimension that is cut."""
    kept = [name for name in DIMENSIONS if any(name == cut or name in asked for cut, asked in cuts)]
    steps, given = [], f"{source}_split"
    for own, asked in cuts:
        other = [name for name in _COLUMNS if name not in (own, "amount_ore")]
        text = _read("leaves").replace("{source}", source).replace("{given}", given).replace("{own}", own)
        steps.append(_expanded(text, {"other": other, "asked": asked, "kept": kept}))
        given = f"{source}_in_{own}"
    text = _read("parts").replace("{source}", source).replace("{last}", cuts[-1][0])
    text = text.replace("{steps}", "\n".join(steps))
    return _expanded(text, {"column": _COLUMNS, "kept": kept, "cut": [own for own, _ in cuts]})


def _expanded(text: str, places: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(line for given in text.splitlines() if given for line in _expand(given, places))


def _expand(line: str, places: Mapping[str, Sequence[str]]) -> Sequence[str]:
    for place, values in places.items():
        if f"{{{place}}}" in line:
            return [line.replace(f"{{{place}}}", value) for value in values]
    return [line]
