"""The files an engine reads: the active ledger batches, and budget and forecasts written out beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import NotFound, Place, found
from uppsikt.core.hashes import hash_of
from uppsikt.figures.engine import Engine
from uppsikt.figures.model import Relations
from uppsikt.ledger.selectors import active_batches
from uppsikt.planning import selectors as planning
from uppsikt.planning.relations import Origins, moved_by, write_postings
from uppsikt.relations.findings import FILE_GONE


def relations(draft: str | None = None) -> Relations:
    """The files and the code plan as they stand; budget and forecasts are written out where they changed.

    With `draft` the code plan as it would be, were that reorganisation adopted; raises `NotFound`.
    """
    batches = active_batches()  # asked once: files, names and identity must be of the same batches
    plan_files = write_postings(Path(settings.HOME) / "plan")
    plan = code_plan(draft)
    origins = {batch.content_hash: batch.file_name for batch in batches}
    entries = planning.budget_entries()
    identity = [plan.content_hash, sorted(origins), sorted(path.name for path in plan_files)]
    actual_files = tuple(batch.posting_file for batch in batches)
    for batch in batches:
        if not batch.posting_file.is_file():
            raise NotFound(found(FILE_GONE, Place(batch.file_name), file=batch.posting_file.name))
    names = Origins(entries, origins)
    return Relations(actual_files, plan_files, plan, names, hash_of(identity), moved_by(entries))


@contextmanager
def open_engine(draft: str | None = None) -> Iterator[Engine]:
    """An engine over what is held now, with a draft reorganisation's events where one is named; closed after."""
    with Engine(relations(draft)) as engine:
        yield engine
