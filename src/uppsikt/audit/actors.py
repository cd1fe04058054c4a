"""Who acts, and the one permission question that web, API and command line all ask.

A role is held on a unit, during a time, and is inherited down the tree. `audit` lies below `coding`, so
the caller gives the unit's path to the root (codes, unit first); an empty path is the whole municipality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uppsikt.core.language import Text

WHOLE = "*"  # a role on the whole municipality


class Role(StrEnum):
    """What a person is on a unit."""

    READER = "reader"
    MANAGER = "manager"
    DEPUTY = "deputy"
    CONTROLLER = "controller"
    DIRECTOR = "director"
    BOARD = "board"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        """What the user calls it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.READER: Text("läsare", "reader"),
    Role.MANAGER: Text("chef", "manager"),
    Role.DEPUTY: Text("ställföreträdare", "deputy"),
    Role.CONTROLLER: Text("controller", "controller"),
    Role.DIRECTOR: Text("direktör", "director"),
    Role.BOARD: Text("förtroendevald", "board member"),
    Role.AUDITOR: Text("revisor", "auditor"),
    Role.ADMINISTRATOR: Text("administratör", "administrator"),
}


class Verb(StrEnum):
    """What can be done."""

    READ = "read"
    READ_AUDIT = "read-audit"
    IMPORT_LEDGER = "import-ledger"
    EDIT_REGISTER = "edit-register"
    REORGANISE = "reorganise"
    EDIT_BUDGET = "edit-budget"
    SUBMIT_FORECAST = "submit-forecast"
    COMMENT = "comment"
    APPROVE_FORECAST = "approve-forecast"
    ADJUST_FORECAST = "adjust-forecast"
    RUN_ROUND = "run-round"
    WRITE_TEXT = "write-text"
    BUILD_REPORT = "build-report"
    ADOPT = "adopt"
    ADMINISTER = "administer"


_CONTROLLER = {
    Verb.READ,
    Verb.IMPORT_LEDGER,
    Verb.EDIT_REGISTER,
    Verb.REORGANISE,
    Verb.EDIT_BUDGET,
    Verb.SUBMIT_FORECAST,
    Verb.COMMENT,
    Verb.APPROVE_FORECAST,
    Verb.ADJUST_FORECAST,
    Verb.RUN_ROUND,
    Verb.WRITE_TEXT,
    Verb.BUILD_REPORT,
}
_MANAGER = {Verb.READ, Verb.SUBMIT_FORECAST, Verb.COMMENT, Verb.WRITE_TEXT}
_DIRECTOR = {*_MANAGER, Verb.APPROVE_FORECAST, Verb.BUILD_REPORT, Verb.ADOPT}
ALLOWED: dict[Role, frozenset[Verb]] = {
    Role.READER: frozenset({Verb.READ}),
    Role.MANAGER: frozenset(_MANAGER),
    Role.DEPUTY: frozenset(_MANAGER),
    Role.CONTROLLER: frozenset(_CONTROLLER),
    Role.DIRECTOR: frozenset(_DIRECTOR),
    Role.BOARD: frozenset({Verb.READ}),
    Role.AUDITOR: frozenset({Verb.READ, Verb.READ_AUDIT}),
    Role.ADMINISTRATOR: frozenset(Verb),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role on a unit (or WHOLE) from `valid_from` up to but not with `valid_to`."""

    role: Role
    unit: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something: a signed-in person, or the one at the command line."""

    name: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_local: bool = False  # at the machine's own command line: has the files, so may do all


class NotAllowed(Exception):
    """The actor may not do this; doors turn it into a page, a message and exit code 3, or a 403."""

    def __init__(self, actor: Actor, verb: Verb) -> None:
        super().__init__(f"{actor.name}: {verb}")
        self.actor = actor
        self.verb = verb


def may(actor: Actor, verb: Verb, path: Sequence[str], as_of: date) -> bool:
    """Whether the actor may do `verb` on the unit whose path to the root is `path`, on the day `as_of`."""
    if actor.is_local:
        return True
    return any(
        verb in ALLOWED[grant.role]
        and grant.valid_from <= as_of < grant.valid_to
        and (grant.unit == WHOLE or grant.unit in path)
        for grant in actor.grants
    )


def require(actor: Actor, verb: Verb, path: Sequence[str], as_of: date) -> None:
    """Raise `NotAllowed` unless the actor may."""
    if not may(actor, verb, path, as_of):
        raise NotAllowed(actor, verb)
