"""How right each unit's forecasts have been, kept while nothing that it rests on changes."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Max

from uppsikt.coding.selectors import code_plan
from uppsikt.core.formats import ABSENT, percent
from uppsikt.core.language import Text, say
from uppsikt.forecasting.accuracy import AccuracyRow, by
from uppsikt.forecasting.selectors import accuracy, ended_rounds
from uppsikt.ledger.selectors import active_batches
from uppsikt.planning.models import Forecast
from uppsikt.planning.selectors import revisions
from uppsikt.planning.storage import BUDGET_PLAN

_KEPT = 4
ENOUGH = 3  # rounds before anybody is called anything: one bad year is no habit
CAUTIOUS = Text("försiktig", "cautious")
OPTIMISTIC = Text("optimistisk", "optimistic")


def past_accuracy(round_key: str) -> dict[str, AccuracyRow]:
    """The mean of the ended rounds before one, by unit; a few questions where nothing is new since last time."""
    ended = ended_rounds(round_key)
    if not ended:
        return {}
    # forecasts are never changed, only replaced by newer ones: the newest tells whether there is anything new
    newest = Forecast.objects.filter(round__key__in=[row.key for row in ended]).aggregate(pk=Max("pk"))["pk"] or 0
    ledger = tuple(batch.content_hash for batch in active_batches())
    return _kept(round_key, ledger, code_plan().content_hash, revisions().get(BUDGET_PLAN, ""), newest)


@lru_cache(maxsize=_KEPT)
def _kept(
    round_key: str, ledger: tuple[str, ...], plan_hash: str, budget: str, newest: int
) -> dict[str, AccuracyRow]:
    rows = accuracy(ended_rounds(round_key))
    return {unit: row for (unit, _), row in by(rows, lambda row: (row.unit, "")).items()}


def accuracy_text(row: AccuracyRow | None) -> str:
    """How far off, as a share of the budget; "" where nothing is known of the past."""
    if row is None:
        return ""
    shown = percent(row.share(row.error_ore))
    return "" if shown == ABSENT else f"±{shown}"


def accuracy_word(row: AccuracyRow | None) -> str:
    """Which way it usually is off: whoever keeps more than forecast was cautious. Of few rounds, their number."""
    if row is None:
        return ""
    if row.rounds < ENOUGH:
        return accuracy_text(row) and say("{n} {n:omgång|omgångar}", "{n} {n:round|rounds}", n=row.rounds)
    if not row.bias_ore:
        return ""
    return str(CAUTIOUS if row.bias_ore > 0 else OPTIMISTIC)
