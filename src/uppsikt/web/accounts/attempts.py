"""Failed attempts to sign in, by name: whoever guesses is kept out for a while, by page and by header alike.

Names are counted, not addresses: a whole municipality comes from one. As many guesses as there are threads may be
under way when a name closes; each of them is counted.
"""

from __future__ import annotations

from datetime import timedelta

from uppsikt.audit.selectors import failures_of
from uppsikt.audit.services import count_failed_sign_in, forget_failed_sign_ins

ATTEMPTS = 10
CLOSED_MINUTES = 15


def is_closed(name: str) -> bool:
    """Whether the name has failed so often that its password isn't even looked at."""
    return failures_of(name) >= ATTEMPTS


def count_failure(name: str, method: str) -> None:
    """Remember a failed attempt, and log it; the quarter of an hour begins anew.

    While the name is closed nothing more is logged: a log must not grow by being knocked at.
    """
    count_failed_sign_in(name=name, method=method, most=ATTEMPTS, time=timedelta(minutes=CLOSED_MINUTES))


def forget_failures(name: str) -> None:
    """Begin anew after the right password; nothing is written where nothing had failed."""
    if failures_of(name):
        forget_failed_sign_ins(name=name)
