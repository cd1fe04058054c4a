"""What a correction changed: which figures, from what to what; which forecasts, by whom and why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Amount = int | str | None
_ForecastKey = tuple[str, str, str]  # kind, unit, account


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure by its address, before and after: öre in ledger sign, a share as text, None for nothing."""

    address: str
    before: Amount
    after: Amount


@dataclass(frozen=True, slots=True)
class ForecastChange:
    """A forecast that was handed in anew, laid over or taken away, with who did it and what they said."""

    kind: str
    unit: str
    account: str
    before_ore: int | None
    after_ore: int | None
    actor: str
    basis: str


@dataclass(frozen=True, slots=True)
class StandingForecast:
    """A forecast as a version held it."""

    kind: str
    unit: str
    account: str
    full_year_ore: int
    actor: str
    basis: str

    @property
    def key(self) -> _ForecastKey:
        """What one forecast replaces another of."""
        return self.kind, self.unit, self.account


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """All that differs between two versions of a round; `others` names what else of its pins does."""

    figures: tuple[FigureChange, ...]
    forecasts: tuple[ForecastChange, ...]
    others: tuple[str, ...]


def figures_changed(before: Mapping[str, Amount], after: Mapping[str, Amount]) -> Iterator[FigureChange]:
    """Each figure that isn't what it was; one that came or went is nothing on the other side."""
    for address in sorted(before.keys() | after.keys()):
        if before.get(address) != after.get(address):
            yield FigureChange(address, before.get(address), after.get(address))


def forecasts_changed(
    before: Sequence[StandingForecast], after: Sequence[StandingForecast]
) -> Iterator[ForecastChange]:
    """Each forecast whose amount or basis isn't what it was."""
    old = {own.key: own for own in before}
    new = {own.key: own for own in after}
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        amounts = (was.full_year_ore if was else None), (now.full_year_ore if now else None)
        if amounts[0] != amounts[1] or (was and now and was.basis != now.basis):
            teller = now or was
            yield ForecastChange(*key, *amounts, teller.actor if teller else "", now.basis if now else "")
