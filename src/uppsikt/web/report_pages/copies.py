"""One section as a Word file, for those who insist: a copy with its date, never the report."""

from __future__ import annotations

from datetime import datetime

from uppsikt.core.formats import long_date
from uppsikt.core.language import say, speaking
from uppsikt.figures.model import RoundFacts
from uppsikt.reports.charts import chart_svg, svg_png
from uppsikt.reports.document import ChartBlock, Document, Metadata
from uppsikt.reports.printable import printable
from uppsikt.reports.recipe import Recipe
from uppsikt.reports.renderers.docx import render_docx
from uppsikt.reports.writing.preview import Preview
from uppsikt.reports.writing.values import SectionRow


def section_copy(row: SectionRow, recipe: Recipe, facts: RoundFacts, preview: Preview, at: datetime) -> bytes:
    """The section as it stands, for Word. Without a content hash: it is no edition of anything."""
    with speaking(recipe.language):
        metadata = Metadata(
            key=recipe.key,
            title=row.title,
            subtitle=_notice(row, at),
            municipality=recipe.municipality,
            committee=recipe.title,
            round_key=facts.key,
            round_name=facts.name,
            cut_off=facts.cut_off,
            document_date=at.date(),
            version=say("kopia av version {n}", "copy of version {n}", n=row.number),
            language=recipe.language,
        )
        charts = {
            block.key: svg_png(chart_svg(block.spec)) for block in preview.blocks if isinstance(block, ChartBlock)
        }
        return render_docx(Document(*printable((metadata, preview.blocks))), charts)


def _notice(row: SectionRow, at: datetime) -> str:
    return say(
        "KOPIA {day} kl. {clock} av ett avsnitt som är {state}. Det som ändras här kommer inte med i rapporten.",
        "COPY {day} at {clock} of a section that is {state}. What is changed here does not reach the report.",
        day=long_date(at.date()),
        clock=f"{at:%H.%M}",
        state=row.state.label,
    )
