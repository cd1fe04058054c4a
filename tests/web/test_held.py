from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from uppsikt.audit.actors import Actor
from uppsikt.web.errors import Absent
from uppsikt.web.imports.held import KEPT_SECONDS, HeldFile, held, hold, let_go

ANNA = Actor("anna", 1)
BO = Actor("bo", 2)


def brought(name: str = "aug.se", content: bytes = b"#FLAGGA 0") -> HeldFile:
    return hold(actor=ANNA, kind="huvudbok", upload=SimpleUploadedFile(name, content), options={"profile": "sie"})


def test_a_held_file_comes_back_with_its_name_content_and_options() -> None:
    file = held(actor=ANNA, kind="huvudbok", token=brought().token)
    assert file.name == "aug.se"
    assert file.path.read_bytes() == b"#FLAGGA 0"
    assert file.options == {"profile": "sie"}


def test_another_person_does_not_get_it() -> None:
    with pytest.raises(Absent):
        held(actor=BO, kind="huvudbok", token=brought().token)


def test_another_kind_of_import_does_not_get_it() -> None:
    with pytest.raises(Absent):
        held(actor=ANNA, kind="budget", token=brought().token)


@pytest.mark.parametrize("token", ["", "..", "../../etc/passwd", "x" * 22, "x" * 300])
def test_a_token_that_is_not_ours_finds_nothing(token: str) -> None:
    brought()
    with pytest.raises(Absent):
        held(actor=ANNA, kind="huvudbok", token=token)


def test_a_name_with_folders_in_it_stays_in_its_own_folder(home: Path) -> None:
    file = brought("../../../ut.se")
    assert file.name == "ut.se"
    assert home in file.path.parents


def test_a_name_longer_than_disks_take_is_cut_and_keeps_its_end() -> None:
    file = brought("å" * 240 + ".se")
    assert file.name.endswith("å.se")
    assert held(actor=ANNA, kind="huvudbok", token=file.token).path.read_bytes() == b"#FLAGGA 0"


def test_a_name_like_our_own_note_does_not_overwrite_it() -> None:
    file = brought("about.json", b"{}")
    assert held(actor=ANNA, kind="huvudbok", token=file.token).path.read_bytes() == b"{}"


def test_a_file_let_go_is_gone() -> None:
    file = brought()
    let_go(file)
    with pytest.raises(Absent):
        held(actor=ANNA, kind="huvudbok", token=file.token)


def test_files_older_than_a_day_are_forgotten_when_the_next_one_comes() -> None:
    old, recent = brought(), brought()
    then = time.time() - KEPT_SECONDS - 60
    os.utime(old.path.parent.parent, (then, then))
    brought()
    with pytest.raises(Absent):
        held(actor=ANNA, kind="huvudbok", token=old.token)
    assert held(actor=ANNA, kind="huvudbok", token=recent.token).name == "aug.se"
