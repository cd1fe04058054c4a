"""Findings of the round's pages: W050–W059 and W061."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

NOT_ENTRIES = define(
    "W050",
    Severity.ERROR,
    says_sv="Filen är inte en av dem som laddas ned under omgångens prognoser.",
    says_en="The file is none of those that are downloaded under the round's forecasts.",
    do_sv="Ladda ned filen på nytt, ändra i den och läs in den. Andra prognosfiler läses in under Inläsning.",
    do_en="Download the file anew, change it and bring it back. Other forecast files are imported under Import.",
)
OTHER_ROUND = define(
    "W051",
    Severity.ERROR,
    says_sv="Raden kommer från omgången {round}, inte {wanted}.",
    says_en="The row comes from the round {round}, not {wanted}.",
    do_sv="Välj filen som laddades ned från den här omgången.",
    do_en="Choose the file that was downloaded from this round.",
    round="delar1-2022",
    wanted="delar2-2022",
)
ROW_MIXED_UP = define(
    "W052",
    Severity.ERROR,
    says_sv="Raden säger enhet {unit} och kontogrupp {account}, men dess dolda kolumn hör till en annan rad.",
    says_en="The row says unit {unit} and account group {account}, but its hidden column belongs to another row.",
    do_sv="Sortera hela rader, eller ladda ned filen på nytt. På en rad du lägger till är den dolda kolumnen tom.",
    do_en="Sort whole rows, or download the file anew. A row that you add has nothing in the hidden column.",
    unit="4220",
    account="5",
)
ROW_GIVEN_TWICE = define(
    "W053",
    Severity.ERROR,
    says_sv="Enhet {unit} och kontogrupp {account} står redan på rad {first}.",
    says_en="Unit {unit} and account group {account} stand in row {first} already.",
    do_sv="Ta bort den ena raden.",
    do_en="Take one of the rows out.",
    unit="4220",
    account="5",
    first=12,
)
SHARE_ODD = define(
    "W054",
    Severity.ERROR,
    says_sv="”{value}” går inte att läsa som procent med högst en decimal.",
    says_en="“{value}” can't be read as per cent with at most one decimal.",
    do_sv="Skriv till exempel 2 eller 0,5.",
    do_en="Write 2 or 0.5, for example.",
    value="en halv",
)
AMOUNT_ODD = define(
    "W055",
    Severity.ERROR,
    says_sv="”{value}” går inte att läsa som kronor och hela ören.",
    says_en="“{value}” can't be read as kronor and whole öre.",
    do_sv="Skriv kronor med högst två decimaler, t.ex. 1 250 000 eller −300,50.",
    do_en="Write kronor with at most two decimals, e.g. 1 250 000 or −300.50.",
    value="en miljon",
)
DAY_ODD = define(
    "W056",
    Severity.ERROR,
    says_sv="”{value}” är inget datum.",
    says_en="“{value}” is no date.",
    do_sv="Skriv datumet som 2022-10-01.",
    do_en="Write the date as 2022-10-01.",
    value="i höst",
)
WRITTEN_MEANWHILE = define(
    "W057",
    Severity.ERROR,
    says_sv="{unit}, {account}, {what}: {who} har skrivit {held} sedan filen laddades ned.",
    says_en="{unit}, {account}, {what}: {who} has written {held} since the file was downloaded.",
    do_sv="Stäm av med den som skrev. Ladda ned filen på nytt om ditt värde ska gälla.",
    do_en="Settle it with whoever wrote. Download the file anew if your value is to stand.",
    unit="4220",
    account="5",
    what="helår",
    who="chef",
    held="2 640 000,00",
)
LOCKED_CHANGED = define(
    "W061",
    Severity.WARNING,
    says_sv="Kolumnen {column} kan inte ändras i filen: {value} läses inte in.",
    says_en="The column {column} can't be changed in the file: {value} is not taken in.",
    do_sv="Skriv prognosen i de vita cellerna. Budget läses in under Inläsning, och utfallet kommer från huvudboken.",
    do_en="Write the forecast in the white cells. A budget is imported under Import; actuals come from the ledger.",
    column="Budget",
    value="3 000 000",
)
NOTHING_CHOSEN = define(
    "W058",
    Severity.ERROR,
    says_sv="Ingen enhet är vald.",
    says_en="No unit is chosen.",
    do_sv="Kryssa för de enheter som ska godkännas och försök igen.",
    do_en="Tick the units to be approved and try again.",
)
REASON_MISSING = define(
    "W059",
    Severity.ERROR,
    says_sv="{what} saknas.",
    says_en="{what} is missing.",
    do_sv="Fyll i det och försök igen: det står kvar i historiken för den som frågar senare.",
    do_en="Fill it in and try again: it stays in the history for whoever asks later.",
    what="Orsak",
)
