"""What the pages of writing show, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.models import User

from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.core.language import Text
from uppsikt.planning.selectors import RoundRow, rounds
from uppsikt.reports.selectors import EditionRow, editions
from uppsikt.reports.writing.findings import NO_SUCH_VERSION
from uppsikt.reports.writing.merging import DiffLine, compare
from uppsikt.reports.writing.preview import Preview
from uppsikt.reports.writing.selectors import comments, draft, dropped_sections, versions
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import CommentRow, Conflict, DraftRow, LooseEnds, SectionRow, VersionRow
from uppsikt.web.actors import today
from uppsikt.web.report_pages.desks import Desk, Summary, desk_for, writers_desk
from uppsikt.web.report_pages.picking import CHOICES, UNITS
from uppsikt.web.report_pages.preview_html import preview_html

STATE_COLOURS = {
    SectionState.NOT_STARTED: "neutral",
    SectionState.WRITING: "info",
    SectionState.DONE: "warning",
    SectionState.RETURNED: "danger",
    SectionState.APPROVED: "success",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be made responsible."""

    id: int
    name: str


def people() -> list[Person]:
    """Everybody who can sign in (one query)."""
    users = User.objects.filter(is_active=True).order_by("first_name", "last_name", "username")
    return [Person(user.pk, user.get_full_name() or user.get_username()) for user in users]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A section in the overview; `summary` is None where its figures aren't the reader's to see."""

    row: SectionRow
    summary: Summary | None
    is_late: bool
    is_mine: bool
    opens: bool

    @property
    def colour(self) -> str:
        """The colour beside the state's word."""
        return STATE_COLOURS[self.row.state]


@dataclass(frozen=True)
class OverviewPage:
    """How far a report's texts have come."""

    report_key: str
    title: str
    round_name: str
    rows: Sequence[OverviewRow]
    people: Sequence[Person]
    may_build: bool
    adopted: EditionRow | None
    dropped: Sequence[tuple[str, str]]
    rounds: Sequence[RoundRow]
    findings: Sequence[Finding] = ()

    @property
    def sections(self) -> Sequence[OverviewRow]:
        """The sections of text, without the recipe."""
        return [one for one in self.rows if not one.row.is_recipe]

    @property
    def recipe(self) -> OverviewRow | None:
        """The recipe, for those who may change it."""
        return next((one for one in self.rows if one.row.is_recipe and self.may_build), None)

    @property
    def counts(self) -> Sequence[tuple[SectionState, str, int]]:
        """How many sections stand in each state, with its colour."""
        states = [one.row.state for one in self.sections]
        return [(state, STATE_COLOURS[state], states.count(state)) for state in SectionState if state in states]

    @property
    def words(self) -> int:
        """How long the report is."""
        return sum(one.row.words for one in self.sections)

    @property
    def open_comments(self) -> int:
        """How many remarks wait for an answer."""
        return sum(one.row.open_comments for one in self.rows)

    @property
    def unbound(self) -> int:
        """How many numbers are typed by hand."""
        return sum(one.summary.unbound for one in self.rows if one.summary)

    @property
    def errors(self) -> int:
        """How many faults stop the report from being built."""
        return sum(one.summary.errors for one in self.rows if one.summary)

    @property
    def knows_all(self) -> bool:
        """Whether the counts are of the whole report, not of the reader's own sections alone."""
        return all(one.summary for one in self.rows)

    @property
    def late(self) -> Sequence[tuple[str, int]]:
        """Who is late, and with how many sections; "" is nobody's."""
        names = [one.row.responsible for one in self.sections if one.is_late]
        return [(name, names.count(name)) for name in dict.fromkeys(names)]

    @property
    def next_of_mine(self) -> OverviewRow | None:
        """The reader's own next section to write."""
        return next((one for one in self.sections if one.is_mine and one.row.state.is_open), None)


def overview_page(actor: Actor, report_key: str, findings: Sequence[Finding] = ()) -> OverviewPage:
    """The overview of texts that are kept."""
    desk = desk_for(actor, report_key)
    day = today()
    with writers_desk(desk) as writers:
        round_name = writers.source.round_name(desk.recipe.round)
        rows = [
            OverviewRow(
                row,
                writers.summary(row) if desk.works_with(row) else None,
                row.is_late(day),
                actor.user_id is not None and row.responsible_id == actor.user_id,
                desk.works_with(row),
            )
            for row in desk.texts.rows
        ]
    may_build = Verb.BUILD_REPORT in desk.rights
    return OverviewPage(
        report_key,
        desk.recipe.title,
        round_name,
        rows,
        people() if may_build else (),
        may_build,
        adopted_edition(report_key),
        dropped_sections(report_key, desk.recipe.parts) if may_build else (),
        [own for own in reversed(rounds()) if own.key != desk.recipe.round] if may_build else (),
        findings,
    )


def adopted_edition(report_key: str) -> EditionRow | None:
    """The latest adopted edition (one query)."""
    return next((edition for edition in editions(report_key) if edition.is_adopted), None)


@dataclass(frozen=True)
class Shown:
    """A preview with its HTML."""

    preview: Preview
    html: str


@dataclass(frozen=True)
class SectionPage:
    """The page on which a section is written."""

    report_key: str
    report_title: str
    language: str
    row: SectionRow
    rights: frozenset[Verb]
    text: str
    seen_number: int
    shown: Shown
    draft: DraftRow | None
    comments: Sequence[CommentRow]
    people: Sequence[Person]
    adopted: EditionRow | None
    before: SectionRow | None
    after: SectionRow | None
    is_late: bool
    findings: Sequence[Finding] = ()
    merged_from: SectionRow | None = None
    asks_about: LooseEnds | None = None  # before the section is called done

    @property
    def units(self) -> Sequence[str]:
        """The units of presentation that figures are picked in."""
        return UNITS

    @property
    def may_write(self) -> bool:
        """Whether the text can be changed here and now."""
        return self.has_writing_right and self.row.state.is_open

    @property
    def has_writing_right(self) -> bool:
        """Whether the actor writes this section, whatever its state."""
        return (Verb.BUILD_REPORT if self.row.is_recipe else Verb.WRITE_TEXT) in self.rights

    @property
    def may_comment(self) -> bool:
        """Whether remarks are shown and written."""
        return Verb.COMMENT in self.rights

    @property
    def may_build(self) -> bool:
        """Whether the actor approves and names writers."""
        return Verb.BUILD_REPORT in self.rights

    @property
    def steps(self) -> Sequence[SectionState]:
        """The states to take the section to; done goes with saving."""
        return [state for state in self.row.steps(self.rights) if not (self.may_write and state is SectionState.DONE)]

    @property
    def may_finish(self) -> bool:
        """Whether the text can be saved and marked as done in one go."""
        return self.may_write and SectionState.DONE in self.row.steps(self.rights) + (
            (SectionState.DONE,) if self.row.state is SectionState.NOT_STARTED else ()
        )

    @property
    def colour(self) -> str:
        """The colour beside the state's word."""
        return STATE_COLOURS[self.row.state]

    @property
    def forms(self) -> Sequence[tuple[str, Text]]:
        """How a picked figure may be printed."""
        return CHOICES

    @property
    def open_comments(self) -> Sequence[CommentRow]:
        """Remarks that wait for an answer."""
        return [comment for comment in self.comments if comment.is_open]

    @property
    def settled_comments(self) -> Sequence[CommentRow]:
        """Remarks that are dealt with."""
        return [comment for comment in self.comments if not comment.is_open]


def section_page(
    actor: Actor,
    report_key: str,
    key: str,
    *,
    text: str | None = None,
    seen_number: int | None = None,
    findings: Sequence[Finding] = (),
    merged_from: SectionRow | None = None,
    asks_about: LooseEnds | None = None,
) -> SectionPage:
    """The section's page: with the text at hand, else one's own draft, else as it is saved."""
    desk = desk_for(actor, report_key)
    row = desk.section(key)
    held = draft(report_key, key, actor.user_id)
    if text is None and held and row.state.is_open:
        text, seen_number = held.text, held.seen_number
    shown_text = row.text if text is None else text
    before, after = _neighbours(desk, row)
    rights = desk.rights_to(row)
    return SectionPage(
        report_key,
        desk.recipe.title,
        desk.recipe.language,
        row,
        rights,
        shown_text,
        seen_number or row.number,
        preview_now(desk, row, shown_text),
        held,
        comments(report_key, key) if Verb.COMMENT in rights else (),
        people() if Verb.BUILD_REPORT in rights else (),
        adopted_edition(report_key),
        before,
        after,
        row.is_late(today()),
        findings,
        merged_from,
        asks_about,
    )


def preview_now(desk: Desk, row: SectionRow, text: str) -> Shown:
    """The preview of a text in the section's place."""
    with writers_desk(desk) as writers:
        preview = writers.preview(row, text)
    return Shown(preview, preview_html(preview, desk.recipe.language))


def _neighbours(desk: Desk, row: SectionRow) -> tuple[SectionRow | None, SectionRow | None]:
    own = [one for one in desk.texts.rows if desk.works_with(one) and not one.is_recipe]
    before = next((one for one, after in pairwise(own) if after.key == row.key), None)
    return before, next((after for one, after in pairwise(own) if one.key == row.key), None)


@dataclass(frozen=True)
class ConflictPage:
    """Two texts to choose between, piece by piece."""

    report_key: str
    report_title: str
    conflict: Conflict
    seen_number: int


def conflict_page(actor: Actor, report_key: str, conflict: Conflict, seen_number: int) -> ConflictPage:
    """The page of a clash."""
    return ConflictPage(report_key, desk_for(actor, report_key).recipe.title, conflict, seen_number)


@dataclass(frozen=True)
class HistoryPage:
    """A section's versions, and two of them compared."""

    report_key: str
    report_title: str
    row: SectionRow
    versions: Sequence[VersionRow]
    first: int
    second: int
    lines: Sequence[DiffLine]
    may_restore: bool
    findings: Sequence[Finding] = ()


def history_page(
    actor: Actor, report_key: str, key: str, query: Mapping[str, str], findings: Sequence[Finding] = ()
) -> HistoryPage:
    """Every version; what differs between the two asked for, else between the last two."""
    desk = desk_for(actor, report_key)
    row = desk.section(key)
    held = versions(report_key, key)
    second = _number(query.get("till", ""), row.number)
    first = _number(query.get("fran", ""), max(second - 1, 1))
    texts = {version.number: version.text for version in held}
    for number in (first, second):
        if number not in texts:
            raise NotFound(found(NO_SUCH_VERSION, number=number, section=row.title))
    right = Verb.BUILD_REPORT if row.is_recipe else Verb.WRITE_TEXT
    may_restore = right in desk.rights_to(row) and row.state.is_open
    lines = compare(texts[first], texts[second])
    return HistoryPage(report_key, desk.recipe.title, row, held, first, second, lines, may_restore, findings)


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else default
