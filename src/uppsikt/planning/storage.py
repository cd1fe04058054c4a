"""Storing many lines at once, and the tokens that tell caches in all processes that a plan changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models

from uppsikt.planning.models import PlanRevision

LINE_FIELDS = (
    "line",
    "period",
    "amount_ore",
    "unit",
    "account",
    "activity",
    "project",
    "object",
    "counterparty",
    "marker",
)
BUDGET_PLAN = "budget"
FORECAST_PLAN = "forecast"
_CHUNK = 20_000


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Insert rows of plain values: for lines by the hundred thousand, where making objects takes the time."""
    quote = connection.ops.quote_name
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(quote(str(column_of[name])) for name in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(remaining, _CHUNK)):
            cursor.executemany(statement, chunk)


def hold_plan(plan: str) -> None:
    """One writer of a plan at a time: what was checked must hold when it is stored."""
    PlanRevision.objects.get_or_create(plan=plan, defaults={"token": uuid.uuid4().hex})
    PlanRevision.objects.select_for_update().get(plan=plan)


def renew_plan(plan: str) -> None:
    """Tell all readers that the plan is another."""
    PlanRevision.objects.update_or_create(plan=plan, defaults={"token": uuid.uuid4().hex})


def in_chunks(keys: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """Pieces small enough to be parameters of one query."""
    remaining = iter(keys)
    while chunk := list(islice(remaining, size)):
        yield chunk
