"""Findings of files, tables and batches: L001–L099. SIE and profiles have modules of their own."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NOT_A_LEDGER = define(
    "L001",
    Severity.ERROR,
    says_sv="Filen är ingen redovisningsfil utan {what}.",
    says_en="The file is no ledger file but {what}.",
    do_sv="Hämta filen på nytt ur ekonomisystemet: SIE 4, SIE 5, CSV eller XLSX.",
    do_en="Fetch the file again from the accounting system: SIE 4, SIE 5, CSV or XLSX.",
    what="en webbsida",
)
UNREADABLE = define(
    "L002",
    Severity.ERROR,
    says_sv="Filen kan inte läsas: {why}.",
    says_en="The file can't be read: {why}.",
    do_sv="Kontrollera att filen finns, är hel och att du får läsa den.",
    do_en="Check that the file exists, is whole and that you may read it.",
    why="No such file or directory",
)
EMPTY = define(
    "L003",
    Severity.ERROR,
    says_sv="Filen har inga konteringsrader.",
    says_en="The file has no posting rows.",
    do_sv="Kontrollera urvalet i exporten: period, bolag och filtyp.",
    do_en="Check the selection of the export: period, company and file type.",
)
WRONG_PROFILE = define(
    "L004",
    Severity.ERROR,
    says_sv="Profilen {profile} läser {expected}, men filen är {actual}.",
    says_en="The profile {profile} reads {expected}, but the file is {actual}.",
    do_sv="Välj en profil för det filslaget.",
    do_en="Choose a profile for that kind of file.",
    profile="sie",
    expected="SIE",
    actual="en tabell",
)
FIELD_MISSING = define(
    "L005",
    Severity.ERROR,
    says_sv="Ingen kolumn för {field}. Profilen väntar någon av: {headings}. Filen har: {present}.",
    says_en="No column for {field}. The profile expects one of: {headings}. The file has: {present}.",
    do_sv="Rätta rubriken i filen eller lägg till den i profilen.",
    do_en="Correct the heading in the file or add it to the profile.",
    field="account",
    headings="konto, account",
    present="enhet; belopp",
)
DATE_UNREADABLE = define(
    "L010",
    Severity.ERROR,
    says_sv="”{text}” är inget datum på någon av formerna {forms}.",
    says_en="“{text}” is no date in any of the forms {forms}.",
    do_sv="Rätta datumet eller lägg till formen i profilen.",
    do_en="Correct the date or add its form to the profile.",
    text="31/8 2022",
    forms="yyyy-mm-dd",
)
PERIOD_UNREADABLE = define(
    "L011",
    Severity.ERROR,
    says_sv="”{text}” är ingen period. Perioder skrivs 202208 eller 2022-08.",
    says_en="“{text}” is no period. Periods are written 202208 or 2022-08.",
    do_sv="Rätta perioden i filen.",
    do_en="Correct the period in the file.",
    text="augusti",
)
AMOUNT_UNREADABLE = define(
    "L012",
    Severity.ERROR,
    says_sv="”{text}” är inget belopp i kronor med högst två decimaler.",
    says_en="“{text}” is no amount in kronor with at most two decimals.",
    do_sv="Rätta beloppet, eller ange decimaltecken i profilen.",
    do_en="Correct the amount, or state the decimal sign in the profile.",
    text="1.400",
)
ACCOUNT_MISSING = define(
    "L013",
    Severity.ERROR,
    says_sv="Raden saknar konto.",
    says_en="The row has no account.",
    do_sv="Fyll i kontot, eller ta bort summarader ur filen.",
    do_en="Fill in the account, or remove total rows from the file.",
)
CODE_NOT_VALID = define(
    "L014",
    Severity.WARNING,
    says_sv="{dimension}: {codes} fanns inte i kodplanen då de bokfördes.",
    says_en="{dimension}: {codes} weren't in the code plan when they were posted to.",
    do_sv="Öppna koderna för perioden i registret eller flytta posterna.",
    do_en="Open the codes for the period in the register or move the postings.",
    dimension="unit",
    codes="4711 (2025-03)",
)
CODE_UNKNOWN = define(
    "L015",
    Severity.WARNING,
    says_sv="{dimension}: {count} {count:kod|koder} finns inte i kodplanen: {codes}.",
    says_en="{dimension}: {count} {count:code isn't|codes aren't} in the code plan: {codes}.",
    do_sv="Läs in dem i registret; till dess saknar deras belopp plats i uppställningarna.",
    do_en="Import them into the register; until then their amounts have no place in the statements.",
    dimension="unit",
    count=2,
    codes="4711, 4712",
)
CODE_ODD = define(
    "L016",
    Severity.ERROR,
    says_sv="{dimension}: koden ”{value}” är längre än {longest} tecken eller har styrtecken.",
    says_en="{dimension}: the code “{value}” is longer than {longest} characters or has control characters.",
    do_sv="Kontrollera att rätt kolumn läses som kod.",
    do_en="Check that the right column is read as a code.",
    dimension="unit",
    value="Digitaliseringsavdelningen i Örebro",
    longest=50,
)
UNBALANCED = define(
    "L020",
    Severity.ERROR,
    says_sv="Verifikation {voucher} balanserar inte: skillnaden är {difference} kr.",
    says_en="Voucher {voucher} doesn't balance: the difference is SEK {difference}.",
    do_sv="Exportera hela verifikationen, eller ange i profilen att verifikationer inte behöver balansera.",
    do_en="Export the whole voucher, or state in the profile that vouchers needn't balance.",
    voucher="A 17",
    difference="0,50",
)
VOUCHERS_HELD = define(
    "L021",
    Severity.ERROR,
    says_sv="{count} {count:verifikation|verifikationer} i filen finns redan i {file} (inläst {imported}), "
    "till exempel {voucher}.",
    says_en="{count} {count:voucher|vouchers} of the file {count:is|are} already held in {file} (imported "
    "{imported}), such as {voucher}.",
    do_sv="Kontrollera filen. Är den en nyare export: läs in den och låt den ersätta den äldre"
    " (på kommandoraden --replace). Då räknas inte {file} längre.",
    do_en="Check the file. If it is a newer export, import it and let it replace the older one"
    " (--replace on the command line). Then {file} no longer counts.",
    count=12,
    file="juli.se",
    imported="2022-08-05",
    voucher="A 17",
)
PERIODS_HELD = define(
    "L022",
    Severity.ERROR,
    says_sv="Perioderna {periods} finns redan i {file} (inläst {imported}); beloppen skulle räknas dubbelt.",
    says_en="The periods {periods} are already held in {file} (imported {imported}); the amounts would count twice.",
    do_sv="Kontrollera filen. Är den en nyare export: läs in den och låt den ersätta den äldre"
    " (på kommandoraden --replace). Då räknas inte {file} längre.",
    do_en="Check the file. If it is a newer export, import it and let it replace the older one"
    " (--replace on the command line). Then {file} no longer counts.",
    periods="2022-07",
    file="juli.csv",
    imported="2022-08-05",
)
REPLACES = define(
    "L023",
    Severity.WARNING,
    says_sv="{file} (inläst {imported}) ersätts och räknas inte längre: {why}.",
    says_en="{file} (imported {imported}) is replaced and no longer counts: {why}.",
    do_sv="Kontrollera att den nya filen har allt som den gamla hade.",
    do_en="Check that the new file has all that the old one had.",
    file="juli.se",
    imported="2022-08-05",
    why="12 verifikationer",
)
REPLACED_HAD_MORE = define(
    "L024",
    Severity.WARNING,
    says_sv="{file} ersätts men har {count} {count:verifikation|verifikationer} som den nya filen saknar, till "
    "exempel {voucher}.",
    says_en="{file} is replaced but has {count} {count:voucher|vouchers} that the new file lacks, such as {voucher}.",
    do_sv="Exportera hela perioden som {file} gällde, om de ska räknas.",
    do_en="Export the whole period of {file} if they are to count.",
    file="juli.se",
    count=3,
    voucher="B 4",
)
HELD_REPLACED = define(
    "L025",
    Severity.ERROR,
    says_sv="Filen är redan inläst men räknas inte: {how} {when}.",
    says_en="The file is already held but doesn't count: {how} {when}.",
    do_sv="Ska den gälla igen: läs in den och låt den ersätta den andra (på kommandoraden --replace).",
    do_en="If it is to count again, import it and let it replace the other (--replace on the command line).",
    how="ersatt av augusti.se",
    when="2022-09-05",
)
DATE_RANGE = define(
    "L026",
    Severity.ERROR,
    says_sv="{count} {count:rad|rader} har datum utanför åren {first}–{last}, till exempel {date}.",
    says_en="{count} {count:row has|rows have} dates outside the years {first}–{last}, such as {date}.",
    do_sv="Rätta datumen i ekonomisystemet eller filen.",
    do_en="Correct the dates in the accounting system or the file.",
    count=1,
    first=1900,
    last=2199,
    date="0022-08-31",
)
TOO_LARGE = define(
    "L027",
    Severity.ERROR,
    says_sv="Beloppet {amount} kr är större än vad en kommun kan bokföra.",
    says_en="The amount SEK {amount} is larger than what a municipality can post.",
    do_sv="Kontrollera att rätt kolumn läses som belopp.",
    do_en="Check that the right column is read as the amount.",
    amount="99 999 999 999 999,00",
)
BALANCES_DIFFER = define(
    "L028",
    Severity.WARNING,
    says_sv="Filens egna saldon stämmer inte med dess poster för {count} {count:konto|konton}, till exempel konto "
    "{account}: {stated} kr enligt saldot, {computed} kr enligt posterna.",
    says_en="The file's own balances disagree with its postings for {count} {count:account|accounts}, such as "
    "account {account}: SEK {stated} by the balance, SEK {computed} by the postings.",
    do_sv="Kontrollera att exporten har alla verifikationer för hela året.",
    do_en="Check that the export has all vouchers of the whole year.",
    count=1,
    account="1930",
    stated="100,00",
    computed="90,00",
)
DIMENSION_DROPPED = define(
    "L029",
    Severity.NOTE,
    says_sv="Dimension {number} {name} läses inte: profilen ger den ingen plats.",
    says_en="Dimension {number} {name} isn't read: the profile gives it no place.",
    do_sv="Lägg dimensionen i profilen om den behövs i uppföljningen.",
    do_en="Add the dimension to the profile if the follow-up needs it.",
    number="7",
    name="Anställd",
)
MORE_OF_SAME = define(
    "L030",
    Severity.NOTE,
    says_sv="… och {count} till av {kind}.",
    says_en="… and {count} more of {kind}.",
    do_sv="Rätta felen ovan först; resten är av samma slag.",
    do_en="Correct the faults above first; the rest are of the same kind.",
    kind="L012",
    count=4711,
)
EARLIER_YEARS = define(
    "L031",
    Severity.NOTE,
    says_sv="Filens {count} {count:saldo|saldon} för tidigare år sparas men blir inga poster.",
    says_en="The file's {count} {count:balance|balances} of earlier years {count:is|are} kept but "
    "{count:becomes|become} no postings.",
    do_sv="Läs in tidigare års egna filer för att jämföra med dem.",
    do_en="Import the earlier years' own files to compare with them.",
    count=120,
)
BUDGET_KEPT = define(
    "L032",
    Severity.NOTE,
    says_sv="Filens {count} {count:budgetrad|budgetrader} sparas men räknas inte: budgeten beslutas i planeringen.",
    says_en="The file's {count} budget {count:row is|rows are} kept but {count:doesn't|don't} count: the "
    "budget is decided in planning.",
    do_sv="Läs in budgeten med dess beslut.",
    do_en="Import the budget with its decision.",
    count=48,
)
CURRENCY = define(
    "L033",
    Severity.WARNING,
    says_sv="Filen är i {currency}. Beloppen läses som kronor.",
    says_en="The file is in {currency}. The amounts are read as kronor.",
    do_sv="Exportera filen i svenska kronor.",
    do_en="Export the file in Swedish kronor.",
    currency="EUR",
)
MONTHS_UNBALANCED = define(
    "L034",
    Severity.WARNING,
    says_sv="Filens månadssaldon går inte ihop: debet och kredit skiljer {difference} kr.",
    says_en="The file's monthly balances don't add up: debit and credit differ by SEK {difference}.",
    do_sv="Kontrollera att exporten har alla konton.",
    do_en="Check that the export has all accounts.",
    difference="33 125,72",
)
ROWS_ADD_UP = define(
    "L036",
    Severity.NOTE,
    says_sv="Filens objektrader är delar som läggs ihop med kontots rad utan objekt, inte en uppdelning av den.",
    says_en="The file's object rows are parts that add up with the account's row without objects, not a "
    "breakdown of it.",
    do_sv="Inget att göra: så går filens debet och kredit ihop.",
    do_en="Nothing to do: that way the file's debit and credit agree.",
)
PROTECTED = define(
    "L035",
    Severity.ERROR,
    says_sv="Filen är för stor att packa upp: {size} MB.",
    says_en="The file is too large to unpack: {size} MB.",
    do_sv="Spara den som CSV och läs in den.",
    do_en="Save it as CSV and import that.",
    size=8192,
)
ACCOUNT_UNNAMED = define(
    "L037",
    Severity.ERROR,
    says_sv="{count} {count:konto|konton} har poster men finns varken i filens kontoplan eller i registret: "
    "{accounts}.",
    says_en="{count} {count:account has|accounts have} postings but {count:is|are} neither in the file's chart "
    "nor in the register: {accounts}.",
    do_sv="Läs in dem i registret över konton, eller beställ en fil med kontoplan (#KONTO i SIE 4).",
    do_en="Import them into the register of accounts, or order a file with its chart (#KONTO in SIE 4).",
    count=2,
    accounts="1930, 3010",
)
BALANCES_DO_NOT_HOLD = define(
    "L038",
    Severity.ERROR,
    says_sv="Filens balanser håller inte ({codes}): de summerar inte till noll, eller så förklarar filens egna "
    "verifikationer dem inte.",
    says_en="The file's balances don't hold ({codes}): they don't sum to zero, or the file's own vouchers don't "
    "explain them.",
    do_sv="Beställ en fullständig fil: hela året och alla konton. Ska filen vara som den är, till exempel ett urval: "
    "ange balances: not_required i profilen, så läses den in och avvikelserna sparas som varningar.",
    do_en="Order a complete file: the whole year and all accounts. If the file is to be as it is, such as a "
    "selection, state balances: not_required in the profile: it is taken in and the differences kept as warnings.",
    codes="L138, L141",
)
BATCH_MISSING = define(
    "L040",
    Severity.ERROR,
    says_sv="Underlaget för {file} ({batch}) saknas eller är ofullständigt: {what}.",
    says_en="The material of {file} ({batch}) is missing or incomplete: {what}.",
    do_sv="Återläs ledgermappen ur säkerhetskopian, eller läs in filen på nytt.",
    do_en="Restore the ledger folder from the backup, or import the file again.",
    file="juli.se",
    batch="3f2a9c81d04b",
    what="postings.parquet",
)
BATCH_CHANGED = define(
    "L041",
    Severity.ERROR,
    says_sv="{what} i underlaget för {file} ({batch}) har ändrats sedan inläsningen.",
    says_en="{what} in the material of {file} ({batch}) was changed after the import.",
    do_sv="Återläs ledgermappen ur säkerhetskopian.",
    do_en="Restore the ledger folder from the backup.",
    file="juli.se",
    batch="3f2a9c81d04b",
    what="postings.parquet",
)
BATCH_ORPHAN = define(
    "L042",
    Severity.WARNING,
    says_sv="Mappen {folder} hör inte till någon registrerad inläsning.",
    says_en="The folder {folder} belongs to no registered batch.",
    do_sv="Den räknas inte i något belopp och kan tas bort.",
    do_en="It counts in no amount and may be removed.",
    folder="batches/3f2a…",
)
CONTROL_DIFFERS = define(
    "L043",
    Severity.ERROR,
    says_sv="Kontrollsummorna för {file} ({batch}) stämmer inte i perioden {period}.",
    says_en="The control totals of {file} ({batch}) don't hold in the period {period}.",
    do_sv="Återläs databas och ledgermapp ur samma säkerhetskopia.",
    do_en="Restore database and ledger folder from the same backup.",
    file="juli.se",
    batch="3f2a9c81d04b",
    period="2022-07",
)
NOTHING_TO_EXPORT = define(
    "L044",
    Severity.ERROR,
    says_sv="Det finns inga poster att exportera för urvalet.",
    says_en="There are no postings to export for the selection.",
    do_sv="Kontrollera år och bolag.",
    do_en="Check year and company.",
)
UNBALANCED_EXPORT = define(
    "L045",
    Severity.WARNING,
    says_sv="{count} {count:verifikation|verifikationer} i exporten balanserar inte, till exempel {voucher}.",
    says_en="{count} {count:voucher|vouchers} of the export {count:doesn't|don't} balance, such as {voucher}.",
    do_sv="Det mottagande systemet kan neka filen.",
    do_en="The receiving system may refuse the file.",
    count=1,
    voucher="A 17",
)
SEVERAL_COMPANIES = define(
    "L046",
    Severity.ERROR,
    says_sv="Urvalet har flera bolag: {companies}. En SIE-fil har ett.",
    says_en="The selection has several companies: {companies}. A SIE file has one.",
    do_sv="Ange vilket bolag som ska exporteras.",
    do_en="State which company to export.",
    companies="Kommunen, Bolaget AB",
)
UNWRITABLE = define(
    "L047",
    Severity.ERROR,
    says_sv="Filen {file} kan inte skrivas: {why}.",
    says_en="The file {file} can't be written: {why}.",
    do_sv="Kontrollera att mappen finns och att du får skriva i den.",
    do_en="Check that the folder exists and that you may write in it.",
    file="ut.se",
    why="Permission denied",
)
BATCH_UNKNOWN = define(
    "L048",
    Severity.ERROR,
    says_sv="Det finns ingen inläsning vars kod börjar med {batch}.",
    says_en="There is no batch whose code begins with {batch}.",
    do_sv="Se listan över inläsningar.",
    do_en="See the list of batches.",
    batch="3f2a9c81d04b",
)
TWO_CODES = define(
    "L049",
    Severity.WARNING,
    says_sv="Rader har två koder i samma dimension ({dimension}): {left} och {kept}. Den sista, {kept}, används.",
    says_en="Rows have two codes of one dimension ({dimension}): {left} and {kept}. The last, {kept}, is used.",
    do_sv="Rätta konteringen, eller låt profilen skilja dimensionerna åt.",
    do_en="Correct the coding, or let the profile tell the dimensions apart.",
    dimension="unit",
    left="4210",
    kept="4220",
)
