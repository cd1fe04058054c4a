"""Outside facts against the engine: what a publication printed beside what the ledger says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import Unit, number
from uppsikt.figures.addresses import parse_address
from uppsikt.reports.document import Asked
from uppsikt.reports.facts import Fact
from uppsikt.reports.findings import CLAIM_DIFFERS, CLAIM_UNRESOLVED
from uppsikt.reports.resolver import Resolver, Unresolved


def compare_claims(facts: Iterable[Fact], resolver: Resolver) -> list[Finding]:
    """A warning for each fact that claims another value than its figure has, in the fact's own unit."""
    findings = []
    for fact in facts:
        if not fact.claims or fact.number is None or not _is_of_round(fact.claims, resolver.round_key):
            continue
        try:
            computed = _computed(fact, resolver)
        except Unresolved:
            findings.append(found(CLAIM_UNRESOLVED, key=fact.key, address=fact.claims))
            continue
        if computed != fact.number:
            findings.append(
                found(
                    CLAIM_DIFFERS,
                    label=fact.label,
                    source=fact.origin,
                    printed=number(fact.number, fact.decimals),
                    computed=number(computed, fact.decimals),
                    difference=number(fact.number - computed, fact.decimals),
                    unit=fact.unit,
                    address=fact.claims,
                )
            )
    return findings


def told_of(findings: Iterable[Finding]) -> frozenset[Asked]:
    """The statements and units whose figures are printed in findings of claims."""
    addresses = (str(finding.facts["address"]) for finding in findings if finding.code == CLAIM_DIFFERS)
    places = (parse_address(address) for address in addresses)
    return frozenset((place.statement, place.unit or "") for place in places if place)


def _computed(fact: Fact, resolver: Resolver) -> Decimal:
    figure = resolver.cell(fact.claims)
    if figure.cell.amount_ore is None or fact.unit not in Unit._value2member_map_:
        raise Unresolved(fact.claims)
    return replace(figure.view, unit=Unit(fact.unit), decimals=fact.decimals).value(figure.cell.amount_ore)


def _is_of_round(address: str, round_key: str) -> bool:
    round_asked = address.partition("@")[2]
    return not round_asked or round_asked == round_key
