"""What can be wrong in a SIE 4 file: codes L100–L149.

An error means that a figure in the file can't be trusted, so nothing of the file is used. A warning is
something the file says that the user should see, but that leaves every posting readable. Source of the
rules: SIE-Gruppen, "SIE filformat", utgåva 4B (2008-09-30).
"""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NOT_SIE = define(
    "L100",
    Severity.ERROR,
    says_sv="Filen är inte en SIE-fil: första posten ska vara #FLAGGA men filen börjar med ”{begins}”.",
    says_en="This is not a SIE file: the first record must be #FLAGGA, but the file begins with “{begins}”.",
    do_sv="Exportera filen på nytt ur ekonomisystemet och välj formatet SIE 4.",
    do_en="Export the file again from the accounting system and choose the format SIE 4.",
    begins="%PDF-1.7",
)
EMPTY = define(
    "L101",
    Severity.ERROR,
    says_sv="Filen är tom.",
    says_en="The file is empty.",
    do_sv="Exportera filen på nytt och se efter att exporten gick klart.",
    do_en="Export the file again and see that the export finished.",
)
HTML = define(
    "L102",
    Severity.ERROR,
    says_sv="Filen är en webbsida (”{title}”), inte en SIE-fil.",
    says_en="The file is a web page (“{title}”), not a SIE file.",
    do_sv="Nedladdningen har misslyckats. Hämta filen på nytt, inloggad om det behövs.",
    do_en="The download failed. Fetch the file again, logged in if needed.",
    title="404 Not Found",
)
UNREADABLE = define(
    "L103",
    Severity.ERROR,
    says_sv="Filen går inte att läsa: {reason}.",
    says_en="The file can't be read: {reason}.",
    do_sv="Se efter att filen finns och att du får läsa den.",
    do_en="See that the file exists and that you may read it.",
    reason="No such file or directory",
)
TYPE_MISSING = define(
    "L104",
    Severity.WARNING,
    says_sv="Filen säger inte vilken SIE-typ den är (#SIETYP saknas). Den läses som typ {assumed}.",
    says_en="The file doesn't say which SIE type it is (no #SIETYP). It is read as type {assumed}.",
    do_sv="Kontrollera att filen innehåller det du väntar dig.",
    do_en="Check that the file holds what you expect.",
    assumed="4E",
)
TYPE_UNKNOWN = define(
    "L105",
    Severity.ERROR,
    says_sv="SIE-typen ”{value}” finns inte; typerna är 1, 2, 3 och 4.",
    says_en="There is no SIE type “{value}”; the types are 1, 2, 3 and 4.",
    do_sv="Exportera filen på nytt som typ 4.",
    do_en="Export the file again as type 4.",
    value="7",
)
ENCODING = define(
    "L106",
    Severity.NOTE,
    says_sv="Filen är skriven i {encoding} fast formatet säger PC8 (teckentabell 437). Den läses som {encoding}.",
    says_en="The file is written in {encoding} although the format says PC8 (code page 437). It is read as "
    "{encoding}.",
    do_sv="Inget behöver göras om namnen nedan ser rätt ut.",
    do_en="Nothing needs doing if the names below look right.",
    encoding="UTF-8",
)
DAMAGED_TEXT = define(
    "L107",
    Severity.WARNING,
    says_sv="{count} namn har tecken som blivit förstörda innan filen kom hit, bland annat ”{sample}”.",
    says_en="{count} {count:name has|names have} characters that were damaged before the file came here, such "
    "as “{sample}”.",
    do_sv="Beloppen påverkas inte. Be systemets ägare exportera med rätt teckenkodning.",
    do_en="Amounts are not affected. Ask the system's owner to export with the right encoding.",
    count=12,
    sample="F�retag",
)
QUOTE_IN_MONEY = define(
    "L108",
    Severity.ERROR,
    says_sv="Ett citattecken eller en klammer i {label}-posten avslutas aldrig.",
    says_en="A quotation mark or brace in the {label} record never ends.",
    do_sv="Rätta raden i ekonomisystemet och exportera på nytt.",
    do_en="Correct the row in the accounting system and export again.",
    label="#TRANS",
)
QUOTE = define(
    "L109",
    Severity.WARNING,
    says_sv="Ett citattecken eller en klammer i {label}-posten avslutas aldrig. Posten läses till radens slut.",
    says_en="A quotation mark or brace in the {label} record never ends. It is read to the end of the line.",
    do_sv="Kontrollera att namnet på raden är rätt.",
    do_en="Check that the name on this line is right.",
    label="#FNAMN",
)
NOT_A_RECORD = define(
    "L110",
    Severity.ERROR,
    says_sv="Raden är ingen SIE-post: ”{text}”.",
    says_en="The line is not a SIE record: “{text}”.",
    do_sv="Filen kan vara avhuggen eller ha radbrytningar i texter. Exportera den på nytt.",
    do_en="The file may be cut off or have line breaks inside texts. Export it again.",
    text="<p>Not Found</p>",
)
FIELD_MISSING = define(
    "L111",
    Severity.ERROR,
    says_sv="{label}-posten saknar fält: den har {fields} av minst {needed}.",
    says_en="The {label} record lacks fields: it has {fields} of at least {needed}.",
    do_sv="Exportera filen på nytt; den kan vara avhuggen här.",
    do_en="Export the file again; it may be cut off here.",
    label="#IB",
    fields=2,
    needed=3,
)
YEAR_BAD = define(
    "L112",
    Severity.ERROR,
    says_sv="Räkenskapsåret {number} går inte att läsa: från ”{start}” till ”{last}”.",
    says_en="Financial year {number} can't be read: from “{start}” to “{last}”.",
    do_sv="Rätta räkenskapsåret i ekonomisystemet. Slutet ska vara ett datum som finns och ligga efter början.",
    do_en="Correct the financial year in the accounting system. Its end must exist and come after its start.",
    number="0",
    start="20210301",
    last="20200228",
)
YEAR_EMPTY = define(
    "L113",
    Severity.WARNING,
    says_sv="Räkenskapsåret {number} har inga datum.",
    says_en="Financial year {number} has no dates.",
    do_sv="Datum utanför året kan inte upptäckas i den här filen.",
    do_en="Dates outside the year can't be discovered in this file.",
    number="0",
)
YEAR_MISSING = define(
    "L114",
    Severity.WARNING,
    says_sv="Filen säger inte vilket räkenskapsår den gäller (#RAR 0 saknas).",
    says_en="The file doesn't say which financial year it is about (no #RAR 0).",
    do_sv="Kontrollera att datumen hör till rätt år; det kan inte göras av programmet här.",
    do_en="Check that the dates belong to the right year; the program can't do that here.",
)
ACCOUNT_MISSING = define(
    "L115",
    Severity.ERROR,
    says_sv="Kontonummer saknas i {label}-posten.",
    says_en="The {label} record has no account number.",
    do_sv="Ge posten ett konto i ekonomisystemet och exportera på nytt.",
    do_en="Give the record an account in the accounting system and export again.",
    label="#KONTO",
)
ACCOUNT_NOT_NUMERIC = define(
    "L116",
    Severity.ERROR,
    says_sv="Kontot ”{account}” är inte ett nummer.",
    says_en="The account “{account}” is not a number.",
    do_sv="Rätta kontonumret i ekonomisystemet och exportera på nytt.",
    do_en="Correct the account number in the accounting system and export again.",
    account="11AF",
)
ACCOUNT_UNDECLARED = define(
    "L117",
    Severity.WARNING,
    says_sv="Kontot {account} används men finns inte i filens kontoplan (#KONTO).",
    says_en="Account {account} is used but is not in the file's chart of accounts (#KONTO).",
    do_sv="Se efter att kontot finns i registret: poster på konton som varken det eller filen namnger läses inte in.",
    do_en="See that the account is in the register: postings on accounts that neither of the two names aren't taken "
    "in.",
    account="1930",
)
OBJECT_UNDECLARED = define(
    "L119",
    Severity.WARNING,
    says_sv="{count} objekt i dimension {dimension} används men är inte namngivna i filen (#OBJEKT), "
    "bland annat {sample}.",
    says_en="{count} {count:object|objects} in dimension {dimension} {count:is|are} used but not named in the "
    "file (#OBJEKT), such as {sample}.",
    do_sv="Posterna läses ändå. Se efter att koderna finns i kodplanen.",
    do_en="Their records are read all the same. See that the codes are in the code plan.",
    count=3,
    dimension="1",
    sample="4711",
)
ROW_OUTSIDE = define(
    "L120",
    Severity.ERROR,
    says_sv="En konteringsrad (#TRANS) ligger utanför varje verifikation.",
    says_en="A posting row (#TRANS) lies outside every voucher.",
    do_sv="Exportera filen på nytt; en #VER-post eller en klammer har fallit bort.",
    do_en="Export the file again; a #VER record or a brace has been lost.",
)
VOUCHER_DATE_MISSING = define(
    "L121",
    Severity.ERROR,
    says_sv="Verifikation {voucher} saknar datum.",
    says_en="Voucher {voucher} has no date.",
    do_sv="Ge verifikationen ett datum i ekonomisystemet och exportera på nytt.",
    do_en="Give the voucher a date in the accounting system and export again.",
    voucher="K 12",
)
VOUCHER_DATE_BAD = define(
    "L122",
    Severity.ERROR,
    says_sv="Verifikation {voucher} har datumet ”{date}”, som inte är ett datum på formen ååååmmdd.",
    says_en="Voucher {voucher} has the date “{date}”, which is not a date of the form yyyymmdd.",
    do_sv="Rätta datumet i ekonomisystemet och exportera på nytt.",
    do_en="Correct the date in the accounting system and export again.",
    voucher="K 12",
    date="2018-05-01",
)
DATE_BAD = define(
    "L123",
    Severity.ERROR,
    says_sv="”{date}” i {label}-posten är inte ett datum som finns på formen ååååmmdd.",
    says_en="“{date}” in the {label} record is not an existing date of the form yyyymmdd.",
    do_sv="Rätta datumet i ekonomisystemet och exportera på nytt.",
    do_en="Correct the date in the accounting system and export again.",
    label="#TRANS",
    date="20110229",
)
DATE_OUTSIDE = define(
    "L124",
    Severity.WARNING,
    says_sv="Datumet {date} ligger utanför filens räkenskapsår ({start}–{last}).",
    says_en="The date {date} lies outside the file's financial year ({start}–{last}).",
    do_sv="Posten läses ändå, på sitt eget datum. Se efter att filen är för rätt år.",
    do_en="The record is read all the same, on its own date. See that the file is for the right year.",
    date="2023-01-02",
    start="2022-01-01",
    last="2022-12-31",
)
AMOUNT_BAD = define(
    "L125",
    Severity.ERROR,
    says_sv="Beloppet ”{amount}” i {label}-posten går inte att läsa.",
    says_en="The amount “{amount}” in the {label} record can't be read.",
    do_sv="Belopp skrivs med punkt och högst två decimaler, till exempel -1250.50.",
    do_en="Amounts are written with a point and at most two decimals, such as -1250.50.",
    label="#TRANS",
    amount="1 250:50",
)
AMOUNT_COMMA = define(
    "L127",
    Severity.WARNING,
    says_sv="Beloppet ”{amount}” har decimalkomma; formatet säger punkt. Det läses som {read}.",
    says_en="The amount “{amount}” has a decimal comma; the format says point. It is read as {read}.",
    do_sv="Inget behöver göras om beloppet är rätt läst.",
    do_en="Nothing needs doing if the amount is rightly read.",
    amount="-3325,00",
    read="−3 325,00",
)
OBJECTS_BAD = define(
    "L128",
    Severity.ERROR,
    says_sv="Objektlistan i {label}-posten saknas eller är inte par av dimension och objekt inom {{ }}.",
    says_en="The object list of the {label} record is missing or not pairs of dimension and object in {{ }}.",
    do_sv="Exportera filen på nytt; en tom lista ska skrivas {{}}.",
    do_en="Export the file again; an empty list must be written {{}}.",
    label="#PBUDGET",
)
VOUCHER_EMPTY = define(
    "L129",
    Severity.WARNING,
    says_sv="Verifikation {voucher} har inga rader.",
    says_en="Voucher {voucher} has no rows.",
    do_sv="En makulerad verifikation kan se ut så. Är den inte makulerad har rader fallit bort.",
    do_en="A voided voucher may look like this. If it isn't voided, rows have been lost.",
    voucher="A 53",
)
UNBALANCED = define(
    "L130",
    Severity.ERROR,
    says_sv="Verifikation {voucher} balanserar inte: skillnaden är {difference} kr.",
    says_en="Voucher {voucher} doesn't balance: the difference is SEK {difference}.",
    do_sv="Rätta verifikationen i ekonomisystemet och exportera på nytt.",
    do_en="Correct the voucher in the accounting system and export again.",
    voucher="K 12",
    difference="0,55",
)
VOUCHER_OPEN = define(
    "L131",
    Severity.ERROR,
    says_sv="Verifikation {voucher} avslutas aldrig: klammern }} saknas.",
    says_en="Voucher {voucher} never ends: its brace }} is missing.",
    do_sv="Filen är troligen avhuggen. Exportera den på nytt.",
    do_en="The file is probably cut off. Export it again.",
    voucher="A 53",
)
VOUCHER_WITHOUT_BLOCK = define(
    "L132",
    Severity.ERROR,
    says_sv="Verifikation {voucher} följs inte av någon klammer {{ med rader.",
    says_en="Voucher {voucher} is not followed by a brace {{ with rows.",
    do_sv="Filen är troligen avhuggen. Exportera den på nytt.",
    do_en="The file is probably cut off. Export it again.",
    voucher="A 53",
)
STRAY_BRACE = define(
    "L133",
    Severity.ERROR,
    says_sv="En klammer ”{brace}” hör inte till någon verifikation.",
    says_en="A brace “{brace}” belongs to no voucher.",
    do_sv="Exportera filen på nytt; en #VER-post har fallit bort.",
    do_en="Export the file again; a #VER record has been lost.",
    brace="}",
)
KSUMMA_DIFFERS = define(
    "L134",
    Severity.ERROR,
    says_sv="Filens kontrollsumma är {stated} men innehållet ger {computed}: filen har ändrats efter exporten.",
    says_en="The file's checksum is {stated} but its content gives {computed}: it was changed after export.",
    do_sv="Exportera filen på nytt och ändra den inte för hand eller i en textredigerare.",
    do_en="Export the file again, and don't change it by hand or in a text editor.",
    stated="909685525",
    computed=123456789,
)
KSUMMA_OPEN = define(
    "L135",
    Severity.ERROR,
    says_sv="Filen lovar en kontrollsumma (#KSUMMA) men slutar utan den.",
    says_en="The file promises a checksum (#KSUMMA) but ends without it.",
    do_sv="Filen är troligen avhuggen. Exportera den på nytt.",
    do_en="The file is probably cut off. Export it again.",
)
BALANCES_IN_4I = define(
    "L136",
    Severity.WARNING,
    says_sv="Filen är en importfil (4I) men har {count} {count:balanspost|balansposter}, som inte får finnas där.",
    says_en="The file is an import file (4I) but has {count} balance {count:record|records}, which must not be "
    "there.",
    do_sv="Verifikationerna läses. Använd inte balanserna.",
    do_en="The vouchers are read. Don't use the balances.",
    count=96,
)
CLOSING_DIFFERS = define(
    "L137",
    Severity.WARNING,
    says_sv="Konto {account}: ingående {opening} + årets poster {movement} är inte utgående {closing}.",
    says_en="Account {account}: opening {opening} + the year's postings {movement} is not closing {closing}.",
    do_sv="Filen kan sakna verifikationer. Är den ett urval, till exempel en månad, är det väntat.",
    do_en="The file may lack vouchers. If it is a selection, such as one month, this is expected.",
    account="1930",
    opening="1 009 216,50",
    movement="−24 124,76",
    closing="984 091,74",
)
RESULT_DIFFERS = define(
    "L138",
    Severity.WARNING,
    says_sv="Konto {account}: årets poster {movement} är inte årets saldo {closing} (#RES).",
    says_en="Account {account}: the year's postings {movement} are not the year's balance {closing} (#RES).",
    do_sv="Filen kan sakna verifikationer. Är den ett urval, till exempel en månad, är det väntat.",
    do_en="The file may lack vouchers. If it is a selection, such as one month, this is expected.",
    account="6072",
    movement="928,00",
    closing="1 836,00",
)
PERIOD_BAD = define(
    "L139",
    Severity.ERROR,
    says_sv="Perioden ”{period}” i {label}-posten är inte en månad på formen ååååmm.",
    says_en="The period “{period}” in the {label} record is not a month of the form yyyymm.",
    do_sv="Exportera filen på nytt; fälten kan ha bytt plats.",
    do_en="Export the file again; fields may have changed places.",
    label="#PBUDGET",
    period="1119",
)
YEAR_NUMBER_BAD = define(
    "L140",
    Severity.ERROR,
    says_sv="Årsnumret ”{number}” i {label}-posten är inte 0 eller ett negativt tal.",
    says_en="The year number “{number}” in the {label} record is not 0 or a negative number.",
    do_sv="Exportera filen på nytt; fälten kan ha bytt plats.",
    do_en="Export the file again; fields may have changed places.",
    label="#IB",
    number="2017",
)
BOOKS_UNBALANCED = define(
    "L141",
    Severity.WARNING,
    says_sv="Utgående balanser och resultat för år {number} summerar till {sum} kr i stället för noll.",
    says_en="Closing balances and results of year {number} sum to SEK {sum} instead of zero.",
    do_sv="Ingående balanser kan vara preliminära, eller så saknas konton i filen.",
    do_en="Opening balances may be preliminary, or accounts are missing from the file.",
    number=0,
    sum="−187 195,27",
)
OBJECT_ROWS_SKIPPED = define(
    "L142",
    Severity.NOTE,
    says_sv="{count} {count:periodpost|periodposter} med objekt hoppades över: en fil av typ 2 har bara hela konton.",
    says_en="{count} period {count:record|records} with objects {count:was|were} skipped: a type 2 file has "
    "whole accounts only.",
    do_sv="Inget behöver göras. Exportera som typ 4 om du behöver objekten.",
    do_en="Nothing needs doing. Export as type 4 if you need the objects.",
    count=270,
)
LINE_TOO_LONG = define(
    "L143",
    Severity.ERROR,
    says_sv="Filen har en rad på mer än {limit} byte och är knappast en SIE-fil. Läsningen avbröts.",
    says_en="The file has a line of more than {limit} bytes and is hardly a SIE file. Reading stopped.",
    do_sv="Exportera filen på nytt ur ekonomisystemet.",
    do_en="Export the file again from the accounting system.",
    limit=4194304,
)
CHARACTER_REPLACED = define(
    "L145",
    Severity.WARNING,
    says_sv="Tecknet ”{character}” finns inte i teckentabellen {encoding} och skrevs som ”?” ({count} "
    "{count:gång|gånger}).",
    says_en="The character “{character}” is not in code page {encoding} and was written as “?” ({count} "
    "{count:time|times}).",
    do_sv="Byt tecknet i källan om det behövs i mottagande system.",
    do_en="Change the character at its source if the receiving system needs it.",
    character="€",
    encoding="cp437",
    count=2,
)
MOVED_WITHOUT_BALANCE = define(
    "L146",
    Severity.WARNING,
    says_sv="Konto {account} har årets poster {movement} men varken utgående balans eller resultat i filen.",
    says_en="Account {account} has postings of {movement} this year but no closing balance or result in the file.",
    do_sv="Se efter kontots typ i ekonomisystemet.",
    do_en="See what kind of account it is in the accounting system.",
    account="2099",
    movement="193 179,00",
)
VOUCHERS_IN_SMALL_TYPE = define(
    "L147",
    Severity.WARNING,
    says_sv="Filen säger sig vara av typ {type} men har verifikationer. De läses.",
    says_en="The file says it is of type {type} but has vouchers. They are read.",
    do_sv="Kontrollera att filen är den du menade att exportera.",
    do_en="Check that the file is the one you meant to export.",
    type="1",
)
FORMAT_NOT_PC8 = define(
    "L148",
    Severity.WARNING,
    says_sv="Filen säger formatet ”{format}”; SIE 4 känner bara PC8. Teckenkodningen avgjordes av innehållet.",
    says_en="The file says format “{format}”; SIE 4 only knows PC8. The encoding was decided by the content.",
    do_sv="Inget behöver göras om namnen ser rätt ut.",
    do_en="Nothing needs doing if the names look right.",
    format="UTF-8",
)
UNWRITABLE_CODE = define(
    "L149",
    Severity.WARNING,
    says_sv="”{text}” anpassades: SIE bär inga styrtecken och inget omvänt snedstreck sist i en text.",
    says_en="“{text}” was adapted: SIE carries no control characters and no backslash last in a text.",
    do_sv="Inget behöver göras.",
    do_en="Nothing needs doing.",
    text="rad ett rad två",
)
