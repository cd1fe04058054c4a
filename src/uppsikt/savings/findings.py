"""Findings of savings assignments: S001–."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

ASSIGNMENT_UNKNOWN = define(
    "S001",
    Severity.ERROR,
    says_sv="Det finns inget effektiviseringsuppdrag {key}.",
    says_en="There is no savings assignment {key}.",
    do_sv="Välj ett av: {known}.",
    do_en="Choose one of: {known}.",
    key="uppdrag-2021",
    known="utvecklingsuppdraget",
)
ASSIGNMENT_EXISTS = define(
    "S002",
    Severity.ERROR,
    says_sv="Det finns redan ett effektiviseringsuppdrag {key}.",
    says_en="There is a savings assignment {key} already.",
    do_sv="Välj en annan nyckel, eller fördela en del av det som finns.",
    do_en="Choose another key, or distribute a part of the one there is.",
    key="utvecklingsuppdraget",
)
KEY_ODD = define(
    "S003",
    Severity.ERROR,
    says_sv="Nyckeln ”{key}” kan inte stå i en adress.",
    says_en="The key “{key}” can't stand in an address.",
    do_sv="Använd gemener a–z, siffror och bindestreck, högst 50 tecken.",
    do_en="Use lower case a–z, digits and hyphens, at most 50 characters.",
    key="Uppdrag 2021",
)
AMOUNT_ODD = define(
    "S004",
    Severity.ERROR,
    says_sv="Beloppet {amount} kr går inte att fördela.",
    says_en="The amount SEK {amount} can't be distributed.",
    do_sv="Ange ett belopp större än noll i hela kronor, som minskar budgeten.",
    do_en="Give an amount above zero in whole kronor, which lowers the budget.",
    amount="−7 000,50",
)
MORE_THAN_REMAINS = define(
    "S005",
    Severity.ERROR,
    says_sv="{amount} kr är mer än de {remaining} kr som återstår av uppdraget.",
    says_en="SEK {amount} is more than the SEK {remaining} that remain of the assignment.",
    do_sv="Fördela högst det som återstår.",
    do_en="Distribute at most what remains.",
    amount="12 000 000,00",
    remaining="11 200 000,00",
)
NO_BASE = define(
    "S006",
    Severity.ERROR,
    says_sv="Fördelningsnyckeln har inget underlag: {units}.",
    says_en="The allocation key has no base: {units}.",
    do_sv="Ge varje enhet en andel större än noll, eller välj enheter med kostnadsbudget på kontogruppen.",
    do_en="Give each unit a share above zero, or choose units with a budgeted cost on the account group.",
    units="4110, 4120",
)
UNITS_ODD = define(
    "S007",
    Severity.ERROR,
    says_sv="Uppdraget kan inte fördelas på enheterna: {units}.",
    says_en="The assignment can't be distributed on the units: {units}.",
    do_sv="Ange minst en enhet ur registret, var och en en gång, och inte den där uppdraget ligger.",
    do_en="Name at least one unit of the register, each once, and not the one on which the assignment stands.",
    units="4520",
)
CODE_UNKNOWN = define(
    "S008",
    Severity.ERROR,
    says_sv="Koden {value} finns inte i registret {dimension}.",
    says_en="The code {value} is not in the register {dimension}.",
    do_sv="Rätta koden.",
    do_en="Correct the code.",
    value="4711",
    dimension="unit",
)
ENTRY_UNKNOWN = define(
    "S009",
    Severity.ERROR,
    says_sv="Budgetjournalen har ingen sådan post: {entry}.",
    says_en="The budget journal has no such entry: {entry}.",
    do_sv="Ange beslut, slag, text och år som de står i journalen.",
    do_en="Give decision, kind, text and year as they stand in the journal.",
    entry="Ks 1018/2022 transfer",
)
ENTRY_ELSEWHERE = define(
    "S010",
    Severity.ERROR,
    says_sv="Budgetposten {entry} kan inte höra till uppdraget: {why}.",
    says_en="The budget entry {entry} can't belong to the assignment: {why}.",
    do_sv="Välj en effektiviseringspost eller en ombudgetering som rör enheten och kontot där uppdraget ligger.",
    do_en="Choose a savings entry or a transfer that is on the unit and the account of the assignment.",
    entry="Ks 1018/2022",
    why="den hör till ett annat uppdrag",
)
YEAR_ODD = define(
    "S011",
    Severity.ERROR,
    says_sv="{year} är inget budgetår.",
    says_en="{year} is not a budget year.",
    do_sv="Ange budgetåret med fyra siffror.",
    do_en="Give the budget year with four digits.",
    year="22",
)
PLAN_ROW_ODD = define(
    "S012",
    Severity.ERROR,
    says_sv="Raden i planen kan inte läsas: {why}.",
    says_en="The row of the plan can't be read: {why}.",
    do_sv="Ange enhet, belopp större än noll i hela kronor, dag och hur det ska gå till.",
    do_en="Give the unit, an amount above zero in whole kronor, a day and how it is to be done.",
    why="datum saknas",
)
NOT_REVERSIBLE = define(
    "S013",
    Severity.ERROR,
    says_sv="Budgetposten {entry} går inte att återta.",
    says_en="The budget entry {entry} can't be taken back.",
    do_sv="Välj en fördelning som inte redan är återtagen. Ett återtagande tas inte tillbaka: fördela på nytt.",
    do_en="Choose a distribution that isn't taken back already. A taking back isn't undone: distribute anew.",
    entry="Ks 1018/2022",
)
NOTHING_LEFT = define(
    "S014",
    Severity.ERROR,
    says_sv="I budgeten {year} återstår inget av uppdraget {key}.",
    says_en="Nothing remains of the assignment {key} in the budget of {year}.",
    do_sv="Välj ett år där något återstår: {known}.",
    do_en="Choose a year in which something remains: {known}.",
    year=2023,
    key="utvecklingsuppdraget",
    known="2022",
)
ASSIGNMENT_UNTOLD = define(
    "B030",
    Severity.ERROR,
    says_sv="Effektiviseringsuppdraget {row} har ändrats vid sidan av loggen: loggen säger {told}, lagrat är {held}.",
    says_en="The savings assignment {row} was changed beside the log: the log says {told}, {held} is stored.",
    do_sv="Ta reda på vem som skrivit i databasen, och jämför med beslutet.",
    do_en="Find out who wrote in the database, and compare with the decision.",
    row="savings:uppdraget",
    told="4210",
    held="4220",
)
