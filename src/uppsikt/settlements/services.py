"""All writes of the room in one place: carried-over results, settlement rules, settlements."""

from uppsikt.settlements.carry_services import decide_result, link_budgeted, open_period
from uppsikt.settlements.rule_services import add_rule, end_rule
from uppsikt.settlements.settle_services import settle, take_back
from uppsikt.settlements.values import Written

__all__ = [
    "Written",
    "add_rule",
    "decide_result",
    "end_rule",
    "link_budgeted",
    "open_period",
    "settle",
    "take_back",
]
