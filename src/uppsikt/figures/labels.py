"""What statements, columns and rows are called: labels with their places filled."""

from __future__ import annotations

import re
from datetime import date

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.language import Text
from uppsikt.core.periods import Month
from uppsikt.figures.model import Parameters

_PLACE = re.compile(r"\s*\{[^{}]*\}")


def report_day(parameters: Parameters) -> date:
    """The day whose names and open units the table shows."""
    return parameters.structure_date or parameters.round.cut_off


def unit_name(parameters: Parameters, plan: CodePlan) -> str:
    """The name of the unit the statement is for; "" where it is for none."""
    return plan.name("unit", parameters.unit, report_day(parameters)) if parameters.unit else ""


def fill(label: Text, parameters: Parameters, plan: CodePlan) -> Text:
    """A label with its places filled."""
    facts = parameters.round
    cut_off = facts.cut_off
    before = Month(cut_off.year - 1, cut_off.month).last
    previous = facts.previous.name if facts.previous else "–"
    values = {
        "year": str(facts.year),
        "previous_year": str(facts.year - 1),
        "cut_off": cut_off.isoformat(),
        "previous_year_cut_off": before.isoformat(),
        "round": facts.name,
        "previous_round": previous,
        "unit": unit_name(parameters, plan),
    }
    return Text(label.sv.format_map(values).strip(), label.en.format_map(values).strip())


def plain_title(title: Text) -> Text:
    """A title without its places, for lists where no unit and no round is chosen."""
    return Text(_without_places(title.sv), _without_places(title.en))


def _without_places(text: str) -> str:
    return " ".join(_PLACE.sub("", text).split()).strip(" ,:–-")
