"""A report whose texts are still its folder's: what there is, and the act of taking it in for writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.core.findings import Finding, NotFound, found
from uppsikt.reports.recipe import Recipe, read_recipe
from uppsikt.reports.writing.findings import NO_TEXTS
from uppsikt.reports.writing.rights import rights_of
from uppsikt.reports.writing.selectors import manuscript
from uppsikt.reports.writing.texts import TAKES_IN, FolderSection, sections_in, take_in
from uppsikt.web.actors import today
from uppsikt.web.report_pages.desks import WORKS_WITH
from uppsikt.web.report_pages.folders import report_folders


@dataclass(frozen=True)
class FirstPage:
    """The sections that a folder's files hold, and whether the reader may take them in."""

    report_key: str
    title: str
    sections: Sequence[FolderSection]
    may_take_in: bool
    findings: Sequence[Finding]


def first_page(actor: Actor, report_key: str, findings: Sequence[Finding] = ()) -> FirstPage | None:
    """The page of a report whose texts nobody has taken in, None where they are; nothing is written.

    Raises `NotFound`, and `NotAllowed` for whoever works with none of it.
    """
    if manuscript(report_key) is not None:
        return None
    folder, recipe = _folder_of(report_key)
    rights = rights_of(actor, recipe.unit, None, today())
    if not rights & WORKS_WITH:
        raise NotAllowed(actor, Verb.WRITE_TEXT)
    sections, faults = sections_in(folder)
    return FirstPage(report_key, recipe.title, sections, bool(rights & TAKES_IN), [*findings, *faults])


def take_in_now(actor: Actor, report_key: str) -> Sequence[Finding]:
    """Take the folder's texts in; what stopped it."""
    folder, _ = _folder_of(report_key)
    return take_in(actor=actor, folder=folder, as_of=today()).findings


def _folder_of(report_key: str) -> tuple[Path, Recipe]:
    for folder in report_folders().values():
        recipe, _ = read_recipe(folder)
        if recipe and recipe.key == report_key:
            return folder, recipe
    raise NotFound(found(NO_TEXTS, report=report_key))
