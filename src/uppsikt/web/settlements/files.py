"""Carried-over results and settlements as files: kronor to the öre, surpluses positive."""

from __future__ import annotations

from uppsikt.core.language import say
from uppsikt.settlements.carrying import Source
from uppsikt.web.presenting import Sheet, in_kronor
from uppsikt.web.settlements.carrying import CarryOverPage
from uppsikt.web.settlements.settling import SettlementPage


def carry_over_file(page: CarryOverPage) -> Sheet:
    """Every year of every unit."""
    headings = [say("Period", "Period"), say("Enhet", "Unit"), say("År", "Year")]
    headings += [
        say("Med sig in (kr)", "Brought along (SEK)"),
        say("Varav i årets budget (kr)", "In the budget (SEK)"),
    ]
    headings += [say("Avvikelse (kr)", "Deviation (SEK)"), say("Årets resultat (kr)", "Result (SEK)")]
    headings += [say("Med sig ut (kr)", "Taken along (SEK)"), say("Källa", "Source")]
    rows = []
    for part in page.parts:
        for unit in part.units:
            for own in unit.years:
                closing_ore = None if own.source is Source.TO_COME else own.closing_ore
                sums = (own.opening_ore, own.budgeted_ore, own.deviation_ore, own.result_ore, closing_ore)
                cells = map(in_kronor, sums)
                rows.append([part.period.name, unit.name, own.year, *cells, str(own.source.label)])
    return Sheet("overforda-resultat", say("Överförda resultat", "Carried-over results"), headings, rows)


def settlement_file(page: SettlementPage) -> Sheet:
    """Each financed unit before and after, then who pays."""
    headings = [say("Enhet eller betalare", "Unit or payer"), say("Regel", "Rule"), say("Före (kr)", "Before (SEK)")]
    headings += [say("Reglering (kr)", "Settlement (SEK)"), say("Efter (kr)", "After (SEK)")]
    rows = [
        [own.unit, own.title, *map(in_kronor, (own.before_ore, own.settled_ore, own.after_ore))] for own in page.lines
    ]
    rows += [[own.payer, own.title, None, in_kronor(own.amount_ore), None] for own in page.payers]
    name = f"reglering-{page.round.key}" if page.round else "reglering"
    return Sheet(name, say("Resultatreglering", "Settlement"), headings, rows)
