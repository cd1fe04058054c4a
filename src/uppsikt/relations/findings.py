"""Findings of questions that name what isn't there: F090–F096."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NO_ROUND = define(
    "F090",
    Severity.ERROR,
    says_sv="Det finns ingen uppföljningsomgång {round}.",
    says_en="There is no follow-up round {round}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    round="delar3-2022",
    known="delar1-2022, delar2-2022",
)
NO_STATEMENT = define(
    "F091",
    Severity.ERROR,
    says_sv="Det finns ingen uppställning {statement}.",
    says_en="There is no statement {statement}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    statement="netto",
    known="nettoredovisning, enheter",
)
NO_FIGURE = define(
    "F092",
    Severity.ERROR,
    says_sv="Adressen {address} leder inte till någon siffra: {part} finns inte.",
    says_en="The address {address} leads to no figure: there is no {part}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    address="nettoredovisning/nettokostnad/prgnos@delar2-2022",
    part="prgnos",
    known="budget, prognos, avvikelse",
)
NOT_AN_ADDRESS = define(
    "F093",
    Severity.ERROR,
    says_sv="{address} är ingen adress.",
    says_en="{address} is no address.",
    do_sv="Skriv uppställning/rad/kolumn@omgång, t.ex. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
    do_en="Write statement/row/column@round, e.g. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
    address="nettokostnad",
)
UNIT_NEEDED = define(
    "F094",
    Severity.ERROR,
    says_sv="Uppställningen {statement} gäller en enhet och ingen är vald.",
    says_en="The statement {statement} is for a unit and none is chosen.",
    do_sv="Ange en enhet, t.ex. {example}.",
    do_en="Name a unit, e.g. {example}.",
    statement="enheter",
    example="40",
)
NO_UNIT = define(
    "F095",
    Severity.ERROR,
    says_sv="Det finns ingen enhet {unit}.",
    says_en="There is no unit {unit}.",
    do_sv="Ange en kod som står i registret över enheter.",
    do_en="Give a code that stands in the register of units.",
    unit="4711",
)
FILE_GONE = define(
    "F096",
    Severity.ERROR,
    says_sv="Huvudbokens fil {file} saknas på disken, så ingen siffra kan visas.",
    says_en="The ledger's file {file} is gone from the disk, so no figure can be shown.",
    do_sv="Återläs säkerhetskopian; uppsikt verify säger vad mer som saknas.",
    do_en="Restore the backup; uppsikt verify says what else is missing.",
    file="postings.parquet",
)
