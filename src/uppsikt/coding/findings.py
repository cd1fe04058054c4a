"""Findings of the registers: C codes."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

DIMENSION_UNKNOWN = define(
    "C001",
    Severity.ERROR,
    says_sv="Det finns ingen dimension {dimension}.",
    says_en="There is no dimension {dimension}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    dimension="enhet",
    known="unit, account",
)
CODE_EMPTY = define(
    "C002",
    Severity.ERROR,
    says_sv="Raden saknar kod.",
    says_en="The row has no code.",
    do_sv="Fyll i koden eller ta bort raden.",
    do_en="Fill in the code or take the row out.",
)
NAME_EMPTY = define(
    "C003",
    Severity.ERROR,
    says_sv="Koden {value} saknar namn.",
    says_en="The code {value} has no name.",
    do_sv="Ge koden ett namn.",
    do_en="Give the code a name.",
    value="4210",
)
CODE_ODD = define(
    "C004",
    Severity.ERROR,
    says_sv="Koden {value} är längre än {longest} tecken eller har tecken som inte kan stå i en kod.",
    says_en="The code {value} is longer than {longest} characters or has characters a code can't have.",
    do_sv="Använd bokstäver, siffror, punkt, plus, bindestreck och understreck; börja med bokstav eller siffra.",
    do_en="Use letters, digits, full stop, plus, hyphen and underscore; begin with a letter or a digit.",
    value="42/10",
    longest=50,
)
DATE_UNREADABLE = define(
    "C005",
    Severity.ERROR,
    says_sv="{value} är inget datum.",
    says_en="{value} is not a date.",
    do_sv="Skriv datum som 2022-07-01.",
    do_en="Write dates as 2022-07-01.",
    value="1/7 2022",
)
DATE_NOT_MONTH_START = define(
    "C006",
    Severity.ERROR,
    says_sv="{value} är inte första dagen i en månad.",
    says_en="{value} is not the first day of a month.",
    do_sv="Giltighet börjar och slutar vid månadsskiften; gäller_till är första dagen koden inte längre gäller, "
    "här troligen {likely}.",
    do_en="Validity begins and ends at turns of months; valid_to is the first day the code no longer applies, "
    "here probably {likely}.",
    value="2022-06-30",
    likely="2022-07-01",
)
STRETCH_EMPTY = define(
    "C007",
    Severity.ERROR,
    says_sv="Koden {value} slutar gälla {end}, men börjar gälla {start}.",
    says_en="The code {value} ends on {end}, but begins on {start}.",
    do_sv="Byt datumen eller ta bort raden.",
    do_en="Swap the dates or take the row out.",
    value="4210",
    start="2022-07-01",
    end="2022-01-01",
)
ROW_TWICE = define(
    "C008",
    Severity.ERROR,
    says_sv="Koden {value} med samma giltighet står redan på rad {first}.",
    says_en="The code {value} with the same validity is already on line {first}.",
    do_sv="Ta bort den ena raden.",
    do_en="Take one of the rows out.",
    value="4210",
    first=3,
)
OVERLAP = define(
    "C009",
    Severity.ERROR,
    says_sv="Koden {value} gäller två gånger från {start} till {end}; den andra raden är {first}.",
    says_en="The code {value} is valid twice from {start} to {end}; the other row is {first}.",
    do_sv="Låt den äldre raden sluta där den yngre börjar.",
    do_en="Let the older row end where the newer begins.",
    value="4210",
    start="2022-07-01",
    end="2023-01-01",
    first=3,
)
PARENT_UNKNOWN = define(
    "C010",
    Severity.ERROR,
    says_sv="Koden {value} ligger under {parent} i hierarkin {hierarchy}, men den koden finns inte.",
    says_en="The code {value} is placed under {parent} in the hierarchy {hierarchy}, but there is no such code.",
    do_sv="Rätta den överordnade koden eller ta med den i filen.",
    do_en="Correct the parent code or include it in the file.",
    value="4210",
    parent="42",
    hierarchy="standard",
)
CYCLE = define(
    "C011",
    Severity.ERROR,
    says_sv="Koderna {circle} ligger i en ring i hierarkin {hierarchy} från {start}.",
    says_en="The codes {circle} form a circle in the hierarchy {hierarchy} from {start}.",
    do_sv="Ge en av koderna en annan överordnad.",
    do_en="Give one of the codes another parent.",
    circle="41, 42",
    hierarchy="standard",
    start="2022-01-01",
)
PARENT_GAP = define(
    "C012",
    Severity.ERROR,
    says_sv="Koden {value} ligger under {parent} i hierarkin {hierarchy}, men {parent} finns inte där från {start} "
    "till {end}.",
    says_en="The code {value} is placed under {parent} in the hierarchy {hierarchy}, but {parent} is not there "
    "from {start} to {end}.",
    do_sv="Förläng {parent} eller flytta {value} för den tiden.",
    do_en="Extend {parent} or move {value} for that time.",
    value="4210",
    parent="42",
    hierarchy="standard",
    start="2022-01-01",
    end="2022-07-01",
)
TEXT_ODD = define(
    "C013",
    Severity.ERROR,
    says_sv="Texten i kolumnen {name} är längre än {longest} tecken eller har styrtecken.",
    says_en="The text in the column {name} is longer than {longest} characters or has control characters.",
    do_sv="Korta texten och skriv den på en rad.",
    do_en="Shorten the text and write it on one line.",
    name="namn",
    longest=200,
)
HEADING_UNKNOWN = define(
    "C014",
    Severity.WARNING,
    says_sv="Kolumnen {name} är ingen av dem som en sådan här fil har, och läses inte.",
    says_en="The column {name} is none of those that a file like this has, and is not read.",
    do_sv="Kontrollera stavningen om den skulle ha lästs.",
    do_en="Check the spelling if it was meant to be read.",
    name="överordnad:raport",
)
CASE_TWIN = define(
    "C015",
    Severity.ERROR,
    says_sv="Koderna {value} och {other} skiljer sig bara i stora och små bokstäver.",
    says_en="The codes {value} and {other} differ only in capital and small letters.",
    do_sv="Skriv koden på ett enda sätt; sifferadresser skiljer inte på stora och små bokstäver.",
    do_en="Write the code in one way; figure addresses don't tell capitals from small letters.",
    value="6a",
    other="6A",
)
