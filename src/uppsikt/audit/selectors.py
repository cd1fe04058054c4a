"""Reads of people, their roles and the event log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from uppsikt.audit.actors import Actor, Grant, Role
from uppsikt.audit.chain import COLUMNS, FIRST_HASH, EventRow
from uppsikt.audit.models import Event, FailedSignIns, RoleAssignment

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role a person has, had or will have; `key` names it when it is changed."""

    key: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in, or could; roles in order of time."""

    key: int
    name: str
    full_name: str
    email: str
    is_open: bool
    has_password: bool
    last_seen: datetime | None
    roles: tuple[HeldRole, ...]

    @property
    def shown_name(self) -> str:
        """The full name where it is known, else the name to sign in with."""
        return self.full_name or self.name

    def grants_on(self, day: date) -> list[Grant]:
        """The roles held on a day."""
        return [own.grant for own in self.roles if own.grant.valid_from <= day < own.grant.valid_to]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What is asked of the log: half-open days in local time; actor and target hold the texts; "" asks for all."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    verb: str = ""
    target: str = ""
    before: int | None = None  # only events older than this one: the next page

    def as_json(self) -> dict[str, object]:
        """What the log says of an export."""
        asked = {name: getattr(self, name) for name in ("since", "until", "actor", "verb", "target")}
        return {name: str(value) for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, newest first; `older` is where the next page begins, None on the last."""

    events: tuple[EventRow, ...]
    older: int | None


def actor_of(user: User) -> Actor:
    """The actor a signed-in user is, with all grants over time (one query)."""
    assignments = RoleAssignment.objects.filter(user_id=user.pk)
    return Actor(user.get_username(), user.pk, tuple(_grant(row) for row in assignments))


def _grant(row: RoleAssignment) -> Grant:
    return Grant(Role(row.role), row.unit, row.valid_from, row.valid_to)


def people(text: str = "", most: int | None = None) -> list[Person]:
    """People by name, those whose name or address holds the text (two queries)."""
    users = User.objects.order_by("username")
    if text:
        words = Q(username__icontains=text) | Q(email__icontains=text)
        users = users.filter(words | Q(first_name__icontains=text) | Q(last_name__icontains=text))
    return [_person(user) for user in _with_roles(users)[:most]]


def person(name: str) -> Person | None:
    """The person with a name to sign in with (two queries)."""
    return next((_person(user) for user in _with_roles(User.objects.filter(username=name))), None)


def _with_roles(users: QuerySet[User]) -> QuerySet[User]:
    ordered = RoleAssignment.objects.order_by("valid_from", "unit", "role")
    return users.prefetch_related(Prefetch("roles", queryset=ordered))


def _person(user: User) -> Person:
    return Person(
        key=user.pk,
        name=user.get_username(),
        full_name=user.get_full_name(),
        email=user.email,
        is_open=user.is_active,
        has_password=user.has_usable_password(),
        last_seen=user.last_login,
        # a role that was taken back before it began held at no time
        roles=tuple(HeldRole(row.pk, _grant(row)) for row in user.roles.all() if row.valid_from < row.valid_to),
    )


def failures_of(name: str) -> int:
    """How often a name has failed to sign in lately (one query); capitals don't make another name of it."""
    held = FailedSignIns.objects.filter(name_hash=hash_of_name(name), counts_until__gt=datetime.now(UTC))
    return held.values_list("failures", flat=True).first() or 0


def hash_of_name(name: str) -> str:
    """What a name that failed is kept as: it may be a password typed in the wrong field."""
    return salted_hmac("uppsikt.failed-sign-ins", name.casefold(), algorithm="sha256").hexdigest()


def log_page(asked: LogFilter, size: int = PAGE_SIZE) -> LogPage:
    """A page of the events asked for (one query, however long the log is)."""
    rows = [EventRow(*cells) for cells in _asked(asked).order_by("-sequence").values_list(*COLUMNS)[: size + 1]]
    return LogPage(tuple(rows[:size]), rows[size - 1].sequence if len(rows) > size else None)


def log_rows(asked: LogFilter, up_to: int | None = None) -> Iterator[EventRow]:
    """All events asked for, oldest first, read as they are used; `up_to` is the last that counts."""
    events = _asked(asked)
    if up_to is not None:
        events = events.filter(sequence__lte=up_to)
    for cells in events.order_by("sequence").values_list(*COLUMNS).iterator(chunk_size=2000):
        yield EventRow(*cells)


def _asked(asked: LogFilter) -> QuerySet[Event]:
    tests = {
        "at__gte": asked.since and _midnight(asked.since),
        "at__lt": asked.until and _midnight(asked.until),
        "actor__icontains": asked.actor,
        "verb": asked.verb,
        "target__icontains": asked.target,
        "sequence__lt": asked.before,
    }
    return Event.objects.filter(**{test: value for test, value in tests.items() if value not in ("", None)})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def through(asked: LogFilter, last: date | None) -> LogFilter:
    """The filter up to and with a day, as people say it; the last day there is has no day after it."""
    return replace(asked, until=last + timedelta(days=1) if last and last < date.max else None)


def event(sequence: int) -> tuple[EventRow, str] | None:
    """An event and the hash of the one before it as it is stored (two queries); None where there is none."""
    cells = Event.objects.filter(sequence=sequence).values_list(*COLUMNS).first()
    if cells is None:
        return None
    before = Event.objects.filter(sequence__lt=sequence).order_by("-sequence")
    return EventRow(*cells), before.values_list("content_hash", flat=True).first() or FIRST_HASH


def moments(verb: str, target: str) -> list[datetime]:
    """When something was done to a target, the earliest first (one query over an index)."""
    return list(Event.objects.filter(verb=verb, target=target).order_by("sequence").values_list("at", flat=True))


def logged_verbs() -> list[str]:
    """The verbs that occur in the log (one query over an index)."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def log_head() -> tuple[int, str]:
    """How many events there are, and the hash of the last: worth writing down elsewhere (two queries)."""
    last = Event.objects.order_by("-sequence").values_list("content_hash", flat=True).first()
    return Event.objects.count(), last or FIRST_HASH
