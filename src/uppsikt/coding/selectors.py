"""Reads of registers and reorganisations. The whole code plan is one value, cached until somebody writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db.models import CharField, F, Value

from uppsikt.coding.event_files import event_rows
from uppsikt.coding.event_findings import REORGANISATION_UNKNOWN
from uppsikt.coding.events import Reorganisation, State
from uppsikt.coding.histories import register_of
from uppsikt.coding.models import CodePlacement, CodeVersion, RegisterRevision
from uppsikt.coding.registers import rows_of
from uppsikt.coding.reorganising import Folded, with_events
from uppsikt.coding.stored_events import held_reorganisations
from uppsikt.coding.stories import Chapter, chapters
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.findings import NotFound, found
from uppsikt.core.tables import write_csv, write_xlsx


@dataclass(frozen=True)
class _Held:
    # everything of one token; plans are folded when first asked for
    token: str = ""
    base: CodePlan = field(default_factory=CodePlan)
    reorganisations: Mapping[str, Reorganisation] = field(default_factory=dict)
    folded: dict[str | None, Folded] = field(default_factory=dict)


_cache = _Held()


def code_plan(draft: str | None = None) -> CodePlan:
    """All codes over time with all adopted events in effect, and a draft's too where one is named.

    One query where nothing changed since last time, three or four where something did. Raises `NotFound`
    for an unknown draft; one that is adopted or annulled since changes nothing.
    """
    return folded(draft).plan


def base_plan() -> CodePlan:
    """The registers alone, as imported, without any event."""
    return _held().base


def folded(draft: str | None = None) -> Folded:
    """The code plan as `code_plan` gives it, with what is wrong with the events in it."""
    held = _held()
    if draft is not None and draft not in held.reorganisations:
        raise NotFound(found(REORGANISATION_UNKNOWN, key=draft, known=", ".join(held.reorganisations) or "–"))
    if draft is not None and held.reorganisations[draft].state is not State.DRAFT:
        draft = None
    if draft not in held.folded:
        counted = [own for own in held.reorganisations.values() if own.state is State.ADOPTED or own.key == draft]
        held.folded[draft] = with_events(held.base, counted)
    return held.folded[draft]


def reorganisations() -> list[Reorganisation]:
    """All reorganisations in every state, by their first day of effect, the newest last."""
    return sorted(_held().reorganisations.values(), key=lambda own: (own.days[0] if own.days else date.max, own.key))


def reorganisation(key: str) -> Reorganisation:
    """The reorganisation with a key; raises `NotFound`."""
    held = _held().reorganisations
    if key not in held:
        raise NotFound(found(REORGANISATION_UNKNOWN, key=key, known=", ".join(held) or "–"))
    return held[key]


def story_of(held: Reorganisation, decided: CodePlan) -> list[Chapter]:
    """A reorganisation told by the plan it is part of; one that was annulled by the plan it once made."""
    if held.state is State.ANNULLED:
        return chapters(held.events, with_events(base_plan(), [held]).plan)
    return chapters(held.events, decided if held.state is State.ADOPTED else code_plan(held.key))


def export_events(key: str | None = None, format: Literal["csv", "xlsx"] = "csv") -> bytes:
    """Reorganisations as a file that the import takes back without changing anything: one, or all there are."""
    headings, rows = event_rows(reorganisations() if key is None else [reorganisation(key)])
    return write_xlsx(headings, rows, key or headings[0]) if format == "xlsx" else write_csv(headings, rows)


def _held() -> _Held:
    global _cache
    token = revision()
    if token and _cache.token == token:
        return _cache
    # read after the token: content newer than its token is read again next time, never kept too long
    held = _Held(token, _read_plan(), held_reorganisations())
    if token:
        _cache = held
    return held


def revision() -> str:
    """The token of the latest write to registers or reorganisations; "" where nothing was ever written."""
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
