"""The picker of figures: what is asked for, in which unit and form, and what fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uppsikt.audit.actors import Actor
from uppsikt.core.formats import Unit
from uppsikt.core.language import Text, speaking
from uppsikt.reports.writing.search import Form, Hit
from uppsikt.web.report_pages.desks import WritersDesk, desk_for, writers_desk

FORMS: dict[str, tuple[Text, Form]] = {
    "unit": (Text("tal med enhet", "number with its unit"), Form(with_unit=True)),
    "plain": (Text("tal", "number"), Form()),
    "abs": (Text("tal utan tecken, med enhet", "number without sign, with its unit"), Form(None, None, True, True)),
    "surplus": (Text("ord: överskott/underskott", "word: surplus/deficit"), Form(words="överskott/underskott")),
    "better": (Text("ord: bättre/sämre", "word: better/worse"), Form(words="bättre/sämre")),
    "higher": (Text("ord: högre/lägre", "word: higher/lower"), Form(words="högre/lägre")),
}
CHOICES = tuple((key, label) for key, (label, _) in FORMS.items())
UNITS = tuple(unit.value for unit in reversed(Unit))  # the one most written first


@dataclass(frozen=True)
class PickerPage:
    """Figures that fit a query."""

    report_key: str
    report_title: str
    query: str
    unit: str
    form: str
    hits: Sequence[Hit]
    count: int

    @property
    def more(self) -> int:
        """How many more there are than are shown."""
        return self.count - len(self.hits)

    @property
    def units(self) -> Sequence[str]:
        """The units of presentation."""
        return UNITS

    @property
    def forms(self) -> Sequence[tuple[str, Text]]:
        """How a picked figure may be printed."""
        return CHOICES


def picker_page(actor: Actor, report_key: str, query: Mapping[str, str]) -> PickerPage:
    """The figures of the report that the words fit, in the unit and form asked for."""
    desk = desk_for(actor, report_key)
    asked = query.get("q", "")[:200]
    unit = query.get("unit", "") if query.get("unit") in Unit._value2member_map_ else Unit.MNKR.value
    form = query.get("form", "") if query.get("form") in FORMS else "unit"
    own = FORMS[form][1]
    wanted = Form(Unit(unit), own.decimals, own.is_absolute, own.with_unit, own.words)
    with writers_desk(desk) as writers:
        hits, count = _searched(writers, asked, wanted)
    return PickerPage(report_key, desk.recipe.title, asked, unit, form, hits, count)


def _searched(writers: WritersDesk, query: str, form: Form) -> tuple[list[Hit], int]:
    with speaking(writers.desk.recipe.language):
        return writers.index.search(query, form)
