"""Sign-ins in the event log: who came in and how, who didn't, whose second step changed. Never a password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from uppsikt.audit.actors import Actor
from uppsikt.audit.administrators import require_administrator
from uppsikt.audit.chain import hold_people, record
from uppsikt.audit.models import FailedSignIns
from uppsikt.audit.people import PersonFacts, fact_findings, store_person
from uppsikt.audit.selectors import hash_of_name

_DOOR = Actor("inloggning")  # whoever failed has not proved to be anybody


@transaction.atomic
def record_sign_in(*, user: User, method: str) -> None:
    """Someone came in; `method` is e.g. password, password+totp, openid_connect."""
    own = Actor(user.get_username(), user.pk)
    record(actor=own, verb="sign-in", target=f"user:{user.pk}", payload={"method": method})


@transaction.atomic
def record_failed_sign_in(*, user: User | None, method: str, why: str) -> None:
    """Someone didn't come in. What was typed for a name that is nobody's is not kept: it may be a password."""
    target = f"user:{user.pk}" if user else "user:"
    record(actor=_DOOR, verb="fail-sign-in", target=target, payload={"method": method, "why": why})


@transaction.atomic
def count_failed_sign_in(*, name: str, method: str, most: int, time: timedelta) -> None:
    """Count and log a failed attempt with a name; all of the name's count for `time` from now, `most` close it.

    Counted in the database: together in every process, and however many other names fail meanwhile.
    """
    now = datetime.now(UTC)
    hold_people()
    FailedSignIns.objects.filter(counts_until__lte=now).delete()
    key = hash_of_name(name)
    held = FailedSignIns.objects.filter(name_hash=key).first() or FailedSignIns(name_hash=key, failures=0)
    held.failures, held.counts_until = held.failures + 1, now + time
    held.save()
    user = User.objects.filter(username=name).first()
    record_failed_sign_in(user=user, method=method, why="closed" if held.failures >= most else "wrong")


@transaction.atomic
def forget_failed_sign_ins(*, name: str) -> None:
    """Begin anew after the right password."""
    hold_people()
    FailedSignIns.objects.filter(name_hash=hash_of_name(name)).delete()


@transaction.atomic
def record_sign_out(*, user: User) -> None:
    """Someone left."""
    own = Actor(user.get_username(), user.pk)
    record(actor=own, verb="sign-out", target=f"user:{user.pk}", payload={})


@transaction.atomic
def record_second_step(*, actor: Actor, user: User, change: str) -> None:
    """The second step of someone's sign-in changed: on, off, new-codes. Others' are the administrator's."""
    if actor.user_id is None or actor.user_id != user.pk:
        require_administrator(actor)
    record(actor=actor, verb="change-second-step", target=f"user:{user.pk}", payload={"change": change})


@transaction.atomic
def join_unknown(*, facts: PersonFacts) -> User | None:
    """An account without roles for whoever the municipality's directory knows; None where the facts won't do."""
    hold_people()  # two who come at once are one
    return None if fact_findings(facts) else store_person(actor=_DOOR, facts=facts)
