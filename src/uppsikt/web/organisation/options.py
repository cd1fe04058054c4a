"""The choices that the organisation's pages share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uppsikt.audit.actors import Actor
from uppsikt.coding.events import State
from uppsikt.coding.selectors import reorganisations
from uppsikt.web.organisation.plans import may_draft
from uppsikt.web.words import DIMENSION_LABELS, HIERARCHY_LABELS


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a list."""

    value: str
    label: str
    is_chosen: bool


def dimension_options(chosen: str) -> list[Option]:
    """The kinds of codes."""
    return [Option(key, str(label), key == chosen) for key, label in DIMENSION_LABELS.items()]


def hierarchy_options(known: Iterable[str], chosen: str) -> list[Option]:
    """The hierarchies of one kind of codes; one of the municipality's own is called by its key."""
    return [Option(key, str(HIERARCHY_LABELS.get(key, key)), key == chosen) for key in known]


def draft_options(actor: Actor, chosen: str) -> list[Option]:
    """The drafts, for whoever may see them."""
    drafts = [own for own in reorganisations() if own.state is State.DRAFT] if may_draft(actor) else []
    return [Option(own.key, own.name, own.key == chosen) for own in drafts]
