"""Rules K050, K053 and K060: when things happened, and until when the figures reach."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.prose.cutoffs import MONTH_NAMES, cutoffs_of, strays
from uppsikt.checks.prose.events import events_of, times_at_odds
from uppsikt.checks.prose.matching import BOUND
from uppsikt.checks.prose.saying import related_to, said, sum_of
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text


@rule(
    "K050",
    Severity.WARNING,
    name="event-at-other-time",
    says_sv="Här sägs det ha hänt {here}, på rad {line} {there}.",
    says_en='Here it is said to have happened "{here}", on line {line} "{there}".',
    do_sv="Skriv samma tid på båda ställena, eller säg vad som skiljer händelserna åt.",
    do_en="Write the same time in both places, or say what sets the events apart.",
    why=Text(
        "När en verksamhet startade, flyttade eller lades ned avgör vad som kan jämföras. Två tider för samma "
        "händelse gör jämförelsen osäker.",
        "When an operation began, moved or closed decides what can be compared. Two times for one event make the "
        "comparison unsure.",
    ),
    failing=(
        "Delårsrapport 2022\n\nIntraprenaden Konsthuset visar underskott under 2022. Avvikelsen blir -5,6 mnkr detta "
        "första verksamhetsår.\n\nIntraprenaden Konsthuset startade våren 2021, och visar nu underskott år 2022.\n"
    ),
    passing=(
        "Delårsrapport 2022\n\nIntraprenaden Konsthuset visar underskott under 2022. Avvikelsen blir -5,6 mnkr detta "
        "första verksamhetsår.\n\nIntraprenaden Konsthuset startade våren 2022, och visar nu underskott år 2022.\n"
    ),
    here="våren 2021",
    line=3,
    there="detta första verksamhetsår",
)
def event_at_other_time(report: Report) -> Iterator[Remark]:
    """Events of one subject told with times that can't both be true."""
    year = report.identity.year or report.prose.matcher.frame.year
    for odds in times_at_odds(events_of(report.prose.sentences, year)):
        yield remark(
            "K050",
            odds.two.spans,
            confidence=odds.confidence,
            related=[Related(odds.one.spans[0], Text("den andra tiden", "the other time"))],
            here=odds.two.told,
            line=odds.one.spans[0].line,
            there=odds.one.told,
        )


@rule(
    "K053",
    Severity.WARNING,
    name="figure-of-another-time",
    says_sv="{said} är {label} i tabellen, inte den tid som texten säger.",
    says_en="{said} is {label} in the table, not of the time that the text says.",
    do_sv="Rätta året eller omgången, eller siffran.",
    do_en="Correct the year or the round, or the figure.",
    why=Text(
        "Siffran finns i tabellen, på rätt rad men i en annan kolumn än den som texten pekar ut.",
        "The figure is in the table, in the right row but in another column than the text points at.",
    ),
    failing="Politisk kommunledning hade år 2021 ett utfall på 26 020 tkr.\n\n" + NET_TABLE,
    passing="Politisk kommunledning hade år 2022 ett utfall på 26 020 tkr.\n\n" + NET_TABLE,
    said="26 020 tkr",
    label="Politisk kommunledning, Utfall 2022",
)
def figure_of_another_time(report: Report) -> Iterator[Remark]:
    """Facts that agree with the same row's cell of another year or round."""
    prose = report.prose
    for fact, matches in prose.held.items():
        if any(match.agrees for match in matches) or prose.supported.get(fact, 0.0) >= BOUND:
            continue
        match = prose.matcher.mistimed(fact)
        if match is not None:
            yield remark(
                "K053",
                fact.spans,
                confidence=0.8,
                shown=sum_of(match),
                related=related_to(match.terms, Text("siffran i tabellen", "the figure in the table")),
                said=said(fact),
                label=match.label,
            )


@rule(
    "K060",
    Severity.WARNING,
    name="cut-off-mixed",
    says_sv="”{told}” slutar i {month}, men rapportens siffror gäller till och med {right} ({heading}).",
    says_en='"{told}" ends in {month}, but the report\'s figures reach to the end of {right} ({heading}).',
    do_sv="Använd samma brytdatum, eller säg varför just detta gäller en annan period.",
    do_en="Use the same cut-off date, or say why this is of another period.",
    why=Text(
        "Siffror till och med juli bredvid siffror till och med augusti ser jämförbara ut men är det inte.",
        "Figures to the end of July beside figures to the end of August look comparable but aren't.",
    ),
    failing=(
        "Delårsrapport 2022\n\nUtfall till och med augusti är 3 mnkr. Kostnaderna till och med augusti ökar.\n\n"
        "Avgångarna till och med juli har blivit fler.\n"
    ),
    passing=(
        "Delårsrapport 2022\n\nUtfall till och med augusti är 3 mnkr. Kostnaderna till och med augusti ökar.\n\n"
        "Avgångarna till och med augusti har blivit fler.\n"
    ),
    told="till och med juli",
    month="juli",
    right="augusti",
    heading="Utfall 220831",
)
def cut_off_mixed(report: Report) -> Iterator[Remark]:
    """Periods that end in another month than the report's figures."""
    for stray, right in strays(cutoffs_of(report.prose.sentences, report.tables)):
        yield remark(
            "K060",
            stray.spans,
            confidence=0.75 if right.is_table else 0.65,
            related=[Related(right.spans[0], Text("rapportens brytdatum", "the report's cut-off date"))],
            told=stray.told,
            month=MONTH_NAMES[stray.month - 1],
            right=MONTH_NAMES[right.month - 1],
            heading=right.told,
        )
