"""A preview as a piece of the page: the report's own HTML, with numbers to bind and charts as pictures."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from html import escape

from uppsikt.core.language import current_language, speaking
from uppsikt.reports.charts import chart_svg
from uppsikt.reports.document import ChartBlock, FigureRun, Heading, OutsideRun, Run, UnboundRun
from uppsikt.reports.renderers import missing_package
from uppsikt.reports.renderers.html import HtmlBlocks
from uppsikt.reports.writing.preview import Preview

_FIRST_LEVEL = 3  # below the page's own heading and the preview's


def preview_html(preview: Preview, language: str) -> str:
    """The preview's blocks as HTML, every text escaped, without styles or scripts of its own."""
    with speaking(language):
        headings = [block for block in preview.blocks if isinstance(block, Heading)]
        blocks = _Blocks(headings, {})
        # the section's own first level stands right below the page's headings, whatever it is in the report
        blocks.first_level = _FIRST_LEVEL + 1 - min((heading.level for heading in headings), default=1)
        return "\n".join(map(blocks.block, preview.blocks))


class _Blocks(HtmlBlocks):
    def heading(self, heading: Heading) -> str:
        level = min(heading.level + self.first_level - 1, 6)
        number = f'<span class="number">{heading.number}</span> ' if heading.number else ""
        return f"<h{level}>{number}{escape(heading.text)}</h{level}>"

    def contents(self) -> str:
        return f'<p class="contents">{escape(self.words["contents"])} …</p>'

    def run(self, run: Run) -> str:
        if not isinstance(run, UnboundRun):
            return super().run(run)
        marked = f'<a class="unbound" href="#{run.mark}">{escape(run.text)}</a>'
        return f"<strong>{marked}</strong>" if run.marks.strong else marked

    def figure(self, run: FigureRun | OutsideRun) -> str:
        about = getattr(run, "source", "") or run.address
        address = f' data-address="{escape(run.address)}"' if run.address else ""
        return f'<span class="bound" title="{escape(about)}"{address}>{escape(run.text)}</span>'

    def chart(self, chart: ChartBlock) -> str:
        rows = "".join(self.row(row) for row in chart.table.rows)
        caption = f'<span class="number">{chart.number}.</span> {self.runs(chart.caption)}'
        picture = ""
        if not missing_package("html"):
            source = _picture(json.dumps(chart.spec, sort_keys=True, default=str), current_language())
            picture = f'<img src="{source}" alt="{escape(chart.text_alternative)}">'
        return (
            f"<figure><figcaption>{caption}</figcaption>{picture}<details><summary>{escape(self.words['data'])}"
            f"</summary><table><tbody>{rows}</tbody></table></details></figure>"
        )


@lru_cache(maxsize=64)
def _picture(spec: str, language: str) -> str:
    """The chart as a picture's address; drawn once for each content and language."""
    return f"data:image/svg+xml;base64,{base64.b64encode(chart_svg(json.loads(spec)).encode()).decode()}"
