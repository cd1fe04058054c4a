"""The SQL files as texts. A text depends on which dimensions are used, never on data or on what users write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from uppsikt.core.postings import DIMENSIONS, POSTING_COLUMNS

_SHARED = ("cell", "summed")  # texts that questions share, each in the place of its name
_COLUMNS = tuple(name for name, _ in POSTING_COLUMNS)
_SUMMED = ("scenario", "period", "decided_on", "amount_ore")  # what whole statements ask for, beside codes
TAKEN = {"ledger_postings": "ledger_taken"}  # whose split postings are taken out beforehand, and their relation
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
    if "{sums}" in text:
        codes = tuple(own for own in DIMENSIONS if own in {*used, *asked})
        text = _with_sums(text, (*_SUMMED, *codes), known, cuts)
    else:
        parts = [_split("postings", _COLUMNS, cuts), _parts("postings", _COLUMNS, cuts)] if cuts else []
        text = text.replace("{parts}", "\n".join(parts))
        text = text.replace("{postings}", "postings_parts" if cuts else "postings")
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


def question_of_taken(cuts: Sequence[str]) -> str:
    """The SQL that takes the ledger's postings on split codes of some dimensions out of it."""
    columns = [*_SUMMED, *DIMENSIONS]
    return _expanded(_read("taken"), {"column": columns, "cut": list(cuts)})


def _with_sums(text: str, columns: Sequence[str], known: int, cuts: Sequence[Cut]) -> str:
    """Sums of ledger and plan, and those of the parts of what is split in them."""
    sources = {"ledger_postings": 0, "plan_postings": known}
    given = sources | {_last(source, cuts): days for source, days in sources.items() if cuts}
    sums = [
        _expanded(_read("sums").replace("{source}", source), {"known": [str(number) for number in range(days)]})
        for source, days in given.items()
    ]
    text = text.replace("{sums}", "\n    UNION ALL\n".join(sums))
    return text.replace("{parts}", "\n".join(_split(source, columns, cuts) for source in sources if cuts))


def _last(source: str, cuts: Sequence[Cut]) -> str:
    """The relation that has a source's split postings in all their parts."""
    return f"{source}_in_{cuts[-1][0]}"


def _split(source: str, columns: Sequence[str], cuts: Sequence[Cut]) -> str:
    """The relations that cut a source's split postings: one step for each dimension that is cut."""
    kept = [name for name in DIMENSIONS if any(name == cut or name in asked for cut, asked in cuts)]
    steps, given = [], f"{source}_split"
    for own, asked in cuts:
        other = [name for name in columns if name not in (own, "amount_ore")]
        text = _read("leaves").replace("{source}", source).replace("{given}", given).replace("{own}", own)
        steps.append(_expanded(text, {"other": other, "asked": asked, "kept": kept}))
        given = f"{source}_in_{own}"
    text = _read("split").replace("{source}", source).replace("{steps}", "\n".join(steps))
    text = text.replace("{from}", TAKEN.get(source, source))
    return _expanded(text, {"column": columns, "kept": kept, "cut": [own for own, _ in cuts]})


def _parts(source: str, columns: Sequence[str], cuts: Sequence[Cut]) -> str:
    """The relation that has all of a source's postings, split ones in their parts."""
    text = _read("parts").replace("{source}", source).replace("{last}", _last(source, cuts))
    return _expanded(text, {"column": columns})


def _expanded(text: str, places: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(line for given in text.splitlines() if given for line in _expand(given, places))


def _expand(line: str, places: Mapping[str, Sequence[str]]) -> Sequence[str]:
    for place, values in places.items():
        if f"{{{place}}}" in line:
            return [line.replace(f"{{{place}}}", value) for value in values]
    return [line]
