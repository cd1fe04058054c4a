"""Findings of the audit log, of people and of their roles: A codes."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

CHAIN_BROKEN = define(
    "A001",
    Severity.ERROR,
    says_sv="Händelseloggen är bruten vid händelse {sequence} ({target}): raden eller dess föregångare har ändrats.",
    says_en="The event log is broken at event {sequence} ({target}): the row or the one before it was changed.",
    do_sv="Återläs senaste säkerhetskopian och jämför händelserna före och efter.",
    do_en="Restore the latest backup and compare the events before and after.",
    sequence=17,
    target="batch:3f2a",
)
LAST_ADMINISTRATOR = define(
    "A005",
    Severity.ERROR,
    says_sv="Från och med {day} skulle ingen vara administratör för hela kommunen.",
    says_en="From {day} on nobody would be administrator of the whole municipality.",
    do_sv="Gör först någon annan till administratör, eller låt rollen gälla tills vidare.",
    do_en="Make somebody else administrator first, or let the role last until further notice.",
    day="2027-01-01",
)
ROLE_UNKNOWN = define(
    "A006",
    Severity.ERROR,
    says_sv="Det finns ingen roll ”{role}”.",
    says_en="There is no role “{role}”.",
    do_sv="Skriv en av dessa: {known}.",
    do_en="Write one of these: {known}.",
    role="kung",
    known="läsare, chef, controller",
)
UNIT_UNKNOWN = define(
    "A007",
    Severity.ERROR,
    says_sv="Det finns ingen enhet {unit} i registret.",
    says_en="There is no unit {unit} in the register.",
    do_sv="Rätta koden eller läs in enheten först. * betyder hela kommunen.",
    do_en="Correct the code or import the unit first. * means the whole municipality.",
    unit="4711",
)
DAY_UNREADABLE = define(
    "A008",
    Severity.ERROR,
    says_sv="”{value}” är inget datum.",
    says_en="“{value}” is no date.",
    do_sv="Skriv ÅÅÅÅ-MM-DD, eller lämna tomt.",
    do_en="Write YYYY-MM-DD, or leave it empty.",
    value="2022-13-01",
)
TIME_BACKWARDS = define(
    "A009",
    Severity.ERROR,
    says_sv="Rollen slutar {end} men börjar först {start}.",
    says_en="The role ends on {end} but begins on {start}.",
    do_sv="Låt den sluta efter att den börjat; slutdagen är den första dagen utan rollen.",
    do_en="Let it end after it begins; the end is the first day without the role.",
    start="2022-09-01",
    end="2022-08-01",
)
NAME_INVALID = define(
    "A010",
    Severity.ERROR,
    says_sv="”{name}” kan inte vara användarnamn.",
    says_en="“{name}” can't be a user name.",
    do_sv="Använd högst 150 bokstäver, siffror och tecknen @ . + - _ utan mellanslag.",
    do_en="Use at most 150 letters, digits and the signs @ . + - _ without spaces.",
    name="anna berg",
)
EMAIL_INVALID = define(
    "A011",
    Severity.ERROR,
    says_sv="”{email}” är ingen e-postadress.",
    says_en="“{email}” is no e-mail address.",
    do_sv="Rätta adressen, eller lämna den tom.",
    do_en="Correct the address, or leave it empty.",
    email="anna.berg(at)kommunen.se",
)
EMAIL_SHARED = define(
    "A012",
    Severity.ERROR,
    says_sv="{email} hör till både {name} och {other}.",
    says_en="{email} belongs to both {name} and {other}.",
    do_sv="Ge var och en sin egen adress: den som loggar in med kommunens konto känns igen på den.",
    do_en="Give each their own address: whoever signs in with the municipality's account is known by it.",
    email="ekonomi@kommunen.se",
    name="anna",
    other="bertil",
)
PERSON_DIFFERS = define(
    "A013",
    Severity.ERROR,
    says_sv="Raden säger annat om {name} än en tidigare rad ({column}).",
    says_en="The row says something else of {name} than an earlier row ({column}).",
    do_sv="Skriv samma namn och e-post på personens alla rader.",
    do_en="Write the same name and e-mail on all rows of the person.",
    name="anna",
    column="e-post",
)
ROLE_TWICE = define(
    "A014",
    Severity.ERROR,
    says_sv="{name} är redan {role} på {unit} under den tiden.",
    says_en="{name} is {role} on {unit} already in that time.",
    do_sv="Ändra den roll som finns, eller välj en tid som inte går in i den.",
    do_en="Change the role that is there, or choose a time that doesn't run into it.",
    name="anna",
    role="chef",
    unit="4220",
)
PERSON_EXISTS = define(
    "A015",
    Severity.ERROR,
    says_sv="Användaren {name} finns redan.",
    says_en="The user {name} exists already.",
    do_sv="Välj ett annat användarnamn, eller öppna personen som finns.",
    do_en="Choose another user name, or open the person who is there.",
    name="anna",
)
PERSON_UNKNOWN = define(
    "A016",
    Severity.ERROR,
    says_sv="Det finns ingen användare {name}.",
    says_en="There is no user {name}.",
    do_sv="Kontrollera stavningen i listan över personer.",
    do_en="Check the spelling in the list of people.",
    name="anna",
)
PASSWORD_WEAK = define(
    "A017",
    Severity.ERROR,
    says_sv="Lösenordet duger inte. {why}",
    says_en="The password won't do. {why}",
    do_sv="Välj minst 12 tecken som inte är lätta att gissa, gärna flera ord.",
    do_en="Choose at least 12 characters that aren't easy to guess, several words for instance.",
    why="Det är för kort.",
)
BECOMES_ADMINISTRATOR = define(
    "A018",
    Severity.WARNING,
    says_sv="{name} blir administratör och får göra allt.",
    says_en="{name} becomes administrator and may do everything.",
    do_sv="Kontrollera att det är meningen innan filen läses in.",
    do_en="Check that this is meant before the file is imported.",
    name="anna",
)
PASSWORD_WRONG = define(
    "A019",
    Severity.ERROR,
    says_sv="Det nuvarande lösenordet stämmer inte.",
    says_en="The present password is not right.",
    do_sv="Skriv det lösenord du loggade in med.",
    do_en="Enter the password you signed in with.",
)
SEALED_EVENTS_GONE = define(
    "A020",
    Severity.ERROR,
    says_sv="{count} {count:händelse|händelser} som står i log-seals finns inte i loggen: {first} till {last}.",
    says_en="{count} {count:event|events} that log-seals holds {count:is|are} not in the log: {first} to {last}.",
    do_sv="Återläs senaste säkerhetskopian i en ny installation och jämför. Är databasen avsiktligt återställd till "
    "ett äldre läge: flytta undan log-seals och anteckna varför.",
    do_en="Restore the latest backup into a new installation and compare. If the database was meant to go back to an "
    "older state: move log-seals away and write down why.",
    count=3,
    first=507,
    last=509,
)
SEALED_EVENT_DIFFERS = define(
    "A021",
    Severity.ERROR,
    says_sv="{count} {count:händelse|händelser} i loggen är andra än log-seals säger, först {sequence}: "
    "den hade hash {told} och har {held}.",
    says_en="{count} {count:event|events} of the log {count:is|are} others than log-seals says, first {sequence}: "
    "its hash was {told} and is {held}.",
    do_sv="Återläs senaste säkerhetskopian i en ny installation och jämför händelserna från den på.",
    do_en="Restore the latest backup into a new installation and compare the events from that one on.",
    count=1,
    sequence=508,
    told="3f2a91c07b1e",
    held="9b11d02e6c44",
)
PERSON_UNTOLD = define(
    "A022",
    Severity.ERROR,
    says_sv="Personen {person} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The person {person} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen. Öppna eller stäng kontot under Personer så att det stämmer.",
    do_en="Find out who wrote in the database. Open or close the account under People so that it is right.",
    person="anna",
    told="stängd",
    held="öppen",
)
ROLE_UNTOLD = define(
    "A023",
    Severity.ERROR,
    says_sv="Roll {role} för {person} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="Role {role} of {person} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och ge personen rätt roll under Personer.",
    do_en="Find out who wrote in the database, and give the person the right role under People.",
    role=7,
    person="anna",
    told="chef",
    held="administratör",
)
