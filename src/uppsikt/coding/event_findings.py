"""Findings of decided events on codes: C020–C059. What is an error here stops adoption; a draft keeps it."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

CODE_UNKNOWN = define(
    "C020",
    Severity.ERROR,
    says_sv="Det finns ingen kod {value} i dimensionen {dimension}.",
    says_en="There is no code {value} in the dimension {dimension}.",
    do_sv="Rätta koden, eller öppna den med en händelse före den här.",
    do_en="Correct the code, or open it with an event before this one.",
    value="4299",
    dimension="unit",
)
CODE_NOT_OPEN = define(
    "C021",
    Severity.ERROR,
    says_sv="Koden {value} är inte öppen före {day}, så inget kan hända med den då.",
    says_en="The code {value} is not open before {day}, so nothing can happen to it then.",
    do_sv="Rätta koden eller dagen, eller lägg händelsen före den som stänger koden.",
    do_en="Correct the code or the day, or put the event before the one that closes the code.",
    value="4290",
    day="2022-07-01",
)
OPEN_ALREADY = define(
    "C022",
    Severity.ERROR,
    says_sv="Koden {value} är redan öppen {day}.",
    says_en="The code {value} is already open on {day}.",
    do_sv="Ta bort händelsen eller välj en annan kod; är den beslutad, upphäv omorganisationen eller rätta "
    "registrets fil.",
    do_en="Take the event out or choose another code; if it is adopted, annul the reorganisation or correct the "
    "register's file.",
    value="4290",
    day="2022-07-01",
)
HAS_CHILDREN = define(
    "C023",
    Severity.ERROR,
    says_sv="Koden {value} stängs {day}, men {child} ligger under den i hierarkin {hierarchy}.",
    says_en="The code {value} closes on {day}, but {child} is placed under it in the hierarchy {hierarchy}.",
    do_sv="Flytta {child} till en annan överordnad samma dag eller tidigare, eller stäng den också.",
    do_en="Move {child} to another parent on the same day or earlier, or close it too.",
    value="42",
    day="2023-01-01",
    child="4210",
    hierarchy="standard",
)
PARENT_NOT_THERE = define(
    "C024",
    Severity.ERROR,
    says_sv="Koden {value} läggs under {parent} i hierarkin {hierarchy}, men {parent} finns inte där {day}.",
    says_en="The code {value} is placed under {parent} in the hierarchy {hierarchy}, but {parent} is not there on "
    "{day}.",
    do_sv="Välj en överordnad som är öppen, eller öppna {parent} samma dag.",
    do_en="Choose a parent that is open, or open {parent} on the same day.",
    value="4210",
    parent="43",
    hierarchy="standard",
    day="2023-01-01",
)
TREE_CIRCLE = define(
    "C025",
    Severity.ERROR,
    says_sv="Efter händelserna ligger koderna {circle} i en ring i hierarkin {hierarchy} från {day}.",
    says_en="After the events the codes {circle} form a circle in the hierarchy {hierarchy} from {day}.",
    do_sv="Ge en av koderna en annan överordnad.",
    do_en="Give one of the codes another parent.",
    circle="41, 42",
    hierarchy="standard",
    day="2023-01-01",
)
TARGET_NOT_OPEN = define(
    "C026",
    Severity.ERROR,
    says_sv="Pengar från {value} går till {target}, men den koden är inte öppen {day}.",
    says_en="Money of {value} goes to {target}, but that code is not open on {day}.",
    do_sv="Välj en öppen kod, öppna {target} samma dag, eller ändra händelsernas ordning.",
    do_en="Choose an open code, open {target} on the same day, or change the order of the events.",
    value="4290",
    target="5100",
    day="2023-01-01",
)
RULES_MISSING = define(
    "C027",
    Severity.ERROR,
    says_sv="Händelsen säger inte vart pengarna på {value} går.",
    says_en="The event doesn't say where the money of {value} goes.",
    do_sv="Ange minst en kod att gå till.",
    do_en="Give at least one code to go to.",
    value="4290",
)
RULES_NOT_WHOLE = define(
    "C028",
    Severity.ERROR,
    says_sv="Koden {value} upphör, men varje regel har villkor: pengar som inte möter något av dem blir utan "
    "efterträdare.",
    says_en="The code {value} ends, but every rule has conditions: money that meets none is left without a "
    "successor.",
    do_sv="Lägg sist en regel utan villkor, eller låt koden själv behålla en del.",
    do_en="Add a last rule without conditions, or let the code itself keep a part.",
    value="4290",
)
RULE_UNREACHED = define(
    "C029",
    Severity.WARNING,
    says_sv="Regel {rule} för {value} används aldrig: en regel före den tar allt.",
    says_en="Rule {rule} of {value} is never used: a rule before it takes everything.",
    do_sv="Flytta regeln utan villkor sist eller ta bort dem som följer.",
    do_en="Put the rule without conditions last or take out those after it.",
    value="4290",
    rule=2,
)
SHARES_NOT_WHOLE = define(
    "C030",
    Severity.ERROR,
    says_sv="Andelarna av {value} blir {total} procent.",
    says_en="The shares of {value} make {total} per cent.",
    do_sv="Andelarna för varje villkor ska bli 100 procent var för sig; ändra dem, eller skriv delar utan "
    "procenttecken: 3 och 2.",
    do_en="The shares of each condition must make 100 per cent by themselves; change them, or write parts without a "
    "per cent sign: 3 and 2.",
    value="4290",
    total="90",
)
SHARE_UNREADABLE = define(
    "C031",
    Severity.ERROR,
    says_sv="{value} är ingen andel.",
    says_en="{value} is not a share.",
    do_sv="Skriv 40 % eller positiva hela delar, som 2 och 3. Decimaltal som 0,4 går om regelns alla andelar är "
    "sådana och blir precis 1.",
    do_en="Write 40 % or positive whole parts, such as 2 and 3. Decimals such as 0.4 do if all shares of the rule "
    "are such and make exactly 1.",
    value="två",
)
SHARES_TOO_FINE = define(
    "C032",
    Severity.ERROR,
    says_sv="Med delningen av {value} kan samma belopp delas i {parts} delar; {finest} är det mesta som går.",
    says_en="With the split of {value} the same amount may be cut in {parts} parts; {finest} is the most there can "
    "be.",
    do_sv="Använd jämnare andelar, som 1 och 2 i stället för 33,3 % och 66,7 %.",
    do_en="Use rounder shares, such as 1 and 2 instead of 33.3 % and 66.7 %.",
    value="4290",
    parts=1_000_000,
    finest=100_000,
)
CONDITION_ON_ITSELF = define(
    "C033",
    Severity.ERROR,
    says_sv="Villkoret är på {dimension}, samma dimension som händelsen själv.",
    says_en="The condition is on {dimension}, the event's own dimension.",
    do_sv="Gör en händelse för varje kod i stället; villkor gäller andra dimensioner.",
    do_en="Make an event for each code instead; conditions are about other dimensions.",
    dimension="unit",
)
CONDITION_UNKNOWN = define(
    "C034",
    Severity.ERROR,
    says_sv="Villkoret nämner {value} i dimensionen {dimension}, som ingen kod heter.",
    says_en="The condition names {value} in the dimension {dimension}, which no code is called.",
    do_sv="Rätta koden; villkor skrivs som account: 5, 6A; activity: 930.",
    do_en="Correct the code; conditions are written as account: 5, 6A; activity: 930.",
    value="5X",
    dimension="account",
)
DAY_IMPOSSIBLE = define(
    "C035",
    Severity.ERROR,
    says_sv="{day} är inte första dagen i en månad.",
    says_en="{day} is not the first day of a month.",
    do_sv="Händelser gäller från ett månadsskifte; skriv till exempel 2022-07-01.",
    do_en="Events take effect at a turn of months; write for example 2022-07-01.",
    day="2022-07-15",
)
TWICE_ON_A_DAY = define(
    "C036",
    Severity.ERROR,
    says_sv="För koden {value} står samma slags händelse två gånger {day}; den andra är {other}.",
    says_en="The code {value} has the same kind of event twice on {day}; the other is {other}.",
    do_sv="Slå ihop dem till en händelse, med en regel för varje del, eller ta bort den ena.",
    do_en="Make them one event, with a rule for each part, or take one out.",
    value="4290",
    day="2022-07-01",
    other="ny-organisation-2023#2",
)
ENDED_ON_THE_DAY = define(
    "C037",
    Severity.ERROR,
    says_sv="Koden {value} upphör {day} genom {other}, så inget mer kan hända med den den dagen.",
    says_en="The code {value} ends on {day} by {other}, so nothing more can happen to it that day.",
    do_sv="Lägg händelsen före den som avslutar koden, eller ta bort den.",
    do_en="Put the event before the one that ends the code, or take it out.",
    value="4290",
    day="2022-07-01",
    other="ny-organisation-2023#2",
)
TARGET_IS_SOURCE = define(
    "C038",
    Severity.ERROR,
    says_sv="Koden {value} går upp i sig själv.",
    says_en="The code {value} goes to itself.",
    do_sv="Ange den andra koden.",
    do_en="Give the other code.",
    value="4290",
)
NAME_MISSING = define(
    "C039",
    Severity.ERROR,
    says_sv="Händelsen ger koden {value} inget namn.",
    says_en="The event gives the code {value} no name.",
    do_sv="Skriv namnet.",
    do_en="Write the name.",
    value="5100",
)
REGISTER_HAS_IT = define(
    "C040",
    Severity.NOTE,
    says_sv="Registret har redan det som händelsen gör med {value} {day}.",
    says_en="The register already has what the event does to {value} on {day}.",
    do_sv="Inget behöver göras: registrets namn och placering gäller, händelsen säger varför.",
    do_en="Nothing needs doing: the register's name and place hold, the event says why.",
    value="4290",
    day="2022-07-01",
)
NOTHING_CHANGES = define(
    "C041",
    Severity.WARNING,
    says_sv="Händelsen ändrar ingenting med {value} {day}: så är det redan, eller så upphör koden då.",
    says_en="The event changes nothing about {value} on {day}: it is so already, or the code ends then.",
    do_sv="Ta bort händelsen eller rätta den.",
    do_en="Take the event out or correct it.",
    value="4210",
    day="2022-07-01",
)
ROUND_ON_A_DAY = define(
    "C042",
    Severity.WARNING,
    says_sv="Pengar från {value} kan samma dag gå tillbaka dit: {circle}.",
    says_en="Money of {value} may go back to it on the same day: {circle}.",
    do_sv="Händelserna tas i ordning; se till att villkoren inte tar samma pengar.",
    do_en="The events are taken in order; see to it that the conditions don't take the same money.",
    value="4290",
    circle="4290 → 4300 → 4290",
)
MOVED_NOWHERE = define(
    "C043",
    Severity.ERROR,
    says_sv="Koden {value} läggs under sig själv.",
    says_en="The code {value} is placed under itself.",
    do_sv="Välj en annan överordnad.",
    do_en="Choose another parent.",
    value="42",
)
REORGANISATION_UNKNOWN = define(
    "C044",
    Severity.ERROR,
    says_sv="Det finns ingen omorganisation {key}. Det finns: {known}.",
    says_en="There is no reorganisation {key}. There are: {known}.",
    do_sv="Kontrollera nyckeln.",
    do_en="Check the key.",
    key="ny-organisation-2024",
    known="ny-organisation-2023",
)
NOT_A_DRAFT = define(
    "C045",
    Severity.ERROR,
    says_sv="Omorganisationen {key} är {state} och kan inte ändras.",
    says_en="The reorganisation {key} is {state} and can't be changed.",
    do_sv="Gör en ny omorganisation; det som är beslutat kan upphävas av ett nytt beslut.",
    do_en="Make a new reorganisation; what is adopted can be annulled by a new decision.",
    key="ny-organisation-2023",
    state="beslutad",
)
NOT_ADOPTED = define(
    "C046",
    Severity.ERROR,
    says_sv="Omorganisationen {key} är {state}, så det finns inget beslut att upphäva.",
    says_en="The reorganisation {key} is {state}, so there is no decision to annul.",
    do_sv="Ett utkast ändras eller kastas; det som är upphävt är redan borta ur strukturen.",
    do_en="A draft is changed or discarded; what is annulled is out of the structure already.",
    key="ny-organisation-2023",
    state="utkast",
)
KEY_ODD = define(
    "C047",
    Severity.ERROR,
    says_sv="{key} kan inte vara nyckel för en omorganisation.",
    says_en="{key} can't be the key of a reorganisation.",
    do_sv="Använd små bokstäver a–z, siffror och bindestreck, högst {longest} tecken.",
    do_en="Use small letters a–z, digits and hyphens, at most {longest} characters.",
    key="Ny organisation!",
    longest=50,
)
FACT_MISSING = define(
    "C048",
    Severity.ERROR,
    says_sv="Omorganisationen {key} saknar {fact}.",
    says_en="The reorganisation {key} lacks {fact}.",
    do_sv="Fyll i det; utan det kan den inte beslutas eller upphävas.",
    do_en="Fill it in; without it, it can't be adopted or annulled.",
    key="ny-organisation-2023",
    fact="beslut",
)
NO_EVENTS = define(
    "C049",
    Severity.ERROR,
    says_sv="Omorganisationen {key} har inga händelser.",
    says_en="The reorganisation {key} has no events.",
    do_sv="Lägg till vad som händer, eller kasta utkastet.",
    do_en="Add what happens, or discard the draft.",
    key="ny-organisation-2023",
)
BUILT_ON = define(
    "C050",
    Severity.ERROR,
    says_sv="Omorganisationen {key} kan inte upphävas: {others} bygger på den.",
    says_en="The reorganisation {key} can't be annulled: {others} builds on it.",
    do_sv="Upphäv först det som bygger på den, eller gör en ny omorganisation som för tillbaka.",
    do_en="Annul first what builds on it, or make a new reorganisation that leads back.",
    key="ny-organisation-2023",
    others="rorelsefastigheter#1",
)
EVENT_TWICE = define(
    "C051",
    Severity.ERROR,
    says_sv="Numret {number} står för mer än en händelse.",
    says_en="The number {number} stands for more than one event.",
    do_sv="Ge varje händelse ett eget positivt nummer.",
    do_en="Give each event a positive number of its own.",
    number=2,
)
SHARES_MIXED = define(
    "C058",
    Severity.ERROR,
    says_sv="Andelen {value} är skriven på ett annat sätt än regelns andra: procent och delar kan inte blandas.",
    says_en="The share {value} is written another way than the rule's others: per cent and parts can't be mixed.",
    do_sv="Skriv alla regelns andelar i procent, som 40 %, eller alla i delar, som 2 och 3.",
    do_en="Write all shares of the rule in per cent, such as 40 %, or all in parts, such as 2 and 3.",
    value="2",
)
CHANGED_BESIDE = define(
    "C059",
    Severity.ERROR,
    says_sv="Omorganisationen {key} är inte den som loggen säger att den är.",
    says_en="The reorganisation {key} is not what the log says it is.",
    do_sv="Återläs säkerhetskopian, eller jämför händelserna med loggen.",
    do_en="Restore the backup, or compare the events with the log.",
    key="ny-organisation-2023",
)
ROW_CONTRADICTS = define(
    "C052",
    Severity.ERROR,
    says_sv="Kolumnen {name} säger {value}, men en tidigare rad om samma sak säger {first}.",
    says_en="The column {name} says {value}, but an earlier row about the same thing says {first}.",
    do_sv="Skriv det på första raden och lämna cellen tom, eller ge händelsen ett annat nummer.",
    do_en="Write it in the first row and leave the cell empty, or give the event another number.",
    name="gäller_från",
    value="2023-01-01",
    first="2022-07-01",
)
KIND_UNKNOWN = define(
    "C053",
    Severity.ERROR,
    says_sv="{value} är inget slags händelse.",
    says_en="{value} is not a kind of event.",
    do_sv="Välj ett av: {known}.",
    do_en="Choose one of: {known}.",
    value="byta",
    known="öppna, stäng, byt namn, flytta, dela, slå ihop, för över",
)
NUMBER_UNREADABLE = define(
    "C054",
    Severity.ERROR,
    says_sv="{value} är inget nummer på en händelse.",
    says_en="{value} is not the number of an event.",
    do_sv="Skriv ett heltal från 1, samma på alla rader om händelsen, eller lämna cellen tom.",
    do_en="Write a whole number from 1, the same in all rows about the event, or leave the cell empty.",
    value="A",
)
CONDITION_UNREADABLE = define(
    "C055",
    Severity.ERROR,
    says_sv="{value} är inget villkor.",
    says_en="{value} is not a condition.",
    do_sv="Skriv dimension, kolon och koder: account: 5, 50; account:reporting: 6A.",
    do_en="Write dimension, colon and codes: account: 5, 50; account:reporting: 6A.",
    value="konto 5",
)
REGISTER_DIFFERS = define(
    "C056",
    Severity.WARNING,
    says_sv="Filen säger annat om {value} än de beslutade händelserna {events}, som gäller.",
    says_en="The file says otherwise of {value} than the decided events {events}, which hold.",
    do_sv="Rätta koden i systemet som filen kommer från, eller upphäv omorganisationen om den inte blev av.",
    do_en="Correct the code in the system the file comes from, or annul the reorganisation if it never came about.",
    value="4210",
    events="ny-organisation-2023#2",
)
CONDITIONS_TWICE = define(
    "C057",
    Severity.ERROR,
    says_sv="Två regler för {value} har samma villkor, så bara den första skulle användas.",
    says_en="Two rules of {value} have the same conditions, so only the first would be used.",
    do_sv="Slå ihop dem till en regel med fler delar, eller ändra villkoret i den ena.",
    do_en="Make them one rule with more parts, or change the condition of one.",
    value="4290",
)
MERGE_DIVIDES = define(
    "C080",
    Severity.ERROR,
    says_sv="Koden {value} slås ihop med flera: {targets}.",
    says_en="The code {value} is merged into several: {targets}.",
    do_sv="Använd dela, med en andel för varje kod; slå ihop har en enda mottagare.",
    do_en="Use split, with a share for each code; merge has one receiver alone.",
    value="4290",
    targets="5100, 5200",
)
KEY_MISSING = define(
    "C081",
    Severity.ERROR,
    says_sv="Raden säger inte vilken omorganisation den hör till.",
    says_en="The row doesn't say which reorganisation it belongs to.",
    do_sv="Skriv omorganisationens nyckel i kolumnen omorganisation, på varje rad.",
    do_en="Write the reorganisation's key in the column reorganisation, in every row.",
)
DAY_OUT_OF_RANGE = define(
    "C082",
    Severity.ERROR,
    says_sv="{day} ligger utanför den tid som händelser kan gälla från.",
    says_en="{day} is outside the time that events can take effect in.",
    do_sv="Välj en dag efter {first} och före {last}.",
    do_en="Choose a day after {first} and before {last}.",
    day="0022-07-01",
    first="1900-01-01",
    last="2100-01-01",
)
