"""What the page of one reorganisation needs: its story, what went where, what it brings with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt.audit.actors import Actor, Verb
from uppsikt.coding.differences import Structure
from uppsikt.coding.events import EventKind, Reorganisation, State
from uppsikt.coding.selectors import code_plan, folded, reorganisation
from uppsikt.consequences import Consequences, consequences
from uppsikt.core.findings import Finding
from uppsikt.core.formats import Unit, amount
from uppsikt.core.postings import DIMENSIONS
from uppsikt.web.actors import may_anywhere, sees_whole
from uppsikt.web.organisation.flow_pages import FlowsView, flows_view
from uppsikt.web.organisation.log_pages import story_of
from uppsikt.web.organisation.plans import may_draft, require_drafting, require_roles
from uppsikt.web.organisation.stories import Chapter, at_events

_LAST_YEAR = 9999  # what is more is a month: yyyymm


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What the proposed transfer gives (minus: takes from) a code in a year, in kronor of cost."""

    year: int
    label: str
    text: str


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
    def opens_codes(self) -> bool:
        """Whether any of its events opens a code, which would be gone if it were annulled."""
        return any(event.kind is EventKind.OPEN for event in self.held.events)

    @property
    def budget_lines(self) -> list[BudgetLine]:
        """The proposed budget transfer, summed by year and code."""
        if self.brought is None:
            return []
        sums: dict[tuple[int, str], int] = defaultdict(int)
        for row in self.brought.transfer:
            sums[_year(row.period), row.codes[DIMENSIONS.index(self._dimension)]] += row.amount_ore
        structure = Structure(code_plan(self.held.key), self.held.days[-1], self._dimension)
        return [
            BudgetLine(year, structure.name(code), amount(ore, Unit.KR, 0))
            for (year, code), ore in sorted(sums.items())
            if ore
        ]

    @property
    def tree_query(self) -> str:
        """Where its first day stands in the tree."""
        return urlencode(self._structure() | ({"day": self._first} if self._first else {}))

    @property
    def compare_query(self) -> str:
        """Where it is compared with what was before."""
        return urlencode(self._structure() | ({"to": self._first} if self._first else {}))

    @property
    def _first(self) -> str:
        return self.held.days[0].isoformat() if self.held.days else ""

    def _structure(self) -> dict[str, str]:
        return {"dimension": self._dimension} | ({"draft": self.held.key} if self.is_draft else {})

    @property
    def _dimension(self) -> str:
        return "unit" if "unit" in self.held.dimensions else next(iter(self.held.dimensions), "unit")


def _year(period: int) -> int:
    return period // 100 if period > _LAST_YEAR else period


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
