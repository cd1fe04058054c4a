"""Two structures side by side: their trees with what differs marked, and the units' money in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.coding.differences import Difference, Structure, differences
from uppsikt.coding.differing import destinations_text, differing_text
from uppsikt.coding.selectors import reorganisation
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.formats import long_date
from uppsikt.core.language import say
from uppsikt.core.treediff import changes_between, destinations
from uppsikt.web.actors import sees_whole, today
from uppsikt.web.organisation.asked import Asked, asked_from, day_from, hierarchies
from uppsikt.web.organisation.comparing_money import MoneyTable, money_table
from uppsikt.web.organisation.options import Option, dimension_options, draft_options, hierarchy_options
from uppsikt.web.organisation.plans import plan_for
from uppsikt.web.organisation.timeline import timeline
from uppsikt.web.organisation.trees import Line, Mark, marks_of, tree_lines
from uppsikt.web.rounds import chosen_round

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Side:
    """One of the two structures. `draft` and `draft_name` are of the one it is read with, "" as decided."""

    structure: Structure
    draft: str
    draft_name: str
    lines: Sequence[Line]

    @property
    def title(self) -> str:
        """The day, and the draft."""
        day = long_date(self.structure.day)
        return say("{day}, med {name}", "{day}, with {name}", day=day, name=self.draft_name) if self.draft else day


@dataclass(frozen=True)
class ComparePage:
    """Two structures side by side."""

    asked: Asked
    before: Side
    after: Side
    found: Sequence[Difference]
    money: MoneyTable | None
    round_name: str
    dimensions: Sequence[Option]
    hierarchies: Sequence[Option]
    drafts: Sequence[Option]
    drafts_from: Sequence[Option]

    @property
    def before_query(self) -> str:
        """The parameters that links from the first tree go on with."""
        return urlencode(replace(self.asked, day=self.before.structure.day, draft=self.before.draft).pairs)

    @property
    def after_query(self) -> str:
        """The parameters that links from the second tree go on with."""
        return urlencode(self.asked.pairs)

    @property
    def says(self) -> str:
        """What differs, in one sentence."""
        return differing_text(self.found)


def compare_page(actor: Actor, query: QueryDict) -> ComparePage:
    """The page: two days, each as decided or with a draft."""
    asked, plan_after = asked_from(actor, query)
    draft_from = query.get("draft_from", "")
    plan_before = plan_for(actor, draft_from)
    to, since = _days(query, asked, draft_from, plan_after)
    asked = replace(asked, day=to)
    before = Structure(plan_before, since, asked.dimension, asked.hierarchy)
    after = asked.structure(plan_after)
    found = differences(before, after)
    heirs = _heirs(before, after)
    was = Side(before, draft_from, _name(draft_from), list(_before_lines(before, after, found, heirs)))
    lines = tree_lines(after, "", {own.code: own for own in found}, before)
    now = Side(after, asked.draft, _name(asked.draft), lines)
    row = chosen_round(relations.rounds(), "") if asked.dimension == "unit" and sees_whole(actor) else None
    return ComparePage(
        asked=asked,
        before=was,
        after=now,
        found=found,
        money=_money(row.key, was, now, found, heirs) if row else None,
        round_name=row.name if row else "",
        dimensions=dimension_options(asked.dimension),
        hierarchies=hierarchy_options(hierarchies(plan_after, asked.dimension), asked.hierarchy),
        drafts=draft_options(actor, asked.draft),
        drafts_from=draft_options(actor, draft_from),
    )


def _name(draft: str) -> str:
    return reorganisation(draft).name if draft else ""


def _days(query: QueryDict, asked: Asked, draft_from: str, plan: CodePlan) -> tuple[date, date]:
    """The days asked for, the later first.

    Else, with a draft on either side, one day for both: the last of the drafts, when all of them are in effect
    and what else is decided is the same. Without one the latest change and its eve.
    """
    last = [day for key in (draft_from, asked.draft) if key for day in reorganisation(key).days[-1:]]
    if last:
        return day_from(query, max(last), "to"), day_from(query, max(last), "from")
    to = day_from(query, timeline(plan, asked.dimension, today()).current.day, "to")
    return to, day_from(query, to - _A_DAY, "from")


def _before_lines(
    before: Structure, after: Structure, found: Sequence[Difference], heirs: Mapping[str, str]
) -> Iterator[Line]:
    marks = {own.code: _marks_before(own, after) for own in found if not own.is_new}
    for code, text in heirs.items():
        marks.setdefault(code, []).extend([Mark("heirs", text)] if text else [])
    for line in tree_lines(before, "", {own.code: own for own in found if not own.is_new}, before):
        yield replace(line, marks=marks.get(line.code, ()))


def _marks_before(own: Difference, after: Structure) -> list[Mark]:
    """What becomes of a code, as the tree before it happens says it."""
    if own.after is None:
        return marks_of(own, after)
    marks = []
    if own.is_renamed:
        marks.append(Mark("renamed", say("blir {name}", "becomes {name}", name=own.after.name)))
    if own.is_moved:
        place = after.name(own.after.parent) if own.after.parent else say("toppen", "the top")
        marks.append(Mark("moved", say("till {place}", "to {place}", place=place)))
    return marks


def _heirs(before: Structure, after: Structure) -> dict[str, str]:
    """Who answers in the second structure for the money of each code that handed any over, in words."""
    changes = changes_between(before.plan, before.day, after.plan, after.day)
    return {code: destinations_text(code, own) for code, own in destinations(changes, before.dimension).items()}


def _money(
    round_key: str, before: Side, after: Side, found: Sequence[Difference], heirs: Mapping[str, str]
) -> MoneyTable:
    marks = {own.code: [mark.says for mark in marks_of(own, before.structure)] for own in found}
    for code, text in heirs.items():
        marks.setdefault(code, []).append(text)
    was, now = ((own.structure.day, own.draft) for own in (before, after))
    said = {code: "; ".join(filter(None, says)) for code, says in marks.items()}
    return money_table(round_key, was, now, said)
