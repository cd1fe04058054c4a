"""What is known of a report's sections, as values: rows for pages, and what came of a write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uppsikt.audit.actors import Verb
from uppsikt.core.findings import Finding
from uppsikt.reports.recipe import RECIPE_FILE
from uppsikt.reports.writing.merging import Merged
from uppsikt.reports.writing.splitting import chapter_of, words_in
from uppsikt.reports.writing.states import TRANSITIONS, SectionState


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it stands now: what a round's adoption freezes."""

    key: str
    title: str
    text: str
    version: int
    content_hash: str
    state: SectionState


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its latest text, its writer and how far it has come."""

    report_key: str
    key: str
    part: str
    title: str
    state: SectionState
    number: int
    text: str
    content_hash: str
    saved_at: datetime
    saved_by: str
    responsible: str = ""
    responsible_id: int | None = None
    due_on: date | None = None
    open_comments: int = 0

    @property
    def is_recipe(self) -> bool:
        """Whether it is the recipe: tables, charts and derived figures rather than prose."""
        return self.part == RECIPE_FILE

    @property
    def words(self) -> int:
        """How long it is."""
        return 0 if self.is_recipe else words_in(self.text)

    @property
    def chapter(self) -> str:
        """The chapter that begins with it, "" where none does."""
        return "" if self.is_recipe else chapter_of(self.text)

    def is_late(self, on: date) -> bool:
        """Whether its day has gone by and it is neither done nor approved."""
        is_finished = self.state in (SectionState.DONE, SectionState.APPROVED)
        return self.due_on is not None and self.due_on < on and not is_finished

    def steps(self, rights: frozenset[Verb]) -> tuple[SectionState, ...]:
        """The states that somebody with these rights may take it to; writing itself begins with the first save."""
        return tuple(
            end
            for (start, end), verb in TRANSITIONS.items()
            if start is self.state and verb in rights and start is not SectionState.NOT_STARTED
        )


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One saved version of a section."""

    number: int
    content_hash: str
    origin: str
    restores: int | None
    saved_at: datetime
    saved_by: str
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A remark on a section."""

    id: int
    number: int
    text: str
    author: str
    written_at: datetime
    settled_by: str
    settled_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.settled_at is None


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """What a section still holds when somebody wants to call it done: numbers not bound, remarks not settled."""

    numbers: tuple[str, ...] = ()
    open_comments: int = 0

    @property
    def is_any(self) -> bool:
        """Whether there is something to ask about."""
        return bool(self.numbers or self.open_comments)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What somebody has typed and not saved."""

    text: str
    seen_number: int
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved while another wrote: the two texts put together, and who was first."""

    held: SectionRow
    mine: str
    merged: Merged


@dataclass(frozen=True, slots=True)
class TextSave:
    """What came of saving: the section as it stands now, or what stopped it."""

    section: SectionRow | None
    findings: Sequence[Finding] = ()
    conflict: Conflict | None = None
    added: Sequence[str] = ()  # titles of sections that the text's further headings became


@dataclass(frozen=True, slots=True)
class TextImport:
    """What an import of a folder's texts did, or would do: sections by key."""

    report_key: str
    findings: Sequence[Finding] = ()
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    dropped: Sequence[str] = ()
    unchanged: int = 0
    dry_run: bool = False
