"""What the pages of the tree and of one code need, read in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.audit.actors import Actor
from uppsikt.coding.differences import Difference, Structure, differences
from uppsikt.coding.events import State
from uppsikt.coding.selectors import reorganisations
from uppsikt.coding.stories import sentence
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import found
from uppsikt.core.formats import number
from uppsikt.core.language import Text, say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.organisation.asked import Asked, asked_from, hierarchies
from uppsikt.web.organisation.options import Option, dimension_options, draft_options, hierarchy_options
from uppsikt.web.organisation.timeline import Timeline, day_of_stop, timeline
from uppsikt.web.organisation.trees import Line, tree_lines
from uppsikt.web.words import DIMENSION_LABELS

_A_DAY = timedelta(days=1)
_STOP = Text("Tidslinjen", "The time line")
_CODE = Text("Kod", "Code")


@dataclass(frozen=True)
class TreePage:
    """The tree at a date."""

    asked: Asked
    timeline: Timeline
    lines: Sequence[Line]
    gone: Sequence[str]  # codes that ended on the day, with their names
    dimensions: Sequence[Option]
    hierarchies: Sequence[Option]
    drafts: Sequence[Option]
    code_count: int

    @property
    def query(self) -> str:
        """The address' parameters, as links go on with them."""
        return urlencode(self.asked.pairs)

    @property
    def title(self) -> str:
        """What kind of codes the tree is of."""
        return str(DIMENSION_LABELS[self.asked.dimension])

    @property
    def says(self) -> str:
        """How many codes are shown of how many."""
        if self.asked.words:
            hits = sum(line.is_hit for line in self.lines)
            return say("{n} av {all}", "{n} of {all}", n=number(hits), all=_codes(self.code_count))
        return _codes(self.code_count)


def _codes(count: int) -> str:
    return say("{n} {n:kod|koder}", "{n} {n:code|codes}", n=number(count))


def tree_page(actor: Actor, query: QueryDict) -> TreePage:
    """The page of the tree: any day asked for, or a stop of the slider."""
    asked, plan = asked_from(actor, query)
    if query.get("stop"):
        asked = Asked(asked.dimension, asked.hierarchy, _stop_day(plan, asked, query), asked.draft, asked.words)
    slider = timeline(plan, asked.dimension, asked.day)
    structure = asked.structure(plan)
    before = Structure(plan, asked.day - _A_DAY, asked.dimension, asked.hierarchy)
    marked = _marked(before, structure) if slider.is_on_the_day else {}
    return TreePage(
        asked=asked,
        timeline=slider,
        lines=tree_lines(structure, asked.words, marked, before),
        gone=[before.name(code) for code, own in marked.items() if own.is_gone],
        dimensions=dimension_options(asked.dimension),
        hierarchies=hierarchy_options(hierarchies(plan, asked.dimension), asked.hierarchy),
        drafts=draft_options(actor, asked.draft),
        code_count=_count(structure),
    )


def _stop_day(plan: CodePlan, asked: Asked, query: QueryDict) -> date:
    text = query.get("stop", "")
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    day = day_of_stop(plan, asked.dimension, position) if position >= 0 else None
    if day is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_STOP, value=text))
    return day


def _marked(before: Structure, after: Structure) -> Mapping[str, Difference]:
    return {own.code: own for own in differences(before, after)}


def _count(structure: Structure) -> int:
    return sum(
        own.dimension == structure.dimension and own.valid_from <= structure.day < own.valid_to
        for own in structure.plan.names
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a code was called, or where it was, during a time. `since` and `until` "" have no end."""

    since: date | None
    until: date | None  # the last day
    says: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A decided event that a code had a part in."""

    day: date
    says: str
    key: str
    name: str


@dataclass(frozen=True)
class CodePage:
    """One code through time."""

    asked: Asked
    code: str
    title: str
    path: Sequence[tuple[str, str]]  # the codes above it with their names, top first
    names: Sequence[Stretch]
    places: Sequence[Stretch]
    happenings: Sequence[Happening] = ()

    @property
    def query(self) -> str:
        """The address' parameters, as links go on with them."""
        return urlencode(self.asked.pairs)

    @property
    def dimension_label(self) -> str:
        """What kind of code it is one of."""
        return str(DIMENSION_LABELS[self.asked.dimension])


def code_page(actor: Actor, code: str, query: QueryDict) -> CodePage:
    """The history of one code; `Absent` where there is none."""
    asked, plan = asked_from(actor, query)
    if not plan.knows(asked.dimension, code):
        raise Absent(found(CHOICE_UNKNOWN, name=_CODE, value=code))
    structure = asked.structure(plan)
    path = plan.path(asked.dimension, code, asked.day, asked.hierarchy)
    return CodePage(
        asked=asked,
        code=code,
        title=structure.name(code),
        path=[(own, structure.name(own)) for own in reversed(path[1:])],
        names=_names(plan, asked, code),
        places=_places(plan, asked, code),
        happenings=list(_happenings(plan, asked, code)),
    )


def _happenings(plan: CodePlan, asked: Asked, code: str) -> Iterator[Happening]:
    """What happened to a code, and what it took over: as decided, and as the draft looked at would have it."""
    for held in reorganisations():
        if held.state is State.ADOPTED or held.key == asked.draft:
            for event in held.events:
                if event.dimension == asked.dimension and code in (event.code, *event.targets):
                    yield Happening(event.on, sentence(event, plan), held.key, held.name)


def _names(plan: CodePlan, asked: Asked, code: str) -> list[Stretch]:
    own = sorted(name for name in plan.names if name.dimension == asked.dimension and name.code == code)
    return [_stretch(name.valid_from, name.valid_to, name.name) for name in own]


def _places(plan: CodePlan, asked: Asked, code: str) -> list[Stretch]:
    own = plan.placements_of(asked.dimension, code, asked.hierarchy)
    return [
        _stretch(place.valid_from, place.valid_to, _place(plan, asked, place.parent, place.valid_from))
        for place in sorted(own, key=lambda place: place.valid_from)
    ]


def _place(plan: CodePlan, asked: Asked, parent: str | None, day: date) -> str:
    if parent is None:
        return say("Överst i trädet", "At the top of the tree")
    return Structure(plan, day, asked.dimension, asked.hierarchy).name(parent)


def _stretch(since: date, until: date, says: str) -> Stretch:
    return Stretch(since if since > BEGINNING else None, until - _A_DAY if until < FOREVER else None, says)
