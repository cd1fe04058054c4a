"""Failed attempts to sign in, by name: whoever guesses is kept out for a while, by page and by header alike."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.cache import cache

from uppsikt.audit.services import record_failed_sign_in
from uppsikt.core.hashes import hash_bytes

ATTEMPTS = 10
CLOSED_MINUTES = 15


def is_closed(name: str) -> bool:
    """Whether the name has failed so often that its password isn't even looked at."""
    return bool(cache.get(_key(name), 0) >= ATTEMPTS)


def count_failure(name: str, method: str) -> None:
    """Remember a failed attempt, and log it; the quarter of an hour begins anew.

    While the name is closed nothing more is logged: a log must not grow by being knocked at.
    """
    failures = cache.get(_key(name), 0) + 1
    cache.set(_key(name), failures, CLOSED_MINUTES * 60)
    user = User.objects.filter(username=name).first()
    record_failed_sign_in(user=user, method=method, why="closed" if failures >= ATTEMPTS else "wrong")


def forget_failures(name: str) -> None:
    """Begin anew after the right password."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    # hashed: cache keys allow no spaces, names do
    return f"sign-in-failures-{hash_bytes(name.casefold().encode())}"
