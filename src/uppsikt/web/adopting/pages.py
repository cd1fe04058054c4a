"""The page of a round's adoption as a value: where it stands, its versions, what each correction changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from uppsikt.adoption import Adopted, adopted
from uppsikt.audit.actors import Actor, Verb, may, require
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import ABSENT, to_the_ore
from uppsikt.core.language import Text
from uppsikt.core.tables import write_csv
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.relations import NO_ROUND
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.states import WorkState
from uppsikt.web.actors import today
from uppsikt.web.adopting.corrections import ForecastLine, StatementPanel, forecast_lines, statement_panels
from uppsikt.web.errors import Absent
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
    """An adopted version as shown; `others` are the other things that differ from the version before."""

    adopted: Adopted
    statements: Sequence[StatementPanel] = ()
    figure_count: int = 0
    forecasts: Sequence[ForecastLine] = ()
    others: Sequence[Text] = ()
    file_url: str = ""


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

    @property
    def can_be_adopted(self) -> bool:
        """Whether the step is open."""
        return self.round.state is State.CONSOLIDATED

    @property
    def is_adopted(self) -> bool:
        """Whether the latest version stands, and none is being worked on."""
        return self.round.state is State.ADOPTED


def require_seeing(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor reads the whole: an adoption holds everybody's figures."""
    require(actor, Verb.READ, (), today())


def adopting_page(actor: Actor, key: str, findings: Sequence[Finding] = (), reason: str = "") -> AdoptingPage:
    """The page for this actor; raises `NotAllowed`, and `Absent` for a round there isn't."""
    require_seeing(actor)
    row = round_row(key)
    if row is None:
        raise Absent(found(NO_ROUND, round=key, known=ABSENT))
    taking_part = participants(key)
    waiting = [own for own in taking_part if own.state is not WorkState.APPROVED and not own.excused]
    return AdoptingPage(
        round=row,
        participants=len(taking_part),
        waiting=len(waiting),
        versions=[_panel(own) for own in reversed(adopted(key))],
        may_adopt=may(actor, Verb.ADOPT, (), today()),
        findings=findings,
        reason=reason,
        summary=_summary(actor, key) if row.state is State.CONSOLIDATED else None,
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


def _panel(own: Adopted) -> VersionPanel:
    version, named = own.version, own.named
    if own.changes is None or named is None:
        return VersionPanel(own)
    return VersionPanel(
        own,
        statement_panels(named),
        named.figure_count,
        forecast_lines(named),
        [_OTHERS[name] for name in own.changes.others],
        reverse("round-changes", args=[version.round_key, version.number]),
    )


def changes_content(actor: Actor, key: str, number: int) -> bytes:
    """All figures that version `number` changed, to the öre, in ledger sign; raises as the page does."""
    require_seeing(actor)
    for own in adopted(key):
        if own.version.number == number and own.changes:
            rows = [[change.address, _exact(change.before), _exact(change.after)] for change in own.changes.figures]
            return write_csv(["address", "before", "after"], rows)
    raise Absent(found(NO_ROUND, round=f"{key} {number}", known=ABSENT))


def _exact(value: int | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return to_the_ore(value).replace("\u202f", "").replace("\u2212", "-")
