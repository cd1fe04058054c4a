"""Sessions that end before their time: with the password, the second step or the account they were opened by."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils.http import int_to_base36

# where the sign-in library keeps who has shown a password and not yet the second step: by key, in base 36
_HALF_WAY = "account_login"


def end_sessions(*, user: User, besides: str = "") -> None:
    """End a person's sessions, and sign-ins that are half way; `besides` is the key of the one that goes on.

    A session doesn't say in any column whose it is, so all that run are opened: some thousands a second.
    """
    running = Session.objects.filter(expire_date__gt=datetime.now(UTC)).exclude(pk=besides)
    own = [session.pk for session in running.iterator() if _is_of(session, user.pk)]
    Session.objects.filter(pk__in=own).delete()


def _is_of(session: Session, key: int) -> bool:
    held = session.get_decoded()
    half_way = held.get(_HALF_WAY) or {}
    return held.get(SESSION_KEY) == str(key) or half_way.get("user_pk") == int_to_base36(key)
