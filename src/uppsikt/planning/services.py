"""All writes of planning in one place: budget, forecasts and rounds."""

from uppsikt.planning.budget_services import decide_budget, import_budget
from uppsikt.planning.forecast_services import import_forecast, submit_forecast
from uppsikt.planning.forecasts import Actuals, ActualsReader
from uppsikt.planning.results import PlanChange, PlanImport
from uppsikt.planning.round_services import (
    RoundChange,
    adopt_round,
    change_state,
    consolidate_round,
    correct_round,
    create_round,
    open_round,
)

__all__ = [
    "Actuals",
    "ActualsReader",
    "PlanChange",
    "PlanImport",
    "RoundChange",
    "adopt_round",
    "change_state",
    "consolidate_round",
    "correct_round",
    "create_round",
    "decide_budget",
    "import_budget",
    "import_forecast",
    "open_round",
    "submit_forecast",
]
