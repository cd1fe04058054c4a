"""What the page of one reorganisation needs: its story, what went where, what it brings with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.audit.actors import Actor, Verb
from uppsikt.coding.differences import Structure
from uppsikt.coding.events import Reorganisation, State
from uppsikt.coding.selectors import code_plan, folded, reorganisation, story_of
from uppsikt.coding.stories import Chapter, at_events
from uppsikt.consequences import Consequences, consequences
from uppsikt.core.findings import Finding
from uppsikt.core.periods import BEGINNING
from uppsikt.web.actors import may_anywhere, sees_whole
from uppsikt.web.organisation.budget_lines import BudgetLine, budget_lines
from uppsikt.web.organisation.flow_pages import FlowsView, flows_view
from uppsikt.web.organisation.plans import may_draft, require_drafting, require_roles


@dataclass(frozen=True)
class ChangePage:
    """One reorganisation. What it brings with it is for those who may draft: it holds people's roles and money."""

    held: Reorganisation
    chapters: Sequence[Chapter]
    may_draft: bool = False
    may_administer: bool = False
    brought: Consequences | None = None
    findings: Sequence[Finding] = ()
    flows: FlowsView | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it can still be corrected."""
        return self.held.state is State.DRAFT

    @property
    def is_adopted(self) -> bool:
        """Whether it is in effect."""
        return self.held.state is State.ADOPTED

    @property
    def budget_lines(self) -> list[BudgetLine]:
        """The proposed budget transfer, summed by year and code."""
        rows = self.brought.transfer if self.brought else ()
        return budget_lines(((row.period, row.codes, row.amount_ore) for row in rows), self._structure_of_all)

    @property
    def returning_lines(self) -> list[BudgetLine]:
        """The budget that goes back where it came from when the reorganisation is annulled."""
        moved = self.brought.moved if self.brought else {}
        return budget_lines(((period, codes, -ore) for (period, codes), ore in moved.items()), self._structure_of_all)

    @property
    def _structure_of_all(self) -> Structure:
        return Structure(code_plan(self.held.key), max(self.held.days, default=BEGINNING), self._dimension)

    @property
    def tree_query(self) -> str:
        """Where its first day stands in the tree."""
        return urlencode(self._structure() | ({"day": self._first} if self._first else {}))

    @property
    def compare_query(self) -> str:
        """Where a draft is compared with what is decided for the same day, a decided one with the day before."""
        if self.is_draft:
            return urlencode(self._structure())
        return urlencode(self._structure() | ({"to": self._first} if self._first else {}))

    @property
    def _first(self) -> str:
        return self.held.days[0].isoformat() if self.held.days else ""

    def _structure(self) -> dict[str, str]:
        return {"dimension": self._dimension} | ({"draft": self.held.key} if self.is_draft else {})

    @property
    def _dimension(self) -> str:
        return "unit" if "unit" in self.held.dimensions else next(iter(self.held.dimensions), "unit")


def held_for(actor: Actor, key: str) -> Reorganisation:
    """A reorganisation that the actor may see; raises `NotFound` and `NotAllowed`."""
    require_roles(actor)
    held = reorganisation(key)
    if held.state is State.DRAFT:
        require_drafting(actor)
    return held


def change_page(actor: Actor, key: str, query: QueryDict, findings: Sequence[Finding] = ()) -> ChangePage:
    """The page of one reorganisation; `findings` are those of what was just tried with it."""
    held = held_for(actor, key)
    story = story_of(held, code_plan())
    flows = flows_view(held, query) if sees_whole(actor) else None
    if not may_draft(actor):
        return ChangePage(held, story, flows=flows)
    brought = consequences(key)
    own = [one for one in folded(key).findings if one.at.source == key]
    return ChangePage(
        held=held,
        chapters=story,
        may_draft=True,
        may_administer=may_anywhere(actor, Verb.ADMINISTER),
        brought=brought,
        findings=at_events([*findings, *own, *brought.findings], key),
        flows=flows,
    )
