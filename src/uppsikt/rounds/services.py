"""All writes of people's work in rounds in one place."""

from uppsikt.rounds.cell_services import save_cells
from uppsikt.rounds.import_services import import_forecast
from uppsikt.rounds.reminder_services import send_reminders
from uppsikt.rounds.review_services import approve_unit, approve_units, consolidate
from uppsikt.rounds.setup_services import change_setup, change_state, set_up_round
from uppsikt.rounds.text_services import add_comment, answer_question, save_explanation, settle_comment
from uppsikt.rounds.unit_services import (
    excuse_unit,
    include_unit,
    return_unit,
    submit_unit,
    withdraw_unit,
)

__all__ = [
    "add_comment",
    "answer_question",
    "approve_unit",
    "approve_units",
    "change_setup",
    "change_state",
    "consolidate",
    "excuse_unit",
    "import_forecast",
    "include_unit",
    "return_unit",
    "save_cells",
    "save_explanation",
    "send_reminders",
    "set_up_round",
    "settle_comment",
    "submit_unit",
    "withdraw_unit",
]
