"""Findings of the manager's page: W040–W049."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

AMOUNT_UNREADABLE = define(
    "W040",
    Severity.ERROR,
    says_sv="”{text}” kan inte läsas som ett belopp.",
    says_en="“{text}” can't be read as an amount.",
    do_sv="Skriv till exempel 1 400, 1 400,5 eller −1 400. Skriv tusental med mellanrum: 1.400 kan betyda två saker.",
    do_en="Write for example 1 400, 1 400.5 or −1 400. Group thousands by spaces: 1.400 may mean two things.",
    text="1.400",
)
DATE_UNREADABLE = define(
    "W041",
    Severity.ERROR,
    says_sv="”{text}” är inget datum.",
    says_en="“{text}” is no date.",
    do_sv="Skriv år, månad och dag: 2022-10-31.",
    do_en="Write year, month and day: 2022-10-31.",
    text="31 okt",
)
SAVED_BY_ANOTHER = define(
    "W042",
    Severity.WARNING,
    says_sv="{by} har sparat här sedan du öppnade sidan ({at}): {theirs}",
    says_en="{by} has saved here since you opened the page ({at}): {theirs}",
    do_sv="Ditt är inte sparat. Spara igen för att ersätta, eller behåll det som står.",
    do_en="Yours is not saved. Save again to replace, or keep what stands.",
    by="anna.berg",
    at="14:03",
    theirs="−2 640 tkr",
)
SAVE_UNREADABLE = define(
    "W043",
    Severity.ERROR,
    says_sv="Det som skickades för att sparas gick inte att läsa.",
    says_en="What was sent to be saved could not be read.",
    do_sv="Ladda om sidan och försök igen.",
    do_en="Reload the page and try again.",
)
