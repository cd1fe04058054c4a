"""For people at a terminal: the remark, the source line with carets under the place, the sum, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uppsikt.checks.document import Document, Span
from uppsikt.checks.outcome import Outcome, name_of
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Severity
from uppsikt.core.language import say

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "34"}
CUT = "…"


@dataclass(frozen=True, slots=True)
class Look:
    """How wide the terminal is, in characters, and whether it shows colours."""

    width: int = 110
    colour: bool = False

    def styled(self, text: str, style: str) -> str:
        """The text in a style of the terminal's ("1" is bold), plain where it has no colours."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def as_text(outcomes: Sequence[Outcome], look: Look) -> str:
    """Everything there is to say, file by file, and a line that counts it."""
    blocks = [shown(said, one, look) for one in outcomes for said in one.remarks]
    return "\n\n".join([*blocks, summary(outcomes, look)]) + "\n"


def shown(said: Remark, outcome: Outcome, look: Look) -> str:
    """One remark with its source lines."""
    colour = _COLOURS[said.severity]
    head = look.styled(f"{said.code} {said.severity.word}", f"1;{colour}")
    where = f"{outcome.path}, {place_of(said.spans[0], outcome.document)}"
    lines = [f"{head} {where} ({name_of(said.code)}, {sureness(said)})", f"  {said.finding.says}"]
    gutter = len(str(max([span.line for span in said.spans] + [one.span.line for one in said.related])))
    lines += _excerpt(said.spans, outcome.document, gutter, look, mark="^", style=colour)
    if said.sum is not None and str(said.sum) not in said.finding.says:
        lines.append(f"  {' ' * gutter} = {look.styled(str(said.sum), '1')}")
    for related in said.related:
        lines.append(f"  {' ' * gutter} : {related.says} ({place_of(related.span, outcome.document)})")
        lines += _excerpt([related.span], outcome.document, gutter, look, mark="-", style="36")
    lines.append(f"  → {said.finding.do}")
    return "\n".join(lines)


def sureness(said: Remark) -> str:
    """How sure the audit is, in words and percent."""
    return say("säkerhet {percent}\u00a0%", "confidence {percent}%", percent=round(said.confidence * 100))


def place_of(span: Span, document: Document) -> str:
    """Page (where there are pages), line and column from 1."""
    page = document.line(span.line).page if document.pages > 1 else 0
    on_page = say("sida {page}, ", "page {page}, ", page=page) if page else ""
    return on_page + say(
        "rad {line}, kolumn {column}", "line {line}, column {column}", line=span.line, column=span.start + 1
    )


def _excerpt(
    spans: Iterable[Span], document: Document, gutter: int, look: Look, *, mark: str, style: str
) -> Iterator[str]:
    """The lines that the spans stand on, each once, with carets under all of its spans."""
    by_line: dict[int, list[Span]] = {}
    for span in spans:
        by_line.setdefault(span.line, []).append(span)
    for number, own in by_line.items():
        text, carets = _cut(document.line(number).text, own, look.width - gutter - 5, mark)
        yield f"  {number:>{gutter}} | {text}"
        yield f"  {' ' * gutter} | {look.styled(carets, style)}"


def _cut(text: str, spans: Sequence[Span], width: int, mark: str) -> tuple[str, str]:
    """A stretch of the line that holds its first span, and the carets below it."""
    text = text.replace("\t", " ").rstrip()
    under = [" "] * max(len(text), max(span.end for span in spans), 1)
    for span in spans:
        for at in range(span.start, min(max(span.end, span.start + 1), len(under))):
            under[at] = mark
    kept = _columns(text, width)
    at = next((place for place, column in enumerate(kept) if column >= spans[0].start), 0)
    begin = min(max(at - width // 3, 0), max(len(kept) - width, 0))
    shown = kept[begin : begin + width]
    stretch = "".join(text[column] for column in shown)
    if begin:
        stretch = CUT + stretch[1:]
    if begin + width < len(kept):
        stretch = stretch[:-1] + CUT
    return stretch, "".join(under[column] for column in shown).rstrip() or mark


def _columns(text: str, width: int) -> list[int]:
    """The columns to show: without the indent, and of wide gaps only two where the line is too long."""
    begin = len(text) - len(text.lstrip())
    if len(text) - begin <= width:
        return list(range(begin, len(text)))
    return [at for at in range(begin, len(text)) if at < begin + 2 or text[at - 2 : at + 1].strip()]


def summary(outcomes: Sequence[Outcome], look: Look) -> str:
    """How many of each severity, in how many files, and how many were silenced."""
    counts = {severity: sum(one.count(severity) for one in outcomes) for severity in Severity}
    silenced = sum(len(one.silenced) for one in outcomes)
    files = len(outcomes)
    if not any(counts.values()):
        text = say("Inga anmärkningar", "No remarks")
    else:
        text = say(
            "Fel: {errors}, varningar: {warnings}, upplysningar: {notes}",
            "Errors: {errors}, warnings: {warnings}, notes: {notes}",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
    if files != 1:
        text += say(" i {files} filer", " in {files} files", files=files)
    if silenced:
        text += say(" (tystade: {silenced})", " (silenced: {silenced})", silenced=silenced)
    return look.styled(text + ".", "1")
