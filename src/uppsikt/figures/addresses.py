"""A figure's address and the keys it is made of: `enheter:40/4210/avvikelse@delar2-2022`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(
    r"(?P<statement>[a-z0-9-]+)(:(?P<unit>[^/@:\s]+))?/(?P<row>[a-z0-9-]+)/(?P<column>[a-z0-9-]+)(@(?P<round>[a-z0-9-]+))?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Which figure: without `unit` of the whole, without `round` of the round at hand."""

    statement: str
    row: str
    column: str
    unit: str | None = None
    round: str | None = None

    def __str__(self) -> str:
        unit = f":{self.unit}" if self.unit else ""
        round_key = f"@{self.round}" if self.round else ""
        return f"{self.statement}{unit}/{self.row}/{self.column}{round_key}"


def parse_address(text: str) -> Address | None:
    """The address a text says; None where it says none."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        return None
    parts = match.groupdict()
    return Address(parts["statement"], parts["row"], parts["column"], parts["unit"], parts["round"])


def slug(text: str) -> str:
    """An ASCII key: "Politisk kommunledning" is `politisk-kommunledning`, å and ä are a, ö is o."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def is_slug(text: str) -> bool:
    """Whether a text can be a key."""
    return _SLUG.fullmatch(text) is not None
