"""A report at hand for whoever writes in it: its texts, the actor's rights, and the figures it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.core.findings import NotFound, Severity, found
from uppsikt.core.hashes import hash_bytes, hash_of
from uppsikt.reports.facts import Fact
from uppsikt.reports.recipe import Recipe
from uppsikt.reports.selectors import facts
from uppsikt.reports.writing.findings import NO_SUCH_SECTION, NO_TEXTS
from uppsikt.reports.writing.preview import Preview, preview_section
from uppsikt.reports.writing.rights import rights_of
from uppsikt.reports.writing.search import FigureIndex
from uppsikt.reports.writing.selectors import KeptManuscript, manuscript
from uppsikt.reports.writing.values import SectionRow
from uppsikt.web.actors import today
from uppsikt.web.report_pages.figures import Shelf, WritersFigures, figure_index

WORKS_WITH = frozenset({Verb.WRITE_TEXT, Verb.COMMENT, Verb.BUILD_REPORT})
_summaries = Shelf(600)
_NOTHING_TO_PICK = FigureIndex(())


@dataclass(frozen=True)
class Summary:
    """What is found in a section as it stands."""

    errors: int = 0
    warnings: int = 0
    unbound: int = 0
    figures: int = 0


@dataclass(frozen=True)
class Desk:
    """A report's texts and what the actor may do with the report as a whole."""

    actor: Actor
    report_key: str
    texts: KeptManuscript
    recipe: Recipe
    rights: frozenset[Verb]

    def rights_to(self, row: SectionRow) -> frozenset[Verb]:
        """The actor's rights to one section."""
        if self.actor.user_id is None or row.responsible_id != self.actor.user_id:
            return self.rights
        return rights_of(self.actor, self.recipe.unit, row.responsible_id, today())

    def works_with(self, row: SectionRow) -> bool:
        """Whether the section's page is the actor's to open."""
        return bool(self.rights_to(row) & WORKS_WITH)

    def section(self, key: str) -> SectionRow:
        """A section that the actor works with; raises `NotFound` and `NotAllowed`."""
        row = self.texts.section(key)
        if row is None:
            raise NotFound(found(NO_SUCH_SECTION, section=key, report=self.report_key))
        if not self.works_with(row):
            raise NotAllowed(self.actor, Verb.WRITE_TEXT)
        return row


def desk_for(actor: Actor, report_key: str) -> Desk:
    """The report's desk; raises `NotFound`, and `NotAllowed` for whoever works with none of its sections."""
    texts = manuscript(report_key)
    recipe = texts.recipe if texts else None
    if texts is None or recipe is None:
        raise NotFound(found(NO_TEXTS, report=report_key))
    desk = Desk(actor, report_key, texts, recipe, rights_of(actor, recipe.unit, None, today()))
    if not any(map(desk.works_with, texts.rows)):
        raise NotAllowed(actor, Verb.WRITE_TEXT)
    return desk


@dataclass(frozen=True)
class WritersDesk:
    """A desk with its figures: what previews and the picker ask."""

    desk: Desk
    source: WritersFigures
    facts: Mapping[str, Fact]
    recipe_hash: str
    token: str

    @cached_property
    def index(self) -> FigureIndex:
        """What figures are picked from: made when somebody is offered any."""
        return figure_index(self.source, self.desk.actor, self.desk.recipe, self.recipe_hash, self.facts)

    def preview(self, row: SectionRow, text: str) -> Preview:
        """The section as it would print with this text."""
        return preview_section(self.desk.texts, row, text, self.source, self.facts, self.index)

    def summary(self, row: SectionRow) -> Summary:
        """What is found in a section as it is saved; read once for each content."""
        before = [earlier.content_hash for earlier in self.desk.texts.rows if earlier.key != row.key]
        return _summaries.get((self.token, hash_of(before), row.key, row.content_hash), lambda: self._summary(row))

    def _summary(self, row: SectionRow) -> Summary:
        # counted, not offered: the overview needs no index, and so none of the statements beside the report's own
        preview = preview_section(self.desk.texts, row, row.text, self.source, self.facts, _NOTHING_TO_PICK)
        errors = sum(finding.severity is Severity.ERROR for finding in preview.findings)
        others = sum(finding.severity is Severity.WARNING for finding in preview.other_findings)
        return Summary(errors, others, len(preview.unbound), preview.figures)


@contextmanager
def writers_desk(desk: Desk) -> Iterator[WritersDesk]:
    """The desk with its figures, of one moment; closed after the block."""
    outside = facts()
    recipe_text, _ = desk.texts.text("report.yaml")
    recipe_hash = hash_bytes(recipe_text.encode())
    with WritersFigures(desk.actor) as source:
        token = hash_of([source.token, recipe_hash, sorted(map(str, outside.values()))])
        yield WritersDesk(desk, source, outside, recipe_hash, token)
