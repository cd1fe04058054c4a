"""Setting a round up and changing its set-up, as pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse

from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, NotFound, found, has_errors
from uppsikt.core.language import Text, say
from uppsikt.core.periods import Month
from uppsikt.core.tables import date_from_text
from uppsikt.forecasting.services import open_with_suggestions
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row, rounds
from uppsikt.planning.states import State
from uppsikt.relations import NO_ROUND
from uppsikt.rounds.selectors import held_setup, propose_setup
from uppsikt.rounds.services import change_setup, set_up_round
from uppsikt.rounds.setups import first_setup
from uppsikt.rounds.values import SetupDraft
from uppsikt.web.actors import today
from uppsikt.web.acts import Act
from uppsikt.web.report_pages.folders import report_folders
from uppsikt.web.rounds_pages.scope import require_running
from uppsikt.web.rounds_pages.setup_forms import SetupForm, draft_from, form_of, posted_form
from uppsikt.web.rounds_pages.tree import Place, places

DAY_LABELS = (
    ("cut_off", Text("Utfall till och med", "Actuals through")),
    ("opens_on", Text("Öppnas", "Opens")),
    ("deadline", Text("Enheterna lämnar senast", "Units hand in by")),
    ("review_by", Text("Granskat senast", "Reviewed by")),
    ("adopt_by", Text("Fastställs senast", "Adopted by")),
)


@dataclass(frozen=True, slots=True)
class DayField:
    """A day to fill in."""

    name: str
    label: Text
    value: str
    is_fixed: bool


@dataclass(frozen=True)
class SetupPage:
    """The form with what can be chosen in it. `row` is the round where there is one already."""

    form: SetupForm
    row: RoundRow | None
    units: Sequence[Place]
    known: Sequence[RoundRow]
    reports: Sequence[str]
    new_units: frozenset[str] = frozenset()  # not there at the cut-off of the round before
    findings: Sequence[Finding] = ()

    @property
    def is_new(self) -> bool:
        """Whether the round is to be."""
        return self.row is None

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.row is not None and self.row.state not in (State.DRAFT, State.OPEN)

    @property
    def can_open(self) -> bool:
        """Whether it can be saved and opened in one go."""
        return self.row is None or self.row.state is State.DRAFT

    @property
    def kinds(self) -> Sequence[RoundKind]:
        """What can be followed up."""
        return list(RoundKind)

    @property
    def days(self) -> list[DayField]:
        """The days in order; the cut-off is fixed once the round is there."""
        return [
            DayField(name, label, self.form.days[name], name == "cut_off" and not self.is_new)
            for name, label in DAY_LABELS
        ]

    @property
    def may_run(self) -> bool:
        """Whoever is here runs rounds."""
        return True


def new_page(actor: Actor, after: str) -> SetupPage:
    """The form of the next round, filled in from the last (or from the one named)."""
    require_running(actor)
    known = list(reversed(rounds()))
    last = next((row for row in known if row.key == after), None) if after else next(iter(known), None)
    if after and last is None:
        raise NotFound(found(NO_ROUND, round=after, known=", ".join(row.key for row in known)))
    return _page(form_of(propose_setup(last) if last else _first()), None)


def _first() -> SetupDraft:
    """The first round there ever was: last month, and every unit that has none below it."""
    this_month = Month.of(today()).first
    cut_off = this_month - timedelta(days=1)
    deadline, setup = first_setup(cut_off)
    plan = code_plan()
    tree = places(plan, cut_off, plan.children("unit", None, cut_off), ())
    above = {place.parent for place in tree}
    units = tuple(place.code for place in tree if place.code not in above)
    name = say("Uppföljning {month}", "Follow-up {month}", month=Month.of(cut_off))
    key = f"manad-{Month.of(cut_off)}"
    return SetupDraft(key, name, RoundKind.MONTH, cut_off.year, cut_off, deadline, None, setup, units)


def setup_page(actor: Actor, round_key: str) -> SetupPage:
    """The form of a round that is there."""
    require_running(actor)
    return _page(form_of(held_setup(round_key)), round_row(round_key))


def _page(form: SetupForm, row: RoundRow | None, findings: Sequence[Finding] = ()) -> SetupPage:
    plan = code_plan()
    known, units = list(reversed(rounds())), _units(plan, form)
    before = next((own.cut_off for own in known if own.key == form.previous_key), None)
    new = frozenset(own.code for own in units if before and plan.entry("unit", own.code, before) is None)
    return SetupPage(form, row, units, known, sorted(report_folders()), new, findings)


def _units(plan: CodePlan, form: SetupForm) -> list[Place]:
    day = date_from_text(form.days["cut_off"]) or today()
    return places(plan, day, plan.children("unit", None, day), ())


def saved_new(actor: Actor, posted: QueryDict) -> SetupPage | Act:
    """Set the round up as written, and open it where that was asked; else the form again, with what is wrong."""
    require_running(actor)
    form = posted_form(posted)
    draft, findings = draft_from(form)
    if draft is None:
        return _page(form, None, findings)
    result = set_up_round(actor=actor, facts=draft, as_of=today())
    return _went_on(actor, form, None, result.findings, posted)


def saved_setup(actor: Actor, round_key: str, posted: QueryDict) -> SetupPage | Act:
    """Change the set-up to what is written; else the form again, with what is wrong."""
    require_running(actor)
    held, row = held_setup(round_key), round_row(round_key)
    fixed = {"cut_off": held.cut_off.isoformat()}
    form = posted_form(posted)
    form = replace(
        form,
        key=round_key,
        kind=held.kind.value,
        previous_key=held.previous_key or "",
        days={**form.days, **fixed},
    )
    draft, findings = draft_from(form)
    if draft is None:
        return _page(form, row, findings)
    result = change_setup(actor=actor, facts=draft, as_of=today())
    return _went_on(actor, form, row, result.findings, posted)


def _went_on(
    actor: Actor, form: SetupForm, row: RoundRow | None, findings: Sequence[Finding], posted: QueryDict
) -> SetupPage | Act:
    if has_errors(findings):
        return _page(form, row, findings)
    url = reverse("round", args=[form.key])
    if posted.get("do") == "open":
        opened = open_with_suggestions(actor=actor, key=form.key, as_of=today())
        return Act(opened.findings, say("{name} är öppen.", "{name} is open.", name=form.name), url)
    return Act(findings, say("{name} är sparad.", "{name} is saved.", name=form.name), url)
