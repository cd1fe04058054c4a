"""Reads of the budget journal, rounds and forecasts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet, Sum

from uppsikt.core.postings import BUDGET, DIMENSIONS
from uppsikt.planning.codes import CodeString
from uppsikt.planning.kinds import BudgetKind, ForecastKind
from uppsikt.planning.models import AdoptedVersion, BudgetEntry, BudgetLine, Forecast, PlanRevision, Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State

__all__ = [
    "BudgetAt",
    "EntryRow",
    "ForecastFacts",
    "RoundRow",
    "VersionRow",
    "adopted_versions",
    "budget_at",
    "budget_cells",
    "budget_entries",
    "entry_cells",
    "forecast_facts",
    "forecast_history",
    "forecast_sums",
    "forecasts",
    "revisions",
    "round_row",
    "rounds",
]


def rounds() -> list[RoundRow]:
    """All rounds by cut-off, the oldest first (one query)."""
    return [_row(stored) for stored in Round.objects.select_related("previous").order_by("cut_off", "key")]


def round_row(key: str) -> RoundRow | None:
    """The round with a key; None where there is none."""
    stored = Round.objects.select_related("previous").filter(key=key).first()
    return _row(stored) if stored else None


def _row(stored: Round) -> RoundRow:
    return RoundRow(
        key=stored.key,
        name=stored.name,
        kind=stored.kind,
        year=stored.year,
        cut_off=stored.cut_off,
        deadline=stored.deadline,
        state=State(stored.state),
        previous_key=stored.previous.key if stored.previous else None,
        adopted_on=stored.adopted_on,
        frozen_hash=stored.frozen_hash,
        version=stored.version,
        correction_reason=stored.correction_reason,
    )


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A round as adopted once. `reason` is why the version before was corrected."""

    round_key: str
    number: int
    frozen_hash: str
    adopted_on: date
    adopted_by: str
    reason: str


def adopted_versions(round_key: str | None = None) -> list[VersionRow]:
    """Every adopted version, of one round or of all, the oldest first (one query)."""
    stored = AdoptedVersion.objects.select_related("round").order_by("round__cut_off", "round__key", "number")
    if round_key is not None:
        stored = stored.filter(round__key=round_key)
    return [
        VersionRow(
            own.round.key,
            own.number,
            own.frozen_hash,
            own.adopted_on,
            own.adopted_by,
            own.reason,
        )
        for own in stored
    ]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A budget entry without its lines."""

    id: int
    kind: BudgetKind
    decision_reference: str
    decided_on: date
    text: str
    year: int
    line_count: int
    amount_ore: int

    @property
    def source(self) -> str:
        """What its postings are called in lineage."""
        return f"budget:{self.id}"

    @property
    def label(self) -> str:
        """Decision, date, kind and text; a text that begins with the kind says it only once."""
        kind = str(self.kind.label)
        what = self.text if self.text.startswith(kind) else f"{kind}: {self.text}"
        return f"{self.decision_reference} {self.decided_on} {what}"


def budget_entries(year: int | None = None, until: date | None = None) -> list[EntryRow]:
    """The journal in order of decision: of one year, and as it stood at the end of a day, where asked."""
    entries = BudgetEntry.objects.order_by("year", "decided_on", "pk")
    entries = entries.filter(year=year) if year else entries
    entries = entries.filter(decided_on__lte=until) if until else entries
    return [
        EntryRow(
            entry.pk,
            BudgetKind(entry.kind),
            entry.decision_reference,
            entry.decided_on,
            entry.text,
            entry.year,
            entry.line_count,
            entry.amount_ore,
        )
        for entry in entries
    ]


@dataclass(frozen=True, slots=True)
class BudgetAt:
    """A year's budget as it stood at the end of a day, in ledger sign."""

    date: date
    year: int
    entry_count: int
    amount_ore: int
    by_kind: Mapping[BudgetKind, int]
    by_unit_account: Mapping[tuple[str, str], int]


def budget_at(date: date, year: int) -> BudgetAt:
    """The year's budget as decided up to and with a day (two queries)."""
    entries = [entry for entry in budget_entries(year, date) if entry.kind.scenario == BUDGET]
    by_kind: dict[BudgetKind, int] = {}
    for entry in entries:
        by_kind[entry.kind] = by_kind.get(entry.kind, 0) + entry.amount_ore
    sums = (
        BudgetLine.objects.filter(entry__year=year, entry__decided_on__lte=date)
        .exclude(entry__kind=BudgetKind.CARRY_OVER.value)
        .values_list("unit", "account")
        .annotate(total=Sum("amount_ore"))
        .order_by("unit", "account")
    )
    by_unit_account = {(unit, account): total for unit, account, total in sums}
    return BudgetAt(date, year, len(entries), sum(by_kind.values()), by_kind, by_unit_account)


def budget_cells(codes: Mapping[str, Collection[str]], since: int) -> dict[tuple[int, CodeString], int]:
    """The budget on any of these codes (by dimension) from a month (yyyymm) on, by month and codes (one query)."""
    on_codes = reduce(or_, (Q(**{f"{dimension}__in": list(own)}) for dimension, own in codes.items()), Q())
    if not on_codes:
        return {}
    sums = (
        BudgetLine.objects.filter(on_codes, period__gte=since)
        .exclude(entry__kind=BudgetKind.CARRY_OVER.value)
        .values_list("period", *DIMENSIONS)
        .annotate(total=Sum("amount_ore"))
        .order_by("period", *DIMENSIONS)
    )
    return {(period, CodeString(*own)): total for period, *own, total in sums}


def entry_cells(entries: Collection[int]) -> dict[tuple[int, CodeString], int]:
    """The sum of some entries' lines by month and codes; what comes out at zero is left out (one query)."""
    sums = (
        BudgetLine.objects.filter(entry__in=entries)
        .values_list("period", *DIMENSIONS)
        .annotate(total=Sum("amount_ore"))
        .order_by("period", *DIMENSIONS)
    )
    return {(period, CodeString(*own)): total for period, *own, total in sums if total}


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """A forecast as handed in. `is_current` is False where a newer one replaced it."""

    id: int
    round_key: str
    unit: str
    account: str
    submitted_on: date
    submitted_at: datetime
    actor: str
    basis: str
    actual_ore: int
    rest_ore: int
    is_current: bool
    kind: ForecastKind = ForecastKind.SUBMISSION

    @property
    def full_year_ore(self) -> int:
        """The forecast of the year: actual up to the cut-off and the rest."""
        return self.actual_ore + self.rest_ore

    @property
    def source(self) -> str:
        """What its postings are called in lineage."""
        return f"forecast:{self.id}"

    @property
    def label(self) -> str:
        """Round, unit, account, day and person."""
        who = f"{self.submitted_on} {self.actor}"
        return f"{self.kind.label} {self.round_key} {self.unit} {self.account}, {who}"


def forecasts(
    round_key: str, units: Iterable[str] | None = None, kind: ForecastKind = ForecastKind.SUBMISSION
) -> list[ForecastFacts]:
    """The forecasts of a kind that stand in a round, by unit and account; of some units where asked (one query)."""
    standing = Forecast.objects.filter(round__key=round_key, kind=kind.value, is_current=True)
    standing = standing.order_by("unit", "account")
    return forecast_facts(standing if units is None else standing.filter(unit__in=list(units)))


def forecast_sums(
    round_key: str, units: Iterable[str] | None, kinds: Iterable[ForecastKind]
) -> list[tuple[str, str, int]]:
    """Unit, account and the year's öre of what stands in a round, kinds together; of some units where given
    (one query).
    """
    own = Forecast.objects.filter(round__key=round_key, is_current=True, kind__in=[kind.value for kind in kinds])
    sums = (own if units is None else own.filter(unit__in=list(units))).values_list("unit", "account")
    return list(sums.annotate(total=Sum(F("actual_ore") + F("rest_ore"))).order_by("unit", "account"))


def forecast_history(
    round_key: str, unit: str, account: str, kind: ForecastKind = ForecastKind.SUBMISSION
) -> list[ForecastFacts]:
    """Every forecast of a kind for a unit and account in a round, the latest first."""
    own = Forecast.objects.filter(round__key=round_key, kind=kind.value, unit=unit, account=account)
    return forecast_facts(own.order_by("-pk"))


def forecast_facts(stored: QuerySet[Forecast]) -> list[ForecastFacts]:
    """Stored forecasts as values (one query)."""
    return [
        ForecastFacts(
            forecast.pk,
            forecast.round.key,
            forecast.unit,
            forecast.account,
            forecast.submitted_on,
            forecast.submitted_at,
            forecast.actor,
            forecast.basis,
            forecast.actual_ore,
            forecast.rest_ore,
            forecast.is_current,
            ForecastKind(forecast.kind),
        )
        for forecast in stored.select_related("round")
    ]


def revisions() -> dict[str, str]:
    """The token of the latest write of "budget" and of "forecast"; a plan never written has none."""
    return dict(PlanRevision.objects.values_list("plan", "token"))
