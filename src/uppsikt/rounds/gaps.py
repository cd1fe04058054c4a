"""What units have left unsaid that the round asks for, however their forecasts came in. Pure.

Whoever types can't hand in without it; a file explains nothing, so whoever reviews must see what lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import hash_of, short
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.amounts import shown_amount
from uppsikt.rounds.deviations import Position, account_labels, answer_faults, forgotten, unexplained
from uppsikt.rounds.findings import GAP_ANSWER, GAP_BUDGET, GAP_EXPLANATION
from uppsikt.rounds.said import Books, said_by
from uppsikt.rounds.values import ParticipantRow, RoundWork


def gaps_of(
    unit: str, said: Collection[Position], work: RoundWork, budget: Actuals, plan: CodePlan
) -> Iterator[Finding]:
    """What one unit has left unsaid: a finding of its budget, one of its explanations, and one of its answers."""
    day = work.round.cut_off
    name = plan.name("unit", unit, day)
    left = forgotten(unit, said, budget, work.round, plan)
    if left:
        labels = ", ".join(map(account_labels(plan, day), left))
        yield found(GAP_BUDGET, unit=unit, name=name, amount=shown_amount(sum(left.values())), accounts=labels)
    accounts = sorted(unexplained(said, work.explanations.get(unit, ()), work.setup))
    if accounts:
        yield found(GAP_EXPLANATION, unit=unit, name=name, accounts=", ".join(accounts))
    numbers = [str(own.facts["number"]) for own in answer_faults(work.questions, work.answered.get(unit, ()))]
    if numbers:
        yield found(GAP_ANSWER, unit=unit, name=name, numbers=", ".join(numbers))


def round_gaps(
    work: RoundWork,
    units: Collection[str],
    handed_in: Mapping[str, Iterable[ForecastFacts]],
    books: Books,
    plan: CodePlan,
) -> dict[str, list[Finding]]:
    """What each of some units that has handed in, and isn't excused, has left unsaid; only units with anything.

    `handed_in` has what stands of each unit.
    """
    gaps = {}
    for own in work.participants:
        if own.unit in units and not own.excused and not own.state.is_editable:
            said = said_by(own, {}, handed_in.get(own.unit, ()), work.round, books)
            gaps[own.unit] = list(gaps_of(own.unit, said, work, books.budget, plan))
    return {unit: findings for unit, findings in gaps.items() if findings}


def by_unit(forecasts: Iterable[ForecastFacts]) -> dict[str, list[ForecastFacts]]:
    """Forecasts by the unit they are of."""
    units: dict[str, list[ForecastFacts]] = defaultdict(list)
    for own in forecasts:
        units[own.unit].append(own)
    return units


def mark_of(own: ParticipantRow, handed_in: Iterable[ForecastFacts]) -> str:
    """A short mark of what a unit has handed in, for whoever reviews it: another as soon as anything else stands."""
    at = own.changed_at.isoformat() if own.changed_at else ""
    return short(hash_of([own.unit, own.state.value, at, sorted(facts.id for facts in handed_in)]))
