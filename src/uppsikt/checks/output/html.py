"""One HTML file that needs nothing else: the page's picture with the places marked, the remarks beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, groupby
from pathlib import Path

import uppsikt
from uppsikt.checks.document import Document, Span
from uppsikt.checks.numbers import written
from uppsikt.checks.outcome import Outcome, name_of
from uppsikt.checks.output.pages import page_images
from uppsikt.checks.output.terminal import place_of, sureness
from uppsikt.checks.remarks import Remark, Sum
from uppsikt.core.findings import Severity
from uppsikt.core.language import current_language, say

STYLE = Path(__file__).with_name("html.css")
BADGE_POINTS = 13.0
AROUND = 1  # lines shown before and after the place, where there is no picture of the page


@dataclass(frozen=True, slots=True)
class Numbered:
    """A remark with its number in the file: what the mark on the page and the remark beside it share."""

    number: int
    remark: Remark

    @property
    def anchor(self) -> str:
        """The remark's address in the file."""
        return f"r{self.number}"


def as_html(outcomes: Sequence[Outcome], data_of: Callable[[Outcome], bytes]) -> str:
    """The outcomes as one page; `data_of` gives a PDF's bytes when its pictures are made."""
    title = ", ".join(one.document.source for one in outcomes) or "–"
    heading = say("Granskning av {title}", "Check of {title}", title=title)
    # numbers go on from file to file, so that each is said once
    before = accumulate((len(one.remarks) for one in outcomes), initial=0)
    body = "\n".join(_report(one, count, data_of) for one, count in zip(outcomes, before, strict=False))
    return f"""<!doctype html>
<html lang="{current_language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(heading)}</title>
<style>{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<a class="skip" href="#innehall">{escape(say("Till innehållet", "To the content"))}</a>
<header>
<h1>{escape(heading)}</h1>
{_counts(outcomes)}
</header>
<main id="innehall">
{body}
</main>
<footer><p>uppsikt check {escape(uppsikt.__version__)}</p></footer>
</body>
</html>
"""


def _counts(outcomes: Sequence[Outcome]) -> str:
    items = "".join(
        f'<li><span class="tag {severity}">{escape(severity.word)}</span> '
        f"<strong>{sum(one.count(severity) for one in outcomes)}</strong></li>"
        for severity in Severity
    )
    silenced = sum(len(one.silenced) for one in outcomes)
    quiet = f"<li>{escape(say('tystade', 'silenced'))} <strong>{silenced}</strong></li>" if silenced else ""
    return f'<ul class="counts">{items}{quiet}</ul>'


def _report(outcome: Outcome, before: int, data_of: Callable[[Outcome], bytes]) -> str:
    numbered = [Numbered(place, said) for place, said in enumerate(outcome.remarks, start=before + 1)]
    name = escape(outcome.document.source)
    if not numbered:
        return f"<h2>{name}</h2><p>{escape(say('Inga anmärkningar.', 'No remarks.'))}</p>"
    has_pages = outcome.document.kind == "pdf"
    shown = _pages(outcome, numbered, data_of(outcome)) if has_pages else _articles(numbered, outcome.document)
    return f"<h2>{name}</h2>{overview(numbered, outcome.document)}{shown}"


def overview(numbered: Sequence[Numbered], document: Document) -> str:
    """All remarks in a table, ranked, each leading to its place."""
    rows = "".join(
        f'<tr><td class="figure">{one.number}</td><td>{_tag(one.remark)}</td>'
        f'<td><a href="#{one.anchor}">{escape(one.remark.finding.says)}</a></td>'
        f"<td>{escape(place_of(one.remark.spans[0], document))}</td></tr>"
        for one in numbered
    )
    heads = (say("Regel", "Rule"), say("Anmärkning", "Remark"), say("Plats", "Place"))
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    label = escape(say("Alla anmärkningar i {name}", "All remarks in {name}", name=document.source))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>'
        f'<th scope="col" class="figure">{escape(say("Nr", "No."))}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _tag(said: Remark) -> str:
    return f'<span class="tag {said.severity}">{said.code} {escape(said.severity.word)}</span>'


def _pages(outcome: Outcome, numbered: Sequence[Numbered], data: bytes) -> str:
    document = outcome.document

    def page_of(one: Numbered) -> int:
        return document.line(one.remark.spans[0].line).page

    groups = {page: list(own) for page, own in groupby(sorted(numbered, key=page_of), key=page_of)}
    made: list[str] = []
    for page, picture in page_images(data, groups.keys()):
        address = f"data:image/webp;base64,{b64encode(picture).decode()}"
        title = escape(say("Sida {page}", "Page {page}", page=page))
        made.append(
            f'<section aria-label="{title}"><h3>{title}</h3><div class="page">'
            f"{sheet(document, page, groups[page], address)}<div>{_articles(groups[page], document)}</div>"
            "</div></section>"
        )
    return "\n".join(made)


def sheet(document: Document, page: int, numbered: Sequence[Numbered], address: str) -> str:
    """The page's picture with a numbered mark at each place; a mark is a link to its remark."""
    width, height = document.page_sizes[page - 1]
    alternative = escape(say("Sida {page} med marker för anmärkningarna", "Page {page} with its marks", page=page))
    taken: list[float] = []
    marks = "".join(_mark(document, page, one, taken) for one in numbered)
    return (
        f'<figure class="sheet"><img src="{address}" alt="{alternative}" loading="lazy" '
        f'width="{width:.0f}" height="{height:.0f}">'
        f'<svg viewBox="0 0 {width:.1f} {height:.1f}">{marks}</svg></figure>'
    )


def _mark(document: Document, page: int, one: Numbered, taken: list[float]) -> str:
    """The places framed, and the number in the margin at their height, below the numbers already there."""
    boxes = list(_rectangles(document, page, one.remark.spans))
    related = list(_rectangles(document, page, [own.span for own in one.remark.related]))
    drawn = "".join(f'<rect {place} class="related"/>' for place, _ in related)
    drawn += "".join(f"<rect {place}/>" for place, _ in boxes)
    if boxes:
        _, top = boxes[0]
        while any(abs(top - other) < BADGE_POINTS for other in taken):
            top += BADGE_POINTS
        taken.append(top)
        drawn += (
            f'<rect class="badge" x="4" y="{top:.1f}" width="18" height="{BADGE_POINTS - 1}"/>'
            f'<text x="13" y="{top + 9:.1f}">{one.number}</text>'
        )
    label = escape(f"{one.number}: {one.remark.code} {one.remark.severity.word}")
    return f'<a href="#{one.anchor}" class="{one.remark.severity}" aria-label="{label}">{drawn}</a>' if drawn else ""


def _rectangles(document: Document, page: int, spans: Sequence[Span]) -> Iterator[tuple[str, float]]:
    for span in spans:
        box = document.line(span.line).box(span.start, span.end)
        if box is not None and box.page == page:
            place = (
                f'x="{box.left - 1:.1f}" y="{box.top - 1:.1f}" '
                f'width="{box.right - box.left + 2:.1f}" height="{box.bottom - box.top + 2:.1f}"'
            )
            yield place, box.top


def _articles(numbered: Sequence[Numbered], document: Document) -> str:
    return "\n".join(article(one, document) for one in numbered)


def article(one: Numbered, document: Document) -> str:
    """One remark in full: what, where, the sum, what it was held against, what to do."""
    said = one.remark
    place = escape(f"{place_of(said.spans[0], document)}, {name_of(said.code)}, {sureness(said)}")
    shown = summed(said.sum) if said.sum else ""
    related = "".join(
        f'<p class="place">{escape(str(own.says))} ({escape(place_of(own.span, document))})</p>'
        f"{_lines([own.span], document, 0)}"
        for own in said.related
    )
    # a PDF's remarks stand below their page's heading, a text's below the file's
    around, level = (0, "h4") if document.kind == "pdf" else (AROUND, "h3")
    return (
        f'<article id="{one.anchor}" class="{said.severity}"><{level}>{one.number}. {_tag(said)}</{level}>'
        f'<p>{escape(said.finding.says)}</p><p class="place">{place}</p>{_lines(said.spans, document, around)}'
        f'{shown}{related}<p class="do">{escape(said.finding.do)}</p></article>'
    )


def summed(shown: Sum) -> str:
    """The arithmetic set out as on paper: each term, what they make, what is printed, the difference."""
    unit = f" ({escape(str(shown.unit))})" if shown.unit else ""
    rows = "".join(_row(term.label, written(term.value, shown.decimals)) for term in shown.terms)
    rows += _row(say("Summa", "Sum"), written(shown.computed, shown.decimals), is_total=True)
    rows += _row(
        say("Står ({label})", "Printed ({label})", label=shown.printed.label),
        written(shown.printed.value, shown.decimals),
    )
    rows += _row(say("Skillnad", "Difference"), written(shown.difference, shown.decimals))
    caption = escape(say("Uträkningen", "The arithmetic"))
    return f'<table class="sum"><caption class="place">{caption}{unit}</caption><tbody>{rows}</tbody></table>'


def _row(label: str, value: str, *, is_total: bool = False) -> str:
    kind = ' class="total"' if is_total else ""
    return f'<tr{kind}><th scope="row">{escape(label)}</th><td class="figure">{escape(value)}</td></tr>'


def _lines(spans: Sequence[Span], document: Document, around: int) -> str:
    """The source lines of the spans with the places marked, and lines around them."""
    wanted = {
        number
        for span in spans
        for number in range(span.line - around, span.line + around + 1)
        if 1 <= number <= len(document.lines)
    }
    gutter = len(str(max(wanted)))
    shown = "\n".join(f"{number:>{gutter}}  {_marked(number, spans, document)}" for number in sorted(wanted))
    return f"<pre>{shown}</pre>"


def _marked(number: int, spans: Sequence[Span], document: Document) -> str:
    text = document.line(number).text
    made, at = "", 0
    for span in sorted((own for own in spans if own.line == number), key=lambda own: own.start):
        if span.start >= at:
            made += escape(text[at : span.start]) + f"<mark>{escape(text[span.start : span.end])}</mark>"
            at = span.end
    return made + escape(text[at:])
