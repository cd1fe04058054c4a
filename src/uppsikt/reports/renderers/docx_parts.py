"""The XML that Word documents are made of, and the house's styles. Text is always escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from uppsikt.reports.document import Marks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARED = f' xmlns:w="{W}"'
ACCENT = "00578A"
INK = "1D2B36"
SOFT = "4D5A64"
FONT = "Calibri"
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Uppsikt</Application></Properties>"
)
_TEXT_WIDTH_TWIPS = 9300
_LABEL_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: its style by name, and what differs from it."""

    style: str
    is_right: bool = False
    keep_next: bool = False
    number: int = 0
    declare: bool = False

    def declared(self) -> Look:
        """The same, as a fragment that stands alone."""
        return replace(self, declare=True)


def style_id(name: str) -> str:
    """A style's id in the package: its name without spaces, as Word makes them."""
    return {"toc 1": "TOC1", "toc 2": "TOC2"}.get(name, name.replace(" ", ""))


def run_xml(text: str, marks: Marks | None = None) -> str:
    """A run of text. A tab in the text is a tab stop."""
    looks = ("<w:b/>" if marks and marks.strong else "") + ("<w:i/>" if marks and marks.emphasis else "")
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t"))
    return f"<w:r>{properties}{pieces}</w:r>"


def paragraph_xml(runs: str, look: Look) -> str:
    """A paragraph in a style."""
    properties = f'<w:pStyle w:val="{style_id(look.style)}"/>'
    if look.keep_next:
        properties += "<w:keepNext/>"
    if look.number:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.number}"/></w:numPr>'
    if look.is_right:
        properties += '<w:jc w:val="right"/>'
    return f"<w:p{_DECLARED if look.declare else ''}><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def field_xml(instruction: str, shown: str, *, part: str = "whole") -> str:
    """A field: whole, or only its start (then text follows) or its end."""
    start = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if part == "start":
        return start
    return end if part == "end" else f"{start}{run_xml(shown)}{end}"


def table_xml(
    heads: Sequence[tuple[str, bool]],
    rows: Sequence[Sequence[tuple[str, bool]]],
    *,
    text_style: str,
    is_prose: bool,
    about: str,
) -> str:
    """A table whose heading row repeats on every page. Cells are (paragraphs' XML, is numeric)."""
    widths = _widths(len(heads), is_prose=is_prose)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head_cells = [
        (paragraph_xml(run_xml(text, Marks(strong=True)), Look(text_style, is_right=is_right)), is_right)
        for text, is_right in heads
    ]
    head = _row_xml(head_cells, widths, is_head=True)
    body = "".join(_row_xml(row, widths, is_head=False) for row in rows)
    properties = (
        '<w:tblStyle w:val="UppsiktTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(about)}/>"
    )
    return f"<w:tbl{_DECLARED}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"


def _widths(columns: int, *, is_prose: bool) -> list[int]:
    label = int(_TEXT_WIDTH_TWIPS * (_LABEL_SHARE if columns > 2 or is_prose else 0.6))
    others = columns - 1
    return [label, *[(_TEXT_WIDTH_TWIPS - label) // others] * others]


def _row_xml(cells: Sequence[tuple[str, bool]], widths: Sequence[int], *, is_head: bool) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "")
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for (content, _), width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def new_numbering(word: Any, style: str) -> int:
    """A numbering that starts at one, like the list style's own; returns its id."""
    from docx.oxml import parse_xml

    numbering = word.part.numbering_part.element
    style_number = word.styles[style].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")[0]
    abstract = numbering.xpath(f'./w:num[@w:numId="{style_number}"]/w:abstractNumId/@w:val')[0]
    number = max(int(taken) for taken in numbering.xpath("./w:num/@w:numId")) + 1
    numbering.append(
        parse_xml(
            f'<w:num{_DECLARED} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return number


_TABLE_STYLE = f"""<w:style{_DECLARED} w:type="table" w:customStyle="1" w:styleId="UppsiktTable">
<w:name w:val="Uppsikt Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:top w:val="nil"/><w:bottom w:val="single" w:sz="6" w:color="{INK}"/>
<w:insideH w:val="single" w:sz="4" w:color="C3CCD3"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="10" w:color="{ACCENT}"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>
</w:tblStylePr>
</w:style>"""

# name, based on, point size, colour, bold, space before, space after, left border and fill
_PARAGRAPH_STYLES = (
    ("Municipality", "Normal", 13, ACCENT, True, 0, 60, False),
    ("Cover Fact", "Normal", 10, SOFT, False, 0, 2, False),
    ("Contents Title", "Normal", 14, ACCENT, True, 18, 6, False),
    ("Decision Title", "Normal", 12, ACCENT, True, 12, 6, True),
    ("Callout", "Normal", 10.5, INK, False, 6, 6, True),
    ("Table Text", "Normal", 9, INK, False, 0, 0, False),
    ("Table Text Small", "Table Text", 8, INK, False, 0, 0, False),
    ("Table Bullet", "List Bullet", 9, INK, False, 0, 0, False),
    ("Table Note", "Normal", 8.5, SOFT, False, 2, 4, False),
    ("toc 1", "Normal", 10.5, INK, True, 6, 0, False),
    ("toc 2", "Normal", 10.5, INK, False, 0, 0, False),
)


def house_styles(word: Any, language: str) -> None:
    """Dress the package's own styles and add the house's."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.shared import Pt

    styles = word.styles
    for name, size, colour in (
        ("Normal", 10.5, INK),
        ("Heading 1", 20, ACCENT),
        ("Heading 2", 14, ACCENT),
        ("Heading 3", 11.5, ACCENT),
        ("Title", 32, INK),
        ("Subtitle", 16, SOFT),
        ("Caption", 10, INK),
        ("Header", 8.5, SOFT),
        ("Footer", 8.5, SOFT),
    ):
        _dress(styles[name], size, colour, is_bold=name.startswith("Heading") or name in ("Title", "Caption"))
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for border in styles["Title"].element.pPr.xpath("./w:pBdr"):
        border.getparent().remove(border)
    for name, base, size, colour, is_bold, before, after, has_border in _PARAGRAPH_STYLES:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
        style.element.set(f"{{{W}}}styleId", style_id(name))
        _dress(style, size, colour, is_bold=is_bold)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if has_border:
            _frame(style, parse_xml)
    styles.element.append(parse_xml(_TABLE_STYLE))
    _set_language(styles.element, "en-GB" if language == "en" else "sv-SE", parse_xml)


def _dress(style: Any, size_pt: float, colour: str, *, is_bold: bool) -> None:
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size_pt), is_bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(f"{{{W}}}{theme}", None)


def _frame(style: Any, parse_xml: Any) -> None:
    properties = style.element.get_or_add_pPr()
    border = f'<w:pBdr{_DECLARED}><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    shade = f'<w:shd{_DECLARED} w:val="clear" w:color="auto" w:fill="EEF4F8"/>'
    spacing = properties.find(f"{{{W}}}spacing")
    for xml in (border, shade):  # the schema wants both before spacing, in this order
        spacing.addprevious(parse_xml(xml))


def _set_language(styles: Any, tag: str, parse_xml: Any) -> None:
    defaults = styles.xpath("./w:docDefaults/w:rPrDefault/w:rPr")[0]
    for old in defaults.xpath("./w:lang"):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang{_DECLARED} w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/>'))


def clean_package(word: Any) -> None:
    """Take out what the template says of itself: a picture of its first page, another program's name and counts."""
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
        elif relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = _APPLICATION.encode()


def update_fields(word: Any, parse_xml: Any) -> None:
    """Ask Word to reckon the contents' page numbers when the document is opened."""
    before = word.settings.element.xpath("./w:compat")[0]  # the schema wants an order
    before.addprevious(parse_xml(f'<w:updateFields{_DECLARED} w:val="true"/>'))
