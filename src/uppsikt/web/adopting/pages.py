"""The page of a round's adoption as a value: where it stands, its versions, what each correction changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uppsikt.adoption import Adopted, adopted, foreseen, unapproved_sections
from uppsikt.adoption.changes import VersionChanges
from uppsikt.adoption.naming import NamedChanges
from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import ABSENT
from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.relations import NO_ROUND
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.states import WorkState
from uppsikt.web.actors import may_anywhere, sees_whole, today
from uppsikt.web.adopting.corrections import (
    ForecastLine,
    StatementPanel,
    changes_sheet,
    forecast_lines,
    statement_panels,
)
from uppsikt.web.adopting.readable import readable_part
from uppsikt.web.errors import Absent
from uppsikt.web.presenting import Sheet
from uppsikt.web.rounds_pages.scope import scope_of
from uppsikt.web.rounds_pages.selectors import read_tree
from uppsikt.web.rounds_pages.words import VIEW, deviation_amount

_OTHERS = {
    "budget.parquet": Text("budgeten", "the budget"),
    "code_plan.json": Text("strukturen", "the structure"),
    "ledger.json": Text("huvudboken", "the ledger"),
    "statements.json": Text("uppställningarna", "the statements"),
    "texts.json": Text("texterna", "the texts"),
}


@dataclass(frozen=True, slots=True)
class VersionPanel:
    """A version's changes as shown; `others` are the other things that differ from the version before.

    `adopted` is None for what a correction would change, were it adopted now.
    """

    adopted: Adopted | None
    statements: Sequence[StatementPanel] = ()
    figure_count: int = 0
    forecasts: Sequence[ForecastLine] = ()
    others: Sequence[Text] = ()
    has_file: bool = False
    left_out: int = 0  # changes of units that the reader doesn't read


@dataclass(frozen=True, slots=True)
class Summary:
    """What would be adopted: net cost of all that takes part, what was laid over it, and what is missing."""

    budget: str
    forecast: str
    deviation: str
    word: str
    adjusted: str
    settled: str
    unexplained: int
    unanswered: int
    comments: int


@dataclass(frozen=True, slots=True)
class AdoptingPage:
    """The whole page. `waiting` counts participants that are neither approved nor excused."""

    round: RoundRow
    participants: int
    waiting: int
    versions: Sequence[VersionPanel]
    may_adopt: bool
    findings: Sequence[Finding]
    reason: str
    summary: Summary | None = None
    unapproved: Sequence[str] = ()
    may_foresee: bool = False
    foreseen: VersionPanel | None = None
    may_review: bool = False  # opens the round's own page

    @property
    def can_be_adopted(self) -> bool:
        """Whether the step is open."""
        return self.round.state is State.CONSOLIDATED

    @property
    def is_adopted(self) -> bool:
        """Whether the latest version stands, and none is being worked on."""
        return self.round.state is State.ADOPTED


def require_seeing(actor: Actor) -> None:
    """Raise `NotAllowed` for whoever has no role: when a round was adopted is for all, figures for who reads them."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)


def adopting_page(
    actor: Actor, key: str, findings: Sequence[Finding] = (), reason: str = "", *, with_foreseen: bool = False
) -> AdoptingPage:
    """The page for this actor; raises `NotAllowed`, and `Absent` for a round there isn't.

    `with_foreseen` computes what a correction would change, for those who review the whole round.
    """
    require_seeing(actor)
    row = round_row(key)
    if row is None:
        raise Absent(found(NO_ROUND, round=key, known=ABSENT))
    taking_part = participants(key)
    reviews = row.state is State.CONSOLIDATED and may(actor, Verb.APPROVE_FORECAST, (), today())
    may_foresee = reviews and row.version > 1
    waiting = [own for own in taking_part if own.state is not WorkState.APPROVED and not own.excused]
    return AdoptingPage(
        round=row,
        participants=len(taking_part),
        waiting=len(waiting),
        versions=[_panel(actor, own, row) for own in reversed(adopted(key))],
        may_adopt=may(actor, Verb.ADOPT, (), today()),
        findings=findings,
        reason=reason,
        summary=_summary(actor, key) if reviews else None,
        unapproved=unapproved_sections(row) if reviews else (),
        may_foresee=may_foresee,
        may_review=may_anywhere(actor, Verb.APPROVE_FORECAST),
        foreseen=_foreseen(row) if may_foresee and with_foreseen else None,
    )


def _summary(actor: Actor, key: str) -> Summary:
    tree = read_tree(scope_of(actor, key))
    total, tops = tree.total, tree.tops
    deviation = deviation_amount(total.deviation_ore)
    return Summary(
        VIEW.text(total.budget_ore),
        VIEW.text(total.forecast_ore),
        deviation.text,
        deviation.word,
        VIEW.text(sum(line.money.adjustment_ore for line in tops)),
        VIEW.text(sum(line.money.settlement_ore for line in tops)),
        sum(line.unexplained for line in tops),
        sum(line.unanswered for line in tops),
        sum(line.comments for line in tops),
    )


def _foreseen(row: RoundRow) -> VersionPanel | None:
    own = foreseen(row, today())
    return None if own is None else _changed(None, own.changes, own.named)


def _panel(actor: Actor, own: Adopted, row: RoundRow) -> VersionPanel:
    readable, left_out = _readable(actor, own, row)
    named = readable.named
    if readable.changes is None or named is None:
        return VersionPanel(own)
    return replace(_changed(own, readable.changes, named), has_file=True, left_out=left_out)


def _readable(actor: Actor, own: Adopted, row: RoundRow) -> tuple[Adopted, int]:
    if own.changes is None or sees_whole(actor):
        return own, 0
    changes, left_out = readable_part(actor, own.changes, own.definitions, row.cut_off)
    return replace(own, changes=changes), left_out


def _changed(own: Adopted | None, changes: VersionChanges, named: NamedChanges) -> VersionPanel:
    others = [_OTHERS[name] for name in changes.others]
    return VersionPanel(own, statement_panels(named), named.figure_count, forecast_lines(named), others)


def version_sheet(actor: Actor, key: str, number: int) -> Sheet:
    """The figures that version `number` changed, of those the actor reads, as a file; raises as the page does."""
    require_seeing(actor)
    row = round_row(key)
    version = next((own for own in adopted(key) if own.version.number == number), None) if row else None
    named = _readable(actor, version, row)[0].named if row and version else None
    if named is None:
        raise Absent(found(NO_ROUND, round=f"{key} {number}", known=ABSENT))
    return changes_sheet(named, f"{key}-rattelse-{number}")
