"""The few words that renderers add themselves, in the document's language."""

from __future__ import annotations

from uppsikt.core.formats import long_date, number
from uppsikt.core.language import say
from uppsikt.reports.document import Document, FigureNote, Origin


def words() -> dict[str, str]:
    """Headings and labels."""
    return {
        "contents": say("Innehåll", "Contents"),
        "decision": say("Förslag till beslut", "Proposed decision"),
        "item": say("Post", "Item"),
        "page": say("Sida", "Page"),
        "of": say("av", "of"),
        "cut_off": say("Data till och med", "Data through"),
        "edition": say("Utgåva", "Edition"),
        "about": say("Om rapporten och dess siffror", "About the report and its figures"),
        "origins": say("Siffrornas ursprung", "Where the figures come from"),
        "figure": say("Uppgift", "Figure"),
        "value": say("Värde", "Value"),
        "source": say("Källa", "Source"),
        "period": say("Period", "Period"),
        "data": say("Diagrammets data", "The chart's data"),
        "skip": say("Hoppa till innehållet", "Skip to the content"),
        "about_text": say(
            "Beloppen är hämtade ur ekonomisystemet när rapporten byggdes och har inte skrivits för hand. Varje tal "
            "är avrundat för sig, så summor kan skilja på sista siffran. Utgåvans kod är beräknad ur rapportens hela "
            "innehåll: två exemplar med samma kod säger samma sak.",
            "The amounts were taken from the ledger when the report was built and were not typed by hand. Each "
            "number is rounded by itself, so sums may differ in the last digit. The edition's code is computed from "
            "the whole content of the report: two copies with the same code say the same.",
        ),
    }


def cover_facts(document: Document) -> list[tuple[str, str]]:
    """What the cover says below the title, label and text."""
    metadata = document.metadata
    facts = [
        (say("Uppföljning", "Follow-up"), metadata.round_name),
        (say("Data till och med", "Data through"), long_date(metadata.cut_off)),
        (say("Datum", "Date"), long_date(metadata.document_date)),
        (say("Diarienummer", "Registration number"), metadata.diary_number),
        (say("Ansvarig", "Responsible"), metadata.author),
        (say("Version", "Version"), metadata.version),
        (say("Utgåva", "Edition"), document.short_hash),
    ]
    return [(label, text) for label, text in facts if text]


def identity_facts(document: Document) -> list[tuple[str, str]]:
    """The full hashes, for the closing page and the metadata of data files."""
    metadata = document.metadata
    facts = [
        (say("Utgåvans innehåll", "The edition's content"), document.content_hash),
        (say("Data", "Data"), metadata.data_hash),
        (say("Texter och recept", "Texts and recipe"), metadata.texts_hash),
    ]
    return [(label, text) for label, text in facts if text]


def footer_text(document: Document) -> str:
    """The running footer's left half: cut-off and edition; a document without a content hash is a copy of a part."""
    cut_off = long_date(document.metadata.cut_off)
    if not document.content_hash:
        day = long_date(document.metadata.document_date)
        sv, en = "Data till och med {cut_off} · KOPIA {day}", "Data through {cut_off} · COPY {day}"
        return say(sv, en, cut_off=cut_off, day=day)
    return say(
        "Data till och med {cut_off} · Utgåva {edition}",
        "Data through {cut_off} · Edition {edition}",
        cut_off=cut_off,
        edition=document.short_hash,
    )


def header_text(document: Document) -> str:
    """The running header: who, what and which round, from metadata only."""
    metadata = document.metadata
    parts = (metadata.municipality, metadata.committee, metadata.title, metadata.round_name)
    return " · ".join(filter(None, parts))


def origin_text(note: FigureNote) -> str:
    """A figure's origins in one line."""
    return "; ".join(_origin(origin) for origin in note.origins) or note.about


def _origin(origin: Origin) -> str:
    if origin.posting_count is None:
        return origin.label
    if origin.posting_count == 1:
        return say("{label} (1 post)", "{label} (1 posting)", label=origin.label)
    count = number(origin.posting_count)
    return say("{label} ({count} poster)", "{label} ({count} postings)", label=origin.label, count=count)
