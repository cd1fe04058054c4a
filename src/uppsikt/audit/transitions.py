"""States and the rights their steps ask for, as every room with states keeps them: one table, one way to ask it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from uppsikt.audit.actors import Verb
from uppsikt.core.formats import ABSENT

S = TypeVar("S", bound=StrEnum)


class Transitions(dict[tuple[S, S], Verb]):
    """Every allowed step, from one state to another, and the right it asks for. The states have a `label`."""

    def after(self, state: S) -> list[S]:
        """The states that can be gone to from here."""
        return [end for start, end in self if start is state]

    def told_after(self, state: S) -> str:
        """The same as words for a finding; "–" where there are none."""
        return ", ".join(str(getattr(end, "label", end)) for end in self.after(state)) or ABSENT

    def right_to(self, end: S) -> Verb | None:
        """The right to go to a state, wherever from: whoever lacks it isn't told where things stand."""
        return next((right for (_, own), right in self.items() if own is end), None)

    def diagram(self, first: S, *ends: S) -> str:
        """The table as a Mermaid state diagram, with the state that is begun in and those that end it."""
        arrows = [f"    {start} --> {end}: {right}" for (start, end), right in self.items()]
        return "\n".join(
            ["stateDiagram-v2", f"    [*] --> {first}", *arrows, *(f"    {end} --> [*]" for end in ends)]
        )
