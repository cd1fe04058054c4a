"""The form of a draft: the same cells as the file of events, so that both are read and judged alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from uppsikt.coding.events import EventKind
from uppsikt.core.codeplan import STANDARD

_PORTIONS_AT_FIRST = 2  # what a split has at least


@dataclass(frozen=True, slots=True)
class PortionField:
    """One line of where a code's money goes, as written."""

    to: str = ""
    share: str = ""
    where: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written on it."""
        return not (self.to or self.share or self.where)


@dataclass(frozen=True, slots=True)
class EventField:
    """One event as written. `number` is its own in the draft, and what its fields are called by."""

    number: int
    kind: str = EventKind.OPEN.value
    dimension: str = "unit"
    on: str = ""
    code: str = ""
    name: str = ""
    code_kind: str = ""
    parent: str = ""
    hierarchy: str = STANDARD
    text: str = ""
    portions: Sequence[PortionField] = ()
    is_open: bool = False  # shown unfolded

    @property
    def lines(self) -> Sequence[PortionField]:
        """The portions to write on: as many as there are, and never fewer than the kind begins with."""
        least = 1 if self.kind in (EventKind.MERGE, EventKind.TRANSFER) else _PORTIONS_AT_FIRST
        return [*self.portions, *(PortionField() for _ in range(least - len(self.portions)))]


@dataclass(frozen=True)
class DraftForm:
    """A draft as written."""

    key: str = ""
    name: str = ""
    decision: str = ""
    decided_on: str = ""
    text: str = ""
    events: Sequence[EventField] = field(default_factory=tuple)

    @property
    def next_number(self) -> int:
        """What a new event will be called."""
        return 1 + max((event.number for event in self.events), default=0)

    def with_event(self, ordinary_day: str = "") -> DraftForm:
        """One event more, on the same day and of the same kind of code as the one before."""
        last = self.events[-1] if self.events else EventField(0, on=ordinary_day)
        new = EventField(self.next_number, dimension=last.dimension, on=last.on, is_open=True)
        return replace(self, events=[*self.events, new])

    def without_event(self, number: int) -> DraftForm:
        """One event less; the others keep their numbers."""
        return replace(self, events=[event for event in self.events if event.number != number])

    def with_portion(self, number: int) -> DraftForm:
        """One line more to write a portion on."""
        return self._with(number, lambda event: replace(event, portions=[*event.lines, PortionField()], is_open=True))

    def opened(self, numbers: Iterable[int]) -> DraftForm:
        """Unfolded where something is to be looked at."""
        wanted = set(numbers)
        return replace(
            self, events=[replace(own, is_open=own.is_open or own.number in wanted) for own in self.events]
        )

    def _with(self, number: int, change: Callable[[EventField], EventField]) -> DraftForm:
        events = [change(event) if event.number == number else event for event in self.events]
        return replace(self, events=events)


def posted_form(key: str, posted: QueryDict) -> DraftForm:
    """The form as it was sent in."""
    return DraftForm(
        key=key,
        name=posted.get("name", "").strip(),
        decision=posted.get("decision", "").strip(),
        decided_on=posted.get("decided_on", "").strip(),
        text=posted.get("text", "").strip(),
        events=list(_posted_events(posted)),
    )


def _posted_events(posted: QueryDict) -> Iterator[EventField]:
    numbers = dict.fromkeys(int(text) for text in posted.getlist("event") if text.isascii() and text.isdigit())
    for number in numbers:

        def cell(name: str, ordinary: str = "", number: int = number) -> str:
            return posted.get(f"event-{number}-{name}", ordinary).strip()

        yield EventField(
            number=number,
            kind=cell("kind", EventKind.OPEN.value),
            dimension=cell("dimension", "unit"),
            on=cell("on"),
            code=cell("code"),
            name=cell("name"),
            code_kind=cell("code_kind"),
            parent=cell("parent"),
            hierarchy=cell("hierarchy") or STANDARD,
            text=cell("text"),
            portions=list(_posted_portions(number, posted)),
        )


def _posted_portions(number: int, posted: QueryDict) -> Iterator[PortionField]:
    columns = (posted.getlist(f"event-{number}-{name}") for name in ("to", "share", "where"))
    for cells in zip(*columns, strict=False):
        portion = PortionField(*(cell.strip() for cell in cells))
        if not portion.is_empty:
            yield portion
