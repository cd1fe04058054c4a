"""`carry-over` and `settlement`: results that units take along, and units that others finance."""

from __future__ import annotations

from datetime import date

import click

from uppsikt.balances import balances
from uppsikt.cli.output import Exit, local_actor, outcome, show_findings, show_json, show_table
from uppsikt.cli.parameters import DAY, DRY_RUN, JSON, KRONOR
from uppsikt.core.formats import ABSENT, Unit, amount
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.planning.kinds import BudgetKind
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.settlements import services
from uppsikt.settlements.carrying import CarriedYear
from uppsikt.settlements.selectors import period_entries, periods, rules
from uppsikt.settlements.values import Basis, Financier, RuleRow, Written

_ROUND = click.argument("round_key", metavar=say("OMGÅNG", "ROUND"))
_KEY = click.argument("key", metavar=say("NYCKEL", "KEY"))
_DECISION = click.option("--decision", required=True, help=say("Beslutets beteckning.", "The decision's reference."))
_DECIDED_ON = click.option("--decided-on", type=DAY, required=True, help=say("Beslutsdag.", "Day of decision."))
_TEXT = click.option("--text", required=True, help=say("Vad posten gäller.", "What the entry is about."))


@click.group("carry-over", help=say("Resultat som enheter tar med sig.", "Results that units take along."))
def carry_over() -> None:
    """Multi-year budgets."""


@carry_over.command(
    "show", help=say("Visa varje enhets väg genom sin period.", "Show each unit's way through its period.")
)
@click.option("--round", "round_key", help=say("Omgång (annars den senaste).", "Round (else the latest)."))
@JSON
def carry_over_show(round_key: str | None, as_json: bool) -> int:
    """Show periods with units, years and balances."""
    row = _round(round_key)
    entries = period_entries()
    told = [
        (period, way)
        for period in periods()
        for way in balances(period, list(period.units), entries.get(period.key, []), row)
    ]
    if as_json:
        show_json(
            [
                {
                    "period": period.key,
                    "unit": way.unit,
                    "balance_ore": way.balance_ore,
                    "lapses_ore": way.lapses_ore,
                    "years": [_year(year) for year in way.years],
                }
                for period, way in told
            ]
        )
        return Exit.OK
    headings = [say("Period", "Period"), say("Enhet", "Unit"), say("År", "Year"), say("Källa", "Source")]
    headings += [say("Med sig in", "Brought"), say("Resultat", "Result"), say("Med sig ut", "Taken")]
    rows = [
        [period.key, way.unit, str(year.year), str(year.source.label), *_amounts(year)]
        for period, way in told
        for year in way.years
    ]
    show_table(headings, rows, numeric_from=4)
    return Exit.OK


@carry_over.command("open", help=say("Öppna en flerårsperiod.", "Open a multi-year period."))
@_KEY
@click.option("--name", required=True)
@click.option("--first-year", type=int, required=True)
@click.option("--last-year", type=int, required=True)
@click.option("--units", required=True, help=say("Koder med komma emellan.", "Codes with commas between."))
@click.option("--account", required=True, help=say("Konto för beslutade resultat.", "Account of decided results."))
def carry_over_open(key: str, name: str, first_year: int, last_year: int, units: str, account: str) -> int:
    """Open a period; its units start at zero."""
    of_units = {unit.strip(): account for unit in units.split(",")}
    return _show(
        services.open_period(
            actor=local_actor(),
            key=key,
            name=name,
            first_year=first_year,
            last_year=last_year,
            units=of_units,
            as_of=_today(),
        )
    )


@carry_over.command("result", help=say("Besluta ett års resultat för en enhet.", "Decide a unit's result of a year."))
@_KEY
@click.argument("unit", metavar=say("ENHET", "UNIT"))
@click.argument("year", metavar=say("ÅR", "YEAR"), type=int)
@click.option(
    "--result",
    "result_ore",
    type=KRONOR,
    required=True,
    help=say("Kronor, underskott med minus.", "Kronor, deficits with a minus."),
)
@_DECISION
@_DECIDED_ON
@_TEXT
def carry_over_result(
    key: str, unit: str, year: int, result_ore: int, decision: str, decided_on: date, text: str
) -> int:
    """Decide a result, surplus positive; it stands beside the budget."""
    return _show(
        services.decide_result(
            actor=local_actor(),
            key=key,
            unit=unit,
            year=year,
            result_ore=result_ore,
            decision=decision,
            decided_on=decided_on,
            text=text,
            as_of=_today(),
        )
    )


@carry_over.command(
    "link",
    help=say("Märk en budgetpost som lägger resultat i budgeten.", "Mark an entry that puts results in the budget."),
)
@_KEY
@click.argument("year", metavar=say("ÅR", "YEAR"), type=int)
@_DECISION
@_TEXT
@click.option(
    "--kind", type=click.Choice([kind.value for kind in BudgetKind]), default=BudgetKind.SUPPLEMENTARY.value
)
def carry_over_link(key: str, year: int, decision: str, text: str, kind: str) -> int:
    """Mark an entry of the journal; no money moves."""
    entry = (decision, kind, text, year)
    return _show(services.link_budgeted(actor=local_actor(), key=key, entry=entry, as_of=_today()))


@click.group(
    "settlement", help=say("Reglering av enheter som andra finansierar.", "Settlement of units others finance.")
)
def settlement() -> None:
    """Settlements."""


@settlement.command("rules", help=say("Lista reglerna.", "List the rules."))
@JSON
def settlement_rules(as_json: bool) -> int:
    """List all rules."""
    known = rules()
    if as_json:
        show_json([{"key": own.key, "unit": own.unit, "account": own.account, "basis": own.basis} for own in known])
        return Exit.OK
    headings = [
        say("Nyckel", "Key"),
        say("Enhet", "Unit"),
        say("Konto", "Account"),
        say("Finansieras av", "Financed by"),
    ]
    rows = [[own.key, own.unit, own.account, _financiers(own)] for own in known]
    show_table(headings, rows, numeric_from=4)
    return Exit.OK


@settlement.command("rule", help=say("Besluta en regel.", "Decide a rule."))
@_KEY
@click.option("--title", required=True, help=say("Vad den kallas.", "What it is called."))
@click.option("--unit", required=True)
@click.option("--account", required=True)
@click.option(
    "--basis", type=click.Choice([own.value for own in Basis]), default=Basis.DEVIATION.value, show_default=True
)
@click.option(
    "--financier",
    "financiers",
    multiple=True,
    required=True,
    help=say("MOTPART=ANDEL eller ENHET/KONTO=ANDEL.", "COUNTERPARTY=SHARE or UNIT/ACCOUNT=SHARE."),
)
@_DECISION
@click.option("--valid-from", type=DAY)
@click.option("--valid-to", type=DAY)
def settlement_rule(
    key: str, title: str, unit: str, account: str, basis: str, financiers: tuple[str, ...], decision: str,
    valid_from: date | None, valid_to: date | None,
) -> int:  # fmt: skip
    """Decide that a unit is settled by those who finance it."""
    facts = RuleRow(
        key, title, unit, account, Basis(basis), decision, tuple(map(_financier, financiers)),
        valid_from or BEGINNING, valid_to or FOREVER,
    )  # fmt: skip
    return _show(services.add_rule(actor=local_actor(), facts=facts, as_of=_today()))


@settlement.command("end", help=say("Låt en regel upphöra.", "Let a rule end."))
@_KEY
@click.argument("valid_to", metavar=say("DAG", "DAY"), type=DAY)
def settlement_end(key: str, valid_to: date) -> int:
    """Let a rule end on the first of a month."""
    return _show(services.end_rule(actor=local_actor(), key=key, valid_to=valid_to, as_of=_today()))


@settlement.command("settle", help=say("Reglera en öppen omgång till noll.", "Settle an open round to zero."))
@_ROUND
@DRY_RUN
def settlement_settle(round_key: str, dry_run: bool) -> int:
    """Settle a round; settling again replaces what stood."""
    done = services.settle(actor=local_actor(), round_key=round_key, as_of=_today(), dry_run=dry_run)
    if not done.is_refused and done.settled:
        headings = [say("Regel", "Rule"), say("Enhet", "Unit"), say("Före", "Before"), say("Reglering", "Settlement")]
        # a surplus is a credit in the ledger; deviations are shown with surpluses positive
        rows = [[own.rule.key, own.rule.unit, _kr(own.change_ore), _kr(-own.change_ore)] for own in done.settled]
        show_table(headings, rows, numeric_from=2)
    return _show(done)


@settlement.command("take-back", help=say("Återta en omgångs reglering.", "Take a round's settlement back."))
@_ROUND
def settlement_take_back(round_key: str) -> int:
    """Take all settlements of a round back."""
    return _show(services.take_back(actor=local_actor(), round_key=round_key, as_of=_today()))


def _financier(text: str) -> Financier:
    who, _, share = text.partition("=")
    unit, slash, account = who.partition("/")
    weight = int(share) if share.isascii() and share.isdigit() else 0 if share else 1
    return Financier(weight, unit, account) if slash else Financier(weight, counterparty=who)


def _financiers(own: RuleRow) -> str:
    return ", ".join(f"{part.unit or part.counterparty} ({part.weight})" for part in own.financiers)


def _round(key: str | None) -> RoundRow | None:
    return next((row for row in reversed(rounds()) if key in (None, row.key)), None)


def _year(year: CarriedYear) -> dict[str, object]:
    return {
        "year": year.year,
        "source": year.source,
        "opening_ore": year.opening_ore,
        "budgeted_ore": year.budgeted_ore,
        "deviation_ore": year.deviation_ore,
        "result_ore": year.result_ore,
        "closing_ore": year.closing_ore,
    }


def _amounts(year: CarriedYear) -> list[str]:
    result = ABSENT if year.result_ore is None else _kr(year.result_ore)
    return [_kr(year.opening_ore), result, _kr(year.closing_ore)]


def _show(done: Written) -> int:
    show_findings(done.findings)
    return outcome(done.findings)


def _kr(amount_ore: int) -> str:
    return amount(amount_ore, Unit.KR, 2)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a door may ask for today


COMMANDS = (carry_over, settlement)
