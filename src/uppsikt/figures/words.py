"""Words the room speaks of dimensions with."""

from __future__ import annotations

from uppsikt.core.language import Text

DIMENSION_NAMES: dict[str, Text] = {
    "unit": Text("ansvar", "unit"),
    "account": Text("konto", "account"),
    "activity": Text("verksamhet", "activity"),
    "project": Text("projekt", "project"),
    "object": Text("objekt", "object"),
    "counterparty": Text("motpart", "counterparty"),
    "marker": Text("särskild kodning", "marker"),
}
