"""Findings of writing a report's texts: R060–R079."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NO_TEXTS = define(
    "R060",
    Severity.ERROR,
    says_sv="Rapporten {report} har inga texter att skriva i.",
    says_en="The report {report} has no texts to write in.",
    do_sv="Kontrollera namnet, eller hämta in texterna: på rapportens sida eller med uppsikt report texts import.",
    do_en="Check the name, or take the texts in: on the report's page or with uppsikt report texts import.",
    report="ks-delar3-2022",
)
NO_SUCH_SECTION = define(
    "R061",
    Severity.ERROR,
    says_sv="Rapporten {report} har inget avsnitt {section}.",
    says_en="The report {report} has no section {section}.",
    do_sv="Gå till rapportens översikt och välj ett avsnitt där.",
    do_en="Go to the report's overview and choose a section there.",
    report="ks-delar2-2022",
    section="inledning",
)
SECTION_CLOSED = define(
    "R062",
    Severity.ERROR,
    says_sv="Avsnittet ”{section}” är {state} och kan inte ändras.",
    says_en="The section “{section}” is {state} and can't be changed.",
    do_sv="Ta tillbaka det, eller be den som godkänner att lämna tillbaka det.",
    do_en="Take it back, or ask whoever approves to return it.",
    section="Investeringar",
    state="godkänt",
)
STEP_REFUSED = define(
    "R063",
    Severity.ERROR,
    says_sv="Ett avsnitt kan inte gå från {start} till {end}.",
    says_en="A section can't go from {start} to {end}.",
    do_sv="Läs om sidan; någon annan kan ha ändrat läget.",
    do_en="Reload the page; somebody else may have changed the state.",
    start="ej påbörjat",
    end="godkänt",
)
TEXT_MOVED_ON = define(
    "R064",
    Severity.ERROR,
    says_sv="Avsnittet ”{section}” har ändrats sedan du öppnade det: {by} sparade version {number}.",
    says_en="The section “{section}” has changed since you opened it: {by} saved version {number}.",
    do_sv="Läs den nya versionen och gör om det du skulle göra.",
    do_en="Read the new version, then do again what you meant to do.",
    section="Investeringar",
    by="ekonom",
    number=4,
)
HEADING_MISSING = define(
    "R065",
    Severity.ERROR,
    says_sv="Avsnittet ”{section}” börjar inte med en rubrik.",
    says_en="The section “{section}” doesn't begin with a heading.",
    do_sv="Börja texten med en rad som ”## Rubrik”.",
    do_en="Begin the text with a line like “## Heading”.",
    section="Investeringar",
)
IMPORT_CLOSED = define(
    "R066",
    Severity.ERROR,
    says_sv="Avsnittet ”{section}” är klart eller godkänt, och filen säger något annat.",
    says_en="The section “{section}” is done or approved, and the file says something else.",
    do_sv="Lämna tillbaka avsnittet först, eller lägg ut texterna på nytt med uppsikt report texts export.",
    do_en="Return the section first, or lay the texts out anew with uppsikt report texts export.",
    section="Investeringar",
)
NO_SUCH_PERSON = define(
    "R067",
    Severity.ERROR,
    says_sv="Det finns ingen användare {person} som kan skriva.",
    says_en="There is no user {person} who can write.",
    do_sv="Välj en person i listan.",
    do_en="Choose a person from the list.",
    person="17",
)
FOLDER_NOT_READ = define(
    "R068",
    Severity.NOTE,
    says_sv="Rapportens texter skrivs i Uppsikt; mappens {name} säger något annat och läses inte.",
    says_en="The report's texts are written in Uppsikt; the folder's {name} says something else and isn't read.",
    do_sv="Ta in mappen med uppsikt report texts import, eller lägg ut dem med uppsikt report texts export.",
    do_en="Take the folder in with uppsikt report texts import, or lay them out with uppsikt report texts export.",
    name="06-ekonomi.md",
)
RECIPE_OF_ANOTHER = define(
    "R069",
    Severity.ERROR,
    says_sv="Receptets nyckel är {key}, men rapporten heter {report}.",
    says_en="The recipe's key is {key}, but the report is called {report}.",
    do_sv="Skriv tillbaka nyckeln. En ny rapport börjar i en egen mapp.",
    do_en="Write the key back. A new report begins in a folder of its own.",
    key="ks-delar3-2022",
    report="ks-delar2-2022",
)
NO_SUCH_VERSION = define(
    "R070",
    Severity.ERROR,
    says_sv="Avsnittet ”{section}” har ingen version {number}.",
    says_en="The section “{section}” has no version {number}.",
    do_sv="Välj en version i avsnittets historik.",
    do_en="Choose a version from the section's history.",
    section="Investeringar",
    number=12,
)
SECTIONS_UNFINISHED = define(
    "R071",
    Severity.NOTE,
    says_sv="{count} av {total} avsnitt är inte godkända: {sections}",
    says_en="{count} of {total} sections are not approved: {sections}",
    do_sv="Godkänn dem i rapportens översikt innan utgåvan fastställs.",
    do_en="Approve them in the report's overview before the edition is adopted.",
    count=2,
    total=24,
    sections="Investeringar, Lokalförsörjning",
)
TEXT_CHANGED = define(
    "R073",
    Severity.ERROR,
    says_sv="Den sparade texten {content_hash} i {sections} är inte den som sparades.",
    says_en="The saved text {content_hash} in {sections} is not the one that was saved.",
    do_sv="Någon har ändrat i databasen. Återläs säkerhetskopian, eller ta tillbaka en annan version.",
    do_en="Somebody has changed the database. Restore the backup, or bring another version back.",
    content_hash="3f2a9c017b44",
    sections="ks-delar2-2022/investeringar",
)
REPORT_EXISTS = define(
    "R074",
    Severity.ERROR,
    says_sv="Det finns redan en rapport {report} för uppföljningen {round}.",
    says_en="There is a report {report} of the round {round} already.",
    do_sv="Skriv i den, eller välj en annan uppföljning.",
    do_en="Write in that one, or choose another round.",
    report="ks-bokslut-2022",
    round="bokslut-2022",
)
RECIPE_STAYS = define(
    "R072",
    Severity.ERROR,
    says_sv="Receptet kan inte lyftas ur rapporten.",
    says_en="The recipe can't be lifted out of the report.",
    do_sv="Ta bort det du inte vill ha i receptets text.",
    do_en="Remove what you don't want in the recipe's text.",
)
SECTION_UNTOLD = define(
    "R083",
    Severity.ERROR,
    says_sv="Avsnittet {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The section {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och ta fram rätt version ur avsnittets historik.",
    do_en="Find out who wrote in the database, and bring the right version back from the section's history.",
    row="ks-delar2-2022/investeringar",
    told="skrivs",
    held="godkänt",
)
