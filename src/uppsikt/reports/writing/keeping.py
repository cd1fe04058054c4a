"""The few writes that every service on sections is made of: find and hold, put a version, place new sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath

from django.db.models import F

from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import NotFound, found
from uppsikt.core.hashes import hash_bytes
from uppsikt.core.language import Text
from uppsikt.reports.models import Section, SectionVersion, TextContent
from uppsikt.reports.recipe import RECIPE_FILE
from uppsikt.reports.writing.findings import NO_SUCH_SECTION, NO_TEXTS
from uppsikt.reports.writing.rights import rights_of
from uppsikt.reports.writing.selectors import KeptManuscript, manuscript
from uppsikt.reports.writing.splitting import Piece, key_for, words_in
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import SectionRow

RECIPE_KEY = "recept"
RECIPE_TITLE = Text("Tabeller, diagram och härledda siffror", "Tables, charts and derived figures")
WRITTEN, FROM_FILE, RESTORED = "written", "file", "restored"
TITLE_CHARACTERS = 300
_STANDING = {
    "section_state": "section__state",
    "version": "section__number",
    "sha256": "content_id",
    "lifted_out": "section__is_dropped",
    "responsible": "section__responsible__username",
    "due_on": "section__due_on",
}


@dataclass(frozen=True)
class Held:
    """A section held for writing: its register row, how it stands, its report, and the actor's rights."""

    record: Section
    row: SectionRow
    texts: KeptManuscript
    rights: frozenset[Verb]


def hold(actor: Actor, report_key: str, key: str, as_of: date) -> Held:
    """The section, locked until the transaction ends; raises `NotFound`."""
    record = (
        Section.objects.select_for_update(of=("self",))
        .filter(report_key=report_key, key=key, is_dropped=False)
        .first()
    )
    texts = kept(report_key)
    row = texts.section(key)
    if record is None or row is None:
        raise NotFound(found(NO_SUCH_SECTION, section=key, report=report_key))
    unit = texts.recipe.unit if texts.recipe else ""
    return Held(record, row, texts, rights_of(actor, unit, record.responsible_id, as_of))


def kept(report_key: str) -> KeptManuscript:
    """The report's texts; raises `NotFound` where none are kept."""
    texts = manuscript(report_key)
    if texts is None:
        raise NotFound(found(NO_TEXTS, report=report_key))
    return texts


def put_version(
    actor: Actor, record: Section, piece: Piece, origin: str, restores: int | None = None
) -> SectionVersion:
    """A new latest version of a section. The caller records it."""
    content_hash = hash_bytes(piece.text.encode())
    TextContent.objects.get_or_create(content_hash=content_hash, defaults={"text": piece.text})
    record.number += 1
    if record.part != RECIPE_FILE:
        record.title = (piece.title or PurePath(record.part).stem)[:TITLE_CHARACTERS]
    record.save()
    return SectionVersion.objects.create(
        section=record,
        number=record.number,
        content_id=content_hash,
        origin=origin,
        restores=restores,
        saved_at=datetime.now(UTC),
        saved_by=actor.name,
    )


def standing(report_key: str, *keys: str) -> dict[str, dict[str, object]]:
    """How a report's sections stand by key, all where none is named, as the log is told it whenever they change:
    state, version, its text's hash, whether lifted out, whose it is to write, and until when (one query)."""
    latest = SectionVersion.objects.filter(section__report_key=report_key, number=F("section__number"))
    if keys:
        latest = latest.filter(section__key__in=keys)
    rows = latest.values_list("section__key", *_STANDING.values())
    return {key: dict(zip(_STANDING, said, strict=True)) for key, *said in rows}


def new_section(report_key: str, part: str, position: int, piece: Piece, taken: Sequence[str]) -> Section:
    """A section that is not there yet, in the state its text says; its first version is still to be put."""
    if part == RECIPE_FILE:
        key, title, state = RECIPE_KEY, RECIPE_TITLE.sv, SectionState.WRITING
    else:
        title = (piece.title or PurePath(part).stem)[:TITLE_CHARACTERS]
        key = key_for(title, [RECIPE_KEY, *taken])
        state = SectionState.WRITING if words_in(piece.text) or ":::" in piece.text else SectionState.NOT_STARTED
    return Section(report_key=report_key, key=key, part=part, position=position, title=title, state=state.value)


def make_room(report_key: str, after: int, count: int) -> None:
    """Move the sections after a position down, so that new ones can stand there."""
    Section.objects.filter(report_key=report_key, position__gt=after).update(position=F("position") + count)
