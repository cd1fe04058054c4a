"""What is done on the pages of writing: a form's fields to a service's call, its outcome to a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text, say
from uppsikt.core.tables import date_from_text
from uppsikt.reports.findings import RENDERER_MISSING
from uppsikt.reports.renderers import missing_package
from uppsikt.reports.writing import arranging, services
from uppsikt.reports.writing.merging import has_clashes, settled
from uppsikt.reports.writing.preview import bound
from uppsikt.reports.writing.selectors import section_row
from uppsikt.reports.writing.splitting import cleaned
from uppsikt.reports.writing.starting import ReportStart, start_report
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import Conflict, LooseEnds, TextSave
from uppsikt.web.actors import today
from uppsikt.web.amounts import whole_number
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.report_pages.copies import section_copy
from uppsikt.web.report_pages.desks import desk_for, writers_desk
from uppsikt.web.report_pages.folders import reports_root
from uppsikt.web.report_pages.writing_pages import SectionPage, preview_now, section_page

_STATE = Text("Läge", "State")
_DAY = Text("Klart senast", "Done by")
_FINISHED = Text("Sparat och markerat som klart.", "Saved and marked as done.")
_NOTHING = Text("", "")


@dataclass(frozen=True)
class Written:
    """What came of a text that was sent: saved with a message, or a page that says what stands in the way."""

    says: str = ""
    page: SectionPage | None = None
    conflict: Conflict | None = None


def write(actor: Actor, report_key: str, key: str, form: QueryDict) -> Written:
    """A text as sent: bound, shown, put together with another's, or saved, as the button says."""
    text, seen = cleaned(form.get("text", "")), _number(form.get("seen_number", ""))
    if "bind" in form:
        return Written(
            page=section_page(actor, report_key, key, text=_bound(text, form.get("bind", "")), seen_number=seen)
        )
    if "preview" in form:
        return Written(page=section_page(actor, report_key, key, text=text, seen_number=seen))
    saved = services.save_text(
        actor=actor, report_key=report_key, section=key, text=text, seen_number=seen, as_of=today()
    )
    if saved.conflict:
        return _clashed(actor, report_key, key, saved.conflict, form)
    if saved.findings:
        page = section_page(actor, report_key, key, text=text, seen_number=seen, findings=saved.findings)
        return Written(page=page)
    if "done" not in form:
        return Written(_saved(saved))
    number = saved.section.number if saved.section else 0
    return take_to(actor, report_key, key, SectionState.DONE, number, says=_FINISHED)


def _clashed(actor: Actor, report_key: str, key: str, conflict: Conflict, form: QueryDict) -> Written:
    choices = [form.get(f"piece-{number}", "both") for number in range(len(conflict.merged))]
    is_chosen = form.get("settles") == str(conflict.held.number)
    if has_clashes(conflict.merged) and not is_chosen:
        return Written(conflict=conflict)
    # choices are numbered by piece, so that those of pieces without a clash are passed over
    pieces = [choice for choice, piece in zip(choices, conflict.merged, strict=True) if piece.is_clash]
    text = settled(conflict.merged, pieces)
    page = section_page(
        actor, report_key, key, text=text, seen_number=conflict.held.number, merged_from=conflict.held
    )
    return Written(page=page)


def _saved(saved: TextSave) -> str:
    number = saved.section.number if saved.section else 0
    says = say("Sparat som version {n}.", "Saved as version {n}.", n=number)
    if saved.added:
        sv, en = " Nya rubriker blev egna avsnitt: {titles}.", " New headings became sections: {titles}."
        says += say(sv, en, titles=", ".join(saved.added))
    return says


def _bound(text: str, asked: str) -> str:
    """The text with the reference that a button carries ("12:21:{{ … }}") in the place of a number."""
    start, _, rest = asked.partition(":")
    end, _, reference = rest.partition(":")
    first, last = whole_number(start, -1), whole_number(end, -1)
    return bound(text, first, last, reference) if 0 <= first < last else text


def change_state(actor: Actor, report_key: str, key: str, form: QueryDict) -> Written:
    """Take the section to the state that a form asks for."""
    asked = form.get("to", "")
    if asked not in SectionState._value2member_map_:
        raise Absent(found(CHOICE_UNKNOWN, name=_STATE, value=asked))
    seen, message = _number(form.get("seen_number", "")), form.get("message", "")
    is_answered = "despite" in form
    return take_to(actor, report_key, key, SectionState(asked), seen, message=message, is_answered=is_answered)


def take_to(
    actor: Actor,
    report_key: str,
    key: str,
    to: SectionState,
    seen_number: int,
    *,
    says: Text = _NOTHING,
    message: str = "",
    is_answered: bool = False,
) -> Written:
    """Take the section to a state. Whoever calls it done with loose ends is asked first, and answers for them."""
    left = _loose_ends(actor, report_key, key) if to is SectionState.DONE else LooseEnds()
    if left.is_any and not is_answered:
        return Written(page=section_page(actor, report_key, key, asks_about=left))
    done = services.change_state(
        actor=actor,
        report_key=report_key,
        section=key,
        to=to,
        seen_number=seen_number,
        as_of=today(),
        message=message,
        despite=left,
    )
    if done.findings:
        return Written(page=section_page(actor, report_key, key, findings=done.findings))
    return Written(str(says))


def _loose_ends(actor: Actor, report_key: str, key: str) -> LooseEnds:
    desk = desk_for(actor, report_key)
    row = desk.section(key)
    if SectionState.DONE not in row.steps(desk.rights_to(row)):
        return LooseEnds()  # the service says why not
    unbound = preview_now(desk, row, row.text).preview.unbound
    return LooseEnds(tuple(number.text for number in unbound), row.open_comments)


def comment(actor: Actor, report_key: str, key: str, form: QueryDict) -> None:
    """Write a remark, or say of one that it is dealt with or not."""
    about = {"actor": actor, "report_key": report_key, "section": key, "as_of": today()}
    number = _number(form.get("settle") or form.get("reopen") or "")
    if number:
        services.settle_comment(comment=number, is_settled="settle" in form, **about)  # type: ignore[arg-type]
    else:
        services.add_comment(text=form.get("comment", ""), **about)  # type: ignore[arg-type]


def restore(actor: Actor, report_key: str, key: str, form: QueryDict) -> TextSave:
    """Bring an old version back as a new one."""
    return services.restore_version(
        actor=actor,
        report_key=report_key,
        section=key,
        number=_number(form.get("number", "")),
        seen_number=_number(form.get("seen_number", "")),
        as_of=today(),
    )


def start(actor: Actor, report_key: str, form: QueryDict) -> ReportStart:
    """Begin another round's report from this one."""
    return start_report(
        actor=actor,
        report_key=report_key,
        round_key=form.get("round", ""),
        title=form.get("title", ""),
        root=reports_root(),
        as_of=today(),
    )


def assign(actor: Actor, report_key: str, form: QueryDict) -> tuple[int, Sequence[Finding]]:
    """Give the marked sections a writer and a day; how many, and what stood in the way."""
    person = _number(form.get("responsible", "")) or None
    due_on = _day(form.get("due_on", ""))
    for number, key in enumerate(form.getlist("section")):
        done = services.assign_section(
            actor=actor, report_key=report_key, section=key, responsible_id=person, due_on=due_on, as_of=today()
        )
        if done.findings:
            return number, done.findings
    return len(form.getlist("section")), ()


def approve(actor: Actor, report_key: str, form: QueryDict) -> tuple[int, Sequence[Finding]]:
    """Approve the marked sections as they were seen; how many, and what stood in the way of the others."""
    findings: list[Finding] = []
    keys = form.getlist("section")
    for key in keys:
        findings += services.change_state(
            actor=actor,
            report_key=report_key,
            section=key,
            to=SectionState.APPROVED,
            seen_number=_number(form.get(f"seen-{key}", "")),
            as_of=today(),
        ).findings
    return len(keys) - len(findings), findings


def arrange(actor: Actor, report_key: str, key: str, form: QueryDict) -> Sequence[Finding]:
    """Lift a section out of the report, or bring it back."""
    do = arranging.bring_back_section if "back" in form else arranging.drop_section
    return do(actor=actor, report_key=report_key, section=key, as_of=today()).findings


def _day(text: str) -> date | None:
    day = date_from_text(text) if text else None
    if text and day is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_DAY, value=text))
    return day


@dataclass(frozen=True, slots=True)
class Kept:
    """What autosave says: when the draft was kept, and whether somebody else has saved since."""

    kept_at: str
    newer_by: str = ""


def keep_draft(actor: Actor, report_key: str, key: str, form: QueryDict) -> Kept:
    """Keep what is being typed, or throw it away."""
    if "drop" in form:
        services.drop_draft(actor=actor, report_key=report_key, section=key, as_of=today())
        return Kept("")
    seen = _number(form.get("seen_number", ""))
    kept_at = services.keep_draft(
        actor=actor, report_key=report_key, section=key, text=form.get("text", ""), seen_number=seen, as_of=today()
    )
    row = section_row(report_key, key)
    newer_by = row.saved_by if row and row.number > seen else ""
    return Kept(f"{timezone.localtime(kept_at):%H:%M:%S}" if kept_at else "", newer_by)


def copy_of(actor: Actor, report_key: str, key: str) -> tuple[str, bytes]:
    """A Word copy of the section as it is saved: its file name and content."""
    if missing_package("docx"):
        raise Absent(found(RENDERER_MISSING, format="docx", package=missing_package("docx")))
    desk = desk_for(actor, report_key)
    row = desk.section(key)
    now: datetime = timezone.localtime()
    with writers_desk(desk) as writers:
        preview = writers.preview(row, row.text)
        facts = writers.source.round_facts(desk.recipe.round)
    return f"kopia-{key}-{now:%Y-%m-%d}.docx", section_copy(row, desk.recipe, facts, preview, now)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
