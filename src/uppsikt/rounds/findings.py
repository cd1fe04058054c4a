"""Findings of people's work in rounds: N001– a unit's work, N020– the round's set-up, N040– reminders, N050– more."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NOT_A_PARTICIPANT = define(
    "N001",
    Severity.ERROR,
    says_sv="Enheten {unit} deltar inte i omgången {round}.",
    says_en="The unit {unit} takes no part in the round {round}.",
    do_sv="Välj en enhet som deltar, eller lägg till den bland omgångens deltagare.",
    do_en="Choose a unit that takes part, or add it to the round's participants.",
    unit="4210",
    round="delar2-2022",
)
NOT_EDITABLE = define(
    "N002",
    Severity.ERROR,
    says_sv="Enheten {unit} är {state}; inget sparades.",
    says_en="The unit {unit} is {state}; nothing was saved.",
    do_sv="Ta tillbaka en lämnad prognos för att ändra den; en godkänd återlämnas av controllern.",
    do_en="Take back a submitted forecast to change it; an approved one is returned by the controller.",
    unit="4210",
    state="lämnad",
)
UNIT_EXCUSED = define(
    "N003",
    Severity.ERROR,
    says_sv="Enheten {unit} är undantagen från omgången: {reason}",
    says_en="The unit {unit} is excused from the round: {reason}",
    do_sv="Be controllern ta bort undantaget om enheten ändå ska lämna prognos.",
    do_en="Ask the controller to withdraw the excuse if the unit is to forecast after all.",
    unit="4290",
    reason="läggs ned 1 oktober",
)
BOTH_WAYS = define(
    "N004",
    Severity.ERROR,
    says_sv="Kontogruppen {account} fick både helår och månader på en gång.",
    says_en="The account group {account} was given both a full year and months at once.",
    do_sv="Ange antingen helåret eller månaderna; det ena tömmer det andra.",
    do_en="Give either the full year or the months; one empties the other.",
    account="5",
)
PERIOD_NOT_LEFT = define(
    "N005",
    Severity.ERROR,
    says_sv="{period} är ingen månad efter avläsningsdagen {cut_off} under {year}.",
    says_en="{period} is no month after the cut-off {cut_off} in {year}.",
    do_sv="Ändra bara månader som återstår; till och med avläsningsdagen gäller utfallet.",
    do_en="Change only months that remain; to the cut-off the actual stands.",
    period=202207,
    cut_off="2022-08-31",
    year=2022,
)
NOTHING_TO_SUBMIT = define(
    "N006",
    Severity.ERROR,
    says_sv="Enheten {unit} har inget belopp att lämna.",
    says_en="The unit {unit} has no amount to hand in.",
    do_sv="Fyll i helårsprognosen för minst en kontogrupp.",
    do_en="Fill in the full-year forecast of at least one account group.",
    unit="4210",
)
MONTHS_MISSING = define(
    "N007",
    Severity.ERROR,
    says_sv="Kontogruppen {account} har belopp för några av månaderna men inte för {months}.",
    says_en="The account group {account} has amounts for some of the months but not for {months}.",
    do_sv="Fyll i dem, med 0 där inget väntas.",
    do_en="Fill them in, with 0 where nothing is expected.",
    account="5",
    months="2022-11, 2022-12",
)
CAUSE_MISSING = define(
    "N008",
    Severity.ERROR,
    says_sv="{account} avviker {deviation} från budget utan att orsaken är angiven.",
    says_en="{account} deviates {deviation} from budget without a cause being given.",
    do_sv="Beskriv orsaken.",
    do_en="Describe the cause.",
    account="5 Personalkostnader",
    deviation="−1 200 tkr",
)
MEASURE_MISSING = define(
    "N009",
    Severity.ERROR,
    says_sv="{account} blir {deviation} sämre än budget utan att åtgärden är fullständig.",
    says_en="{account} comes out {deviation} worse than budget and its measure is not complete.",
    do_sv="Ange åtgärd, effekt i kronor i år, ansvarig och datum; effekten kan vara 0.",
    do_en="Give the measure, its effect in kronor this year, who is responsible and a date; the effect may be 0.",
    account="5 Personalkostnader",
    deviation="1 200 tkr",
)
QUESTION_UNANSWERED = define(
    "N010",
    Severity.ERROR,
    says_sv="Fråga {number} är inte besvarad: {text}",
    says_en="Question {number} is not answered: {text}",
    do_sv="Besvara frågan.",
    do_en="Answer the question.",
    number=1,
    text="Vilka risker ser du under resten av året?",
)
BUDGET_NOT_FORECAST = define(
    "N011",
    Severity.WARNING,
    says_sv="Budget på {amount} är inte med i det som lämnas: {accounts}.",
    says_en="A budget of {amount} has no part in what is handed in: {accounts}.",
    do_sv="Kontrollera att ingen kontogrupp är glömd; utan belopp räknas den som 0.",
    do_en="See that no account group is forgotten; without an amount it counts as 0.",
    amount="−350 tkr",
    accounts="60 Lokaler, 61 Hyror",
)
UNIT_STEP_NOT_ALLOWED = define(
    "N012",
    Severity.ERROR,
    says_sv="Enheten {unit} är {state} och kan inte bli {wanted}.",
    says_en="The unit {unit} is {state} and can't become {wanted}.",
    do_sv="Den kan bli: {possible}.",
    do_en="It can become: {possible}.",
    unit="4210",
    state="godkänd",
    wanted="lämnad",
    possible="återlämnad",
)
TEXT_NEEDED = define(
    "N013",
    Severity.ERROR,
    says_sv="Texten saknas eller är längre än {longest} tecken.",
    says_en="The text is missing or longer than {longest} characters.",
    do_sv="Skriv vad som gäller, kortare än så.",
    do_en="Write what it is about, in fewer characters.",
    longest=200,
)
TEXT_TOO_LONG = define(
    "N014",
    Severity.ERROR,
    says_sv="Texten är längre än {longest} tecken.",
    says_en="The text is longer than {longest} characters.",
    do_sv="Korta den.",
    do_en="Shorten it.",
    longest=5000,
)
QUESTION_UNKNOWN = define(
    "N015",
    Severity.ERROR,
    says_sv="Omgången {round} har ingen fråga {number}.",
    says_en="The round {round} has no question {number}.",
    do_sv="Ladda om sidan: frågorna har ändrats.",
    do_en="Reload the page: the questions were changed.",
    round="delar2-2022",
    number=4,
)
COMMENT_UNKNOWN = define(
    "N016",
    Severity.ERROR,
    says_sv="Kommentaren finns inte hos enheten {unit}.",
    says_en="There is no such comment on the unit {unit}.",
    do_sv="Ladda om sidan.",
    do_en="Reload the page.",
    unit="4210",
)
COMMENTS_CLOSED = define(
    "N017",
    Severity.ERROR,
    says_sv="Omgången {round} är fastställd och tar inte emot kommentarer.",
    says_en="The round {round} is adopted and takes no comments.",
    do_sv="Kommentera i nästa omgång.",
    do_en="Comment in the next round.",
    round="delar2-2022",
)
IMPORT_APPROVED = define(
    "N018",
    Severity.ERROR,
    says_sv="Enheten {unit} är {state}; dess prognos kan inte ersättas från fil.",
    says_en="The unit {unit} is {state}; its forecast can't be replaced from a file.",
    do_sv="Återlämna enheten först, eller ta bort dess rader ur filen.",
    do_en="Return the unit first, or take its rows out of the file.",
    unit="4210",
    state="godkänd",
)
DATES_OUT_OF_ORDER = define(
    "N020",
    Severity.ERROR,
    says_sv="{later} ({later_day}) ligger före {earlier} ({earlier_day}).",
    says_en="{later} ({later_day}) lies before {earlier} ({earlier_day}).",
    do_sv="Ordningen är: öppnas, lämnas, granskas, fastställs.",
    do_en="The order is: opens, handed in, reviewed, adopted.",
    later="granskas",
    later_day="2022-09-10",
    earlier="prognosen lämnas",
    earlier_day="2022-09-15",
)
NO_PARTICIPANTS = define(
    "N021",
    Severity.ERROR,
    says_sv="Omgången {round} har inga deltagare.",
    says_en="The round {round} has no participants.",
    do_sv="Välj de enheter som ska lämna prognos.",
    do_en="Choose the units that are to forecast.",
    round="delar2-2022",
)
PARTICIPANT_NOT_VALID = define(
    "N022",
    Severity.ERROR,
    says_sv="Enheten {unit} gäller inte {day}.",
    says_en="The unit {unit} is not valid on {day}.",
    do_sv="Välj enheter som gäller på omgångens avläsningsdag.",
    do_en="Choose units that are valid on the round's cut-off.",
    unit="4299",
    day="2022-08-31",
)
PARTICIPANT_AT_WORK = define(
    "N023",
    Severity.ERROR,
    says_sv="Enheten {unit} är {state} och kan inte strykas ur omgången.",
    says_en="The unit {unit} is {state} and can't be taken out of the round.",
    do_sv="Undanta enheten och ange skälet.",
    do_en="Excuse the unit and give the reason.",
    unit="4210",
    state="påbörjad",
)
THRESHOLD_ODD = define(
    "N024",
    Severity.ERROR,
    says_sv="Gränsen för förklaring är negativ.",
    says_en="The threshold for an explanation is negative.",
    do_sv="Ange 0 eller mer; 0 kr och 0 ‰ kräver förklaring av allt.",
    do_en="Give 0 or more; 0 kr and 0 ‰ ask for an explanation of everything.",
)
QUESTION_ANSWERED = define(
    "N025",
    Severity.ERROR,
    says_sv="Fråga {number} är besvarad av någon och kan inte ändras eller strykas.",
    says_en="Question {number} is answered by somebody and can't be changed or taken out.",
    do_sv="Behåll frågan och lägg till en ny sist.",
    do_en="Keep the question and add a new one last.",
    number=2,
)
QUESTIONS_ODD = define(
    "N026",
    Severity.ERROR,
    says_sv="Frågorna ska numreras 1, 2, 3 … och ha text på högst {longest} tecken.",
    says_en="Questions are numbered 1, 2, 3 … and have a text of at most {longest} characters.",
    do_sv="Rätta numren eller texterna.",
    do_en="Correct the numbers or the texts.",
    longest=200,
)
SETUP_CLOSED = define(
    "N027",
    Severity.ERROR,
    says_sv="Omgången {round} är {state}; dess upplägg kan inte ändras.",
    says_en="The round {round} is {state}; its set-up can't be changed.",
    do_sv="Öppna omgången igen om den inte är fastställd.",
    do_en="Open the round again unless it is adopted.",
    round="delar2-2022",
    state="konsoliderad",
)
FACTS_FIXED = define(
    "N028",
    Severity.ERROR,
    says_sv="Nyckel, slag, år, avläsningsdag och föregående omgång kan inte ändras när omgången {round} är skapad.",
    says_en="Key, kind, year, cut-off and previous round can't be changed once the round {round} is created.",
    do_sv="Ändra deadlines, gränser, frågor eller deltagare, eller skapa en annan omgång.",
    do_en="Change deadlines, thresholds, questions or participants, or create another round.",
    round="delar2-2022",
)
UNIT_NOT_DONE = define(
    "N029",
    Severity.ERROR,
    says_sv="Enheten {unit} {name} är {state}, varken godkänd eller undantagen.",
    says_en="The unit {unit} {name} is {state}, neither approved nor excused.",
    do_sv="Godkänn eller undanta enheten, sedan kan omgången konsolideras.",
    do_en="Approve or excuse the unit; then the round can be consolidated.",
    unit="4210",
    name="Digitalisering",
    state="lämnad",
)
PARTICIPANT_NESTED = define(
    "N030",
    Severity.ERROR,
    says_sv="Både {unit} och {above}, som ligger ovanför, är deltagare.",
    says_en="Both {unit} and {above}, which lies above it, are participants.",
    do_sv="Låt antingen den övre enheten eller de undre lämna prognos, annars räknas samma pengar två gånger.",
    do_en="Let either the upper unit or those below it forecast, or the same money counts twice.",
    unit="4210",
    above="42",
)
NOBODY_TO_REMIND = define(
    "N040",
    Severity.WARNING,
    says_sv="Enheten {unit} har ingen med rätt roll och e-postadress att påminna.",
    says_en="The unit {unit} has nobody with the role and an e-mail address to remind.",
    do_sv="Ge någon rollen på enheten, eller fyll i personens e-postadress.",
    do_en="Give somebody the role on the unit, or fill in the person's e-mail address.",
    unit="4210",
)
MAIL_FAILED = define(
    "N041",
    Severity.ERROR,
    says_sv="Påminnelsen till {recipient} kunde inte skickas: {reason}",
    says_en="The reminder to {recipient} could not be sent: {reason}",
    do_sv="Kontrollera UPPSIKT_MAIL_HOST och mottagarens adress; kör sedan uppsikt remind igen.",
    do_en="See to UPPSIKT_MAIL_HOST and the recipient's address; then run uppsikt remind again.",
    recipient="anna.berg",
    reason="Connection refused",
)
IMPORT_BELOW = define(
    "N051",
    Severity.ERROR,
    says_sv="Enheten {unit} lämnar ingen egen prognos i omgången: det gör {above} för alla under sig.",
    says_en="The unit {unit} hands in no forecast of its own in the round: {above} does for all below it.",
    do_sv="Lämna prognosen för {above}, eller lägg till {unit} bland omgångens deltagare.",
    do_en="Hand in the forecast of {above}, or add {unit} to the round's participants.",
    unit="4211",
    above="4210",
)
IMPORT_UNLIKE = define(
    "N052",
    Severity.WARNING,
    says_sv="Enheten {unit} har annat ifyllt än vad som är lämnat, i kontogrupp {accounts}; den är {state}.",
    says_en="The unit {unit} has other figures filled in than handed in, in account group {accounts}; it is {state}.",
    do_sv="Se över beloppen på enhetens sida och lämna prognosen där, eller ta med grupperna i filen.",
    do_en="Look the amounts over on the unit's page and hand in there, or have the groups in the file.",
    unit="4210",
    accounts="5, 6",
    state="påbörjad",
)
GAP_EXPLANATION = define(
    "N053",
    Severity.WARNING,
    says_sv="Enheten {unit} {name} avviker över omgångens gräns utan hel förklaring i kontogrupp {accounts}.",
    says_en="The unit {unit} {name} deviates over the round's threshold, not fully explained, in group {accounts}.",
    do_sv="Återlämna enheten och be om orsak och åtgärd, eller skriv in dem på enhetens sida.",
    do_en="Return the unit and ask for cause and measure, or write them on the unit's page.",
    unit="4210",
    name="Digitalisering",
    accounts="5, 6",
)
GAP_ANSWER = define(
    "N054",
    Severity.WARNING,
    says_sv="Enheten {unit} {name} har inte besvarat fråga {numbers}.",
    says_en="The unit {unit} {name} has not answered question {numbers}.",
    do_sv="Återlämna enheten och be om svar.",
    do_en="Return the unit and ask for an answer.",
    unit="4210",
    name="Digitalisering",
    numbers="1, 2",
)
GAP_BUDGET = define(
    "N057",
    Severity.WARNING,
    says_sv="Enheten {unit} {name} har budget på {amount} som inte är med i prognosen: {accounts}.",
    says_en="The unit {unit} {name} has a budget of {amount} with no part in its forecast: {accounts}.",
    do_sv="Återlämna enheten om en kontogrupp är glömd; utan belopp räknas den som 0.",
    do_en="Return the unit if an account group is forgotten; without an amount it counts as 0.",
    unit="4210",
    name="Digitalisering",
    amount="−350 tkr",
    accounts="60 Lokaler, 61 Hyror",
)
CHANGED_SINCE_SEEN = define(
    "N058",
    Severity.ERROR,
    says_sv="Enheten {unit} är inte godkänd: den är ändrad sedan du tittade.",
    says_en="The unit {unit} is not approved: it has changed since you looked.",
    do_sv="Granska det som nu är lämnat, och godkänn det sedan.",
    do_en="Review what is handed in now, and approve it then.",
    unit="4210",
)
GAPS_NOT_ACCEPTED = define(
    "N055",
    Severity.ERROR,
    says_sv="Enheten {unit} är inte godkänd: sådant som omgången frågar efter saknas.",
    says_en="The unit {unit} is not approved: something that the round asks for is missing.",
    do_sv="Återlämna den, eller godkänn den trots det som saknas.",
    do_en="Return it, or approve it in spite of what is missing.",
    unit="4210",
)
GAPS_WITHOUT_REASON = define(
    "N056",
    Severity.ERROR,
    says_sv="Omgången är inte konsoliderad: förklaringar eller svar saknas hos {units}.",
    says_en="The round is not consolidated: explanations or answers are missing from {units}.",
    do_sv="Återlämna enheterna, eller ange varför omgången konsolideras ändå, på högst {longest} tecken.",
    do_en="Return the units, or say why the round is consolidated all the same, in at most {longest} characters.",
    units="4210, 4220",
    longest=200,
)
FIGURE_ODD = define(
    "N060",
    Severity.WARNING,
    says_sv="{amount} på {account} är mycket olikt radens andra belopp. Kan {meant} vara menat?",
    says_en="{amount} on {account} is very unlike the row's other amounts. Could {meant} be meant?",
    do_sv="Jämför med förra året, budgeten och förra prognosen, och rätta beloppet om det är fel. Det är sparat.",
    do_en="Compare with last year, the budget and the last forecast, and mend the amount if it is wrong. It is "
    "saved.",
    account="5 Personalkostnader",
    amount="−1 200 000 tkr",
    meant="−1 200 tkr",
)
SETUP_UNTOLD = define(
    "N070",
    Severity.ERROR,
    says_sv="Omgångens uppläggning {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The set-up of the round {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och lägg upp omgången som den ska vara.",
    do_en="Find out who wrote in the database, and set the round up as it is meant to be.",
    row="delar2-2022",
    told="2022-10-07",
    held="2022-12-07",
)
PARTICIPANT_UNTOLD = define(
    "N071",
    Severity.ERROR,
    says_sv="Enhetens läge i {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The unit's state in {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och granska enhetens prognos på nytt.",
    do_en="Find out who wrote in the database, and review the unit's forecast again.",
    row="delar2-2022 4220",
    told="inlämnad",
    held="godkänd",
)
CELL_UNTOLD = define(
    "N072",
    Severity.ERROR,
    says_sv="Siffran i {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The figure in {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och låt enheten fylla i siffran på nytt.",
    do_en="Find out who wrote in the database, and have the unit fill the figure in again.",
    row="delar2-2022 4220 5 0",
    told="1 200,00",
    held="1 300,00",
)
SAID_UNTOLD = define(
    "N073",
    Severity.ERROR,
    says_sv="Förklaringen eller svaret {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The explanation or answer {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och låt enheten skriva texten på nytt.",
    do_en="Find out who wrote in the database, and have the unit write the text again.",
    row="delar2-2022 4220 5",
    told="Vakanser",
    held="Inga vakanser",
)
