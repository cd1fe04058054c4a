"""Findings of reports: R001–R009 the folder, R010–R029 figures, R030–R039 blocks, R040– facts and editions."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

FOLDER_UNREADABLE = define(
    "R001",
    Severity.ERROR,
    says_sv="Rapportens fil {name} kan inte läsas ({why}).",
    says_en="The report's file {name} can't be read ({why}).",
    do_sv="Kontrollera att filen finns i rapportmappen och är UTF-8.",
    do_en="Check that the file is in the report's folder and is UTF-8.",
    name="report.yaml",
    why="filen finns inte",
)
RECIPE_BROKEN = define(
    "R002",
    Severity.ERROR,
    says_sv="report.yaml är inte giltig YAML: {why}.",
    says_en="report.yaml is not valid YAML: {why}.",
    do_sv="Rätta raden. Vanligt fel: tabb i stället för blanksteg, eller kolon i en text utan citattecken.",
    do_en="Correct the line. Common fault: tab instead of spaces, or a colon in a text without quotes.",
    why="rad 12",
)
KEY_MISSING = define(
    "R003",
    Severity.ERROR,
    says_sv="{where} saknar {key}.",
    says_en="{where} lacks {key}.",
    do_sv="Lägg till nyckeln i report.yaml.",
    do_en="Add the key to report.yaml.",
    where="report.yaml",
    key="title",
)
KEY_UNKNOWN = define(
    "R004",
    Severity.ERROR,
    says_sv="{where} har nyckeln {key}, som inte finns.",
    says_en="{where} has the key {key}, which does not exist.",
    do_sv="Ta bort eller rätta den. Nycklarna är: {known}.",
    do_en="Remove or correct it. The keys are: {known}.",
    where="charts/bro",
    key="form",
    known="kind, statement, caption",
)
VALUE_WRONG = define(
    "R005",
    Severity.ERROR,
    says_sv="{where}: {value} kan inte användas.",
    says_en="{where}: {value} can't be used.",
    do_sv="Det ska vara {wanted}.",
    do_en="It should be {wanted}.",
    where="charts/bro/kind",
    value="cirkel",
    wanted="deviation, bridge, facts",
)
FIGURE_BY_HAND = define(
    "R010",
    Severity.WARNING,
    says_sv="Talet ”{number}” är skrivet för hand: …{context}…",
    says_en="The number “{number}” is typed by hand: …{context}…",
    do_sv='Skriv en referens i stället{suggestion}, eller märk det med källa: [{number}]{{outside: "källa"}}.',
    do_en='Write a reference instead{suggestion}, or mark it with its source: [{number}]{{outside: "source"}}.',
    number="15,4 mnkr",
    context="underskott på 15,4 mnkr mot budget",
    suggestion=" (kanske menas nettoredovisning/nettokostnad/avvikelse@delar2-2022)",
)
NO_SUCH_FIGURE = define(
    "R011",
    Severity.ERROR,
    says_sv="Referensen {address} leder inte till någon siffra.",
    says_en="The reference {address} leads to no figure.",
    do_sv="Närmast är: {nearest}.",
    do_en="Nearest are: {nearest}.",
    address="nettoredovisning/politisk-kommunledning/avvikelser",
    nearest="nettoredovisning/politisk-kommunledning/avvikelse",
)
REFERENCE_UNREADABLE = define(
    "R012",
    Severity.ERROR,
    says_sv="Referensen {{{{ {text} }}}} kan inte läsas: {why}.",
    says_en="The reference {{{{ {text} }}}} can't be read: {why}.",
    do_sv="Formen är {{{{ adress | mnkr 1 abs signed unit }}}} eller {{{{ adress | word: överskott/underskott }}}}.",
    do_en="The form is {{{{ address | mnkr 1 abs signed unit }}}} or {{{{ address | word: higher/lower }}}}.",
    text="a/b/c | miljoner",
    why="miljoner",
)
FIGURE_ABSENT = define(
    "R013",
    Severity.WARNING,
    says_sv="Siffran {address} saknar värde och skrivs som ”–”.",
    says_en="The figure {address} has no value and is printed as “–”.",
    do_sv="Kontrollera att budget och prognos är registrerade, eller skriv om meningen.",
    do_en="Check that budget and forecast are entered, or rewrite the sentence.",
    address="nettoredovisning/statsbidrag/prognos",
)
WORD_WITHOUT_SIGN = define(
    "R014",
    Severity.WARNING,
    says_sv="Siffran {address} är noll eller saknas, så ordet ”{word}” kan vara fel.",
    says_en="The figure {address} is zero or absent, so the word “{word}” may be wrong.",
    do_sv="Lägg till ett tredje ord för noll: {words}/oförändrat.",
    do_en="Add a third word for zero: {words}/unchanged.",
    address="nettoredovisning/statsbidrag/avvikelse",
    word="överskott",
    words="överskott/underskott",
)
DERIVED_CIRCLE = define(
    "R015",
    Severity.ERROR,
    says_sv="Den härledda siffran {name} bygger på sig själv.",
    says_en="The derived figure {name} is built on itself.",
    do_sv="Skriv om summan i report.yaml så att den bara bygger på adresser eller andra namn.",
    do_en="Rewrite the sum in report.yaml so that it is built on addresses or other names only.",
    name="totalt",
)
DERIVED_MIXED = define(
    "R016",
    Severity.ERROR,
    says_sv="Den härledda siffran {name} blandar slag av siffror som inte kan läggas ihop.",
    says_en="The derived figure {name} mixes kinds of figures that can't be added.",
    do_sv="Lägg bara ihop belopp med belopp, visade med samma teckenregel. Andelar kan inte summeras.",
    do_en="Add amounts to amounts only, shown by one sign rule. Shares can't be added.",
    name="totalt",
)
NO_SUCH_BLOCK = define(
    "R030",
    Severity.ERROR,
    says_sv="::: {kind} {key} finns inte.",
    says_en="::: {kind} {key} does not exist.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    kind="chart",
    key="avvikelse",
    known="avvikelse-per-enhet, bro",
)
BLOCK_NOT_CLOSED = define(
    "R031",
    Severity.ERROR,
    says_sv="::: {kind} avslutas inte.",
    says_en="::: {kind} is not closed.",
    do_sv="Skriv ::: på en egen rad där blocket slutar.",
    do_en="Write ::: on a line of its own where the block ends.",
    kind="decision",
)
HEADING_SKIPS = define(
    "R032",
    Severity.ERROR,
    says_sv="Rubriken ”{text}” hoppar från nivå {above} till nivå {level}.",
    says_en="The heading “{text}” skips from level {above} to level {level}.",
    do_sv="Använd nivåerna i ordning, annars kan rapporten inte läsas med hjälpmedel.",
    do_en="Use the levels in order; otherwise assistive technology can't read the report.",
    text="Investeringar",
    above=1,
    level=3,
)
HEADING_NUMBERED = define(
    "R033",
    Severity.WARNING,
    says_sv="Rubriken ”{text}” är numrerad för hand.",
    says_en="The heading “{text}” is numbered by hand.",
    do_sv="Ta bort numret; rubriker numreras av programmet så att numren alltid följer på varandra.",
    do_en="Remove the number; headings are numbered by the program so that the numbers always follow each other.",
    text="3. Sammanfattande iakttagelser",
)
NOT_TAKEN = define(
    "R034",
    Severity.ERROR,
    says_sv="{what} tas inte in i rapporter.",
    says_en="{what} is not taken into reports.",
    do_sv="Visa data med ::: statement, ::: chart, ::: facts eller ::: table, så att de kan läsas av alla.",
    do_en="Show data with ::: statement, ::: chart, ::: facts or ::: table, so that everyone can read them.",
    what="En bild",
)
LIST_ITEM_EMPTY = define(
    "R035",
    Severity.WARNING,
    says_sv="En punkt i listan är tom.",
    says_en="An item of the list is empty.",
    do_sv="Skriv punkten eller ta bort den.",
    do_en="Write the item or remove it.",
)
BRIDGE_OPEN = define(
    "R036",
    Severity.ERROR,
    says_sv="Bryggan {key} går inte ihop: {start} och stegen {steps} ger inte {end}. "
    "Det skiljer {difference} {unit}.",
    says_en="The bridge {key} doesn't add up: {start} and the steps {steps} don't make {end}. "
    "The difference is {difference} {unit}.",
    do_sv="Välj rader som tillsammans är hela förändringen, utan delsummor och ”varav”.",
    do_en="Choose rows that together are the whole change, without subtotals and memo rows.",
    key="bro",
    start="−740 375",
    steps="−11 102",
    end="−755 758",
    difference="−4 281",
    unit="tkr",
)
CELLS_MISCOUNTED = define(
    "R037",
    Severity.ERROR,
    says_sv="{where}: raden ”{label}” har {cells} celler men tabellen har {columns} kolumner.",
    says_en="{where}: the row “{label}” has {cells} cells but the table has {columns} columns.",
    do_sv='Skriv en cell för varje kolumn; en tom cell skrivs "".',
    do_en='Write a cell for each column; an empty cell is written "".',
    where="facts/hr",
    label="Sjukfrånvaro",
    cells=3,
    columns=4,
)
FACT_UNREADABLE = define(
    "R040",
    Severity.ERROR,
    says_sv="{column} kan inte vara ”{value}”.",
    says_en="{column} can't be “{value}”.",
    do_sv="Det ska vara {wanted}.",
    do_en="It should be {wanted}.",
    column="decimals",
    value="två",
    wanted="0–6",
)
FACT_TWICE = define(
    "R041",
    Severity.ERROR,
    says_sv="Uppgiften {key} står två gånger i filen.",
    says_en="The fact {key} stands twice in the file.",
    do_sv="Ta bort den ena raden.",
    do_en="Remove one of the rows.",
    key="nki-2021",
)
CLAIM_DIFFERS = define(
    "R042",
    Severity.WARNING,
    says_sv="{label}: {source} säger {printed} {unit}, men {address} är {computed} {unit}. "
    "Det skiljer {difference} {unit}.",
    says_en="{label}: {source} says {printed} {unit}, but {address} is {computed} {unit}. "
    "The difference is {difference} {unit}.",
    do_sv="Ta reda på orsaken (annan organisation, sena poster) och skriv den i en not, eller rätta uppgiften.",
    do_en="Find the cause (another organisation, late postings) and say it in a note, or correct the fact.",
    label="Nettokostnad 2021",
    source="Delårsrapport 2 2022",
    printed="−794 290",
    computed="−783 076",
    difference="−11 214",
    unit="tkr",
    address="nettoredovisning/nettokostnad/bokslut-foregaende",
)
CLAIM_UNRESOLVED = define(
    "R043",
    Severity.WARNING,
    says_sv="{key} uttalar sig om {address}, men där finns ingen siffra att jämföra med.",
    says_en="{key} says something about {address}, but there is no figure to compare with.",
    do_sv="Rätta adressen i kolumnen claims.",
    do_en="Correct the address in the column claims.",
    key="bokslut-2021",
    address="nettoredovisning/nettokostnad/bokslut",
)
NO_SUCH_EDITION = define(
    "R050",
    Severity.ERROR,
    says_sv="Det finns ingen utgåva {content_hash}.",
    says_en="There is no edition {content_hash}.",
    do_sv="Bygg rapporten först, och ange utgåvans hash som den står i rapportens sidfot.",
    do_en="Build the report first, and give the edition's hash as printed in the report's footer.",
    content_hash="3f2a9c017b44",
)
ALREADY_ADOPTED = define(
    "R051",
    Severity.ERROR,
    says_sv="Utgåvan är redan fastställd {adopted_on} ({decision}) och ändras inte mer.",
    says_en="The edition was adopted {adopted_on} ({decision}) and changes no more.",
    do_sv="Bygg en ny version om något ska rättas; ändringarna listas då mot den fastställda.",
    do_en="Build a new version if something is to be corrected; the changes are then listed against the adopted one.",
    adopted_on="2022-10-04",
    decision="KS § 210",
)
ALREADY_PUBLISHED = define(
    "R056",
    Severity.ERROR,
    says_sv="Utgåvan offentliggjordes redan {day} av {by}.",
    says_en="The edition was published already {day} by {by}.",
    do_sv="Inget behöver göras: alla som kan logga in läser den.",
    do_en="Nothing needs to be done: everybody who can sign in reads it.",
    day="2022-10-04",
    by="kommundirektor",
)
UNFINISHED = define(
    "R057",
    Severity.ERROR,
    says_sv="Utgåvan är inte färdig: uppföljningen är {state}, avsnitt som inte är godkända: {sections}, "
    "iakttagelser: {count}.",
    says_en="The edition isn't finished: the round is {state}, sections that aren't approved: {sections}, "
    "findings: {count}.",
    do_sv="Gå igenom det som är öppet och bekräfta att utgåvan ändå ska bli offentlig (--despite-open).",
    do_en="Go through what is open and confirm that the edition is to be public all the same (--despite-open).",
    state="öppen",
    sections="Förslag till beslut, Personal",
    count=2,
)
FILES_CHANGED = define(
    "R052",
    Severity.ERROR,
    says_sv="Utgåvans fil {name} är inte den som byggdes.",
    says_en="The edition's file {name} is not the one that was built.",
    do_sv="Bygg rapporten igen och fastställ den nya utgåvan.",
    do_en="Build the report again and adopt the new edition.",
    name="rapport.pdf",
)
RENDERER_MISSING = define(
    "R053",
    Severity.ERROR,
    says_sv="Formatet {format} behöver paketet {package}, som inte är installerat.",
    says_en="The format {format} needs the package {package}, which is not installed.",
    do_sv='Installera med: pip install "uppsikt[report]".',
    do_en='Install with: pip install "uppsikt[report]".',
    format="pdf",
    package="typst",
)
AUDIT_DOUBTS = define(
    "R054",
    Severity.WARNING,
    says_sv="Granskningen ({rule}) vid ”{where}”: {says}",
    says_en="The report audit ({rule}) at “{where}”: {says}",
    do_sv="Se efter i rapporten. uppsikt check --explain {rule} förklarar regeln.",
    do_en="Look in the report. uppsikt check --explain {rule} explains the rule.",
    rule="K063",
    where="Politisk kommunledning",
    says="Avvikelsen 6 587 förklaras inte i texten.",
)
AUDIT_REFUSES = define(
    "R055",
    Severity.ERROR,
    says_sv="Granskningen ({rule}) vid ”{where}”: {says}",
    says_en="The report audit ({rule}) at “{where}”: {says}",
    do_sv="Rätta och bygg om, eller fastställ ändå med --despite-remarks; det skrivs i loggen.",
    do_en="Mend and build again, or adopt all the same with --despite-remarks; the log will say so.",
    rule="K001",
    where="Nettokostnad",
    says="Nettokostnad, Bokslut 2021: står −794 290, raderna ger −783 076.",
)
FACT_UNTOLD = define(
    "R080",
    Severity.ERROR,
    says_sv="Uppgiften {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The fact {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och läs in uppgiften på nytt från dess källa.",
    do_en="Find out who wrote in the database, and import the fact again from its source.",
    row="tryckt-nettokostnad",
    told="−783",
    held="−794",
)
STATEMENT_UNTOLD = define(
    "R081",
    Severity.ERROR,
    says_sv="Uppställningen {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The statement {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och spara uppställningen på nytt.",
    do_en="Find out who wrote in the database, and save the statement again.",
    row="nettoredovisning",
    told="3f2a91c07b1e",
    held="9b11d02e6c44",
)
EDITION_UNTOLD = define(
    "R082",
    Severity.ERROR,
    says_sv="Utgåvan {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The edition {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och återställ det som gällde ur säkerhetskopian.",
    do_en="Find out who wrote in the database, and bring back what was valid from the backup.",
    row="3f2a9c017b44",
    told="2022-10-04, KS § 210",
    held="2022-10-04, KS § 211",
)
