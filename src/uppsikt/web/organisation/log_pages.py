"""What the log of changes needs: every reorganisation as a story, and what the registers changed by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from uppsikt.audit.actors import Actor
from uppsikt.coding.events import Reorganisation, State
from uppsikt.coding.selectors import base_plan, code_plan, reorganisations, story_of
from uppsikt.coding.stories import Chapter
from uppsikt.core.codeplan import CodeName, CodePlan, Placement
from uppsikt.core.formats import number
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.core.postings import DIMENSION_NAMES, DIMENSIONS
from uppsikt.web.organisation.plans import may_draft, require_roles
from uppsikt.web.words import DIMENSION_LABELS

_MOST_SENTENCES = 12  # of one entry in the log; the rest stand on its own page


@dataclass(frozen=True)
class Entry:
    """A reorganisation in the log."""

    held: Reorganisation
    chapters: Sequence[Chapter]

    @property
    def sentence_count(self) -> int:
        """How many events it has."""
        return len(self.held.events)

    @property
    def left_off(self) -> int:
        """How many of them aren't told here."""
        return max(0, self.sentence_count - sum(len(chapter.sentences) for chapter in self.chapters))


@dataclass(frozen=True, slots=True)
class RegisterDay:
    """A day on which a register changed without a decided event."""

    day: date
    dimension: str
    code_count: int

    @property
    def says(self) -> str:
        """What the log says of it."""
        if self.code_count == 1:
            return say(
                "En kod ({kind}) ändrades i registret utan beslutad händelse.",
                "One code ({kind}) changed in the register without a decided event.",
                kind=DIMENSION_NAMES[self.dimension],
            )
        return say(
            "{n} koder ({kind}) ändrades i registret utan beslutad händelse.",
            "{n} codes ({kind}) changed in the register without a decided event.",
            n=number(self.code_count),
            kind=str(DIMENSION_LABELS[self.dimension]).lower(),
        )


@dataclass(frozen=True)
class Year:
    """A year of the log, newest first."""

    year: int | None  # None: drafts without a day yet
    entries: Sequence[Entry]
    register_days: Sequence[RegisterDay] = ()


@dataclass(frozen=True)
class LogPage:
    """The whole log."""

    years: Sequence[Year]
    may_draft: bool


def log_page(actor: Actor) -> LogPage:
    """The log as this actor may read it: drafts are for those who draft."""
    require_roles(actor)
    drafting = may_draft(actor)
    shown = [own for own in reorganisations() if drafting or own.state is not State.DRAFT]
    decided = code_plan()
    entries = [Entry(own, list(_shortened(story_of(own, decided)))) for own in reversed(shown)]
    return LogPage(list(_by_year(entries, register_days(base_plan(), shown))), drafting)


def _shortened(story: Iterable[Chapter]) -> Iterator[Chapter]:
    room = _MOST_SENTENCES
    for chapter in story:
        if room > 0:
            yield Chapter(chapter.day, chapter.sentences[:room])
        room -= len(chapter.sentences)


def _by_year(entries: Sequence[Entry], days: Sequence[RegisterDay]) -> Iterator[Year]:
    told: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        told[entry.held.days[0].year if entry.held.days else None].append(entry)
    changed = {year: list(own) for year, own in groupby(days, key=lambda own: own.day.year)}
    if None in told:
        yield Year(None, told[None])
    for year in sorted({*told, *changed} - {None}, reverse=True):
        yield Year(year, told.get(year, []), list(reversed(changed.get(year or 0, []))))


def register_days(base: CodePlan, decided: Iterable[Reorganisation]) -> list[RegisterDay]:
    """The days the registers themselves changed codes that no event of that day is about, in order."""
    told = {(event.dimension, event.on, event.code) for held in decided for event in held.events}
    codes: dict[tuple[date, str], set[str]] = defaultdict(set)
    everything: tuple[CodeName | Placement, ...] = (*base.names, *base.placements)
    for own in everything:
        for day in (own.valid_from, own.valid_to):
            if BEGINNING < day < FOREVER and (own.dimension, day, own.code) not in told:
                codes[day, own.dimension].add(own.code)
    ordered = sorted(codes.items(), key=lambda item: (item[0][0], DIMENSIONS.index(item[0][1])))
    return [RegisterDay(day, dimension, len(own)) for (day, dimension), own in ordered]
