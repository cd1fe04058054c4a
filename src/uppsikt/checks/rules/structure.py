"""Rules K020–K024: the document's own frame: running lines, heading numbers, empty sections and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from uppsikt.checks.document import Heading, Passage, Picture, Span, Table
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

FRAME = """Delårsrapport med prognos 2 2022

1 Sammanfattning

Nämndens prognos visar ett underskott som beror på lägre intäkter än väntat.

2 Ekonomi

Kostnaderna ökar till följd av högre priser och fler uppdrag under året.

12  DELÅRSRAPPORT MED PROGNOS 2 2022 - NÄMNDEN

3 Personal

Sjukfrånvaron har minskat och fler medarbetare stannar kvar i nämnden.
"""


@rule(
    "K020",
    Severity.ERROR,
    name="wrong-year-or-round",
    says_sv="Här står {printed}, men rapporten är {right}.",
    says_en="This says {printed}, but the report is {right}.",
    do_sv="Rätta år eller omgång i sidhuvud, sidfot eller rubrik.",
    do_en="Correct the year or round in the header, footer or heading.",
    why=Text(
        "En sidfot från förra årets mall gör att en utskriven sida hamnar i fel ärende.",
        "A footer from last year's template puts a printed page in the wrong file.",
    ),
    failing=FRAME.replace("PROGNOS 2 2022 -", "PROGNOS 2 2021 -"),
    passing=FRAME,
    printed="prognos 2 2021",
    right="prognos 2 2022",
)
def wrong_year_or_round(report: Report) -> Iterator[Remark]:
    """Running lines and headings that name another year or round than the report."""
    identity = report.identity
    for one in identity.namings:
        if one.kind == "text":
            continue
        year = bool(one.year and identity.year and one.year != identity.year and identity.year_votes >= 2)
        turn = bool(one.round and identity.round and one.round != identity.round and identity.round_votes >= 2)
        if not (year or turn):
            continue
        printed = report.document.text_at(one.span)
        right = " ".join(str(part) for part in (identity.round if turn else None, identity.year) if part)
        sure = 0.93 if one.kind == "running" and (year or identity.round_votes >= 3) else 0.75
        yield remark("K020", [one.span], confidence=sure, printed=f"”{printed}”", right=right)


@rule(
    "K021",
    Severity.ERROR,
    name="heading-number",
    says_sv="Rubriknummer {number} ({title}): {fault}.",
    says_en="Heading number {number} ({title}): {fault}.",
    do_sv="Numrera om rubrikerna.",
    do_en="Number the headings anew.",
    why=Text(
        "Hänvisningar till avsnitt blir fel när numren inte följer på varandra.",
        "References to sections go wrong where the numbers do not follow each other.",
    ),
    failing=FRAME.replace("3 Personal", "2 Personal"),
    passing=FRAME,
    number="3",
    title="Sammanfattande iakttagelser",
    fault=Text("numret finns redan", "the number is used already"),
)
def heading_number(report: Report) -> Iterator[Remark]:
    """Numbers used twice, out of order, or left out."""
    chain: list[Heading] = []
    numbers: dict[tuple[int, ...], Heading] = {}
    for heading in report.headings:
        number = _number(heading)
        if not number:
            continue
        known = numbers.get(number)
        if known is not None and known.title.casefold() != heading.title.casefold():
            fault = Text(
                f"numret finns redan på rubriken ”{known.title}”", f"the number stands already at “{known.title}”"
            )
            yield _heading_remark(heading, fault, 0.93, known)
        elif chain and not _follows(_number(chain[-1]), number):
            if len(chain) > 1 and _follows(_number(chain[-2]), number):
                stray = chain.pop()
                fault = Text(f"den står före {heading.number}", f"it stands before {heading.number}")
                yield _heading_remark(stray, fault, 0.92, heading)
            else:
                last = chain[-1].number
                fault = Text(f"den följer inte på {last}", f"it does not follow {last}")
                yield _heading_remark(heading, fault, _sureness(_number(chain[-1]), number, numbers), chain[-1])
        numbers.setdefault(number, heading)
        chain.append(heading)


def _number(heading: Heading) -> tuple[int, ...]:
    return tuple(int(part) for part in heading.number.split(".") if part)


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number is the first below another, or the next at its level or at one above."""
    if number == (*before, 1):
        return True
    level = len(number) - 1
    return 0 <= level < len(before) and number[:level] == before[:level] and number[level] == before[level] + 1


def _sureness(before: tuple[int, ...], number: tuple[int, ...], numbers: Mapping[tuple[int, ...], Heading]) -> float:
    """Going back is surely wrong; a gap may be a heading that was not read, or a chapter without a number."""
    if number < before:
        return 0.85
    opens = number[-1] == 1 and number[:-1] not in numbers and _follows(before, number[:-1])
    return 0.5 if opens else 0.7


def _heading_remark(heading: Heading, fault: Text, confidence: float, other: Heading) -> Remark:
    related = [Related(other.span, Text("jämför med den här rubriken", "compare with this heading"))]
    return remark(
        "K021",
        [heading.span],
        confidence=confidence,
        related=related,
        number=heading.number,
        title=heading.title,
        fault=str(fault),
    )


@rule(
    "K022",
    Severity.NOTE,
    name="repeated-heading",
    says_sv="Rubriken ”{title}” finns redan på rad {line}.",
    says_en="The heading “{title}” stands already at line {line}.",
    do_sv="Slå ihop avsnitten eller ge det ena ett eget namn.",
    do_en="Join the sections or give one of them a name of its own.",
    why=Text(
        "Två avsnitt med samma rubrik är ofta spår av en mall; läsaren vet inte vilket som gäller.",
        "Two sections of the same heading are often traces of a template; the reader can't know which holds.",
    ),
    failing=FRAME.replace("3 Personal", "3 Ekonomi"),
    passing=FRAME,
    title="Förslag till beslut",
    line=1,
)
def repeated_heading(report: Report) -> Iterator[Remark]:
    """A heading that comes again at the same depth, or next to itself."""
    seen: dict[tuple[str, str], Heading] = {}
    previous: Heading | None = None
    for heading in report.headings:
        parent = heading.number.rpartition(".")[0]
        key = (parent, heading.title.casefold())
        first = seen.get(key) if heading.number else None
        if first is None and previous and previous.title.casefold() == heading.title.casefold():
            first = previous
        if first is not None:
            yield remark("K022", [heading.span], confidence=0.8, title=heading.title, line=first.span.line)
        seen.setdefault(key, heading)
        previous = heading if heading.number or previous is None else previous
    yield from _chapters_again(report)


def _chapters_again(report: Report) -> Iterator[Remark]:
    """A chapter's heading as the first line of a passage: the same heading without its number."""
    chapters = {one.title.casefold(): one for one in report.headings if one.number and one.level == 1}
    for passage in report.document.passages:
        if len(passage.pieces) < 2 or passage.bullet:
            continue
        title = passage.text[: passage.pieces[1].offset].strip()
        first = chapters.get(title.casefold())
        if first is not None and " " in title and first.span.line < passage.first_line:
            spans = passage.spans(0, len(title))
            yield remark("K022", spans, confidence=0.8, title=title, line=first.span.line)


@rule(
    "K023",
    Severity.WARNING,
    name="empty-section",
    says_sv="Under rubriken {number} {title} står ingenting.",
    says_en="There is nothing below the heading {number} {title}.",
    do_sv="Skriv avsnittet, eller ta bort rubriken.",
    do_en="Write the section, or take the heading away.",
    why=Text(
        "En tom rubrik visar att något föll bort: en bild, ett stycke eller ett svar från en enhet.",
        "An empty heading shows that something fell out: a picture, a paragraph or a unit's answer.",
    ),
    failing=FRAME.replace("Kostnaderna ökar till följd av högre priser och fler uppdrag under året.\n", ""),
    passing=FRAME,
    number="2",
    title="Ekonomi",
)
def empty_section(report: Report) -> Iterator[Remark]:
    """Numbered headings that another of the same depth or above follows at once."""
    blocks = report.document.blocks
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading) or not block.number:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        ends = following is None or (
            isinstance(following, Heading) and bool(following.number) and following.level <= block.level
        )
        if ends:
            yield remark("K023", [block.span], confidence=0.8, number=block.number, title=block.title)


@rule(
    "K024",
    Severity.WARNING,
    name="empty-bullet",
    says_sv="Punkten är tom.",
    says_en="The bullet is empty.",
    do_sv="Skriv punkten eller ta bort den.",
    do_en="Write the bullet or take it away.",
    why=Text(
        "En tom punkt är en plats där någon tänkt skriva något.",
        "An empty bullet is a place where someone meant to write something.",
    ),
    failing=FRAME + "\n• Fler medarbetare\n\n•  \n\n• Lägre sjukfrånvaro\n",
    passing=FRAME + "\n• Fler medarbetare\n\n• Lägre sjukfrånvaro\n",
)
def empty_bullet(report: Report) -> Iterator[Remark]:
    """List items without text."""
    for passage in report.document.passages:
        if passage.bullet and not passage.text.strip():
            line = report.document.line(passage.first_line)
            at = max(line.text.find(passage.bullet), 0)
            yield remark("K024", [Span(passage.first_line, at, at + 1)], confidence=0.9)


@rule(
    "K027",
    Severity.WARNING,
    name="cut-sentence",
    says_sv="Meningen ”…{before}” bryts av och fortsätter efter {what}: ”{after}…”.",
    says_en="The sentence “…{before}” is cut and goes on after {what}: “{after}…”.",
    do_sv="Flytta {what} till efter stycket.",
    do_en="Move {what} below the paragraph.",
    why=Text(
        "En mening som delas av en tabell läses fel, och talet före tabellen tappar sin enhet.",
        "A sentence that a table divides is misread, and the figure before the table loses its unit.",
    ),
    failing="""Ersättning från staten för sjuklönekostnader uppgår i prognosen för året till 2

Tabell 1
                    Utfall 2022   Budget 2022
Intäkter                  1 200         1 300
Kostnader                -3 400        -3 300
Netto                    -2 200        -2 000

mnkr. Kostnader för särskild kodning tillkommer under hösten.
""",
    passing="""Ersättning från staten för sjuklönekostnader uppgår i prognosen för året till 2 mnkr.

Tabell 1
                    Utfall 2022   Budget 2022
Intäkter                  1 200         1 300
Kostnader                -3 400        -3 300
Netto                    -2 200        -2 000

Kostnader för särskild kodning tillkommer under hösten.
""",
    before="uppgår till 2",
    after="mnkr.",
    what="tabellen",
)
def cut_sentence(report: Report) -> Iterator[Remark]:
    """A passage without an end, a table or picture, and a passage that begins in lower case."""
    blocks = report.document.blocks
    for index, block in enumerate(blocks):
        if not isinstance(block, Passage) or len(block.text) < 40 or not _OPEN.match(block.text.rstrip()[-1:]):
            continue
        between = index + 1
        while between < len(blocks) and isinstance(blocks[between], Table | Picture):
            between += 1
        following = blocks[between] if between < len(blocks) else None
        if between == index + 1 or not isinstance(following, Passage) or not following.text[:1].islower():
            continue
        what = (
            Text("tabellen", "the table") if isinstance(blocks[index + 1], Table) else Text("bilden", "the picture")
        )
        end = len(block.text)
        yield remark(
            "K027",
            block.spans(max(end - 30, 0), end),
            confidence=0.85,
            related=[Related(following.spans(0, 20)[0], Text("här fortsätter den", "here it goes on"))],
            before=block.text[-30:],
            after=following.text[:20],
            what=str(what),
        )


_OPEN = re.compile(r"[\w,%-]")
