"""What the default profile lets in of files we did not write: broken ones never, odd ones when told to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.ledger.test_sie4_corpus import REAL_FILES, named
from uppsikt.audit.actors import Actor
from uppsikt.audit.models import Event
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import import_register
from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.demo.load import FOLDER, about_demo
from uppsikt.ledger.models import Batch
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.readers.sie4 import read_sie4
from uppsikt.ledger.services import ImportResult, import_file

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

DAY = date(2022, 9, 5)
SIE = built_in()["sie"]
TOLERANT = replace(SIE, balances="not_required")

# file: the errors that refuse it at import
REFUSED: dict[str, set[str]] = {
    "not-sie/BokSald.SE": {"L001"},
    "sie4-broken/BLBLOV_SIE1_erroneous_leap_year.SE": {"L112"},
    "sie4-broken/BLBLOV_SIE4.SE": {"L038"},  # closing balances and results sum to −187 195.27
    "sie4-broken/BLBLOV_SIE4.SI": {"L037"},  # six accounts that nothing names
    "sie4-broken/BLBLOV_SIE4_ISO_8859_15.SE": {"L139"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_1.SE": {"L128"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_IMBALANCED.SI": {"L130"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_empty_voucher.SE": {"L128"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_faulty_transaction.SI": {"L128"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_iso_voucher_date.SI": {"L122"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_missing_account_numbers.SE": {"L115", "L128"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_missing_voucher_date.SI": {"L121"},
    "sie4-broken/BLBLOV_SIE4_UTF_8_with_non_numeric_account_number.SE": {"L116", "L128"},
    "sie4-broken/Quotes_test.si": {"L037"},  # three accounts that nothing names
    "sie4-broken/SIE_with_long_voucher_series_number.SE": {"L038"},  # 27 balances that no voucher explains
}

# Real files the default profile refuses: for what they are unsound in, or for what only a register could name
REAL_REFUSED: dict[str, set[str]] = {
    "BL0001_typ4I.SI": {"L037"},
    "SIE_exempelfil.se": {"L038"},
    "Sie2.se": {"L038"},
    "Sie3.se": {"L116"},
    "Sie4.se": {"L116"},
    "XE_SIE_4_20151125095119.SE": {"L130"},
    "arsaldo_ovnbolag.se": {"L038"},
    "objektsaldo_ovnbolag.se": {"L038"},
    "periodsaldo_ovnbolag.se": {"L038"},
}


def errors_of(result: ImportResult) -> set[str]:
    return {finding.code for finding in result.findings if finding.severity == "error"}


def batch_folders(home: Path) -> list[Path]:
    """All that an import could leave: batches, and what is being built."""
    return [path for folder in ("batches", "incoming") for path in (home / "ledger" / folder).glob("*")]


def demo_registers(actor: Actor) -> CodePlan:
    for dimension in about_demo()["registers"]:
        content = (FOLDER / "registers" / f"{dimension}.csv").read_bytes()
        import_register(actor=actor, dimension=dimension, content=content, name="register.csv", as_of=DAY)
    return code_plan()


def test_every_broken_file_is_in_the_list(shared: Path) -> None:
    folders = (shared / "data" / "sie4-broken", shared / "data" / "not-sie")
    assert {f"{path.parent.name}/{path.name}" for folder in folders for path in folder.iterdir()} == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_file_is_refused_and_changes_nothing(shared: Path, controller: Actor, home: Path, name: str) -> None:
    path = shared / "data" / name
    rehearsal = import_file(actor=controller, path=path, profile=SIE, as_of=DAY, dry_run=True)
    result = import_file(actor=controller, path=path, profile=SIE, as_of=DAY)

    assert errors_of(rehearsal) == errors_of(result) == REFUSED[name]
    assert result.batch is None
    assert Batch.objects.count() == Event.objects.count() == 0
    assert batch_folders(home) == []


def test_no_broken_file_gets_in_beside_the_registers_of_the_demo(shared: Path, local: Actor, home: Path) -> None:
    known = demo_registers(local)
    assert known.knows("account", "1930")
    events = Event.objects.count()
    for name, errors in REFUSED.items():
        path = shared / "data" / name
        result = import_file(actor=local, path=path, profile=SIE, as_of=DAY, known=known)
        assert (errors_of(result), result.batch) == (errors, None), name

    assert (Batch.objects.count(), Event.objects.count()) == (0, events)
    assert batch_folders(home) == []


@pytest.mark.parametrize("name", REAL_FILES)
def test_a_real_file_is_taken_in_or_refused_for_what_is_unsound_in_it(
    shared: Path, controller: Actor, name: str
) -> None:
    path = named(shared / "data" / "sie4", name)
    result = import_file(actor=controller, path=path, profile=SIE, as_of=DAY)

    assert errors_of(result) == REAL_REFUSED.get(name, set())
    assert (result.batch is None) == (name in REAL_REFUSED)


@pytest.mark.parametrize("name", [name for name, errors in REAL_REFUSED.items() if errors == {"L038"}])
def test_a_real_file_whose_balances_do_not_hold_is_taken_in_when_they_need_not(
    shared: Path, controller: Actor, name: str
) -> None:
    path = named(shared / "data" / "sie4", name)
    refused = import_file(actor=controller, path=path, profile=SIE, as_of=DAY)
    result = import_file(actor=controller, path=path, profile=TOLERANT, as_of=DAY)

    assert result.batch is not None
    warned = [finding for finding in refused.findings if finding.code != "L038"]
    assert result.findings == warned
    assert "L141" in {finding.code for finding in warned}


def test_a_real_import_file_is_taken_in_when_the_register_names_its_accounts(shared: Path, controller: Actor) -> None:
    path = shared / "data" / "sie4" / "BL0001_typ4I.SI"
    accounts = {account for block in read_sie4(path).blocks for account in block.accounts}
    known = CodePlan(tuple(CodeName("account", code, BEGINNING, FOREVER, "Konto") for code in accounts))
    result = import_file(actor=controller, path=path, profile=SIE, as_of=DAY, known=known)

    assert result.batch is not None
    assert len(accounts) == 6
