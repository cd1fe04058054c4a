"""What differs between two structures: which codes came, went, changed their names or their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uppsikt.core.codeplan import STANDARD, CodePlan


@dataclass(frozen=True, slots=True)
class Structure:
    """One dimension's codes as they stood on a day, in one hierarchy of a code plan (or of a draft of it)."""

    plan: CodePlan
    day: date
    dimension: str = "unit"
    hierarchy: str = STANDARD

    def standing(self, code: str) -> Standing | None:
        """The code's name and place; None where it isn't open on the day."""
        entry = self.plan.entry(self.dimension, code, self.day)
        if entry is None:
            return None
        return Standing(entry.name, self.plan.parent(self.dimension, code, self.day, self.hierarchy))

    def name(self, code: str) -> str:
        """The code with its name, as shown; once where the name begins with the code."""
        name = self.plan.name(self.dimension, code, self.day)
        return name if name.startswith(code) else f"{code} {name}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A code's name and parent in a structure; parent None is a root."""

    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One code that isn't the same in both structures; None is where it isn't open."""

    code: str
    before: Standing | None
    after: Standing | None

    @property
    def is_new(self) -> bool:
        """Open in the second structure alone."""
        return self.before is None

    @property
    def is_gone(self) -> bool:
        """Open in the first structure alone."""
        return self.after is None

    @property
    def is_renamed(self) -> bool:
        """Open in both, under different names."""
        return self.before is not None and self.after is not None and self.before.name != self.after.name

    @property
    def is_moved(self) -> bool:
        """Open in both, under different parents."""
        return self.before is not None and self.after is not None and self.before.parent != self.after.parent


def differences(before: Structure, after: Structure) -> tuple[Difference, ...]:
    """The codes that differ between two structures of one dimension, sorted by code."""
    return tuple(_differing(before, after))


def _differing(before: Structure, after: Structure) -> Iterator[Difference]:
    for code in sorted({*before.plan.codes(before.dimension), *after.plan.codes(after.dimension)}):
        own = Difference(code, before.standing(code), after.standing(code))
        if own.before != own.after:
            yield own
