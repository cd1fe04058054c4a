"""Backup, restore, verify: what is restored is what was, and damage is named."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.serializers.base import DeserializationError

from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.models import Event
from uppsikt.audit.seals import append_seal, seals_path
from uppsikt.audit.services import create_user
from uppsikt.coding.events import Event as CodeEvent
from uppsikt.coding.events import EventKind, ReorganisationFacts
from uppsikt.coding.models import ReorganisationEvent
from uppsikt.coding.reorganisation_services import adopt_reorganisation, save_draft
from uppsikt.coding.selectors import code_plan, reorganisations
from uppsikt.coding.services import import_register
from uppsikt.core.changes import Portion, SuccessionRule
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning.models import BudgetLine
from uppsikt.safekeeping import backup, restore, verify

UNITS = "code;name;kind;parent\nKS;Kommunstyrelsen;committee;\n40;Förvaltningen;unit;KS\n".encode()
DAY, JULY = date(2022, 1, 1), date(2022, 7, 1)


def fill(actor: Actor, home: Path) -> None:
    import_register(actor=actor, dimension="unit", content=UNITS, name="unit.csv", as_of=DAY)
    create_user(
        actor=actor,
        name="anna",
        password="lång och hemlig",
        role=Role.READER,
        unit=WHOLE,
        valid_from=date(2022, 1, 1),
    )


def reorganise(actor: Actor) -> None:
    """One decided reorganisation and one draft: what was 40 becomes 41, and then 42."""
    for key, code, heir in (("beslutad", "40", "41"), ("utkast", "41", "42")):
        rules = (SuccessionRule((Portion(heir),)),)
        events = (
            CodeEvent(0, EventKind.OPEN, "unit", JULY, heir, name="Förvaltningen", parent="KS"),
            CodeEvent(0, EventKind.MERGE, "unit", JULY, code, rules=rules),
        )
        facts = ReorganisationFacts(key, "Ny kod", "Ks 5/2022", DAY, "")
        assert save_draft(actor=actor, facts=facts, events=events, as_of=DAY).key == key
        if key == "beslutad":
            assert adopt_reorganisation(actor=actor, key=key, as_of=DAY).findings == ()


def empty() -> None:
    from uppsikt.coding.models import Code, CodePlacement, CodeVersion, RegisterRevision, Reorganisation

    for model in (Reorganisation, CodePlacement, CodeVersion, Code, RegisterRevision, User, Event):
        model._base_manager.all().delete()


@pytest.mark.django_db
def test_what_is_restored_is_what_was(local: Actor, home: Path, tmp_path: Path) -> None:
    fill(local, home)
    plan, head = code_plan().content_hash, verify().head
    kept = backup(tmp_path / "kopia.zip")
    assert kept.head == head
    empty()
    assert restore(kept.path) == []
    assert code_plan().content_hash == plan
    assert verify().head == head
    assert User.objects.get(username="anna").check_password("lång och hemlig")


@pytest.mark.django_db
def test_reorganisations_are_restored_with_every_share_and_condition(
    local: Actor, home: Path, tmp_path: Path
) -> None:
    fill(local, home)
    reorganise(local)
    held, plan, drafted = reorganisations(), code_plan().content_hash, code_plan("utkast").content_hash
    kept = backup(tmp_path / "kopia.zip")
    empty()
    assert reorganisations() == []
    assert restore(kept.path) == []
    assert reorganisations() == held
    assert (code_plan().content_hash, code_plan("utkast").content_hash) == (plan, drafted)
    assert code_plan().entry("unit", "40", JULY) is None


@pytest.mark.django_db
def test_an_event_changed_in_a_backup_made_by_hand_is_found_when_it_is_restored(
    local: Actor, home: Path, tmp_path: Path
) -> None:
    fill(local, home)
    reorganise(local)
    ReorganisationEvent.objects.filter(code="40").update(on=date(2022, 8, 1))
    kept = backup(tmp_path / "kopia.zip")
    empty()
    assert "C059" in [finding.code for finding in restore(kept.path)]


def seal_all() -> None:
    for sequence, own in Event.objects.values_list("sequence", "content_hash"):
        append_seal(sequence, own)


@pytest.mark.django_db
def test_the_seals_come_along_and_those_that_stand_there_stay(local: Actor, home: Path, tmp_path: Path) -> None:
    fill(local, home)
    seal_all()
    kept, sealed = backup(tmp_path / "kopia.zip"), seals_path().read_text()
    reorganise(local)
    seal_all()
    lost = Event.objects.count() - sealed.count("\n")
    empty()
    # over a house whose database is gone: what it had beyond the backup is missed
    assert [(own.code, own.facts["count"]) for own in restore(kept.path)] == [("A020", lost)]
    empty()
    seals_path().unlink()
    assert restore(kept.path) == []
    assert seals_path().read_text() == sealed
    Event.objects.order_by("-sequence")[0].delete()
    assert "A020" in [own.code for own in verify().findings]


@pytest.mark.django_db
def test_a_log_that_says_too_little_is_a_finding_for_each_room_and_stops_none(local: Actor, home: Path) -> None:
    fill(local, home)
    Event.objects.filter(verb="grant-role").update(payload="{}")
    codes = [(own.code, own.facts.get("check")) for own in verify().findings]
    assert codes == [("A001", None), ("D010", "verify_people")]


@pytest.mark.django_db
def test_an_installation_in_use_is_not_overwritten(local: Actor, home: Path, tmp_path: Path) -> None:
    fill(local, home)
    kept = backup(tmp_path / "kopia.zip")
    events = Event.objects.count()
    assert [finding.code for finding in restore(kept.path)] == ["D003"]
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_a_damaged_part_is_named_and_nothing_is_touched(local: Actor, home: Path, tmp_path: Path) -> None:
    fill(local, home)
    whole, damaged = tmp_path / "kopia.zip", tmp_path / "skadad.zip"
    backup(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            changed = content.replace(b"anna", b"arne") if name == "tables/auth.user.jsonl" else content
            target.writestr(name, changed)
    empty()
    assert [(f.code, f.facts["member"]) for f in restore(damaged)] == [("D002", "tables/auth.user.jsonl")]
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_backup_with_tables_this_version_does_not_know_is_said_to_be_newer(
    local: Actor, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(local, home)
    kept = backup(tmp_path / "kopia.zip")
    empty()

    def unknown(*_: object) -> None:
        raise DeserializationError("planning.future")

    monkeypatch.setattr("uppsikt.safekeeping._load_tables", unknown)
    assert [finding.code for finding in restore(kept.path)] == ["D004"]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"\x00" * 100])
def test_what_is_no_backup_is_a_finding(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert [finding.code for finding in restore(path)] == ["D001"]


@pytest.mark.django_db
def test_a_backup_cannot_write_outside_the_home(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", '{"version": "1", "members": {"../ute.txt": "00"}}')
        archive.writestr("../ute.txt", "hej")
    assert [finding.code for finding in restore(path)] == ["D001"]
    assert not (tmp_path.parent / "ute.txt").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "manifest", [b"[]", b'"x"', b'{"members": 3}', b'{"members": {"": "00"}}', b"\xff\xfe{", b"[" * 9999]
)
def test_a_manifest_of_another_shape_is_a_finding(manifest: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", manifest)
    assert [finding.code for finding in restore(path)] == ["D001"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "row",
    [
        b'{"model": "planning.budgetline", "pk": 1, "fields": {"entry": 9, "line": 1, "period": 1, "amount_ore": 1}}',
        b'{"model": "audit.event", "pk": 1, "fields": {"actor": "ingen tid"}}',
        b"\xff\xfe",
    ],
)
def test_rows_that_hang_in_the_air_are_a_finding_and_nothing_is_kept(row: bytes, tmp_path: Path) -> None:
    path, name = tmp_path / "x.zip", "tables/audit.event.jsonl"
    name = "tables/planning.budgetline.jsonl" if b"budgetline" in row else name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"version": "1", "members": {name: hash_bytes(row)}}))
        archive.writestr(name, row)
    assert [finding.code for finding in restore(path)] == ["D001"]
    assert not Event.objects.exists()
    assert not BudgetLine.objects.exists()
