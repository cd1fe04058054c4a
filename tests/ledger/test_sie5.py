from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from uppsikt.ledger.readers.base import Balance, DimensionName, FinancialYear, LedgerFile
from uppsikt.ledger.readers.sie5 import read_sie5

EXPORT = """<?xml version="1.0" encoding="utf-8"?>
<Sie xmlns="http://www.sie.se/sie5">
  <FileInfo>
    <SoftwareProduct name="Ekonomi" version="1.0"/>
    <FileCreation time="2022-09-05T10:00:00+02:00" by="EK"/>
    <Company organizationId="212000-1967" name="Exempelkommunen"/>
    <FiscalYears>
      <FiscalYear start="2021-01" end="2021-12" closed="true"/>
      <FiscalYear start="2022-01" end="2022-12" primary="true"/>
    </FiscalYears>
    <AccountingCurrency currency="SEK"/>
  </FileInfo>
  <Accounts>
    <Account id="1930" name="Bank" type="asset">
      <OpeningBalance month="2022-01" amount="500"/>
      <ClosingBalance month="2022-07" amount="123"/>
      <ClosingBalance month="2022-12" amount="400.50"/>
      <ClosingBalance month="2021-12" amount="500"/>
    </Account>
    <Account id="5010" name="Lokalhyra &amp; el" type="cost">
      <ClosingBalance month="2022-12" amount="99.50"/>
      <Budget month="2022-08" amount="1000"><ObjectReference dimId="1" objectId="4220"/></Budget>
      <ClosingBalanceMultidim month="2022-12" amount="99.50">
        <ObjectReference dimId="1" objectId="4220"/><ObjectReference dimId="6" objectId="P1"/>
      </ClosingBalanceMultidim>
    </Account>
  </Accounts>
  <Dimensions>
    <Dimension id="1" name="Ansvar"><Object id="4220" name="Ekonomi"/></Dimension>
    <Dimension id="6" name="Projekt"><Object id="P1" name="Flytt"/></Dimension>
  </Dimensions>
  <CustomerInvoices primaryAccountId="1930" name="K">
    <CustomerInvoice id="1" customerId="1" invoiceNumber="1">
      <Balances accountId="1930"><ClosingBalance month="2022-12" amount="77"/></Balances>
      <OriginalAmount date="2022-08-10" amount="77"/>
    </CustomerInvoice>
  </CustomerInvoices>
  <Journal id="A" name="Leverantör">
    <JournalEntry id="17" journalDate="2022-08-10" text="Hyra augusti">
      <EntryInfo date="2022-08-11" by="EK"/>
      <LedgerEntry accountId="5010" amount="99.50" text="Hyra" ledgerDate="2022-08-31">
        <ObjectReference dimId="1" objectId="4220"/>
        <ObjectReference dimId="6" objectId="P1"/>
      </LedgerEntry>
      <LedgerEntry accountId="1930" amount="-100"><Overstrike date="2022-08-12" by="EK"/></LedgerEntry>
      <LedgerEntry accountId="1930" amount="-99.50"/>
    </JournalEntry>
  </Journal>
</Sie>
"""


def read(tmp_path: Path, content: str | bytes) -> tuple[LedgerFile, list[tuple[object, ...]]]:
    path = tmp_path / "bok.sie"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return rows_of(read_sie5(path))


def rows_of(ledger: LedgerFile) -> tuple[LedgerFile, list[tuple[object, ...]]]:
    rows: list[tuple[object, ...]] = []
    for block in ledger.blocks:
        for at in range(len(block)):
            voucher = block.vouchers[block.voucher_index[at]]
            rows.append(
                (
                    f"{voucher.series}{voucher.number}",
                    block.dates[at].astype(object),
                    block.accounts[block.account_index[at]],
                    block.object_lists[block.object_index[at]],
                    int(block.amounts_ore[at]),
                    block.texts[block.text_index[at]],
                    int(block.lines[at]),
                )
            )
    return ledger, rows


def codes(ledger: LedgerFile) -> list[str]:
    return [finding.code for finding in ledger.findings]


def test_an_export_gives_its_rows_without_the_overstruck(tmp_path: Path) -> None:
    ledger, rows = read(tmp_path, EXPORT)

    assert rows == [
        ("A17", date(2022, 8, 31), "5010", (("1", "4220"), ("6", "P1")), 9_950, "Hyra", 41),
        ("A17", date(2022, 8, 10), "1930", (), -9_950, "", 46),
    ]
    assert codes(ledger) == ["L158"]
    assert ledger.findings[0].facts == {"count": 1}


def test_the_header_says_company_years_and_type(tmp_path: Path) -> None:
    header = read(tmp_path, EXPORT)[0].header

    assert (header.format, header.sie_type, header.company) == ("sie5", "5", "Exempelkommunen")
    assert header.organisation_no == "212000-1967"
    assert header.generated_on == date(2022, 9, 5)
    assert header.years == (
        FinancialYear(-1, date(2021, 1, 1), date(2021, 12, 31)),
        FinancialYear(0, date(2022, 1, 1), date(2022, 12, 31)),
    )


def test_masters_and_balances_are_read_and_subledgers_are_not(tmp_path: Path) -> None:
    ledger, _ = read(tmp_path, EXPORT)

    assert [(account.code, account.name, account.kind) for account in ledger.accounts] == [
        ("1930", "Bank", "T"),
        ("5010", "Lokalhyra & el", "K"),
    ]
    assert ledger.dimensions == [DimensionName("1", "Ansvar"), DimensionName("6", "Projekt")]
    assert [(code.dimension, code.code, code.name) for code in ledger.objects] == [
        ("1", "4220", "Ekonomi"),
        ("6", "P1", "Flytt"),
    ]
    assert sorted(ledger.balances, key=lambda balance: balance.line or 0) == [
        Balance("IB", 0, "1930", 50_000, line=15),
        Balance("UB", 0, "1930", 40_050, line=17),
        Balance("UB", -1, "1930", 50_000, line=18),
        Balance("RES", 0, "5010", 9_950, line=21),
        Balance("PBUDGET", 0, "5010", 100_000, (("1", "4220"),), 202208, 22),
        Balance("OUB", 0, "5010", 9_950, (("1", "4220"), ("6", "P1")), None, 23),
    ]


def test_an_entry_file_needs_no_company_name_or_years(tmp_path: Path) -> None:
    entry = (
        '<SieEntry xmlns="http://www.sie.se/sie5"><FileInfo><Company organizationId="212000-1967"/></FileInfo>'
        '<Journal id="L"><JournalEntry journalDate="2022-08-25"><LedgerEntry accountId="5010" amount="1"/>'
        '<LedgerEntry accountId="1930" amount="-1"/></JournalEntry></Journal></SieEntry>'
    )
    ledger, rows = read(tmp_path, entry)

    assert ledger.header.sie_type == "5I"
    assert ledger.header.company == "212000-1967"
    assert [row[0] for row in rows] == ["L", "L"]
    assert ledger.findings == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('amount="99.50" text', 'amount="99,50" text', "L153"),
        ('amount="99.50" text', 'amount="99.505" text', "L153"),
        ('amount="99.50" text', 'amount="NaN" text', "L153"),
        ('journalDate="2022-08-10"', 'journalDate="2022-02-30"', "L154"),
        ('month="2022-08" amount', 'month="augusti" amount', "L154"),
        ('accountId="5010"', 'konto="5010"', "L155"),
        ('dimId="1" objectId="4220"/>\n        <', 'dimId="1"/>\n        <', "L155"),
        ('accountId="5010"', 'accountId="5011"', "L156"),
        ('month="2021-12"', 'month="2019-12"', "L157"),
        ("</Journal>", "</Jornal>", "L150"),
        ("<Sie xmlns", "<Bok xmlns", "L152"),
    ],
)
def test_each_fault_has_its_code_and_line(tmp_path: Path, before: str, after: str, code: str) -> None:
    content = EXPORT.replace(before, after, 1)
    line = EXPORT.count("\n", 0, EXPORT.index(before)) + 1
    ledger, _ = read(tmp_path, content.replace("</Sie>", "</Bok>") if "<Bok" in content else content)

    finding = next(finding for finding in ledger.findings if finding.code == code)
    assert finding.at.line == line
    assert finding.at.source == "bok.sie"


def test_a_doctype_is_refused_before_any_entity_is_made(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "' + "x" * 1000 + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 100}">' for n in range(8))
        + ']><Sie xmlns="http://www.sie.se/sie5">&i;</Sie>'
    )  # fmt: skip
    ledger, rows = read(tmp_path, bomb)

    assert codes(ledger) == ["L151"]
    assert rows == []


def test_a_file_cut_off_is_named(tmp_path: Path) -> None:
    assert codes(read(tmp_path, EXPORT[:-20])[0])[-1] == "L150"


def test_utf_16_is_read_as_the_xml_says(tmp_path: Path) -> None:
    ledger, rows = read(tmp_path, EXPORT.replace("utf-8", "utf-16").encode("utf-16"))

    assert len(rows) == 2
    assert ledger.dimensions[0].name == "Ansvar"


def test_an_unknown_encoding_is_a_finding(tmp_path: Path) -> None:
    assert codes(read(tmp_path, EXPORT.replace("utf-8", "x-okand"))[0])[0] == "L150"


def test_many_vouchers_are_given_in_blocks_and_a_voucher_is_never_split(tmp_path: Path) -> None:
    entries = "".join(
        f'<JournalEntry id="{n}" journalDate="2022-08-25"><LedgerEntry accountId="5010" amount="1"/>'
        f'<LedgerEntry accountId="1930" amount="-1"/></JournalEntry>'
        for n in range(60_000)
    )
    path = tmp_path / "stor.sie"
    path.write_text(f'<SieEntry xmlns="http://www.sie.se/sie5"><Journal id="L">{entries}</Journal></SieEntry>')
    blocks = list(read_sie5(path).blocks)

    assert len(blocks) > 1
    assert sum(len(block) for block in blocks) == 120_000
    for block in blocks:
        sums = Counter[int]()
        for voucher, amount in zip(block.voucher_index.tolist(), block.amounts_ore.tolist(), strict=True):
            sums[voucher] += amount
        assert set(sums.values()) == {0}


@pytest.mark.shared
def test_the_sample_of_the_sie_group_agrees_with_its_own_balances(shared: Path) -> None:
    ledger, rows = rows_of(read_sie5(shared / "data/sie5/Sample.sie"))

    moved: Counter[object] = Counter()
    for row in rows:
        moved[row[2]] += row[4]  # type: ignore[assignment,operator]
    stated: Counter[str] = Counter()
    for balance in ledger.balances:
        if balance.year_number == 0 and not balance.objects:
            stated[balance.account] += -balance.amount_ore if balance.kind == "IB" else balance.amount_ore
    accounts = [account for account in {*stated, *map(str, moved)} if stated[account] or moved[account]]
    assert len(accounts) > 50
    assert {account: moved[account] for account in accounts} == {account: stated[account] for account in accounts}
    assert codes(ledger) == ["L158"]
    assert (len(rows), ledger.findings[0].facts["count"], len(ledger.accounts)) == (343, 10, 316)


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), [("SampleEntry.sie", 0), ("SampleEntry3.sie", 19)])
def test_the_entry_samples_are_read_and_balance(shared: Path, name: str, count: int) -> None:
    ledger, rows = rows_of(read_sie5(shared / "data/sie5" / name))

    assert ledger.findings == []
    assert len(rows) == count
    assert sum(row[4] for row in rows) == 0  # type: ignore[misc]
