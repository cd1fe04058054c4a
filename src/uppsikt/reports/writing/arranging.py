"""Which sections a report has: lifted out and brought back, and those that its recipe's files ask for."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.core.findings import NotFound, found
from uppsikt.reports.models import Section
from uppsikt.reports.recipe import RECIPE_FILE, Recipe
from uppsikt.reports.writing.findings import NO_SUCH_SECTION, RECIPE_STAYS, SECTION_CLOSED
from uppsikt.reports.writing.keeping import WRITTEN, hold, kept, new_section, put_version, standing
from uppsikt.reports.writing.rights import require_right, rights_of
from uppsikt.reports.writing.selectors import section_row
from uppsikt.reports.writing.splitting import Piece
from uppsikt.reports.writing.values import TextSave


@transaction.atomic
def drop_section(*, actor: Actor, report_key: str, section: str, as_of: date) -> TextSave:
    """Lift a section out of the report; its versions stay and it can be brought back. Raises `NotFound`."""
    held = hold(actor, report_key, section, as_of)
    require_right(actor, Verb.BUILD_REPORT, held.rights)
    if held.row.is_recipe:
        return TextSave(held.row, [found(RECIPE_STAYS)])
    if not held.row.state.is_open:
        return TextSave(held.row, [found(SECTION_CLOSED, section=held.row.title, state=held.row.state.label)])
    held.record.is_dropped = True
    held.record.save(update_fields=["is_dropped"])
    payload = {"sections": standing(report_key, section)}
    record(actor=actor, verb="drop-section", target=f"report:{report_key}/{section}", payload=payload)
    return TextSave(held.row)


@transaction.atomic
def bring_back_section(*, actor: Actor, report_key: str, section: str, as_of: date) -> TextSave:
    """Put a section that was lifted out back where it stood. Raises `NotFound`."""
    recipe = kept(report_key).recipe
    require_right(actor, Verb.BUILD_REPORT, rights_of(actor, recipe.unit if recipe else "", None, as_of))
    parts = recipe.parts if recipe else ()
    changed = Section.objects.filter(report_key=report_key, key=section, is_dropped=True, part__in=parts)
    if not changed.update(is_dropped=False):
        raise NotFound(found(NO_SUCH_SECTION, section=section, report=report_key))
    payload = {"sections": standing(report_key, section)}
    record(actor=actor, verb="bring-back-section", target=f"report:{report_key}/{section}", payload=payload)
    return TextSave(section_row(report_key, section))


def follow_recipe(actor: Actor, report_key: str, before: Recipe | None, after: Recipe) -> list[Section]:
    """Let the sections be those of the recipe's files, in its order; a new file begins with an empty section.

    What stood in a file that is taken out is lifted out with it, and comes back with it. The caller records it.
    """
    held = list(Section.objects.select_for_update().filter(report_key=report_key).exclude(part=RECIPE_FILE))
    new = set(after.parts) - set(before.parts if before else ())
    for section in held:
        section.is_dropped = section.part not in after.parts or (section.is_dropped and section.part not in new)
    added: list[Section] = []
    for part in after.parts:
        if all(section.part != part for section in held):
            empty = Piece("", "")
            section = new_section(report_key, part, 0, empty, [one.key for one in (*held, *added)])
            section.save()
            put_version(actor, section, empty, WRITTEN)
            added.append(section)
    ordered = sorted(
        (section for section in (*held, *added) if section.part in after.parts),
        key=lambda section: (after.parts.index(section.part), section.position, section.pk),
    )
    for position, section in enumerate(ordered, start=1):
        section.position = position
    Section.objects.bulk_update([*held, *added], ["position", "is_dropped"])
    return added
