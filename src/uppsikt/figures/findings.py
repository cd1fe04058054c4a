"""Findings of statement definitions and of statements themselves: F codes up to F089."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define
from uppsikt.core.postings import DIMENSION_NAMES

UNREADABLE = define(
    "F001",
    Severity.ERROR,
    says_sv="Uppställningen kan inte läsas som YAML: {why}.",
    says_en="The statement can't be read as YAML: {why}.",
    do_sv="Rätta indrag, kolon och citattecken på den angivna raden.",
    do_en="Mend indentation, colons and quotes on the line given.",
    why="mapping values are not allowed here",
)
KEY_MISSING = define(
    "F002",
    Severity.ERROR,
    says_sv="{part} saknar {name}.",
    says_en="{part} lacks {name}.",
    do_sv="Lägg till {name}.",
    do_en="Add {name}.",
    part="columns",
    name="scenario",
)
KEY_UNKNOWN = define(
    "F003",
    Severity.ERROR,
    says_sv="{part} har en okänd nyckel: {name}.",
    says_en="{part} has an unknown key: {name}.",
    do_sv="Använd någon av: {known}.",
    do_en="Use one of: {known}.",
    part="columns",
    name="scenari",
    known="key, label, scenario",
)
VALUE_UNKNOWN = define(
    "F004",
    Severity.ERROR,
    says_sv="{name} kan inte vara ”{value}”.",
    says_en="{name} can't be “{value}”.",
    do_sv="Skriv {wanted}.",
    do_en="Write {wanted}.",
    name="period",
    value="halvår",
    wanted="to-cut-off, full-year, 2022-01..2022-06",
)
KEY_NOT_A_SLUG = define(
    "F005",
    Severity.ERROR,
    says_sv="”{value}” kan inte vara en nyckel.",
    says_en="“{value}” can't be a key.",
    do_sv="Skriv gemener a–z, siffror och bindestreck: {suggestion}.",
    do_en="Write lower case a–z, digits and hyphens: {suggestion}.",
    value="Nettokostnad 2022",
    suggestion="nettokostnad-2022",
)
KEY_TWICE = define(
    "F006",
    Severity.ERROR,
    says_sv="Nyckeln {key} står på två ställen bland {part}.",
    says_en="The key {key} stands twice among {part}.",
    do_sv="Ge den ena ett annat namn.",
    do_en="Give one of them another name.",
    key="budget",
    part="columns",
)
REFERENCE_UNKNOWN = define(
    "F007",
    Severity.ERROR,
    says_sv="{key} hänvisar till {reference}, som inte finns bland {part}.",
    says_en="{key} refers to {reference}, which is not among {part}.",
    do_sv="Hänvisa till någon av: {known}.",
    do_en="Refer to one of: {known}.",
    key="avvikelse",
    reference="prognoss",
    part="columns",
    known="budget, prognos",
)
REFERENCE_CIRCULAR = define(
    "F008",
    Severity.ERROR,
    says_sv="{part} hänvisar i cirkel: {walk}.",
    says_en="{part} refer in a circle: {walk}.",
    do_sv="Bryt cirkeln: någon av dem måste byggas på något annat.",
    do_en="Break the circle: one of them must build on something else.",
    part="columns",
    walk="a → b → a",
)
LABEL_PLACE_UNKNOWN = define(
    "F009",
    Severity.ERROR,
    says_sv="Texten ”{text}” har en plats som inte går att fylla: {place}.",
    says_en="The text “{text}” has a place that can't be filled: {place}.",
    do_sv="Använd någon av: {known}.",
    do_en="Use one of: {known}.",
    text="Utfall {ar}",
    place="{ar}",
    known="{year}, {previous_year}, {cut_off}",
)
NOTHING_TO_SHOW = define(
    "F010",
    Severity.ERROR,
    says_sv="Uppställningen har inga {part}.",
    says_en="The statement has no {part}.",
    do_sv="Lägg till minst en.",
    do_en="Add at least one.",
    part="rows",
)
SHAPE_WRONG = define(
    "F011",
    Severity.ERROR,
    says_sv="{name} ska vara {wanted}.",
    says_en="{name} should be {wanted}.",
    do_sv="Se exemplen bland de uppställningar som följer med.",
    do_en="See the examples among the statements shipped.",
    name="rows",
    wanted=": - …",
)
UNIT_UNKNOWN = define(
    "F020",
    Severity.ERROR,
    says_sv="Det finns ingen enhet {unit}.",
    says_en="There is no unit {unit}.",
    do_sv="Ange en enhet ur kodplanen.",
    do_en="Give a unit of the code plan.",
    unit="4711",
)
CODE_UNKNOWN = define(
    "F021",
    Severity.WARNING,
    says_sv="Uppställningen {statement} frågar efter {dimension} {member}, som inte finns i kodplanen.",
    says_en="The statement {statement} asks for {dimension} {member}, which is not in the code plan.",
    do_sv="Rätta koden i uppställningen, eller lägg upp den i registret.",
    do_en="Mend the code in the statement, or enter it in the register.",
    statement="nettoredovisning",
    dimension=DIMENSION_NAMES["unit"],
    member="4711",
)
MONEY_ON_UNKNOWN_CODE = define(
    "F022",
    Severity.WARNING,
    says_sv="{amount} i ”{column}” står på {dimension} {codes}, som inte har någon plats i kodplanen, "
    "och ingår därför inte på någon rad.",
    says_en="{amount} in “{column}” stands on {dimension} {codes}, which has no place in the code plan, "
    "and so is in no row.",
    do_sv="Lägg in koden i registret och dess hierarki, eller rätta bokföringen.",
    do_en="Enter the code in the register and its hierarchy, or correct the postings.",
    amount="1 234 tkr",
    column="Utfall 2022",
    dimension=DIMENSION_NAMES["unit"],
    codes="4711",
)
MONEY_IN_NO_ROW = define(
    "F023",
    Severity.WARNING,
    says_sv="{amount} i ”{column}” hör till uppställningen men står inte på någon rad: {dimension} {codes}.",
    says_en="{amount} in “{column}” belongs to the statement but stands in no row: {dimension} {codes}.",
    do_sv="Lägg till en rad, flytta posterna, eller begränsa uppställningens urval.",
    do_en="Add a row, move the postings, or narrow what the statement is about.",
    amount="1 234 tkr",
    column="Utfall 2022",
    dimension=DIMENSION_NAMES["unit"],
    codes="8010",
)
ROWS_OVERLAP = define(
    "F024",
    Severity.WARNING,
    says_sv="Raderna {first} och {second} har poster gemensamt, och summan räknar dem två gånger.",
    says_en="The rows {first} and {second} share postings, and the sum counts them twice.",
    do_sv="Skilj raderna åt, eller gör den ena till en varav-rad.",
    do_en="Keep the rows apart, or make one of them a memo row.",
    first="forvaltning",
    second="centralt-stod",
)
MONEY_MIXED = define(
    "F030",
    Severity.WARNING,
    says_sv="Organisationen {day} är äldre än beloppen. {dimension} {codes} har tagit över efter {sources}, och vad "
    "som är vems går inte att skilja åt; det står kvar där det bokfördes.",
    says_en="The structure of {day} is older than the amounts. {dimension} {codes} took over from {sources}, and "
    "whose is whose can't be told apart; it stays where it was booked.",
    do_sv="Jämför i en nyare organisation, eller läs raderna med det i minnet.",
    do_en="Compare in a newer structure, or read the rows with that in mind.",
    day="2021-12-31",
    dimension=DIMENSION_NAMES["unit"],
    codes="4220",
    sources="4210",
)
