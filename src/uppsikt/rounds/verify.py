"""Whether rounds are run as they were set up, and people's work in them is what they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from uppsikt.audit.told import Row, differences
from uppsikt.core.findings import Finding, found
from uppsikt.rounds.findings import CELL_UNTOLD, PARTICIPANT_UNTOLD, SAID_UNTOLD, SETUP_UNTOLD
from uppsikt.rounds.told import held_work, told_work


def verify_work() -> list[Finding]:
    """A finding for each set-up, question, unit, figure, explanation and answer that isn't as the log tells."""
    told, held = told_work(), held_work()
    return [
        *_differing(SETUP_UNTOLD, told.setups, held.setups),
        *_differing(SETUP_UNTOLD, told.questions, held.questions),
        *_differing(PARTICIPANT_UNTOLD, told.participants, held.participants),
        *_differing(CELL_UNTOLD, told.cells, held.cells),
        *_differing(SAID_UNTOLD, told.explanations, held.explanations),
        *_differing(SAID_UNTOLD, told.answers, held.answers),
    ]


def _differing(code: str, told: Mapping[Any, Row], held: Mapping[Any, Row]) -> Iterator[Finding]:
    for own in differences(told, held):
        row = own.key if isinstance(own.key, str) else " ".join(map(str, own.key))
        yield found(code, row=row, told=own.told, held=own.held)
