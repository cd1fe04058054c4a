"""Writes of the registers: a file replaces the histories of the codes it names, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb, require
from uppsikt.audit.services import record
from uppsikt.coding.event_findings import REGISTER_DIFFERS
from uppsikt.coding.events import State, change_key, in_order_of_effect
from uppsikt.coding.findings import DIMENSION_UNKNOWN
from uppsikt.coding.histories import History, Register, plan_with, register_of
from uppsikt.coding.models import Code, CodePlacement, CodeVersion
from uppsikt.coding.registers import RegisterFile, check, heading_label, merge, read_register
from uppsikt.coding.reorganising import with_events
from uppsikt.coding.selectors import base_plan, code_plan, folded, register_rows, reorganisations
from uppsikt.coding.stored_events import hold_registers, renew
from uppsikt.core.findings import Finding, Severity, found, has_errors
from uppsikt.core.hashes import hash_bytes
from uppsikt.core.periods import BEGINNING
from uppsikt.core.postings import DIMENSIONS
from uppsikt.core.tables import read_table, write_csv, write_xlsx

_CHUNK = 500  # codes in one query: below every database's limit for parameters


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What an import does to one code; `before` is None for a new one."""

    code: str
    before: History | None
    after: History


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """What came of an import (or would come, where `dry_run`). Errors among the findings: nothing changed."""

    dimension: str
    findings: tuple[Finding, ...]
    changes: tuple[CodeChange, ...] = ()
    unchanged: int = 0
    dry_run: bool = False

    @property
    def added(self) -> int:
        """How many codes are new."""
        return sum(change.before is None for change in self.changes)

    @property
    def changed(self) -> int:
        """How many known codes get another history."""
        return sum(change.before is not None for change in self.changes)

    @property
    def is_refused(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.findings)


def import_register(
    *, actor: Actor, dimension: str, content: bytes, name: str, as_of: date, dry_run: bool = False
) -> RegisterImport:
    """Take in a register file (CSV or XLSX). Codes the file doesn't name are left as they are.

    The file is compared with what holds, decided events in it; what it changes replaces the base under them.
    """
    require(actor, Verb.EDIT_REGISTER, (), as_of)
    if dimension not in DIMENSIONS:
        unknown = found(DIMENSION_UNKNOWN, dimension=dimension, known=", ".join(DIMENSIONS))
        return RegisterImport(dimension, (unknown,), dry_run=dry_run)
    table, findings = read_table(content, name)
    file, faults = read_register(table) if table else (None, [])
    findings += faults
    if file is None or has_errors(findings):
        return RegisterImport(dimension, tuple(findings), dry_run=dry_run)
    with transaction.atomic():
        hold_registers()
        held = register_of(code_plan(), dimension)
        register = merge(file, held)
        findings += check(file, register)
        if has_errors(findings):
            return RegisterImport(dimension, tuple(findings), dry_run=dry_run)
        changes = tuple(_changes(file, held, register_of(base_plan(), dimension), register))
        findings += _against_events(dimension, file, register, changes)
        if has_errors(findings):
            return RegisterImport(dimension, tuple(findings), dry_run=dry_run)
        if changes and not dry_run:
            _store(dimension, changes)
            _log(actor, dimension, name, content, changes)
    return RegisterImport(dimension, tuple(findings), changes, len(file.rows) - len(changes), dry_run)


def _changes(file: RegisterFile, held: Register, base: Register, register: Register) -> Iterator[CodeChange]:
    for code in sorted(file.rows):
        before = held.get(code)
        # a file that knows nothing of an event says what the base says: the event holds, and nothing is new
        if register[code] not in (before, base.get(code)):
            yield CodeChange(code, before, register[code])


def _against_events(
    dimension: str, file: RegisterFile, register: Register, changes: Iterable[CodeChange]
) -> Iterator[Finding]:
    """Where the events wouldn't hold on the new base (errors), or would say otherwise than the file (warnings)."""
    adopted = [own for own in reorganisations() if own.state is State.ADOPTED]
    if not adopted:
        return
    base = plan_with(base_plan(), dimension, {change.code: change.after for change in changes})
    folds = with_events(base, adopted)
    known = folded().findings
    yield from (own for own in folds.findings if own.severity is Severity.ERROR and own not in known)
    effective = register_of(folds.plan, dimension)
    by_code: dict[str, list[str]] = defaultdict(list)
    for held, event in in_order_of_effect(adopted):
        if event.dimension == dimension:
            by_code[event.code].append(change_key(held.key, event.number))
    for code in sorted(file.rows):
        if effective.get(code) != register[code]:
            at = file.place(code, BEGINNING)
            yield found(REGISTER_DIFFERS, at, value=code, events=", ".join(by_code[code]) or "–")


def _store(dimension: str, changes: Iterable[CodeChange]) -> None:
    changes = list(changes)
    keys = _keys(dimension, changes)
    for chunk in _chunks([keys[change.code] for change in changes]):
        CodeVersion.objects.filter(code_id__in=chunk).delete()
        CodePlacement.objects.filter(code_id__in=chunk).delete()
    CodeVersion.objects.bulk_create(_versions(changes, keys), batch_size=_CHUNK)
    CodePlacement.objects.bulk_create(_placements(changes, keys), batch_size=_CHUNK)
    renew()


def _keys(dimension: str, changes: Iterable[CodeChange]) -> dict[str, int]:
    # a code that an event opened has no row of its own until a file names it, as code or as parent
    keys = dict(Code.objects.filter(dimension=dimension).values_list("code", "pk"))
    placed = (own for change in changes for placed in change.after.placements.values() for own in placed)
    named = dict.fromkeys([*(change.code for change in changes), *(own.parent for own in placed if own.parent)])
    new = [Code(dimension=dimension, code=code) for code in named if code not in keys]
    Code.objects.bulk_create(new, batch_size=_CHUNK)
    return keys | dict(Code.objects.filter(dimension=dimension).values_list("code", "pk")) if new else keys


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    remaining = iter(keys)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def _versions(changes: Iterable[CodeChange], keys: Mapping[str, int]) -> Iterator[CodeVersion]:
    for change in changes:
        for name in change.after.names:
            yield CodeVersion(
                code_id=keys[change.code],
                name=name.name,
                kind=name.kind,
                valid_from=name.valid_from,
                valid_to=name.valid_to,
            )


def _placements(changes: Iterable[CodeChange], keys: Mapping[str, int]) -> Iterator[CodePlacement]:
    for change in changes:
        for hierarchy, placements in change.after.placements.items():
            for placed in placements:
                yield CodePlacement(
                    code_id=keys[change.code],
                    hierarchy=hierarchy,
                    parent_id=keys[placed.parent] if placed.parent else None,
                    valid_from=placed.valid_from,
                    valid_to=placed.valid_to,
                )


def _log(actor: Actor, dimension: str, name: str, content: bytes, changes: Iterable[CodeChange]) -> None:
    payload = {
        "file": name,
        "file_hash": hash_bytes(content),
        "added": {change.code: change.after.as_json() for change in changes if change.before is None},
        "changed": {
            change.code: {"before": change.before.as_json(), "after": change.after.as_json()}
            for change in changes
            if change.before is not None
        },
    }
    record(actor=actor, verb="import-register", target=f"register:{dimension}", payload=payload)


def export_register(dimension: str, format: Literal["csv", "xlsx"] = "csv") -> bytes:
    """The register as a file that the import takes back without changing anything."""
    keys, rows = register_rows(dimension)
    headings = [heading_label(key) for key in keys]
    return write_xlsx(headings, rows, dimension) if format == "xlsx" else write_csv(headings, rows)
