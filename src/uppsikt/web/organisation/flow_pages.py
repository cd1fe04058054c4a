"""What went where in one reorganisation: the money of the codes it is about, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from uppsikt import relations
from uppsikt.coding.differences import Structure
from uppsikt.coding.events import SUCCESSIONS, EventKind, Reorganisation, State
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import found
from uppsikt.core.formats import Unit, amount, percent
from uppsikt.core.language import Text, say
from uppsikt.figures.definitions import Scenario
from uppsikt.figures.flows import Flow, Flows
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.organisation.flows_picture import FlowLine, Picture, flows_picture
from uppsikt.web.organisation.options import Option
from uppsikt.web.rounds import chosen_round

_MOST_DRAWN = 24
_MONEY = Text("Pengar", "Money")
_CHOICES: dict[str, tuple[Scenario, int]] = {
    "utfall": (Scenario.ACTUAL, 0),
    "utfall-foregaende": (Scenario.ACTUAL, 1),
    "budget": (Scenario.BUDGET, 0),
}


@dataclass(frozen=True)
class FlowsView:
    """The picture and its table."""

    picture: Picture
    lines: Sequence[FlowLine]
    choices: Sequence[Option]
    was: date
    day: date

    @property
    def title(self) -> str:
        """What the picture shows."""
        chosen = next(option.label for option in self.choices if option.is_chosen)
        return say("Vad som gick vart: {money}", "What went where: {money}", money=chosen)

    @property
    def about(self) -> str:
        """The picture in a sentence, for whoever can't see it."""
        moved = [line for line in self.lines if not line.stays]
        return say(
            "Till vänster koderna med pengarna, till höger de som svarar för dem {day}. {n} strömmar flyttar. "
            "Bandets bredd är omslutningen, beloppet netto.",
            "Left the codes the money stood on, right those that answer for it on {day}. {n} flows move. "
            "A band is as wide as its turnover; the amount is net.",
            day=self.day.isoformat(),
            n=len(moved),
        )

    @property
    def has_moving(self) -> bool:
        """Whether any flow goes to another code."""
        return any(not line.stays for line in self.lines)

    @property
    def has_staying(self) -> bool:
        """Whether any money stays where it stood."""
        return any(line.stays for line in self.lines)

    @property
    def left_off(self) -> int:
        """How many small flows are in the table alone."""
        return max(0, len(self.lines) - _MOST_DRAWN)


def flows_view(held: Reorganisation, query: QueryDict) -> FlowsView | None:
    """What went where; None where the reorganisation moves no money or there is no round to tell the year."""
    row = chosen_round(relations.rounds(), "")
    dimension, sources = _moved_codes(held)
    if row is None or not sources or held.state is State.ANNULLED:
        return None
    chosen = query.get("money") or _ordinary(held, row)
    if chosen not in _CHOICES:
        raise Absent(found(CHOICE_UNKNOWN, name=_MONEY, value=chosen))
    scenario, years_back = _CHOICES[chosen]
    draft = held.key if held.state is State.DRAFT else None
    result = relations.flows(
        row.key, dimension, structure_date=held.days[-1], scenario=scenario, years_back=years_back, draft=draft
    )
    lines = _lines(result, sources, code_plan(draft))
    largest = sorted(lines, key=lambda line: -line.weight_ore)[:_MOST_DRAWN]
    return FlowsView(
        picture=flows_picture([line for line in lines if line in largest], _text),
        lines=lines,
        choices=[Option(key, _label(key, row), key == chosen) for key in _CHOICES],
        was=result.was,
        day=result.day,
    )


def _moved_codes(held: Reorganisation) -> tuple[str, set[str]]:
    """The dimension money moves in (units before others) and the codes it moves from."""
    sources = {(own.dimension, own.code) for own in held.events if own.kind in {*SUCCESSIONS, EventKind.CLOSE}}
    moving = {own.dimension for own in held.events if own.kind in SUCCESSIONS}
    dimension = "unit" if "unit" in moving else min(moving, default="")
    return dimension, {code for own, code in sources if own == dimension}


def _ordinary(held: Reorganisation, row: RoundRow) -> str:
    # money of the year before is what a change from the first of January moves
    return "utfall-foregaende" if held.days[0] <= date(row.year, 1, 1) else "utfall"


def _label(key: str, row: RoundRow) -> str:
    if key == "budget":
        return say("budget {year}", "budget {year}", year=row.year)
    if key == "utfall":
        return say("utfall till {day}", "actuals up to {day}", day=row.cut_off.isoformat())
    return say("utfall {year}", "actuals {year}", year=row.year - 1)


def _lines(result: Flows, sources: set[str], plan: CodePlan) -> list[FlowLine]:
    return [_line(result, flow, plan) for flow in result.flows if flow.source in sources and flow.gross_ore]


def _line(result: Flows, flow: Flow, plan: CodePlan) -> FlowLine:
    before, after = (Structure(plan, day, result.dimension) for day in (result.was, result.day))
    share = result.share(flow)
    part = "" if share is None else percent(Decimal(share.numerator) / Decimal(share.denominator), 1)
    target = after.name(flow.target) if flow.target else say("utan kod", "without a code")
    return FlowLine(
        source=flow.source,
        source_name=before.name(flow.source),
        target=flow.target,
        target_name=target,
        amount_ore=flow.amount_ore,
        weight_ore=flow.gross_ore,
        text=_text(flow.amount_ore),
        share=part,
    )


def _text(amount_ore: int) -> str:
    return amount(amount_ore, Unit.TKR, 0, with_unit=True)
