"""What the editor of a draft needs: the form, and what its events would do as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from uppsikt.audit.actors import Actor
from uppsikt.coding.event_findings import NOT_A_DRAFT
from uppsikt.coding.events import EventKind, State
from uppsikt.coding.reorganisation_services import save_draft
from uppsikt.coding.selectors import code_plan, reorganisation, search
from uppsikt.coding.stories import Chapter, at_events
from uppsikt.core.codeplan import CodeName
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.language import say
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import date_from_text
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent
from uppsikt.web.organisation.asked import hierarchies
from uppsikt.web.organisation.draft_forms import DraftForm, EventField, posted_form
from uppsikt.web.organisation.draft_reading import ReadDraft, form_of, read_draft
from uppsikt.web.organisation.options import Option, dimension_options, hierarchy_options
from uppsikt.web.organisation.plans import require_drafting
from uppsikt.web.organisation.preview import Preview, folded_preview, tried_preview

_CODES_LISTED = 60
_SAVE, _FOLD, _PREVIEW, _ADD, _REMOVE, _PORTION = "save", "fold", "preview", "add", "remove", "portion"


@dataclass(frozen=True)
class DraftPage:
    """The editor."""

    form: DraftForm
    preview: Preview | None
    findings: Sequence[Finding] = ()
    saved_key: str = ""
    is_refused: bool = False

    @property
    def events(self) -> list[tuple[EventField, str]]:
        """The events to write on, each with what it says so far."""
        told = {one.number: one.says for chapter in self._told for one in chapter.sentences}
        return [(event, told.get(event.number, "")) for event in self.form.events]

    @property
    def _told(self) -> Sequence[Chapter]:
        return self.preview.chapters if self.preview else ()

    @property
    def preview_findings(self) -> list[Finding]:
        """What is wrong with the events, and what they bring with them."""
        return at_events(self.preview.findings, self.preview.key) if self.preview else []

    @property
    def own_findings(self) -> list[Finding]:
        """Why it wasn't saved."""
        return at_events(self.findings, self.preview.key if self.preview else "")

    @cached_property
    def hierarchies(self) -> Sequence[Option]:
        """The hierarchies a code can be placed in."""
        plan = code_plan()
        known = {key: None for dimension in DIMENSIONS for key in hierarchies(plan, dimension)}
        return hierarchy_options(known, "")

    @property
    def kinds(self) -> Sequence[EventKind]:
        """What can happen to a code."""
        return tuple(EventKind)

    @cached_property
    def dimensions(self) -> Sequence[Option]:
        """The kinds of codes there are."""
        return dimension_options("")

    @property
    def says(self) -> str:
        """What is said when it is saved."""
        return say("Utkastet är sparat.", "The draft is saved.")

    @property
    def codes(self) -> Sequence[CodeName]:
        """Codes to choose among before any is sought."""
        return search("unit", "", today(), _CODES_LISTED)


def draft_page(actor: Actor, key: str, posted: QueryDict | None) -> DraftPage:
    """The editor as opened, or as sent in; `saved_key` says that it is saved."""
    require_drafting(actor)
    if key and reorganisation(key).state is not State.DRAFT:
        raise Absent(found(NOT_A_DRAFT, key=key, state=reorganisation(key).state.label))
    if posted is None:
        form = form_of(reorganisation(key)) if key else DraftForm().with_event()
        return DraftPage(form, folded_preview(read_draft(form)) if key else None)
    form = posted_form(key, posted)
    act, _, number = posted.get("do", _SAVE).partition(":")
    if act == _SAVE:
        return _saved(actor, form)
    if act in (_FOLD, _PREVIEW):
        return _previewed(actor, form, posted, is_whole=act == _PREVIEW)
    form = _changed(form, act, int(number) if number.isascii() and number.isdigit() else 0)
    return DraftPage(form, folded_preview(read_draft(form)))


def _changed(form: DraftForm, act: str, number: int) -> DraftForm:
    if act == _REMOVE:
        return form.without_event(number)
    if act == _PORTION:
        return form.with_portion(number)
    return form.with_event() if act == _ADD else form


def _previewed(actor: Actor, form: DraftForm, posted: QueryDict, *, is_whole: bool) -> DraftPage:
    read = read_draft(form)
    preview = tried_preview(actor, read, posted.get("statement", "")) if is_whole else folded_preview(read)
    return DraftPage(form.opened(_events_at_fault(preview.findings)), preview)


def _saved(actor: Actor, form: DraftForm) -> DraftPage:
    read = read_draft(form)
    if read.is_refused:
        return _refused(form, read, read.findings)
    result = save_draft(actor=actor, facts=read.facts, events=read.events, as_of=today())
    if result.key is None:
        return _refused(form, read, result.findings)
    return DraftPage(form, None, saved_key=result.key)


def _refused(form: DraftForm, read: ReadDraft, findings: Sequence[Finding]) -> DraftPage:
    opened = form.opened(_events_at_fault(findings))
    return DraftPage(opened, folded_preview(read), findings, is_refused=True)


def _events_at_fault(findings: Sequence[Finding]) -> list[int]:
    return [own.at.line for own in findings if own.at.line is not None and own.severity is Severity.ERROR]


def codes_found(actor: Actor, query: QueryDict) -> list[CodeName]:
    """Codes of a dimension that have the words sought, on the day of the event they are sought for."""
    require_drafting(actor)
    dimension = query.get("dimension", "unit")
    if dimension not in DIMENSIONS:
        return []
    on = date_from_text(query.get("on", "")) or today()
    return search(dimension, query.get("q", ""), on, _CODES_LISTED)
