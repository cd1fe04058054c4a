"""Findings of carried-over results (B001–B019) and settlements (B020–)."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

PERIOD_UNKNOWN = define(
    "B001",
    Severity.ERROR,
    says_sv="Det finns ingen flerårsperiod {key}.",
    says_en="There is no multi-year period {key}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    key="2015-2018",
    known="2019-2022",
)
PERIOD_ODD = define(
    "B002",
    Severity.ERROR,
    says_sv="Flerårsperioden {key} kan inte öppnas: {why}.",
    says_en="The multi-year period {key} can't be opened: {why}.",
    do_sv="Ange en nyckel som inte finns, ett namn och år i ordning, till exempel 2019 och 2022.",
    do_en="Give a key that isn't taken, a name and years in order, for example 2019 and 2022.",
    key="2019-2022",
    why="nyckeln finns redan",
)
UNIT_IN_TWO = define(
    "B003",
    Severity.ERROR,
    says_sv="Enheten {unit} är redan med i perioden {other}, som har år gemensamma.",
    says_en="The unit {unit} is in the period {other} already, which has years in common.",
    do_sv="En enhet tar med sig sitt resultat i en period i taget.",
    do_en="A unit takes its result along in one period at a time.",
    unit="3020",
    other="2019-2022",
)
UNIT_ODD = define(
    "B004",
    Severity.ERROR,
    says_sv="Enheten {unit} är inte med i perioden {key}.",
    says_en="The unit {unit} is not in the period {key}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    unit="4220",
    key="2019-2022",
    known="3020",
)
YEAR_OUTSIDE = define(
    "B005",
    Severity.ERROR,
    says_sv="Året {year} ligger utanför perioden {key}.",
    says_en="The year {year} lies outside the period {key}.",
    do_sv="Ange ett år från {first} till och med {last}.",
    do_en="Give a year from {first} through {last}.",
    year=2018,
    key="2019-2022",
    first=2019,
    last=2022,
)
ENTRY_UNKNOWN = define(
    "B006",
    Severity.ERROR,
    says_sv="Budgetjournalen har ingen sådan post, eller den rör ingen enhet i perioden: {entry}.",
    says_en="The budget journal has no such entry, or it is on no unit of the period: {entry}.",
    do_sv="Ange beslut, slag, text och år som de står i journalen.",
    do_en="Give decision, kind, text and year as they stand in the journal.",
    entry="Ks 1044/2022 supplementary",
)
CODE_UNKNOWN = define(
    "B007",
    Severity.ERROR,
    says_sv="Koden {value} finns inte i registret {dimension}.",
    says_en="The code {value} is not in the register {dimension}.",
    do_sv="Rätta koden.",
    do_en="Correct the code.",
    value="4711",
    dimension="unit",
)
RULE_EXISTS = define(
    "B020",
    Severity.ERROR,
    says_sv="Det finns redan en regleringsregel {key}.",
    says_en="There is a settlement rule {key} already.",
    do_sv="Avsluta den gamla regeln, eller välj en annan nyckel.",
    do_en="End the old rule, or choose another key.",
    key="centralt-skolstod",
)
RULE_UNKNOWN = define(
    "B021",
    Severity.ERROR,
    says_sv="Det finns ingen regleringsregel {key}.",
    says_en="There is no settlement rule {key}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    key="skolstod",
    known="centralt-skolstod",
)
RULE_ODD = define(
    "B022",
    Severity.ERROR,
    says_sv="Regeln {key} går inte att följa: {why}.",
    says_en="The rule {key} can't be followed: {why}.",
    do_sv="Ange vem som finansierar, med andelar större än noll, och dagar som är den första i en månad.",
    do_en="Say who finances it, with shares above zero, and give days that are the first of a month.",
    key="centralt-skolstod",
    why="ingen finansierar",
)
RULES_MEET = define(
    "B023",
    Severity.ERROR,
    says_sv="Enheten {unit} regleras redan av {other}, direkt eller genom en enhet över eller under.",
    says_en="The unit {unit} is settled by {other} already, by itself or through a unit above or below.",
    do_sv="Avsluta den andra regeln först: annars regleras samma avvikelse två gånger.",
    do_en="End the other rule first: else one deviation is settled twice.",
    unit="4410",
    other="centralt-skolstod",
)
NO_RULES = define(
    "B024",
    Severity.ERROR,
    says_sv="Ingen regel gäller på avläsningsdagen {day}, så det finns inget att reglera.",
    says_en="No rule is valid on the cut-off {day}, so there is nothing to settle.",
    do_sv="Lägg upp en regel för enheter som finansieras av andra.",
    do_en="Add a rule for units that others finance.",
    day="2022-08-31",
)
NO_FORECAST = define(
    "B025",
    Severity.WARNING,
    says_sv="Enheten {unit} har ingen prognos i omgången, så den regleras inte.",
    says_en="The unit {unit} has no forecast in the round, so it isn't settled.",
    do_sv="Reglera igen när enheten har lämnat sin prognos.",
    do_en="Settle again when the unit has handed in its forecast.",
    unit="4410",
)
SETTLEMENT_UNTOLD = define(
    "S020",
    Severity.ERROR,
    says_sv="{row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="{row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och jämför med beslutet.",
    do_en="Find out who wrote in the database, and compare with the decision.",
    row="settlement-rule:skolstod",
    told="deviation",
    held="result",
)
