"""Real files, written by programs we did not write, against the balances they hold themselves."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.ledger.sie4_help import FIXTURES, codes_of, errors_of, rows_of
from uppsikt.core.findings import Severity
from uppsikt.ledger.readers.base import LedgerFile
from uppsikt.ledger.readers.sie4 import read_sie4

# name: (type, encoding, posting rows, balance records, errors the file itself gives cause to)
REAL_FILES: dict[str, tuple[str, str, int, int, set[str]]] = {
    "BL0001_typ1.SE": ("1", "CP437", 0, 134, set()),
    "BL0001_typ2.SE": ("2", "CP437", 0, 255, set()),
    "BL0001_typ3.SE": ("3", "CP437", 0, 301, set()),
    "BL0001_typ4.SE": ("4E", "CP437", 405, 185, set()),
    "BL0001_typ4I.SI": ("4I", "CP437", 10, 0, set()),
    "Lön.si": ("4I", "CP437", 8, 0, set()),
    "SIE4_Exempelfil_med_underdim.SE": ("4E", "UTF-8", 1330, 223, set()),
    "SIE_exempelfil.se": ("4E", "CP437", 148, 173, set()),
    "Sie1.se": ("1", "CP437", 0, 158, set()),
    "Sie2.se": ("2", "CP437", 0, 99, set()),
    # three #PSALDO rows on the account "FEL"
    "Sie3.se": ("3", "CP437", 0, 174, {"L116"}),
    # 37 rows on the account "FEL", and #KONTO DIFF
    "Sie4.se": ("4E", "CP437", 223, 71, {"L116"}),
    "Sie4.si": ("4I", "CP437", 869, 96, set()),
    # voucher 1 1 sums to 2.00
    "XE_SIE_4_20151125095119.SE": ("4E", "CP437", 248, 298, {"L130"}),
    "arsaldo_ovnbolag.se": ("1", "CP437", 0, 221, set()),
    "magenta_bokföring_SIE4E.se": ("4E", "CP437", 84, 215, set()),
    "magenta_bokföring_SIE4I.se": ("4I", "CP437", 84, 0, set()),
    "objektsaldo_ovnbolag.se": ("3", "CP437", 0, 2444, set()),
    "periodsaldo_ovnbolag.se": ("2", "CP437", 0, 2174, set()),
    "typ4.se": ("4E", "CP437", 287, 137, set()),
    "typ4si.si": ("4I", "CP437", 287, 0, set()),
}

# Accounts whose own balances the file's own rows don't explain, in öre: opening (0 for results) + rows − closing
UNEXPLAINED_ORE: dict[str, dict[str, int]] = {
    # the export left out or renamed accounts: rows on "FEL" (33 125.72 in all) are not readable postings
    "Sie4.se": {"2440": 6000000, "2640": -1200000, "4010": -4800000},
}


def read(path: Path) -> LedgerFile:
    ledger = read_sie4(path)
    ledger.blocks = iter(list(ledger.blocks))
    return ledger


def named(folder: Path, name: str) -> Path:
    """The file, whichever way its å ä ö are composed on this disk."""
    wanted = unicodedata.normalize("NFC", name)
    return next(path for path in folder.iterdir() if unicodedata.normalize("NFC", path.name) == wanted)


def unexplained(ledger: LedgerFile) -> dict[str, int]:
    """Per account: opening + rows − closing, where the file states either; by plain sums, not the reader's."""
    ib, ub, res, moved = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for balance in ledger.balances:
        if balance.year_number == 0 and balance.kind in ("IB", "UB", "RES"):
            {"IB": ib, "UB": ub, "RES": res}[balance.kind][balance.account] += balance.amount_ore
    for row in rows_of(ledger):
        moved[row.account] += row.ore
    # SoftOne XE states results both as #UB and as #RES: the balance then speaks for the account
    balance_sheet = ib.keys() | ub.keys()
    differences = {account: ib[account] + moved[account] - ub[account] for account in balance_sheet}
    differences |= {account: moved[account] - res[account] for account in res.keys() - balance_sheet}
    return {account: ore for account, ore in sorted(differences.items()) if ore}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL_FILES)
def test_a_real_file_is_read_as_it_is(shared: Path, name: str) -> None:
    sie_type, encoding, rows, balances, errors = REAL_FILES[name]
    ledger = read(named(shared / "data" / "sie4", name))
    assert (ledger.header.sie_type, ledger.header.encoding) == (sie_type, encoding)
    assert len(rows_of(ledger)) == rows
    assert len(ledger.balances) == balances
    assert errors_of(ledger) == errors


@pytest.mark.shared
def test_every_real_file_is_in_the_list(shared: Path) -> None:
    found = {unicodedata.normalize("NFC", path.name) for path in (shared / "data" / "sie4").iterdir()}
    assert found == {unicodedata.normalize("NFC", name) for name in REAL_FILES}


@pytest.mark.shared
@pytest.mark.parametrize("name", [name for name, facts in REAL_FILES.items() if facts[0] == "4E"])
def test_opening_plus_rows_is_closing_and_results_are_their_rows(shared: Path, name: str) -> None:
    ledger = read(named(shared / "data" / "sie4", name))
    assert unexplained(ledger) == UNEXPLAINED_ORE.get(name, {})


@pytest.mark.shared
def test_a_fortnox_import_file_repeats_opening_balances_as_closing_ones(shared: Path) -> None:
    """So its balances say nothing of its 869 rows; it is an import file (.si) and they are warned of."""
    ledger = read(shared / "data" / "sie4" / "Sie4.si")
    by_kind = {
        kind: {balance.account: balance.amount_ore for balance in ledger.balances if balance.kind == kind}
        for kind in ("IB", "UB")
    }
    assert by_kind["IB"] == by_kind["UB"]
    assert "L136" in codes_of(ledger)


@pytest.mark.parametrize("name", ["BL0001_typ4.SE", "SIE_exempelfil.se", "magenta_bokföring_SIE4E.se"])
def test_a_fixture_explains_its_own_balances(name: str) -> None:
    ledger = read(named(FIXTURES, name))
    assert unexplained(ledger) == {}
    assert not codes_of(ledger) & {"L137", "L138", "L146"}


def test_monthly_balances_are_the_changes_of_the_year() -> None:
    ledger = read(named(FIXTURES, "BL0001_typ2.SE"))
    changes: Counter[str] = Counter()
    for balance in ledger.balances:
        if balance.year_number == 0:
            sign = {"IB": 1, "UB": -1, "RES": -1, "PSALDO": 1}.get(balance.kind, 0)
            changes[balance.account] += sign * balance.amount_ore
    assert not any(changes.values())


@pytest.mark.shared
def test_a_row_with_objects_breaks_down_the_whole_and_never_adds(shared: Path) -> None:
    """In Avendo's type 3 file the whole accounts alone are what #UB and #RES say, objects beside them."""
    whole = {
        (balance.account, balance.period): balance.amount_ore
        for balance in read(shared / "data" / "sie4" / "periodsaldo_ovnbolag.se").balances
        if balance.kind == "PBUDGET" and balance.year_number == 0
    }
    of_objects = read(shared / "data" / "sie4" / "objektsaldo_ovnbolag.se").balances
    same = {
        (balance.account, balance.period): balance.amount_ore
        for balance in of_objects
        if balance.kind == "PBUDGET" and balance.year_number == 0 and not balance.objects
    }
    assert same == whole


# What is broken in each file, worked out by reading it; empty where nothing in it should be refused
BROKEN_FILES: dict[str, set[str]] = {
    "BLBLOV_SIE1_erroneous_leap_year.SE": {"L112"},  # #RAR 0 20210301 20200228: the end is before the start
    "BLBLOV_SIE4_ISO_8859_15.SE": {"L139"},  # #PBUDGET with account and period swapped
    "BLBLOV_SIE4_UTF_8_1.SE": {"L128"},  # #PBUDGET without its object list
    "BLBLOV_SIE4_UTF_8_IMBALANCED.SI": {"L130"},  # two vouchers, 0.55 and −0.14
    "BLBLOV_SIE4_UTF_8_with_empty_voucher.SE": {"L128"},  # voucher A 2 has no rows: also warned of (L129)
    "BLBLOV_SIE4_UTF_8_with_faulty_transaction.SI": {"L128"},  # #TRANS 1930 and nothing more
    "BLBLOV_SIE4_UTF_8_with_iso_voucher_date.SI": {"L122"},  # "2018-05-01"
    "BLBLOV_SIE4_UTF_8_with_missing_account_numbers.SE": {"L115", "L128"},  # three #KONTO ""
    "BLBLOV_SIE4_UTF_8_with_missing_voucher_date.SI": {"L121"},
    "BLBLOV_SIE4_UTF_8_with_non_numeric_account_number.SE": {"L116", "L128"},  # #KONTO 11AF
    # Well formed; closing balances and results sum to −187 195.27 instead of zero, which is warned of (L141)
    "BLBLOV_SIE4.SE": set(),
    # Well formed CP437 import file; its accounts are not named, which an import file needn't (L117)
    "BLBLOV_SIE4.SI": set(),
    # Well formed: quotes are escaped as the standard says; accounts not named (L117)
    "Quotes_test.si": set(),
    # Well formed and every voucher balances; 27 balances are not explained by the rows (L137, L138)
    "SIE_with_long_voucher_series_number.SE": set(),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_broken_file_is_refused_for_what_is_broken_in_it(shared: Path, name: str) -> None:
    ledger = read(shared / "data" / "sie4-broken" / name)
    assert errors_of(ledger) == BROKEN_FILES[name]
    assert any(finding.severity is not Severity.NOTE for finding in ledger.findings)


@pytest.mark.shared
def test_every_broken_file_is_in_the_list(shared: Path) -> None:
    assert {path.name for path in (shared / "data" / "sie4-broken").iterdir()} == BROKEN_FILES.keys()


@pytest.mark.shared
def test_a_file_that_is_not_sie_is_refused(shared: Path) -> None:
    for path in (shared / "data" / "not-sie").iterdir():
        assert errors_of(read(path)) == {"L102"}
