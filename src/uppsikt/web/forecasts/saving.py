"""What the page sends to be saved, read and handed to the rounds' services, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import Unit
from uppsikt.core.money import NotMoney
from uppsikt.rounds.services import save_cells
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellConflict, CellEdit, CellRow, CellSave
from uppsikt.web.actors import today
from uppsikt.web.amounts import whole_number
from uppsikt.web.forecasts.amounts import COST, INCOME, ore_typed
from uppsikt.web.forecasts.findings import AMOUNT_UNREADABLE, SAVE_UNREADABLE

_SIDES = {str(COST): COST, str(INCOME): INCOME}


@dataclass(frozen=True, slots=True)
class Read:
    """Edits that could be read, and what is wrong with the others."""

    edits: tuple[CellEdit, ...]
    findings: tuple[Finding, ...]


def read_json(body: bytes) -> Read:
    """The edits of the grid: an amount as typed, in the page's unit, or the öre themselves where it was chosen."""
    try:
        sent = json.loads(body)["edits"]
        return _read([_Sent.of_json(own) for own in sent])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Read((), (found(SAVE_UNREADABLE),))


def read_form(posted: Mapping[str, str], amounts_in: Unit) -> Read:
    """The edits of the form: only fields whose text is another than the page was sent with."""
    sent = []
    for name in posted:
        kind, _, spot = name.partition("-")
        if kind != "cell" or posted[name].strip() == posted.get(f"was-{spot}", "").strip():
            continue
        account, _, period = spot.rpartition("-")
        side = _SIDES.get(posted.get(f"side-{account}", ""), COST)
        month, seen = whole_number(period, -1), whole_number(posted.get(f"seen-{spot}", ""))
        if month >= 0 and account:
            sent.append(_Sent(account, month, seen, posted[name], amounts_in, side))
    return _read(sent)


@dataclass(frozen=True, slots=True)
class _Sent:
    account: str
    period: int
    seen: int
    text: str = ""
    amounts_in: Unit = Unit.TKR
    side: int = COST
    ore: int | None = None

    @classmethod
    def of_json(cls, own: Mapping[str, Any]) -> _Sent:
        account, period, seen = str(own["account"]), _whole(own["period"]), _whole(own["seen"])
        if "text" in own:
            return cls(account, period, seen, str(own["text"]), Unit(own["unit"]), _SIDES[str(own["side"])])
        return cls(account, period, seen, ore=None if own["ore"] is None else _whole(own["ore"]))

    @property
    def edit(self) -> CellEdit:
        ore = self.ore if self.ore is not None else ore_typed(self.text, self.amounts_in, self.side)
        return CellEdit(self.account, self.period, ore, self.seen)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _read(sent: Iterable[_Sent]) -> Read:
    edits, findings = [], []
    for own in sent:
        try:
            edits.append(own.edit)
        except NotMoney:
            findings.append(found(AMOUNT_UNREADABLE, Place(column=own.account), text=own.text))
    return Read(tuple(edits), tuple(findings))


def save(actor: Actor, round_key: str, unit: str, read: Read) -> CellSave:
    """Save what could be read."""
    if not read.edits:
        return CellSave()
    return save_cells(actor=actor, round_key=round_key, unit=unit, edits=read.edits, as_of=today())


def save_answer(done: CellSave, faults: Sequence[Finding]) -> dict[str, object]:
    """What came of a save, as the page reads it."""
    return {
        "saved": [cell_facts(own) for own in done.saved],
        "beside": [cell_facts(own) for own in done.beside],
        "conflicts": [_conflict_facts(own) for own in done.conflicts],
        "faults": [_finding_facts(own) for own in faults],
        "findings": [_finding_facts(own) for own in done.findings],
        "state": state_facts(done.state),
        "at": clock(timezone.now()),
    }


def cell_facts(own: CellRow) -> dict[str, object]:
    """A cell as the page reads it."""
    return {
        "account": own.account,
        "period": own.period,
        "ore": own.amount_ore,
        "version": own.version,
        "by": own.changed_by,
        "at": clock(own.changed_at),
    }


def _conflict_facts(own: CellConflict) -> dict[str, object]:
    held = cell_facts(own.held)
    return {"account": own.edit.account, "period": own.edit.period, "mine": own.edit.amount_ore, "held": held}


def _finding_facts(own: Finding) -> dict[str, str]:
    return {"code": own.code, "account": own.at.column, "says": own.says, "do": own.do}


def state_facts(state: WorkState | None) -> dict[str, object] | None:
    """A unit's state as the page reads it."""
    if state is None:
        return None
    return {"key": state.value, "label": str(state.label), "isEditable": state.is_editable}


def clock(at: datetime) -> str:
    """The time of day, with the date where it isn't today's: "14:03", "2022-09-05 14:03"."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == today() else f"{local:%Y-%m-%d %H:%M}"
