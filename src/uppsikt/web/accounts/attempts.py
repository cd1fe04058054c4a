"""Failed attempts to sign in, by name: whoever guesses is kept out for a while, by page and by header alike."""

from __future__ import annotations

from django.core.cache import cache

from uppsikt.core.hashes import hash_bytes

ATTEMPTS = 10
CLOSED_MINUTES = 15


def is_closed(name: str) -> bool:
    """Whether the name has failed so often that its password isn't even looked at."""
    return bool(cache.get(_key(name), 0) >= ATTEMPTS)


def count_failure(name: str) -> None:
    """Remember a failed attempt; the quarter of an hour begins anew."""
    cache.set(_key(name), cache.get(_key(name), 0) + 1, CLOSED_MINUTES * 60)


def forget_failures(name: str) -> None:
    """Begin anew after the right password."""
    cache.delete(_key(name))


def _key(name: str) -> str:
    # hashed: cache keys allow no spaces, names do
    return f"sign-in-failures-{hash_bytes(name.casefold().encode())}"
