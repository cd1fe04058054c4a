"""The demonstration's report as it is being written: each section with its writer, some done, some approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding
from uppsikt.reports.writing.selectors import section_rows
from uppsikt.reports.writing.services import add_comment, assign_section, change_state
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.texts import take_in
from uppsikt.reports.writing.values import SectionRow

_STEPS = {
    "done": (SectionState.DONE,),
    "approved": (SectionState.DONE, SectionState.APPROVED),
    "returned": (SectionState.DONE, SectionState.RETURNED),
}


def load_texts(actor: Actor, folder: Path, own: Mapping[str, Any], as_of: date) -> Iterator[Finding]:
    """Take the report's texts in and say who writes what, as `demo.yaml` does; what is held already is left."""
    if section_rows(own["report"]):
        return
    yield from take_in(actor=actor, folder=folder, as_of=as_of).findings
    people = {user.get_username(): user.pk for user in User.objects.all()}
    rows = {row.key: row for row in section_rows(own["report"])}
    for name, keys in own["writers"].items():
        for key in keys:
            yield from _assigned(actor, rows[key], people[name], own["due_on"], as_of)
    for state, steps in _STEPS.items():
        for key in own[state]:
            yield from _stepped(actor, rows[key], steps, as_of)
    for said in own["comments"]:
        add_comment(actor=actor, report_key=own["report"], section=said["section"], text=said["text"], as_of=as_of)


def _assigned(actor: Actor, row: SectionRow, person: int, due_on: date, as_of: date) -> Sequence[Finding]:
    return assign_section(
        actor=actor,
        report_key=row.report_key,
        section=row.key,
        responsible_id=person,
        due_on=due_on,
        as_of=as_of,
    ).findings


def _stepped(actor: Actor, row: SectionRow, steps: Sequence[SectionState], as_of: date) -> Iterator[Finding]:
    for step in steps:
        yield from change_state(
            actor=actor,
            report_key=row.report_key,
            section=row.key,
            to=step,
            seen_number=row.number,
            as_of=as_of,
        ).findings
