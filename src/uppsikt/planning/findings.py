"""Findings of budget and forecasts: P001–P019 both, P020–P039 budget, P040–P059 forecasts, P060– rounds."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

CODE_MISSING = define(
    "P001",
    Severity.ERROR,
    says_sv="Raden saknar {dimension}.",
    says_en="The row has no {dimension}.",
    do_sv="Fyll i koden.",
    do_en="Fill in the code.",
    dimension="konto",
)
CODE_UNKNOWN = define(
    "P002",
    Severity.ERROR,
    says_sv="Koden {value} finns inte i registret {dimension}.",
    says_en="The code {value} is not in the register {dimension}.",
    do_sv="Rätta koden eller lägg upp den i registret.",
    do_en="Correct the code or add it to the register.",
    value="4299",
    dimension="unit",
)
CODE_NOT_VALID = define(
    "P003",
    Severity.ERROR,
    says_sv="Koderna på raden gäller inte samtidigt under {period}: {values}.",
    says_en="The codes in the row are not valid together during {period}: {values}.",
    do_sv="Välj koder som gäller då eller ändra deras giltighet i registret.",
    do_en="Choose codes that are valid then or change their validity in the register.",
    values="4290, 5010",
    period="2022-03",
)
SPREAD_SHORTER = define(
    "P004",
    Severity.NOTE,
    says_sv="{values} gäller bara {count} av månaderna; beloppet är fördelat på dem.",
    says_en="{values} is valid in only {count} of the months; the amount is spread over those.",
    do_sv="Ange belopp per månad om det ska fördelas på annat sätt.",
    do_en="Give amounts by month if it is to be spread in another way.",
    values="4290, 5010",
    count=6,
)
AMOUNT_UNREADABLE = define(
    "P005",
    Severity.ERROR,
    says_sv="”{value}” kan inte läsas som belopp i kronor.",
    says_en="“{value}” can't be read as an amount in kronor.",
    do_sv="Skriv kronor med högst två decimaler, till exempel −1 400,50.",
    do_en="Write kronor with at most two decimals, for example −1 400,50.",
    value="1.400",
)
ROW_TWICE = define(
    "P006",
    Severity.ERROR,
    says_sv="Raden har samma koder och period som rad {first}.",
    says_en="The row has the same codes and period as line {first}.",
    do_sv="Slå ihop raderna eller ta bort den ena.",
    do_en="Merge the rows or take one of them out.",
    first=2,
)
HEADING_UNKNOWN = define(
    "P007",
    Severity.WARNING,
    says_sv="Kolumnen {name} läses inte.",
    says_en="The column {name} is not read.",
    do_sv="Kontrollera stavningen om den skulle ha lästs.",
    do_en="Check the spelling if it was meant to be read.",
    name="ansvr",
)
NO_ROWS = define(
    "P008",
    Severity.ERROR,
    says_sv="Det finns inga rader att läsa in.",
    says_en="There are no rows to take in.",
    do_sv="Lägg till rader under rubrikerna.",
    do_en="Add rows below the headings.",
)
TEXT_ODD = define(
    "P009",
    Severity.ERROR,
    says_sv="Texten i {name} är tom, längre än {longest} tecken eller har styrtecken.",
    says_en="The text in {name} is empty, longer than {longest} characters or has control characters.",
    do_sv="Skriv en kort text på en rad.",
    do_en="Write a short text on one line.",
    name="decision",
    longest=100,
)
AMOUNT_TOO_LARGE = define(
    "P010",
    Severity.ERROR,
    says_sv="Beloppet {amount} kr är större än vad en kommun kan budgetera.",
    says_en="The amount SEK {amount} is larger than what a municipality can budget.",
    do_sv="Kontrollera beloppet: kronor, inte öre.",
    do_en="Check the amount: kronor, not öre.",
    amount="9 999 999 999 999,00",
)
DATE_UNREADABLE = define(
    "P020",
    Severity.ERROR,
    says_sv="”{value}” är inget datum.",
    says_en="“{value}” is not a date.",
    do_sv="Skriv beslutsdatum som 2021-12-01.",
    do_en="Write the date of the decision as 2021-12-01.",
    value="1 dec",
)
KIND_UNKNOWN = define(
    "P021",
    Severity.ERROR,
    says_sv="”{value}” är inget slag av budgetpost.",
    says_en="“{value}” is not a kind of budget entry.",
    do_sv="Skriv ett av: {known}.",
    do_en="Write one of: {known}.",
    value="extra",
    known="original, supplementary",
)
PERIOD_UNREADABLE = define(
    "P022",
    Severity.ERROR,
    says_sv="”{value}” är varken år eller månad.",
    says_en="“{value}” is neither a year nor a month.",
    do_sv="Skriv 2022 för hela året eller 202208 för en månad.",
    do_en="Write 2022 for the whole year or 202208 for a month.",
    value="aug",
)
NOT_BALANCED = define(
    "P023",
    Severity.ERROR,
    says_sv="{entry} flyttar bara pengar men summerar till {amount} kr {year}.",
    says_en="{entry} only moves money but sums to {amount} kr in {year}.",
    do_sv="Rätta beloppen så att summan är noll, eller välj ett annat slag.",
    do_en="Correct the amounts so that they sum to zero, or choose another kind.",
    entry="Ks 230/2022 Ombudgetering",
    amount="1 000,00",
    year=2022,
)
TWO_DATES = define(
    "P024",
    Severity.ERROR,
    says_sv="{entry} har beslutsdatum {date} här men {first_date} på rad {first}.",
    says_en="{entry} is dated {date} here but {first_date} on line {first}.",
    do_sv="Ge raderna samma datum eller olika text.",
    do_en="Give the rows the same date or different texts.",
    entry="Ks 230/2022 Tilläggsanslag",
    date="2022-05-01",
    first_date="2022-04-01",
    first=2,
)
ALREADY_HELD = define(
    "P025",
    Severity.NOTE,
    says_sv="{entry} finns redan med samma belopp och läses inte in igen.",
    says_en="{entry} is already held with the same amounts and is not taken in again.",
    do_sv="Inget behöver göras.",
    do_en="Nothing needs doing.",
    entry="Ks 123/2021 Ursprunglig budget",
)
HELD_OTHERWISE = define(
    "P026",
    Severity.ERROR,
    says_sv="{entry} finns redan för {year} med andra belopp eller annat datum.",
    says_en="{entry} is already held for {year} with other amounts or another date.",
    do_sv="Beslut ändras inte i efterhand: rätta med en ny post som bara har skillnaden, och ge den egen text.",
    do_en="Decisions aren't changed afterwards: correct with a new entry that has only the difference, with a "
    "text of its own.",
    entry="Ks 123/2021 Ursprunglig budget",
    year=2022,
)
ROUND_UNKNOWN = define(
    "P040",
    Severity.ERROR,
    says_sv="Det finns ingen uppföljningsomgång {round}.",
    says_en="There is no follow-up round {round}.",
    do_sv="Välj en befintlig omgång eller skapa den.",
    do_en="Choose an existing round or create it.",
    round="delar3-2022",
)
ROUND_NOT_OPEN = define(
    "P041",
    Severity.ERROR,
    says_sv="Omgången {round} är {state}: prognoser tas bara emot i en öppen omgång.",
    says_en="The round {round} is {state}: forecasts are only taken in an open round.",
    do_sv="Be den som leder omgången att öppna den.",
    do_en="Ask whoever runs the round to open it.",
    round="delar2-2022",
    state="konsoliderad",
)
MONTH_BEFORE_CUT_OFF = define(
    "P042",
    Severity.ERROR,
    says_sv="{period} ligger före avläsningen {cut_off}: där gäller utfallet.",
    says_en="{period} is before the cut-off {cut_off}: there the actual holds.",
    do_sv="Töm cellen; bara månaderna efter avläsningen prognostiseras.",
    do_en="Empty the cell; only months after the cut-off are forecast.",
    period="2022-07",
    cut_off="2022-08-31",
)
MONTH_OUTSIDE_YEAR = define(
    "P043",
    Severity.ERROR,
    says_sv="{period} ligger inte i omgångens år {year}.",
    says_en="{period} is not in the round's year {year}.",
    do_sv="Ta bort kolumnen eller välj rätt omgång.",
    do_en="Take the column out or choose the right round.",
    period="2023-01",
    year=2022,
)
AMOUNTS_DISAGREE = define(
    "P044",
    Severity.ERROR,
    says_sv="Helår {full_year} kr är inte utfall {actual} kr plus rest {rest} kr.",
    says_en="Full year {full_year} kr is not actual {actual} kr plus rest {rest} kr.",
    do_sv="Ange bara det ena eller rätta beloppen.",
    do_en="Give only one of them or correct the amounts.",
    full_year="1 200,00",
    actual="800,00",
    rest="300,00",
)
NO_AMOUNT = define(
    "P045",
    Severity.ERROR,
    says_sv="Raden har inget belopp.",
    says_en="The row has no amount.",
    do_sv="Ange helår, rest eller månader; noll skrivs 0.",
    do_en="Give full year, rest or months; zero is written 0.",
)
FULL_YEAR_SPLIT = define(
    "P046",
    Severity.ERROR,
    says_sv="Helår kan bara anges för enhet och konto i sin helhet, på en enda rad.",
    says_en="A full year can only be given for a unit and account as a whole, in a single row.",
    do_sv="Ange rest eller månader på rader med verksamhet, projekt och liknande.",
    do_en="Give rest or months in rows with activity, project and such.",
)
NO_MONTHS_LEFT = define(
    "P047",
    Severity.ERROR,
    says_sv="Efter {cut_off} återstår inga månader av året, men raden lämnar {rest} kr till dem.",
    says_en="After {cut_off} no months remain of the year, but the row leaves {rest} kr to them.",
    do_sv="Prognosen för ett avslutat år är utfallet: sätt resten till 0.",
    do_en="The forecast for a finished year is the actual: set the rest to 0.",
    cut_off="2022-12-31",
    rest="300,00",
)
COUNTED_TWICE = define(
    "P048",
    Severity.WARNING,
    says_sv="{value} har prognos, och {above} som ligger över har också en: båda räknas.",
    says_en="{value} has a forecast, and {above} above it has one too: both count.",
    do_sv="Lägg prognosen på den ena nivån och sätt den andra till utfallet.",
    do_en="Put the forecast on one level and set the other to the actual.",
    value="4210 5",
    above="42 5",
)
FORECASTS_OVERLAP = define(
    "P049",
    Severity.ERROR,
    says_sv="{value} ingår i {above}, som lämnas samtidigt för samma enhet: beloppet skulle räknas två gånger.",
    says_en="{value} is part of {above}, handed in at the same time for the same unit: it would count twice.",
    do_sv="Lämna prognosen antingen på gruppen eller på kontona i den.",
    do_en="Hand in the forecast either on the group or on the accounts in it.",
    value="4210 5010",
    above="4210 5",
)
FORECAST_FALLS = define(
    "P050",
    Severity.WARNING,
    says_sv="Den tidigare prognosen för {value} ({amount} kr) gäller inte längre: den överlappar den som lämnas nu.",
    says_en="The earlier forecast of {value} ({amount} kr) no longer stands: it overlaps the one handed in now.",
    do_sv="Kontrollera att det som lämnas nu är hela prognosen för den delen av enheten.",
    do_en="Check that what is handed in now is the whole forecast of that part of the unit.",
    value="4210 5",
    amount="2 500 000,00",
)
PART_OF_STANDING = define(
    "P051",
    Severity.ERROR,
    says_sv="För {unit} gäller en lämnad prognos på hela {group} ({standing} kr), men nu lämnas bara en del av den: "
    "{accounts} ({given} kr). Resten av gruppen skulle försvinna.",
    says_en="For {unit} a forecast of all of {group} stands ({standing} kr), but only a part of it is handed in now: "
    "{accounts} ({given} kr). The rest of the group would be lost.",
    do_sv="Lämna hela gruppen {group}, eller alla konton i den. Ingenting är ändrat.",
    do_en="Give the whole group {group}, or all accounts in it. Nothing is changed.",
    unit="4240",
    group="5",
    standing="30 600 000,00",
    accounts="5010",
    given="100 000,00",
)
ROUND_EXISTS = define(
    "P060",
    Severity.ERROR,
    says_sv="Det finns redan en omgång {round}.",
    says_en="There is already a round {round}.",
    do_sv="Välj en annan nyckel.",
    do_en="Choose another key.",
    round="delar2-2022",
)
KEY_ODD = define(
    "P061",
    Severity.ERROR,
    says_sv="”{round}” kan inte vara nyckel för en omgång.",
    says_en="“{round}” can't be the key of a round.",
    do_sv="Använd små bokstäver a–z, siffror och bindestreck, till exempel delar2-2022, högst 50 tecken.",
    do_en="Use small letters a–z, digits and hyphens, for example delar2-2022, at most 50 characters.",
    round="Delår 2",
)
CUT_OFF_WRONG = define(
    "P062",
    Severity.ERROR,
    says_sv="Avläsningen {cut_off} är inte sista dagen i en månad {year}.",
    says_en="The cut-off {cut_off} is not the last day of a month in {year}.",
    do_sv="Välj månadens sista dag, till exempel {likely}.",
    do_en="Choose the last day of the month, for example {likely}.",
    cut_off="2022-08-30",
    year=2022,
    likely="2022-08-31",
)
DEADLINE_EARLY = define(
    "P063",
    Severity.ERROR,
    says_sv="Sista dag {deadline} ligger före avläsningen {cut_off}.",
    says_en="The deadline {deadline} is before the cut-off {cut_off}.",
    do_sv="Sätt sista dag efter avläsningen.",
    do_en="Set the deadline after the cut-off.",
    deadline="2022-08-15",
    cut_off="2022-08-31",
)
PREVIOUS_LATER = define(
    "P064",
    Severity.ERROR,
    says_sv="Föregående omgång {previous} har avläsning {previous_cut_off}, inte före {cut_off}.",
    says_en="The previous round {previous} has its cut-off on {previous_cut_off}, not before {cut_off}.",
    do_sv="Välj en tidigare omgång som föregående, eller ingen.",
    do_en="Choose an earlier round as the previous one, or none.",
    previous="delar2-2022",
    previous_cut_off="2022-08-31",
    cut_off="2022-04-30",
)
STEP_NOT_ALLOWED = define(
    "P065",
    Severity.ERROR,
    says_sv="Omgången {round} är {state} och kan inte bli {wanted}.",
    says_en="The round {round} is {state} and can't become {wanted}.",
    do_sv="Den kan bli: {possible}.",
    do_en="It can become: {possible}.",
    round="delar2-2022",
    state="fastställd",
    wanted="öppen",
    possible="–",
)
FROZEN_CHANGED = define(
    "P066",
    Severity.ERROR,
    says_sv="Den fastställda omgången {round} stämmer inte med sina filer: {file}.",
    says_en="The adopted round {round} doesn't agree with its files: {file}.",
    do_sv="Återläs mappen rounds från säkerhetskopian.",
    do_en="Restore the folder rounds from the backup.",
    round="delar2-2022",
    file="forecast.parquet",
)
REASON_NEEDED = define(
    "P067",
    Severity.ERROR,
    says_sv="Den fastställda omgången {round} öppnas för rättelse bara med ett skäl.",
    says_en="The adopted round {round} is only opened for correction with a reason.",
    do_sv="Skriv vad som ska rättas och varför, på högst 200 tecken.",
    do_en="Write what is to be corrected and why, in at most 200 characters.",
    round="delar2-2022",
)
ROUND_CHANGED = define(
    "P068",
    Severity.ERROR,
    says_sv="Omgången {round} är inte som loggen säger att den blev: läge, version, avläsning eller namn är ändrat.",
    says_en="The round {round} isn't what the log says it became: state, version, cut-off or name is changed.",
    do_sv="Återläs databasen från säkerhetskopian.",
    do_en="Restore the database from the backup.",
    round="delar2-2022",
)
ENTRY_CHANGED = define(
    "P070",
    Severity.ERROR,
    says_sv="Budgetposten {entry} är inte längre den som beslutades enligt händelseloggen.",
    says_en="The budget entry {entry} is no longer what the event log says was decided.",
    do_sv="Återläs senaste säkerhetskopian; någon har ändrat i databasen vid sidan av programmet.",
    do_en="Restore the latest backup; somebody has changed the database beside the program.",
    entry="budget:7",
)
FORECAST_CHANGED = define(
    "P071",
    Severity.ERROR,
    says_sv="Prognosen {forecast} är inte längre den som lämnades enligt händelseloggen.",
    says_en="The forecast {forecast} is no longer what the event log says was handed in.",
    do_sv="Återläs senaste säkerhetskopian; någon har ändrat i databasen vid sidan av programmet.",
    do_en="Restore the latest backup; somebody has changed the database beside the program.",
    forecast="forecast:12",
)
PLAN_FILE_CHANGED = define(
    "P072",
    Severity.ERROR,
    says_sv="Filen {file} som uppställningarna läser säger något annat än databasen.",
    says_en="The file {file} that statements read says something else than the database.",
    do_sv="Ta bort filen; den skrivs om ur databasen nästa gång den behövs.",
    do_en="Delete the file; it is written anew from the database when it is next needed.",
    file="budget-1f3a.parquet",
)
