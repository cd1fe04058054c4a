"""Budget on codes that an annulled reorganisation alone had opened: no entry can reach it any more. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppsikt.coding.events import EventKind, Reorganisation
from uppsikt.consequences.endings import labelled
from uppsikt.consequences.findings import STRANDED
from uppsikt.consequences.transfer import Cell
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import to_the_ore
from uppsikt.core.postings import DIMENSIONS


def unknown_codes(own: Reorganisation, plan: CodePlan) -> dict[str, set[str]]:
    """The codes, by dimension, that the reorganisation opened and nothing else in the plan has."""
    codes: dict[str, set[str]] = {}
    for event in own.events:
        if event.kind is EventKind.OPEN and not plan.knows(event.dimension, event.code):
            codes.setdefault(event.dimension, set()).add(event.code)
    return codes


def stranded(own: Reorganisation, plan: CodePlan, cells: Mapping[Cell, int]) -> Iterator[Finding]:
    """Each unknown code with budget on it; costs and income that cancel out are a budget too."""
    unknown = unknown_codes(own, plan)
    for event in own.events:
        if event.kind is EventKind.OPEN and event.code in unknown.get(event.dimension, ()):
            place = DIMENSIONS.index(event.dimension)
            mine = [ore for (_, codes), ore in cells.items() if codes[place] == event.code]
            if any(mine):
                value = labelled(event.code, event.name)
                yield found(STRANDED, Place(own.key, event.number), value=value, amount=to_the_ore(sum(mine)))
