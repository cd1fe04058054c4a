"""Backup, restore, verify: the database and the folders in one file that proves itself.

A backup is a zip: every table as JSON lines (so it can be restored to SQLite or PostgreSQL alike), the
immutable folders as they are, and `manifest.json` with the SHA-256 of each member. Restoring checks every
hash before it touches anything, and verifies the whole house afterwards.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction

import uppsikt
from uppsikt.adoption.verify import verify_adopted
from uppsikt.audit.models import Event
from uppsikt.audit.seals import FILE as SEALS
from uppsikt.audit.seals import append_lines, read_seals, verify_seals
from uppsikt.audit.services import FIRST_HASH, verify_chain
from uppsikt.audit.verify import verify_people
from uppsikt.coding.verify import verify_reorganisations
from uppsikt.core.findings import Finding, Place, Severity, define, found
from uppsikt.core.hashes import hash_bytes
from uppsikt.ledger.verify import verify_batches
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import VersionRow, adopted_versions, rounds
from uppsikt.planning.verify import verify_plan, verify_rounds
from uppsikt.reports.verify import (
    verify_editions,
    verify_facts,
    verify_marks,
    verify_sections,
    verify_statements,
    verify_texts,
)
from uppsikt.rounds.verify import verify_work
from uppsikt.savings.verify import verify_savings
from uppsikt.settlements.verify import verify_settlements

NOT_A_BACKUP = define(
    "D001",
    Severity.ERROR,
    says_sv="Filen är ingen säkerhetskopia av Uppsikt ({why}).",
    says_en="The file is no backup of Uppsikt ({why}).",
    do_sv="Välj en fil som skapats med uppsikt backup.",
    do_en="Choose a file made by uppsikt backup.",
    why="manifest.json",
)
MEMBER_CHANGED = define(
    "D002",
    Severity.ERROR,
    says_sv="Delen {member} i säkerhetskopian är skadad eller ändrad.",
    says_en="The part {member} of the backup is damaged or changed.",
    do_sv="Använd en annan säkerhetskopia; inget har återlästs.",
    do_en="Use another backup; nothing has been restored.",
    member="tables/audit.event.jsonl",
)
HOME_IN_USE = define(
    "D003",
    Severity.ERROR,
    says_sv="Installationen innehåller redan uppgifter ({count} {count:händelse|händelser} i loggen).",
    says_en="The installation already holds data ({count} {count:event|events} in the log).",
    do_sv="Återläs till en tom installation: sätt UPPSIKT_HOME till en ny mapp (och en tom databas).",
    do_en="Restore into an empty installation: set UPPSIKT_HOME to a new folder (and an empty database).",
    count=42,
)
NEWER_BACKUP = define(
    "D004",
    Severity.ERROR,
    says_sv="Säkerhetskopian kan inte läsas av version {version} ({why}).",
    says_en="The backup can't be read by version {version} ({why}).",
    do_sv="Installera den version som skrev kopian, {written_by}, eller en nyare.",
    do_en="Install the version that wrote it, {written_by}, or a newer one.",
    version="0.1.0",
    written_by="0.2.0",
    why="DeserializationError",
)
LOG_SAYS_TOO_LITTLE = define(
    "D010",
    Severity.ERROR,
    says_sv="Ur loggen kan {check} inte räknas om: {why}.",
    says_en="From the log {check} can't be recomputed: {why}.",
    do_sv="Är loggen bruten (A001), börja där. Annars är händelserna skrivna av en annan version än {version}.",
    do_en="If the log is broken (A001), begin there. Else its events were written by another version than {version}.",
    check="verify_people",
    why="KeyError('assignment')",
    version="0.1.0",
)

FOLDERS = ("ledger", "rounds", "reports", "report-texts")
_PARTS = {(folder,) for folder in (*FOLDERS, "tables", SEALS)}
_LEFT_OUT = {"contenttypes.contenttype", "auth.permission", "sessions.session", "audit.failedsignins"}
_STORED = {".parquet", ".pdf", ".docx", ".xlsx", ".zip"}


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts times to milliseconds; the event log's seals are over microseconds."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: `head` is the hash of the last event, worth writing down elsewhere."""

    path: Path
    members: int
    size_bytes: int
    head: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The state of the house: findings (none = whole), the head of the event log, and which rounds and adopted
    versions were recomputed."""

    findings: tuple[Finding, ...]
    events: int
    head: str
    rounds: tuple[RoundRow, ...] = ()
    versions: tuple[VersionRow, ...] = ()


def backup(target: Path) -> Kept:
    """Write the whole installation to `target` (a zip), readable by its owner only: it holds vouchers and hashes.

    The file appears only when it is complete.
    """
    unfinished = target.with_name(target.name + ".part")
    unfinished.touch(mode=0o600)
    unfinished.chmod(0o600)
    hashes: dict[str, str] = {}
    seals = read_seals()  # before the database is: every event that has a line is in it
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive, _steady_database():
        for model in _tables():
            _add_table(archive, model, hashes)
        for path, name in _folder_files():
            _add_file(archive, path, name, hashes)
        archive.writestr(SEALS, seals)
        hashes[SEALS] = hash_bytes(seals)
        head = _head()
        manifest = {"version": uppsikt.__version__, "made_at": datetime.now(UTC), "head": head, "members": hashes}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True, default=str))
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(target)
    return Kept(target, len(hashes), target.stat().st_size, head)


@contextmanager
def _steady_database() -> Iterator[None]:
    """A transaction that sees one state: SQLite's are IMMEDIATE; PostgreSQL is asked for a snapshot."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_first:
            with connection.cursor() as cursor:  # of this transaction only: a snapshot would fork the event log
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _tables() -> list[type[models.Model]]:
    by_app = [(app, None) for app in apps.get_app_configs()]
    ordered = serializers.sort_dependencies(by_app, allow_cycles=True)
    return [model for model in ordered if model._meta.label_lower not in _LEFT_OUT and model._meta.managed]


def _add_table(archive: zipfile.ZipFile, model: type[models.Model], hashes: dict[str, str]) -> None:
    name = f"tables/{model._meta.label_lower}.jsonl"
    text = io.StringIO()
    rows = model._base_manager.order_by("pk").iterator(chunk_size=2000)
    serializers.serialize("jsonl", rows, stream=text, cls=_Exact)
    content = text.getvalue().encode()
    archive.writestr(name, content)
    hashes[name] = hash_bytes(content)


def _folder_files() -> Iterator[tuple[Path, str]]:
    home = Path(settings.HOME)
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(home).parts):
                yield path, path.relative_to(home).as_posix()


def _add_file(archive: zipfile.ZipFile, path: Path, name: str, hashes: dict[str, str]) -> None:
    digest = hashlib.sha256()
    how = zipfile.ZIP_STORED if path.suffix in _STORED else zipfile.ZIP_DEFLATED
    information = zipfile.ZipInfo.from_file(path, name)
    information.compress_type = how
    with path.open("rb") as source, archive.open(information, "w") as member:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            member.write(chunk)
    hashes[name] = digest.hexdigest()


def restore(source: Path) -> list[Finding]:
    """Bring a backup back into an empty installation; findings say why not, and then nothing was touched."""
    try:
        with zipfile.ZipFile(source) as archive:
            return _restore_from(archive, source)
    except (zipfile.BadZipFile, OSError, LookupError, ValueError, RuntimeError, DatabaseError) as error:
        # ValueError: text that is no UTF-8 or no JSON; RuntimeError: locked by a password, or nested for ever
        return [found(NOT_A_BACKUP, Place(source.name), why=type(error).__name__)]


def _restore_from(archive: zipfile.ZipFile, source: Path) -> list[Finding]:
    manifest = json.loads(archive.read("manifest.json"))
    if not (isinstance(manifest, dict) and isinstance(manifest.get("members"), dict)):
        return [found(NOT_A_BACKUP, Place(source.name), why="manifest.json")]
    if findings := _damaged(archive, manifest["members"], source):
        return findings
    call_command("migrate", verbosity=0, interactive=False)
    if count := Event.objects.count():
        return [found(HOME_IN_USE, count=count)]
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.HOME) as temporary:
        for name in manifest["members"]:
            if not name.startswith("tables/"):
                archive.extract(name, temporary)
        try:
            with transaction.atomic():
                _load_tables(archive, manifest["members"])
                _move_in(Path(temporary))
        except serializers.base.DeserializationError as error:
            return [
                found(
                    NEWER_BACKUP,
                    version=uppsikt.__version__,
                    written_by=manifest.get("version", "?"),
                    why=type(error).__name__,
                )
            ]
    return list(verify().findings)


def _damaged(archive: zipfile.ZipFile, members: dict[str, str], source: Path) -> list[Finding]:
    findings = []
    for name, expected in members.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.parts[:1] not in _PARTS:
            return [found(NOT_A_BACKUP, Place(source.name), why=name)]
        digest = hashlib.sha256()
        try:
            with archive.open(name) as member:
                while chunk := member.read(1 << 20):
                    digest.update(chunk)
        except (KeyError, zipfile.BadZipFile, OSError):
            digest.update(b"unreadable")
        if digest.hexdigest() != expected:
            findings.append(found(MEMBER_CHANGED, Place(source.name), member=name))
    return findings


def _load_tables(archive: zipfile.ZipFile, members: dict[str, str]) -> None:
    with connection.constraint_checks_disabled():
        for model in _tables():
            name = f"tables/{model._meta.label_lower}.jsonl"
            model._base_manager.all().delete()
            if name in members:
                text = archive.read(name).decode()
                for row in serializers.deserialize("jsonl", text):
                    row.save()
    connection.check_constraints()
    statements = connection.ops.sequence_reset_sql(no_style(), _tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _move_in(extracted: Path) -> None:
    for folder in FOLDERS:
        if (extracted / folder).is_dir():
            shutil.copytree(extracted / folder, Path(settings.HOME) / folder, dirs_exist_ok=True)
    if (extracted / SEALS).is_file():
        # beside what may stand there: an older backup brought in over a house doesn't hide what it lacks
        append_lines((extracted / SEALS).read_bytes())


def _head() -> str:
    last = Event.objects.order_by("-sequence").first()
    return last.content_hash if last else FIRST_HASH


_CHECKS: tuple[Callable[[], list[Finding]], ...] = (
    verify_chain,
    verify_seals,
    verify_people,
    verify_reorganisations,
    verify_batches,
    verify_plan,
    verify_rounds,
    verify_work,
    verify_savings,
    verify_settlements,
    verify_adopted,
    verify_editions,
    verify_marks,
    verify_sections,
    verify_texts,
    verify_facts,
    verify_statements,
)


def verify() -> Verified:
    """Recompute the log's chain and end, people, reorganisations, batches, budget entries, forecasts, work in
    rounds, savings, settlements, adopted rounds with their figures, editions, sections, texts, facts, statements."""
    findings = [finding for check in _CHECKS for finding in _found_by(check)]
    return Verified(tuple(findings), Event.objects.count(), _head(), tuple(rounds()), tuple(adopted_versions()))


def _found_by(check: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return check()
    except (LookupError, ValueError, TypeError) as error:  # a log that was changed, or is another version's
        return [found(LOG_SAYS_TOO_LITTLE, check=check.__name__, why=repr(error), version=uppsikt.__version__)]
