"""A central adjustment as written: read first, said back in kronor, and laid when whoever wrote it says yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text, say
from uppsikt.planning.codes import CodeString
from uppsikt.planning.files import ForecastRow
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.selectors import ForecastFacts, forecasts
from uppsikt.planning.services import submit_forecast
from uppsikt.planning.storage import FORECAST_PLAN, hold_plan
from uppsikt.web.actors import today
from uppsikt.web.acts import Act
from uppsikt.web.amounts import NotMoney, ore_written
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.rounds_pages.findings import AMOUNT_ODD, REASON_MISSING
from uppsikt.web.rounds_pages.scope import scope_of

WORSE, BETTER = "worse", "better"
_SIGNS = {WORSE: 1, BETTER: -1}  # in the ledger's sign, where more cost is more
_ACCOUNT = Text("Kontogrupp", "Account group")
_AMOUNT = Text("Belopp", "Amount")
_REASON = Text("Skäl", "Reason")
_DIRECTION = Text("Riktning", "Direction")


@dataclass(frozen=True, slots=True)
class AdjustmentForm:
    """A central adjustment as written; `read_as` is the öre it was said back to be, "" as long as nobody has said.

    `stood` is the mark of what stood there when it was said (`Adjusted.stood`).
    """

    unit: str = ""
    account: str = ""
    direction: str = WORSE
    amount: str = ""
    reason: str = ""
    read_as: str = ""
    stood: str = ""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What came of it: an act, done only where all is as it was said back; else `amount_ore` is asked.

    `stood` marks what stood there; `has_changed` says that it was confirmed, but over something else than that.
    """

    act: Act
    amount_ore: int
    is_done: bool
    stood: str = ""
    has_changed: bool = False


def _mark(standing: Iterable[ForecastFacts], unit: str, account: str) -> str:
    # another as soon as anybody lays an adjustment there
    return next((str(own.id) for own in standing if (own.unit, own.account) == (unit, account)), "none")


def posted_adjustment(posted: QueryDict) -> AdjustmentForm:
    """The form as it came."""
    names = ("unit", "account", "direction", "amount", "reason", "read_as", "stood")
    return AdjustmentForm(**{name: posted.get(name, "").strip() for name in names})


def adjust(actor: Actor, round_key: str, form: AdjustmentForm) -> Adjusted:
    """Lay an adjustment over a unit or a level; it takes the place of the one that stood there for the group.

    Nothing is laid until the form says that the amount is read as it was meant, over what stood there as it was said.
    """
    scope_of(actor, round_key).require_unit(form.unit)
    amount_ore, faults = _amount_of(form)
    url = reverse("round-adjustments", args=[round_key])
    if faults:
        return Adjusted(Act(faults, "", url), 0, is_done=False)
    is_confirmed = form.read_as == str(amount_ore)
    basis = " ".join(form.reason.split())
    with transaction.atomic():
        hold_plan(FORECAST_PLAN)  # what stands there must still stand when the new one takes its place
        standing = forecasts(round_key, [form.unit], ForecastKind.ADJUSTMENT)
        stood = _mark(standing, form.unit, form.account)
        is_laid = is_confirmed and form.stood == stood
        result = submit_forecast(
            actor=actor,
            round_key=round_key,
            rows=[ForecastRow(CodeString(form.unit, form.account), rest_ore=amount_ore, basis=basis)],
            submitted_on=today(),
            actuals=relations.actuals_of_round,
            origin="web",
            kind=ForecastKind.ADJUSTMENT,
            dry_run=not is_laid,
        )
    says = say("Justeringen är bokförd.", "The adjustment is entered.")
    if not amount_ore:
        says = say("Justeringen är återtagen.", "The adjustment is taken back.")
    act = Act(result.findings, says, url)
    return Adjusted(act, amount_ore, is_laid and not act.is_refused, stood, has_changed=is_confirmed and not is_laid)


def _amount_of(form: AdjustmentForm) -> tuple[int, list[Finding]]:
    needed = ((_ACCOUNT, form.account), (_REASON, form.reason))
    faults = [found(REASON_MISSING, what=what) for what, written in needed if not written]
    if form.direction not in _SIGNS:
        raise Absent(found(CHOICE_UNKNOWN, name=_DIRECTION, value=form.direction))
    if not form.amount:
        return 0, [*faults, found(REASON_MISSING, what=_AMOUNT)]
    try:
        size = ore_written(form.amount)
    except NotMoney:
        return 0, [*faults, found(AMOUNT_ODD, value=form.amount)]
    if size < 0:  # the direction says which way: a sign beside it would say it twice
        return 0, [*faults, found(AMOUNT_ODD, value=form.amount)]
    return _SIGNS[form.direction] * size, faults
