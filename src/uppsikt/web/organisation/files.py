"""Files of events and of proposed budget transfers, for whoever may draft."""

from __future__ import annotations

from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import export_events
from uppsikt.consequences import proposed_transfer, transfer_file
from uppsikt.web.organisation.plans import require_drafting

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def events_content(actor: Actor, key: str, suffix: str) -> bytes:
    """The events of one reorganisation ("" is all of them) as the import reads them."""
    require_drafting(actor)
    return export_events(key or None, "xlsx" if suffix == "xlsx" else "csv")


def transfer_content(actor: Actor, key: str, suffix: str) -> bytes:
    """The proposed transfer as the import of budget entries reads it."""
    require_drafting(actor)
    return transfer_file(proposed_transfer(key), suffix)
