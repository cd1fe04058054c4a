"""Writes of a report's sections: save a text, bring an old one back, change state, name who writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, found
from uppsikt.core.texts import written
from uppsikt.reports.models import Section, SectionComment, SectionDraft
from uppsikt.reports.recipe import recipe_of
from uppsikt.reports.writing.arranging import follow_recipe
from uppsikt.reports.writing.findings import (
    HEADING_MISSING,
    NO_SUCH_PERSON,
    NO_SUCH_VERSION,
    RECIPE_OF_ANOTHER,
    SECTION_CLOSED,
    STEP_REFUSED,
    TEXT_MOVED_ON,
)
from uppsikt.reports.writing.keeping import (
    RESTORED,
    WRITTEN,
    Held,
    hold,
    make_room,
    new_section,
    put_version,
    standing,
)
from uppsikt.reports.writing.merging import merge
from uppsikt.reports.writing.rights import require_right, rights_of
from uppsikt.reports.writing.selectors import section_row, version_text
from uppsikt.reports.writing.splitting import Piece, cleaned, pieces_of
from uppsikt.reports.writing.states import TRANSITIONS, SectionState
from uppsikt.reports.writing.values import Conflict, LooseEnds, SectionRow, TextSave


@transaction.atomic
def save_text(*, actor: Actor, report_key: str, section: str, text: str, seen_number: int, as_of: date) -> TextSave:
    """Keep a text as the section's next version; the same text again is no new version.

    Where somebody else has saved since `seen_number` nothing is kept: the two texts come back put together.
    Further headings of level 1 and 2 become sections of their own after this one. Raises `NotFound`.
    """
    held = hold(actor, report_key, section, as_of)
    require_right(actor, _writing_right(held.row), held.rights)
    mine = cleaned(text)
    if mine == held.row.text:
        _forget_draft(actor, held)
        return TextSave(held.row)
    if seen_number != held.row.number:
        base = version_text(report_key, section, seen_number) or ""
        return TextSave(held.row, conflict=Conflict(held.row, mine, merge(base, mine, held.row.text)))
    pieces = [Piece(held.row.title, mine)] if held.row.is_recipe else pieces_of(mine)
    findings = _faults(actor, held, pieces[0], as_of)
    if findings:
        return TextSave(held.row, findings)
    return _put(actor, held, pieces, WRITTEN, None)


@transaction.atomic
def restore_version(
    *, actor: Actor, report_key: str, section: str, number: int, seen_number: int, as_of: date
) -> TextSave:
    """Bring an old version's text back as a new version. Raises `NotFound`."""
    held = hold(actor, report_key, section, as_of)
    require_right(actor, _writing_right(held.row), held.rights)
    text = version_text(report_key, section, number)
    if text is None:
        return TextSave(held.row, [found(NO_SUCH_VERSION, number=number, section=held.row.title)])
    if seen_number != held.row.number:
        return TextSave(held.row, [_moved_on(held.row)])
    if text == held.row.text:
        return TextSave(held.row)
    piece = Piece(held.row.title, text) if held.row.is_recipe else pieces_of(text)[0]
    findings = _faults(actor, held, piece, as_of)
    return TextSave(held.row, findings) if findings else _put(actor, held, [piece], RESTORED, number)


def _writing_right(row: SectionRow) -> Verb:
    # the recipe decides what the report is made of, so it takes the right to build it
    return Verb.BUILD_REPORT if row.is_recipe else Verb.WRITE_TEXT


def _faults(actor: Actor, held: Held, piece: Piece, as_of: date) -> list[Finding]:
    if not held.row.state.is_open:
        return [found(SECTION_CLOSED, section=held.row.title, state=held.row.state.label)]
    if held.row.is_recipe:
        recipe, findings = recipe_of(piece.text)
        if recipe and recipe.key != held.row.report_key:
            findings = [found(RECIPE_OF_ANOTHER, key=recipe.key, report=held.row.report_key)]
        if recipe:  # also on the unit that it moves the report to
            require_right(actor, Verb.BUILD_REPORT, rights_of(actor, recipe.unit, None, as_of))
        return findings
    first_of_part = next(row.key for row in held.texts.rows if row.part == held.row.part)
    if not piece.text or (not piece.title and first_of_part != held.row.key):
        return [found(HEADING_MISSING, section=held.row.title)]
    return []


def _put(actor: Actor, held: Held, pieces: Sequence[Piece], origin: str, restores: int | None) -> TextSave:
    section = held.record
    if section.state == SectionState.NOT_STARTED:
        section.state = SectionState.WRITING.value
    put_version(actor, section, pieces[0], origin, restores)
    added = _add_after(actor, held, pieces[1:])
    after = recipe_of(pieces[0].text)[0] if held.row.is_recipe else None
    if after:
        added = follow_recipe(actor, held.row.report_key, held.texts.recipe, after)
    _forget_draft(actor, held)
    touched = [] if after else [section.key, *(one.key for one in added)]  # a recipe may touch them all
    payload = {"restores": restores, "sections": standing(held.row.report_key, *touched)}
    record(actor=actor, verb="save-text", target=_target(held.row), payload=payload)
    return TextSave(section_row(held.row.report_key, section.key), added=[one.title for one in added])


def _add_after(actor: Actor, held: Held, pieces: Sequence[Piece]) -> list[Section]:
    report_key = held.row.report_key
    taken = list(Section.objects.filter(report_key=report_key).values_list("key", flat=True)) if pieces else []
    make_room(report_key, held.record.position, len(pieces)) if pieces else None
    added = []
    for offset, piece in enumerate(pieces, start=1):
        one = new_section(report_key, held.record.part, held.record.position + offset, piece, taken)
        one.responsible_id, one.due_on = held.record.responsible_id, held.record.due_on
        one.save()
        put_version(actor, one, piece, WRITTEN)
        taken.append(one.key)
        added.append(one)
    return added


def _forget_draft(actor: Actor, held: Held) -> None:
    if actor.user_id is not None:
        SectionDraft.objects.filter(section=held.record, user_id=actor.user_id).delete()


@transaction.atomic
def change_state(
    *,
    actor: Actor,
    report_key: str,
    section: str,
    to: SectionState,
    seen_number: int,
    as_of: date,
    message: str = "",
    despite: LooseEnds | None = None,
) -> TextSave:
    """Take a section to another state; a message becomes a comment. What is approved is the version that was seen.

    `despite` is what was shown as unfinished and answered for; the log keeps it. Raises `NotFound`.
    """
    held = hold(actor, report_key, section, as_of)
    right = TRANSITIONS.get((held.row.state, to))
    if right is None:
        require_right(actor, Verb.WRITE_TEXT, held.rights)
        return TextSave(held.row, [found(STEP_REFUSED, start=held.row.state.label, end=to.label)])
    require_right(actor, Verb.BUILD_REPORT if held.row.is_recipe else right, held.rights)
    if seen_number != held.row.number:
        return TextSave(held.row, [_moved_on(held.row)])
    held.record.state = to.value
    held.record.save(update_fields=["state"])
    if message.strip():
        _remark(actor, held, message)
    payload: dict[str, object] = {"from": held.row.state, "to": to, "sections": standing(report_key, section)}
    if despite and despite.is_any:
        payload["despite"] = asdict(despite)
    record(actor=actor, verb="change-section-state", target=_target(held.row), payload=payload)
    return TextSave(section_row(report_key, section))


@transaction.atomic
def assign_section(
    *, actor: Actor, report_key: str, section: str, responsible_id: int | None, due_on: date | None, as_of: date
) -> TextSave:
    """Say who writes a section, and until when. That person may write it whatever their role. Raises `NotFound`."""
    held = hold(actor, report_key, section, as_of)
    require_right(actor, Verb.BUILD_REPORT, held.rights)
    person = User.objects.filter(pk=responsible_id, is_active=True).first() if responsible_id else None
    if responsible_id and person is None:
        return TextSave(held.row, [found(NO_SUCH_PERSON, person=responsible_id)])
    if (held.row.responsible_id, held.row.due_on) == (responsible_id, due_on):
        return TextSave(held.row)
    held.record.responsible, held.record.due_on = person, due_on
    held.record.save(update_fields=["responsible", "due_on"])
    payload = {"sections": standing(report_key, section)}
    record(actor=actor, verb="assign-section", target=_target(held.row), payload=payload)
    return TextSave(section_row(report_key, section))


@transaction.atomic
def keep_draft(
    *, actor: Actor, report_key: str, section: str, text: str, seen_number: int, as_of: date
) -> datetime | None:
    """Keep what somebody is typing, for them alone; None where there is nothing to keep. Raises `NotFound`.

    Not in the log: nobody else sees it and nothing is made of it until it is saved, which is.
    """
    held = hold(actor, report_key, section, as_of)
    require_right(actor, _writing_right(held.row), held.rights)
    if actor.user_id is None or not held.row.state.is_open:
        return None
    if cleaned(text) == held.row.text:
        _forget_draft(actor, held)
        return None
    now = datetime.now(UTC)
    kept = {"seen_number": seen_number, "text": written(text), "kept_at": now}
    SectionDraft.objects.update_or_create(section=held.record, user_id=actor.user_id, defaults=kept)
    return now


@transaction.atomic
def drop_draft(*, actor: Actor, report_key: str, section: str, as_of: date) -> None:
    """Throw away what one has typed and not saved. Raises `NotFound`."""
    _forget_draft(actor, hold(actor, report_key, section, as_of))


@transaction.atomic
def add_comment(*, actor: Actor, report_key: str, section: str, text: str, as_of: date) -> bool:
    """Write a remark on a section; whether there was anything to write. The log has that, never what it says."""
    held = hold(actor, report_key, section, as_of)
    require_right(actor, Verb.COMMENT, held.rights)
    if not text.strip():
        return False
    comment = _remark(actor, held, text)
    record(actor=actor, verb="add-comment", target=_target(held.row), payload={"comment": comment.pk})
    return True


def _remark(actor: Actor, held: Held, text: str) -> SectionComment:
    return SectionComment.objects.create(
        section=held.record,
        number=held.row.number,
        text=cleaned(text),
        author=actor.name,
        written_at=datetime.now(UTC),
    )


@transaction.atomic
def settle_comment(
    *, actor: Actor, report_key: str, section: str, comment: int, is_settled: bool, as_of: date
) -> bool:
    """Say that a remark is dealt with, or that it is not; whether that changed anything. Raises `NotFound`."""
    held = hold(actor, report_key, section, as_of)
    require_right(actor, Verb.COMMENT, held.rights)
    now = datetime.now(UTC) if is_settled else None
    changed = SectionComment.objects.filter(section=held.record, pk=comment, settled_at__isnull=is_settled).update(
        settled_at=now, settled_by=actor.name if is_settled else ""
    )
    if changed:
        payload = {"comment": comment, "settled": is_settled}
        record(actor=actor, verb="settle-comment", target=_target(held.row), payload=payload)
    return bool(changed)


def _target(row: SectionRow) -> str:
    return f"report:{row.report_key}/{row.key}"


def _moved_on(row: SectionRow) -> Finding:
    return found(TEXT_MOVED_ON, section=row.title, number=row.number, by=row.saved_by)
