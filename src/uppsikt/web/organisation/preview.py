"""What a draft would do, as it is written and before it is saved.

While it is being written its events are folded into the plan and told as a story. Asked for the whole, the
draft is saved on trial, looked at as everything else looks at a draft, and the trial is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from uppsikt.audit.actors import Actor
from uppsikt.coding.differences import Structure, differences
from uppsikt.coding.differing import differing_text
from uppsikt.coding.events import Reorganisation, ReorganisationFacts, State
from uppsikt.coding.reorganisation_services import save_draft
from uppsikt.coding.reorganising import with_events
from uppsikt.coding.selectors import base_plan, reorganisations
from uppsikt.coding.stories import Chapter, chapters
from uppsikt.consequences import consequences
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding
from uppsikt.web.actors import today
from uppsikt.web.organisation.before_after import BeforeAfter, before_after
from uppsikt.web.organisation.draft_reading import ReadDraft


@dataclass(frozen=True)
class Preview:
    """What a draft would do. `is_whole` says that its consequences were looked at too."""

    key: str  # what findings are found by
    findings: Sequence[Finding]
    chapters: Sequence[Chapter]
    says: str
    is_whole: bool = False
    statement: BeforeAfter | None = None


def folded_preview(read: ReadDraft) -> Preview:
    """The events as a story, and what is wrong with them in the plan as it is decided."""
    own = Reorganisation(read.key, read.facts.name, events=tuple(read.events))
    adopted = [held for held in reorganisations() if held.state is State.ADOPTED]
    base = base_plan()
    without, folded = with_events(base, adopted), with_events(base, [*adopted, own])
    faults = [finding for finding in folded.findings if finding.at.source == own.key]
    says = _what_differs(without.plan, folded.plan, own)
    return Preview(own.key, [*read.findings, *faults], chapters(own.events, folded.plan), says)


def _what_differs(without: CodePlan, plan: CodePlan, own: Reorganisation) -> str:
    """How many codes are new, end, change name or move by the draft alone, on its last day."""
    if not own.events:
        return ""
    found = [
        one
        for dimension in own.dimensions
        for one in differences(Structure(without, own.days[-1], dimension), Structure(plan, own.days[-1], dimension))
    ]
    return differing_text(found)


def tried_preview(actor: Actor, read: ReadDraft, statement: str) -> Preview:
    """The whole: consequences for money, people and rounds, and a statement before and after."""
    preview = folded_preview(read)
    if read.is_refused:
        return preview
    with transaction.atomic():
        result = save_draft(actor=actor, facts=_named(read), events=read.events, as_of=today())
        if result.key:
            brought = consequences(result.key).findings
            shown = before_after(result.key, statement)
            findings = [*result.findings, *brought]
            preview = replace(preview, key=result.key, findings=findings, is_whole=True, statement=shown)
        else:
            preview = replace(preview, findings=result.findings)
        transaction.set_rollback(True)
    return preview


def _named(read: ReadDraft) -> ReorganisationFacts:
    # a draft may be tried before it is called anything
    return read.facts if read.facts.name else replace(read.facts, name=read.key)
