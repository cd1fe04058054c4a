"""Findings of what a reorganisation brings with it: C060–C079."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NO_SUCCESSOR = define(
    "C060",
    Severity.WARNING,
    says_sv="{value} upphör {day} utan efterträdare, men där står {held}.",
    says_en="{value} ends on {day} without a successor, but holds {held}.",
    do_sv="Ange en efterträdare (slå ihop eller dela). Annars står pengarna kvar på den upphörda koden i varje "
    "organisation efter {day}.",
    do_en="Name a successor (merge or split). Otherwise the money stays on the code that has ended in every "
    "organisation after {day}.",
    value="4210 Digitalisering",
    day="2023-01-01",
    held="utfall 1 250,50 kr, budget 3 000,00 kr",
)
BOOKED_AFTER = define(
    "C061",
    Severity.WARNING,
    says_sv="{count} poster, {amount} kr netto, är bokförda på {value} efter kodens slut {day}, senast {last}.",
    says_en="{count} postings, {amount} kr net, are booked on {value} after it ended on {day}, the latest in {last}.",
    do_sv="Rätta konteringen i ekonomisystemet. Efterträdare: {heirs}.",
    do_en="Correct the coding in the accounting system. Successors: {heirs}.",
    value="4210 Digitalisering",
    day="2023-01-01",
    count=12,
    amount="1 250,50",
    last="2023-02",
    heirs="4220 Ekonomi",
)
BUDGET_AFTER = define(
    "C062",
    Severity.WARNING,
    says_sv="{amount} kr av budgeten ligger på {value} i månader efter att koden upphör {day}.",
    says_en="{amount} kr of the budget stands on {value} in months after it ends on {day}.",
    do_sv="Besluta om en budgetflytt: välj den vid antagandet, eller ta förslaget som fil på "
    "omorganisationens sida (uppsikt organisation transfer {key}) och läs in filen under Inläsning (uppsikt budget "
    "import).",
    do_en="Decide a budget transfer: choose it when adopting, or take the proposal as a file on the "
    "reorganisation's page (uppsikt organisation transfer {key}) and take the file in under Import (uppsikt budget "
    "import).",
    value="4210 Digitalisering",
    day="2023-01-01",
    amount="3 000,00",
    key="ny-organisation-2023",
)
FORECAST_AFTER = define(
    "C063",
    Severity.WARNING,
    says_sv="Omgången {round} ({state}) har en prognos på {value}, {amount} kr i månader efter att koden "
    "upphör {day}.",
    says_en="The round {round} ({state}) has a forecast on {value}, {amount} kr in months after it ends on {day}.",
    do_sv="Lämna prognosen på den som tar över innan omgången fastställs. Efterträdare: {heirs}.",
    do_en="Submit the forecast on who takes over before the round is adopted. Successors: {heirs}.",
    round="delar2-2022",
    state="öppen",
    value="4210 Digitalisering",
    day="2022-10-01",
    amount="1 300,00",
    heirs="4220 Ekonomi",
)
ROLE_ENDS = define(
    "C064",
    Severity.WARNING,
    says_sv="{person} är {role} på {value}, som upphör {day} och efterträds av {heir}.",
    says_en="{person} is {role} on {value}, which ends on {day} and is succeeded by {heir}.",
    do_sv="Ge samma roll på efterträdaren: kryssa i det vid antagandet, eller låt en administratör ge "
    "rollen (uppsikt user grant).",
    do_en="Give the same role on the successor: tick it when adopting, or let an administrator give "
    "it (uppsikt user grant).",
    person="anna",
    role="manager",
    value="4210 Digitalisering",
    day="2023-01-01",
    heir="4220 Ekonomi",
)
ROLE_TO_CHOOSE = define(
    "C065",
    Severity.WARNING,
    says_sv="{person} är {role} på {value}, som upphör {day}. Efterträdare: {heirs}.",
    says_en="{person} is {role} on {value}, which ends on {day}. Successors: {heirs}.",
    do_sv="Bestäm vad {person} ansvarar för därefter; en administratör ger rollen (uppsikt user grant).",
    do_en="Decide what {person} answers for afterwards; an administrator gives the role (uppsikt user grant).",
    person="anna",
    role="manager",
    value="4210 Digitalisering",
    day="2023-01-01",
    heirs="4220 Ekonomi, 4290 Lokalförsörjning",
)
ROLE_MOVES = define(
    "C066",
    Severity.NOTE,
    says_sv="{value} flyttas till {parent} {day}. Mister rätten där: {losing}. Får den: {gaining}.",
    says_en="{value} moves to {parent} on {day}. Lose their rights there: {losing}. Gain them: {gaining}.",
    do_sv="Kontrollera att det är meningen; en roll kan ges på enheten själv med uppsikt user grant.",
    do_en="Check that this is meant; a role can be given on the unit itself with uppsikt user grant.",
    value="4290 Lokalförsörjning",
    parent="40 Kommunstyrelseförvaltningen",
    day="2022-07-01",
    losing="anna (manager)",
    gaining="bertil (director)",
)
STATEMENT_NAMES = define(
    "C067",
    Severity.WARNING,
    says_sv="Uppställningen {statement} nämner {value}, som upphör {day}.",
    says_en="The statement {statement} names {value}, which ends on {day}.",
    do_sv="Ändra uppställningen och läs in den med uppsikt define. Efterträdare: {heirs}.",
    do_en="Change the statement and take it in with uppsikt define. Successors: {heirs}.",
    statement="egen",
    value="4210 Digitalisering",
    day="2023-01-01",
    heirs="4220 Ekonomi",
)
DECIDED_ALREADY = define(
    "C068",
    Severity.NOTE,
    says_sv="Beslutet {decision} har redan {count} budgetposter om omorganisation {year}.",
    says_en="The decision {decision} already has {count} budget entries of reorganisation in {year}.",
    do_sv="Förslaget tar bara det som ännu ligger kvar på koder som upphör.",
    do_en="The proposal takes only what still stands on codes that end.",
    decision="Ks 5/2022",
    count=1,
    year=2023,
)
STILL_MOVED = define(
    "C069",
    Severity.NOTE,
    says_sv="Omorganisationen är upphävd, men {amount} kr budget som flyttades enligt {decision} ligger kvar där.",
    says_en="The reorganisation is annulled, but {amount} kr of budget moved by {decision} stands where it went.",
    do_sv="Ska pengarna tillbaka: besluta om en budgetpost av slaget omorganisation enligt {annulment} åt andra "
    "hållet (budgetfil på webben eller uppsikt budget import). En post ändras aldrig.",
    do_en="Where the money is to go back: decide a budget entry of the kind reorganisation by {annulment} the other "
    "way (a budget file on the web or uppsikt budget import). An entry is never changed.",
    amount="3 000,00",
    decision="Ks 5/2022",
    annulment="Ks 9/2022",
)
STRANDED = define(
    "C070",
    Severity.WARNING,
    says_sv="Bara den upphävda omorganisationen öppnade {value}, och där ligger budget, {amount} kr netto.",
    says_en="The annulled reorganisation alone opened {value}, and budget stands on it, {amount} kr net.",
    do_sv="Upphäv med budgeten (kryssrutan på webben, --with-budget på kommandoraden): då går det som "
    "omorganisationen flyttade tillbaka. Annan budget flyttas bort först: ingen budget kan läsas in på en kod som "
    "inte finns (P002). Är den redan upphävd, öppna koden i registret så länge.",
    do_en="Annul with the budget (the box on the web, --with-budget on the command line): what the reorganisation "
    "moved goes back then. Move other budget away first: no budget can be taken in on a code that isn't there "
    "(P002). Where it is annulled already, open the code in the register for as long.",
    value="4225 Ekonomi och HR",
    amount="3 000,00",
)
BACK_IN_TIME = define(
    "C071",
    Severity.NOTE,
    says_sv="{name} gäller redan från {day}, och omgången {round} ({state}) har utfall till och med {cut_off}.",
    says_en="{name} takes effect already on {day}, and the round {round} ({state}) has actuals up to {cut_off}.",
    do_sv="Kontrollera att dagen är meningen: tabeller som det var, för månader från den dagen, visas i det ändrade "
    "trädet. Fastställda omgångar och byggda rapporter står som de är.",
    do_en="Check that the day is meant: tables as it was, of months from that day, are shown in the changed tree. "
    "Adopted rounds and reports that were built stand as they are.",
    name="Stödet samlas",
    day="2022-03-01",
    round="delar1-2022",
    state="fastställd",
    cut_off="2022-04-30",
)
FORECAST_STAYS = define(
    "C072",
    Severity.NOTE,
    says_sv="{value} lämnar över en del till {heirs} {day} och finns kvar. Budgeten kan flyttas, men prognosen i "
    "omgången {round} ({state}), {amount} kr i månader från den dagen, ligger kvar som den lämnades.",
    says_en="{value} hands a part over to {heirs} on {day} and goes on. The budget can be moved, but the forecast in "
    "the round {round} ({state}), {amount} kr in months from that day, stays as it was handed in.",
    do_sv="Lämna nya prognoser för {value} och {heirs} innan omgången fastställs.",
    do_en="Hand in new forecasts for {value} and {heirs} before the round is adopted.",
    value="4210 Digitalisering",
    heirs="4220",
    day="2022-10-01",
    round="delar2-2022",
    state="öppen",
    amount="1 300,00",
)
