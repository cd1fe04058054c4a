"""Findings of SIE 5 files: L150–L179."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

MALFORMED_XML = define(
    "L150",
    Severity.ERROR,
    says_sv="Filen är inte hel XML: {why}.",
    says_en="The file is not whole XML: {why}.",
    do_sv="Hämta filen på nytt; den kan vara avbruten.",
    do_en="Fetch the file again; it may have been cut off.",
    why="no element found",
)
DOCTYPE = define(
    "L151",
    Severity.ERROR,
    says_sv="Filen har en DOCTYPE, som SIE 5 inte tillåter.",
    says_en="The file has a DOCTYPE, which SIE 5 doesn't allow.",
    do_sv="Exportera filen på nytt ur ekonomisystemet.",
    do_en="Export the file again from the accounting system.",
)
NOT_SIE5 = define(
    "L152",
    Severity.ERROR,
    says_sv="XML-filen är inte SIE 5: dess yttersta element heter {root}.",
    says_en="The XML file is not SIE 5: its outermost element is {root}.",
    do_sv="Välj SIE 5 eller SIE 4 i exporten.",
    do_en="Choose SIE 5 or SIE 4 in the export.",
    root="html",
)
XML_AMOUNT = define(
    "L153",
    Severity.ERROR,
    says_sv="”{text}” är inget belopp.",
    says_en="“{text}” is no amount.",
    do_sv="Rätta beloppet i ekonomisystemet och exportera på nytt.",
    do_en="Correct the amount in the accounting system and export again.",
    text="12,50",
)
XML_DATE = define(
    "L154",
    Severity.ERROR,
    says_sv="”{text}” är inget datum.",
    says_en="“{text}” is no date.",
    do_sv="Rätta datumet i ekonomisystemet och exportera på nytt.",
    do_en="Correct the date in the accounting system and export again.",
    text="2022-02-30",
)
XML_MISSING = define(
    "L155",
    Severity.ERROR,
    says_sv="{element} saknar {attribute}.",
    says_en="{element} lacks {attribute}.",
    do_sv="Exportera filen på nytt ur ekonomisystemet.",
    do_en="Export the file again from the accounting system.",
    element="LedgerEntry",
    attribute="accountId",
)
XML_UNDECLARED = define(
    "L156",
    Severity.WARNING,
    says_sv="Kontot {account} används men finns inte i filens kontoplan.",
    says_en="Account {account} is used but is not in the file's chart of accounts.",
    do_sv="Se efter att kontot finns i registret: poster på konton som varken det eller filen namnger läses inte in.",
    do_en="See that the account is in the register: postings on accounts that neither of the two names aren't taken "
    "in.",
    account="1930",
)
XML_YEAR = define(
    "L157",
    Severity.WARNING,
    says_sv="Saldot för {month} ligger utanför filens räkenskapsår och läses inte.",
    says_en="The balance of {month} lies outside the file's financial years and isn't read.",
    do_sv="Kontrollera räkenskapsåren i exporten.",
    do_en="Check the financial years of the export.",
    month="2012-12",
)
XML_STRUCK = define(
    "L158",
    Severity.NOTE,
    says_sv="{count} {count:överstruken rad|överstrukna rader} räknas inte.",
    says_en="{count} overstruck {count:row doesn't|rows don't} count.",
    do_sv="Inget att göra: de är rättade i ekonomisystemet.",
    do_en="Nothing to do: they were corrected in the accounting system.",
    count=10,
)
