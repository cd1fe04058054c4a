"""A report's texts in from a folder and out to one: the same folder again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from django.db import IntegrityError, transaction

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.reports.findings import FOLDER_UNREADABLE
from uppsikt.reports.models import Section
from uppsikt.reports.recipe import RECIPE_FILE, Recipe, read_text, recipe_of
from uppsikt.reports.writing.findings import IMPORT_CLOSED
from uppsikt.reports.writing.keeping import FROM_FILE, RECIPE_TITLE, kept, new_section, put_version, standing
from uppsikt.reports.writing.rights import require_right, rights_of
from uppsikt.reports.writing.selectors import KeptManuscript, manuscript, section_rows
from uppsikt.reports.writing.splitting import Piece, cleaned, pieces_of, words_in
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import SectionRow, TextImport

TAKES_IN = frozenset({Verb.WRITE_TEXT, Verb.BUILD_REPORT})


@dataclass(frozen=True, slots=True)
class FolderSection:
    """A section as a folder's file holds it."""

    part: str
    title: str
    words: int


def sections_in(folder: Path) -> tuple[list[FolderSection], list[Finding]]:
    """The sections that a folder's texts would become, and what is wrong with the folder; nothing is taken in."""
    recipe, texts, findings = _read(folder)
    sections = [
        FolderSection(part, piece.title or PurePath(part).stem, words_in(piece.text))
        for part in (recipe.parts if recipe else ())
        for piece in pieces_of(texts[part])
    ]
    return sections, findings


def take_in(*, actor: Actor, folder: Path, as_of: date) -> TextImport:
    """Take a report's texts in from its folder when somebody first writes; nothing where they are kept already."""
    recipe, texts, findings = _read(folder)
    if recipe is None or has_errors(findings):
        return TextImport(recipe.key if recipe else "", findings)
    if manuscript(recipe.key) is not None:
        return TextImport(recipe.key, findings)
    rights = rights_of(actor, recipe.unit, None, as_of)
    if not rights & TAKES_IN:
        raise NotAllowed(actor, Verb.WRITE_TEXT)
    try:
        return _take(actor, recipe, texts, findings, dry_run=False)
    except IntegrityError:  # somebody else opened it in the same moment
        return TextImport(recipe.key, findings)


def import_texts(*, actor: Actor, folder: Path, as_of: date, dry_run: bool = False) -> TextImport:
    """Take a folder's texts as the report's next versions: all or none, and nothing where all is as it was.

    A section that is done or approved is not changed: it must be returned first.
    """
    recipe, texts, findings = _read(folder)
    if recipe is None or has_errors(findings):
        return TextImport(recipe.key if recipe else "", findings, dry_run=dry_run)
    require_right(actor, Verb.BUILD_REPORT, rights_of(actor, recipe.unit, None, as_of))
    held = manuscript(recipe.key)
    if held and held.recipe and held.recipe.unit != recipe.unit:
        require_right(actor, Verb.BUILD_REPORT, rights_of(actor, held.recipe.unit, None, as_of))
    return _take(actor, recipe, texts, findings, dry_run=dry_run)


def export_texts(report_key: str, folder: Path) -> list[Path]:
    """Lay a report's texts out as the folder they can be taken in from; raises `NotFound`. Other files are left."""
    texts = kept(report_key)
    folder.mkdir(parents=True, exist_ok=True)
    laid = []
    for name in texts.names:
        path = folder / name
        if path.resolve().is_relative_to(folder.resolve()):
            path.write_text(texts.text(name)[0], encoding="utf-8", newline="\n")
            laid.append(path)
    return laid


def differing_files(held: KeptManuscript, folder: Path) -> list[str]:
    """The files of a folder that say something else than the kept texts."""
    texts = {name: read_text(folder, name) for name in held.names}
    return [
        name for name, (text, faults) in texts.items() if not faults and cleaned(text) != cleaned(held.text(name)[0])
    ]


def _read(folder: Path) -> tuple[Recipe | None, dict[str, str], list[Finding]]:
    text, findings = read_text(folder, RECIPE_FILE)
    recipe, faults = recipe_of(text) if not findings else (None, [])
    findings += faults
    texts = {RECIPE_FILE: text}
    for name in recipe.parts if recipe else ():
        if name in texts:
            findings.append(found(FOLDER_UNREADABLE, Place(RECIPE_FILE), name=name, why="×2"))
        texts[name], faults = read_text(folder, name)
        findings += faults
    return recipe, texts, findings


@dataclass(frozen=True, slots=True)
class _Placed:
    """A section of the files: where it stands, and the held section that it is, where there is one."""

    part: str
    piece: Piece
    held: Section | None


@transaction.atomic
def _take(
    actor: Actor, recipe: Recipe, texts: Mapping[str, str], findings: list[Finding], *, dry_run: bool
) -> TextImport:
    held = list(Section.objects.select_for_update().filter(report_key=recipe.key))
    rows = {row.key: row for row in section_rows(recipe.key)}
    placed = _placed(texts, held)
    changed = [one for one in placed if one.held and _differs(one, rows.get(one.held.key))]
    closed = [one for one in changed if one.held and not SectionState(one.held.state).is_open]
    if closed:
        refused = [found(IMPORT_CLOSED, Place(one.part), section=one.piece.title) for one in closed]
        return TextImport(recipe.key, [*findings, *refused], dry_run=dry_run)
    standing = {one.held.pk for one in placed if one.held}
    dropped = [one for one in held if one.pk not in standing and not one.is_dropped]
    outcome = TextImport(
        recipe.key,
        findings,
        [one.piece.title for one in placed if one.held is None],
        [one.held.key for one in changed if one.held],
        [one.key for one in dropped],
        sum(one.held is not None for one in placed) - len(changed),
        dry_run,
    )
    if not dry_run and (outcome.added or outcome.changed or dropped):
        _keep(actor, recipe.key, placed, dropped, [one.key for one in held], changed)
    return outcome


def _keep(
    actor: Actor,
    report_key: str,
    placed: Sequence[_Placed],
    dropped: Sequence[Section],
    taken: list[str],
    changed: Sequence[_Placed],
) -> None:
    changed_keys = []
    for position, one in enumerate(placed):
        section = one.held or new_section(report_key, one.part, position, one.piece, taken)
        section.part, section.position, section.is_dropped = one.part, position, False
        if one.held is None or one in changed:
            taken.append(section.key)
            if section.state == SectionState.NOT_STARTED and one.held:
                section.state = SectionState.WRITING.value
            section.save()
            put_version(actor, section, one.piece, FROM_FILE)
            changed_keys.append(section.key)
        else:
            section.save(update_fields=["part", "position", "is_dropped"])
    for section in dropped:
        section.is_dropped = True
        section.save(update_fields=["is_dropped"])
    payload = {"changed": changed_keys, "sections": standing(report_key)}
    record(actor=actor, verb="import-texts", target=f"report:{report_key}", payload=payload)


def _differs(one: _Placed, row: SectionRow | None) -> bool:
    return row is None or row.text != one.piece.text


def _placed(texts: Mapping[str, str], held: Sequence[Section]) -> list[_Placed]:
    """Which held section each of the files' sections is: by title, then by place where as many are left over."""
    by_part: dict[str, list[Section]] = defaultdict(list)
    for section in sorted(held, key=lambda one: (one.is_dropped, one.position)):
        by_part[section.part].append(section)
    placed: list[_Placed] = []
    for part, text in texts.items():
        is_recipe = part == RECIPE_FILE
        pieces = [Piece(str(RECIPE_TITLE), cleaned(text))] if is_recipe else pieces_of(text)
        placed += _matched(part, pieces, by_part[part], is_recipe=is_recipe)
    return placed


def _matched(part: str, pieces: Sequence[Piece], held: list[Section], *, is_recipe: bool) -> list[_Placed]:
    left = list(held)
    found_for: dict[int, Section] = {}
    for index, piece in enumerate(pieces):
        same = next((one for one in left if is_recipe or one.title == piece.title), None)
        if same:
            found_for[index] = same
            left.remove(same)
    others = [index for index in range(len(pieces)) if index not in found_for]
    standing = [one for one in left if not one.is_dropped]
    if len(others) == len(standing):  # headings were rewritten
        found_for |= dict(zip(others, standing, strict=True))
    return [_Placed(part, piece, found_for.get(index)) for index, piece in enumerate(pieces)]
