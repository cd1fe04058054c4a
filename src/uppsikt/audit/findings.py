"""Findings of the audit log: A codes."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

CHAIN_BROKEN = define(
    "A001",
    Severity.ERROR,
    says_sv="Händelseloggen är bruten vid händelse {sequence} ({target}): raden eller dess föregångare har ändrats.",
    says_en="The event log is broken at event {sequence} ({target}): the row or the one before it was changed.",
    do_sv="Återläs senaste säkerhetskopian och jämför händelserna före och efter.",
    do_en="Restore the latest backup and compare the events before and after.",
    sequence=17,
    target="batch:3f2a",
)
