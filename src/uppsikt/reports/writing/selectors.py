"""Reads of a report's sections: what stands now, how it came about, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import current_language
from uppsikt.reports.findings import FOLDER_UNREADABLE
from uppsikt.reports.models import Section, SectionComment, SectionDraft, SectionVersion
from uppsikt.reports.recipe import RECIPE_FILE, Recipe, recipe_of
from uppsikt.reports.writing.splitting import joined, words_in
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import CommentRow, DraftRow, SectionRow, SectionText, VersionRow


def section_texts(report_key: str) -> list[SectionText]:
    """The report's sections as they stand, its recipe first, in the order of the report (one query).

    Empty where the texts are still a folder's: nobody has opened them for writing.
    """
    return [
        SectionText(row.key, row.title, row.text, row.number, row.content_hash, row.state)
        for row in section_rows(report_key)
    ]


def section_rows(report_key: str) -> list[SectionRow]:
    """The sections with writers and counts of open comments, the recipe first (one query)."""
    return [_row(section) for section in _sections(report_key).filter(is_dropped=False)]


def dropped_sections(report_key: str, parts: Sequence[str]) -> list[tuple[str, str]]:
    """Sections of these files that are lifted out of the report: key and title (one query)."""
    rows = Section.objects.filter(report_key=report_key, is_dropped=True, part__in=parts)
    return list(rows.values_list("key", "title"))


def section_row(report_key: str, key: str) -> SectionRow | None:
    """One section (one query)."""
    section = _sections(report_key).filter(key=key, is_dropped=False).first()
    return _row(section) if section else None


def _sections(report_key: str) -> QuerySet[Section]:
    return (
        Section.objects.filter(report_key=report_key, versions__number=F("number"))
        .select_related("responsible")
        .annotate(
            text=F("versions__content__text"),
            content_hash=F("versions__content_id"),
            saved_at=F("versions__saved_at"),
            saved_by=F("versions__saved_by"),
            open_comments=Coalesce(Count("comments", filter=Q(comments__settled_at__isnull=True), distinct=True), 0),
        )
        .order_by("position", "pk")
    )


def _row(section: Section) -> SectionRow:
    person = section.responsible
    return SectionRow(
        section.report_key,
        section.key,
        section.part,
        section.title,
        SectionState(section.state),
        section.number,
        section.text,  # type: ignore[attr-defined]  # annotations of `_sections`
        section.content_hash,  # type: ignore[attr-defined]
        section.saved_at,  # type: ignore[attr-defined]
        section.saved_by,  # type: ignore[attr-defined]
        (person.get_full_name() or person.get_username()) if person else "",
        section.responsible_id,
        section.due_on,
        section.open_comments,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class KeptManuscript:
    """A report's texts as they are kept, file by file (`compose.Manuscript`)."""

    rows: tuple[SectionRow, ...]

    def text(self, name: str) -> tuple[str, list[Finding]]:
        """The text of one file: its sections in order."""
        texts = [row.text for row in self.rows if row.part == name]
        if not texts:
            return "", [found(FOLDER_UNREADABLE, Place(RECIPE_FILE), name=name, why="–")]
        return joined(texts), []

    @property
    def names(self) -> tuple[str, ...]:
        """The files there are, the recipe first."""
        return tuple(dict.fromkeys(row.part for row in self.rows))

    @property
    def sections(self) -> tuple[SectionRow, ...]:
        """The sections of text, without the recipe: what is counted and approved one by one."""
        return tuple(row for row in self.rows if not row.is_recipe)

    @property
    def unapproved(self) -> tuple[SectionRow, ...]:
        """The sections of text that nobody has approved."""
        return tuple(row for row in self.sections if row.state is not SectionState.APPROVED)

    @property
    def recipe(self) -> Recipe | None:
        """The recipe, where it can be read."""
        return next((recipe_of_text(row.text) for row in self.rows if row.is_recipe), None)

    def section(self, key: str) -> SectionRow | None:
        """One of the sections."""
        return next((row for row in self.rows if row.key == key), None)


def manuscript(report_key: str) -> KeptManuscript | None:
    """A report's texts, or None where they are still a folder's (one query)."""
    rows = tuple(section_rows(report_key))
    return KeptManuscript(rows) if rows else None


def recipe_of_text(text: str) -> Recipe | None:
    """The recipe that a text holds; read once for each text."""
    return _recipe(text, current_language())


@lru_cache(maxsize=16)
def _recipe(text: str, language: str) -> Recipe | None:
    return recipe_of(text)[0]


def reports_written_by(user_id: int | None) -> dict[str, Recipe]:
    """The recipes of reports with a section that this person is responsible for, by key (one query)."""
    if user_id is None:
        return {}
    own = Section.objects.filter(responsible_id=user_id, is_dropped=False).values("report_key")
    rows = Section.objects.filter(report_key__in=own, part=RECIPE_FILE, versions__number=F("number")).annotate(
        text=F("versions__content__text")
    )
    recipes = {row.report_key: recipe_of_text(row.text) for row in rows.order_by("report_key")}
    return {key: recipe for key, recipe in recipes.items() if recipe}


def versions(report_key: str, key: str) -> list[VersionRow]:
    """Every saved version of a section, the latest first (one query)."""
    rows = (
        SectionVersion.objects.filter(section__report_key=report_key, section__key=key)
        .select_related("content")
        .order_by("-number")
    )
    return [
        VersionRow(
            row.number,
            row.content_id,
            row.origin,
            row.restores,
            row.saved_at,
            row.saved_by,
            words_in(row.content.text),
            row.content.text,
        )
        for row in rows
    ]


def version_text(report_key: str, key: str, number: int) -> str | None:
    """The text of one version; None where there is none."""
    row = (
        SectionVersion.objects.filter(section__report_key=report_key, section__key=key, number=number)
        .select_related("content")
        .first()
    )
    return row.content.text if row else None


def comments(report_key: str, key: str) -> list[CommentRow]:
    """The remarks on a section: open ones first, then settled ones, each in the order they were written."""
    rows = SectionComment.objects.filter(section__report_key=report_key, section__key=key)
    told = [
        CommentRow(row.pk, row.number, row.text, row.author, row.written_at, row.settled_by, row.settled_at)
        for row in rows
    ]
    return sorted(told, key=lambda row: not row.is_open)


def draft(report_key: str, key: str, user_id: int | None) -> DraftRow | None:
    """What this person has typed and not saved."""
    if user_id is None:
        return None
    row = SectionDraft.objects.filter(section__report_key=report_key, section__key=key, user_id=user_id).first()
    return DraftRow(row.text, row.seen_number, row.kept_at) if row else None
