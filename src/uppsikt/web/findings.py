"""Findings of the web pages: W codes."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

PAGE_UNKNOWN = define(
    "W001",
    Severity.ERROR,
    says_sv="Sidan finns inte.",
    says_en="There is no such page.",
    do_sv="Kontrollera adressen, eller gå till startsidan och leta därifrån.",
    do_en="Check the address, or go to the start page and look from there.",
)
NOT_ALLOWED = define(
    "W002",
    Severity.ERROR,
    says_sv="Du har inte behörighet till det här.",
    says_en="You are not allowed to do this.",
    do_sv="Be kommunens administratör om en roll på rätt enhet.",
    do_en="Ask the municipality's administrator for a role on the right unit.",
)
PROGRAM_FAULT = define(
    "W003",
    Severity.ERROR,
    says_sv="Något gick fel i programmet. Inget har ändrats av det du gjorde.",
    says_en="Something went wrong in the program. What you did has changed nothing.",
    do_sv="Försök igen. Händer det en gång till: anmäl felet med tidpunkt och adress.",
    do_en="Try again. If it happens once more, report the fault with the time and the address.",
)
FORM_EXPIRED = define(
    "W004",
    Severity.ERROR,
    says_sv="Formuläret var för gammalt eller kom från en annan plats, så det togs inte emot.",
    says_en="The form was too old or came from another place, so it was not accepted.",
    do_sv="Gå tillbaka, ladda om sidan och skicka formuläret igen.",
    do_en="Go back, reload the page and send the form again.",
)
SIGN_IN_WRONG = define(
    "W005",
    Severity.ERROR,
    says_sv="Användarnamnet och lösenordet stämmer inte överens.",
    says_en="The user name and the password do not match.",
    do_sv="Kontrollera stavningen och att Caps Lock är av. Lösenordet skiljer på stora och små bokstäver.",
    do_en="Check the spelling and that Caps Lock is off. The password tells capital from small letters.",
)
SIGN_IN_CLOSED = define(
    "W006",
    Severity.ERROR,
    says_sv="För många misslyckade försök. Inloggningen för {name} är stängd i {minutes} minuter.",
    says_en="Too many failed attempts. Sign-in for {name} is closed for {minutes} minutes.",
    do_sv="Vänta, eller be administratören om ett nytt lösenord.",
    do_en="Wait, or ask the administrator for a new password.",
    name="ekonom",
    minutes=15,
)
FILE_MISSING = define(
    "W007",
    Severity.ERROR,
    says_sv="Ingen fil är vald.",
    says_en="No file is chosen.",
    do_sv="Välj en fil och försök igen.",
    do_en="Choose a file and try again.",
)
FILE_EMPTY = define(
    "W008",
    Severity.ERROR,
    says_sv="Filen {name} är tom.",
    says_en="The file {name} is empty.",
    do_sv="Exportera filen på nytt ur källsystemet och välj den igen.",
    do_en="Export the file anew from the source system and choose it again.",
    name="augusti.se",
)
UPLOAD_GONE = define(
    "W009",
    Severity.ERROR,
    says_sv="Den provlästa filen finns inte kvar.",
    says_en="The file of the dry run is no longer held.",
    do_sv="Ladda upp filen igen. En provläst fil sparas i ett dygn.",
    do_en="Upload the file again. A file of a dry run is held for a day.",
)
CHOICE_UNKNOWN = define(
    "W010",
    Severity.ERROR,
    says_sv="{name} har inget val som heter ”{value}”.",
    says_en="{name} has no choice called “{value}”.",
    do_sv="Välj ett värde som finns. Stod valet i adressen: ta bort det därifrån eller börja om från startsidan.",
    do_en="Choose a value that exists. If it stood in the address, take it out or begin anew from the start page.",
    name="Uppföljning",
    value="delar9-2022",
)
STATEMENT_UNKNOWN = define(
    "W011",
    Severity.ERROR,
    says_sv="Det finns ingen uppställning ”{key}”, eller den saknar den rad eller kolumn som adressen anger.",
    says_en="There is no statement “{key}”, or it lacks the row or column that the address gives.",
    do_sv="Gå till listan med uppställningar och välj där.",
    do_en="Go to the list of statements and choose there.",
    key="nettoredovisning",
)
ROUND_MISSING = define(
    "W012",
    Severity.ERROR,
    says_sv="Ingen uppföljning är upplagd, så det finns inget att visa.",
    says_en="No follow-up round has been created, so there is nothing to show.",
    do_sv="Be en controller lägga upp årets första uppföljning.",
    do_en="Ask a controller to create the year's first round.",
)
REQUEST_REFUSED = define(
    "W013",
    Severity.ERROR,
    says_sv="Webbläsarens begäran gick inte att förstå.",
    says_en="The browser's request could not be understood.",
    do_sv="Gå tillbaka och försök igen. Adressen måste vara en som Uppsikt är inställt att svara på.",
    do_en="Go back and try again. The address must be one that Uppsikt is set to answer to.",
)
NOT_A_PAGE = define(
    "W014",
    Severity.ERROR,
    says_sv="Adressen tar emot ett formulär och är ingen sida att öppna.",
    says_en="The address takes a form and is no page to open.",
    do_sv="Gå till sidan där knappen finns och välj den där.",
    do_en="Go to the page that has the button and choose it there.",
)
FILE_TOO_LARGE = define(
    "W015",
    Severity.ERROR,
    says_sv="Filen är för stor: högst {limit} MB tas emot.",
    says_en="The file is too large: at most {limit} MB is accepted.",
    do_sv="Spara rapporten utan inbäddade bilder i full storlek, eller dela den.",
    do_en="Save the report without pictures at full size, or split it.",
    limit=100,
)
CREDENTIALS_MISSING = define(
    "W016",
    Severity.ERROR,
    says_sv="Förfrågan saknar användarnamn och lösenord.",
    says_en="The request lacks a user name and a password.",
    do_sv="Skicka dem i huvudet Authorization (HTTP Basic), i curl med --user.",
    do_en="Send them in the Authorization header (HTTP Basic), in curl with --user.",
)
POST_ONLY = define(
    "W017",
    Severity.ERROR,
    says_sv="Adressen är för program och tar bara emot POST.",
    says_en="The address is for programs and takes nothing but POST.",
    do_sv="Skicka rapporten med POST, i curl med --data-binary @rapport.pdf.",
    do_en="Send the report by POST, in curl with --data-binary @report.pdf.",
)
RULE_UNKNOWN = define(
    "W018",
    Severity.ERROR,
    says_sv="Det finns ingen regel {rule}.",
    says_en="There is no rule {rule}.",
    do_sv="Välj bland dem som uppsikt check --rules listar.",
    do_en="Choose among those that uppsikt check --rules lists.",
    rule="K9X",
)
CODE_WRONG = define(
    "W030",
    Severity.ERROR,
    says_sv="Koden stämmer inte.",
    says_en="The code is not right.",
    do_sv="Vänta på nästa kod i appen och skriv den, eller använd en av dina reservkoder.",
    do_en="Wait for the app's next code and enter that, or use one of your recovery codes.",
)
CODES_CLOSED = define(
    "W031",
    Severity.ERROR,
    says_sv="För många försök.",
    says_en="Too many attempts.",
    do_sv="Vänta en kvart och försök igen.",
    do_en="Wait a quarter of an hour and try again.",
)
NOBODY_HERE = define(
    "W032",
    Severity.ERROR,
    says_sv="{provider} känner igen dig, men här finns inget konto för {who}.",
    says_en="{provider} knows you, but there is no account here for {who}.",
    do_sv="Be kommunens administratör lägga upp dig med samma e-postadress som i katalogen.",
    do_en="Ask the municipality's administrator to add you with the same e-mail address as in the directory.",
    provider="Kommunkontot",
    who="anna.berg@kommunen.se",
)
PROVIDER_FAILED = define(
    "W033",
    Severity.ERROR,
    says_sv="Inloggningen hos {provider} blev inte klar.",
    says_en="Signing in at {provider} was not completed.",
    do_sv="Försök igen. Händer det en gång till: anmäl felet med tidpunkt till kommunens it-stöd.",
    do_en="Try again. If it happens once more, report it with the time to the municipality's support.",
    provider="Kommunkontot",
)
ACCOUNT_CLOSED = define(
    "W034",
    Severity.ERROR,
    says_sv="Kontot är stängt.",
    says_en="The account is closed.",
    do_sv="Be kommunens administratör öppna det om du ska ha det kvar.",
    do_en="Ask the municipality's administrator to open it if you are to keep it.",
)
SECOND_STEP_MISSING = define(
    "W035",
    Severity.WARNING,
    says_sv="Din roll kräver inloggning i två steg, och det är inte påslaget för ditt konto.",
    says_en="Your role requires signing in in two steps, and that is not turned on for your account.",
    do_sv="Slå på det här. Därefter öppnas resten.",
    do_en="Turn it on here. The rest opens then.",
)
EMAIL_UNPROVEN = define(
    "W036",
    Severity.ERROR,
    says_sv="{provider} intygar inte att adressen {who} är din.",
    says_en="{provider} does not vouch for the address {who} being yours.",
    do_sv="Be kommunens it-stöd: katalogen ska lämna en bekräftad e-postadress eller ett avtalat användarnamn.",
    do_en="Ask the municipality's support: the directory must give a verified e-mail address or an agreed name.",
    provider="Kommunkontot",
    who="anna.berg@kommunen.se",
)
NO_PASSWORD_ALONE = define(
    "W037",
    Severity.ERROR,
    says_sv="Kontot loggar in i två steg, så lösenordet ensamt räcker inte för program.",
    says_en="The account signs in in two steps, so its password alone is not enough for programs.",
    do_sv="Låt programmet använda ett konto av eget slag, utan andra steg och utan annan roll än läsare.",
    do_en="Let the program use an account of its own, without a second step and no role but reader.",
)
EVENT_UNKNOWN = define(
    "W038",
    Severity.ERROR,
    says_sv="Det finns ingen händelse {sequence} i loggen.",
    says_en="There is no event {sequence} in the log.",
    do_sv="Gå till loggen och leta därifrån.",
    do_en="Go to the log and look from there.",
    sequence=17,
)
LEDGER_BEHIND = define(
    "W039",
    Severity.WARNING,
    says_sv="{round} avläses {cut_off}, men huvudboken är bokförd till och med {booked}.",
    says_en="{round} has its cut-off on {cut_off}, but the ledger is booked up to {booked}.",
    do_sv="Läs in resten av huvudboken; till dess är utfallet inte hela perioden och inga förslag ges för året.",
    do_en="Import the rest of the ledger; until then the actual is not the whole period and no year is suggested.",
    round="Bokslut 2022",
    cut_off="2022-12-31",
    booked="2022-08-31",
)
FIGURE_NOT_YOURS = define(
    "W060",
    Severity.ERROR,
    says_sv="Uppställningen {statement}{unit} visar enheter som du inte får läsa.",
    says_en="The statement {statement}{unit} shows units that you may not read.",
    do_sv="Låt den som läser de enheterna skriva avsnittet eller bygga rapporten.",
    do_en="Let whoever reads those units write the section or build the report.",
    statement="enheter",
    unit=":10",
)
