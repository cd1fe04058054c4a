"""The code plan a page reads: as it is decided, or with a draft for whoever may draft."""

from __future__ import annotations

from uppsikt.audit.actors import Actor, NotAllowed, Verb, may, require
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.web.actors import may_anywhere, today


def plan_for(actor: Actor, draft: str = "") -> CodePlan:
    """The plan as decided, or with a draft's events too: a draft is nobody's business but its makers'."""
    require_roles(actor)
    if draft:
        require_drafting(actor)
    return code_plan(draft or None)


def require_roles(actor: Actor) -> None:
    """Raise `NotAllowed` for whoever has no role at all: names of codes are no secret to those who have one."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)


def may_draft(actor: Actor) -> bool:
    """Whether the actor makes drafts and decides on them."""
    return may(actor, Verb.REORGANISE, [], today())


def require_drafting(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor may draft."""
    require(actor, Verb.REORGANISE, [], today())
