"""What units have left unsaid that the round asks for, however their forecasts came in. Pure.

Whoever types can't hand in without it; a file explains nothing, so whoever reviews must see what lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.planning.selectors import ForecastFacts
from uppsikt.rounds.deviations import Position, answer_faults, unexplained
from uppsikt.rounds.findings import GAP_ANSWER, GAP_EXPLANATION
from uppsikt.rounds.said import Books, said_by
from uppsikt.rounds.values import RoundWork


def gaps_of(unit: str, said: Iterable[Position], work: RoundWork, plan: CodePlan) -> Iterator[Finding]:
    """What one unit has left unsaid: a finding of its explanations, and one of its answers."""
    name = plan.name("unit", unit, work.round.cut_off)
    accounts = sorted(unexplained(said, work.explanations.get(unit, ()), work.setup))
    if accounts:
        yield found(GAP_EXPLANATION, unit=unit, name=name, accounts=", ".join(accounts))
    numbers = [str(own.facts["number"]) for own in answer_faults(work.questions, work.answered.get(unit, ()))]
    if numbers:
        yield found(GAP_ANSWER, unit=unit, name=name, numbers=", ".join(numbers))


def round_gaps(
    work: RoundWork, handed_in: Iterable[ForecastFacts], books: Books, plan: CodePlan
) -> dict[str, list[Finding]]:
    """What each unit of a round that has handed in, and isn't excused, has left unsaid; only units with anything."""
    forecasts: Mapping[str, list[ForecastFacts]] = defaultdict(list)
    for own in handed_in:
        forecasts[own.unit].append(own)
    gaps = {
        own.unit: list(gaps_of(own.unit, said_by(own, {}, forecasts[own.unit], work.round, books), work, plan))
        for own in work.participants
        if not own.excused and not own.state.is_editable
    }
    return {unit: findings for unit, findings in gaps.items() if findings}
