"""Findings of adopted rounds: what verify says of them, and what stands in the way of adopting."""

from uppsikt.core.findings import Severity, define

FIGURE_DIFFERS = define(
    "Q001",
    Severity.ERROR,
    says_sv="Den fastställda omgången {round} räknas inte längre till sig själv: {address} är {now}, var {then}. "
    "Skiljer: {count}.",
    says_en="The adopted round {round} no longer recomputes to itself: {address} is {now}, was {then}. "
    "Differing: {count}.",
    do_sv="Jämför programversionen med den som fastställde omgången; filerna har inte ändrats om inget annat sägs.",
    do_en="Compare the program's version with the one that adopted the round; the files are unchanged unless said.",
    round="delar2-2022 1",
    address="nettoredovisning/nettokostnad/prognos@delar2-2022",
    now="75 575 800 000",
    then="75 575 700 000",
    count=3,
)
RECORD_CHANGED = define(
    "Q003",
    Severity.ERROR,
    says_sv="I databasen är {what} i den fastställda omgången {round} inte de som fastställdes.",
    says_en="In the database {what} of the adopted round {round} are not those that were adopted.",
    do_sv="Återläs databasen från säkerhetskopian.",
    do_en="Restore the database from the backup.",
    round="delar2-2022",
    what="förklaringarna",
)
NOT_RECOMPUTABLE = define(
    "Q002",
    Severity.ERROR,
    says_sv="Den fastställda omgången {round} kan inte räknas om: {missing}.",
    says_en="The adopted round {round} can't be recomputed: {missing}.",
    do_sv="Återläs mapparna ledger och rounds från säkerhetskopian.",
    do_en="Restore the folders ledger and rounds from the backup.",
    round="delar2-2022 1",
    missing="postings.parquet",
)
VERSION_DIFFERS = define(
    "Q005",
    Severity.ERROR,
    says_sv="Version {number} av {round} räknas inte längre till sig själv.",
    says_en="Version {number} of {round} no longer recomputes to itself.",
    do_sv="Be ekonomikontoret räkna om den: de ser vilka siffror som skiljer, också andra enheters.",
    do_en="Ask the finance office to recompute it: they see which figures differ, other units' too.",
    number=1,
    round="delar2-2022",
)
SECTIONS_NOT_APPROVED = define(
    "Q006",
    Severity.ERROR,
    says_sv="I rapporten är {count} {count:avsnitt|avsnitt} inte {count:godkänt|godkända}: {sections}.",
    says_en="In the report {count} {count:section is|sections are} not approved: {sections}.",
    do_sv="Godkänn dem i rapporten, eller säg att omgången fastställs ändå: kryssa i rutan, eller ge --reason på "
    "kommandoraden.",
    do_en="Approve them in the report, or say that the round is adopted all the same: tick the box, or give --reason "
    "on the command line.",
    count=2,
    sections="Investeringar, Lokalförsörjning",
)
ADOPTED_WITHOUT_FIGURES = define(
    "Q004",
    Severity.NOTE,
    says_sv="Omgången {round} fastställdes innan programmet lade undan siffrorna: filerna prövas mot kontrollsumman, "
    "men siffrorna kan inte räknas om.",
    says_en="The round {round} was adopted before the program put figures away: its files are checked against the "
    "content hash, but its figures can't be recomputed.",
    do_sv="Inget behöver göras. Öppnas omgången för rättelse och fastställs igen följer siffrorna med.",
    do_en="Nothing needs to be done. If the round is opened for correction and adopted again its figures come along.",
    round="delar1-2021 1",
)
