"""How facts and cells are shown in remarks: values in the fact's own unit, related places, sums."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from uppsikt.checks.document import Cell, Span
from uppsikt.checks.numbers import Unit, written
from uppsikt.checks.prose.facts import MONEY, Fact
from uppsikt.checks.prose.matching import Match
from uppsikt.checks.remarks import Related, Sum, Term
from uppsikt.core.language import Text


def in_unit(kronor: Decimal, unit: Unit | None) -> Decimal:
    """An amount of kronor (or percent) in a unit."""
    factor = unit.kronor if unit else None
    return kronor / factor if factor else kronor


def amount(value: Decimal, fact: Fact, decimals: int | None = None) -> str:
    """A value of kronor (or percent) as the fact would print it: "−15,4 mnkr"."""
    places = fact.number.decimals if decimals is None else decimals
    shown = in_unit(value, fact.number.unit).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{written(shown, places)} {fact.number.unit or ''}".strip()


def said(fact: Fact) -> str:
    """The fact as remarks print it, with the sign that its words give it."""
    return amount(value_of(fact), fact)


def value_of(fact: Fact) -> Decimal:
    """The fact in kronor (or percent), with the sign that is written or said."""
    return fact.size.copy_sign(fact.value)


def cell_shown(match: Match) -> str:
    """The cell (or the cells) as printed, with its unit where it has one."""
    shown = []
    for term in match.terms:
        if isinstance(term, Cell) and term.number is not None:
            unit = term.number.unit or ""
            shown.append(f"{written(term.number.value, term.number.decimals)} {unit}".strip())
        elif isinstance(term, Fact):
            shown.append(said(term))
    return " + ".join(shown).replace("+ −", "− ")


def span_of(term: Cell | Fact) -> Span:
    """Where a term stands."""
    return term.span if isinstance(term, Cell) else term.spans[0]


def related_to(terms: Iterable[Cell | Fact], words: Text) -> tuple[Related, ...]:
    """The places of terms, all with the same words."""
    return tuple(Related(span_of(term), words) for term in terms)


def sum_of(match: Match) -> Sum:
    """The figures side by side: what the cells make, and what the text says, in the text's unit."""
    fact = match.fact
    decimals = max(fact.number.decimals, _decimals(match))
    terms = tuple(
        Term(match.label, _value(term, match), span_of(term)) for term in match.terms if isinstance(term, Cell)
    )
    printed = Term(fact.text, in_unit(value_of(fact), fact.number.unit), fact.spans[0])
    return Sum(terms, printed, fact.number.unit, decimals)


def _value(cell: Cell, match: Match) -> Decimal:
    number = cell.number
    if number is None:
        return Decimal(0)
    if len(match.terms) == 1:
        return in_unit(match.amount.value, match.fact.number.unit)
    whole = sum((one.number.value for one in match.terms if isinstance(one, Cell) and one.number), Decimal(0))
    return in_unit(match.amount.value * number.value / whole, match.fact.number.unit) if whole else Decimal(0)


def _decimals(match: Match) -> int:
    if match.fact.number.unit not in MONEY:
        return 0
    exact = in_unit(match.amount.value, match.fact.number.unit).normalize()
    return min(3, max(0, -int(exact.as_tuple().exponent)))


def told_sum(target: Fact, terms: Iterable[tuple[Fact, int]]) -> Sum:
    """A relation told by the text, as a sum in the target's unit."""
    unit = target.number.unit
    facts = [(fact, sign) for fact, sign in terms]
    decimals = max(fact.number.decimals for fact in (target, *(fact for fact, _ in facts)))
    return Sum(
        tuple(Term(fact.text, sign * in_unit(value_of(fact), unit), fact.spans[0]) for fact, sign in facts),
        Term(target.text, in_unit(value_of(target), unit), target.spans[0]),
        unit,
        decimals,
    )
