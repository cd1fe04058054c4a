"""Writing a report's texts: overview, section, history, figures to pick, drafts, remarks, a copy for Word."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.core.language import say
from uppsikt.reports.renderers import MEDIA_TYPES
from uppsikt.web.actors import actor_for
from uppsikt.web.amounts import whole_number
from uppsikt.web.report_pages import writing_acts as acts
from uppsikt.web.report_pages.desks import desk_for
from uppsikt.web.report_pages.first_texts import first_page, take_in_now
from uppsikt.web.report_pages.picking import picker_page
from uppsikt.web.report_pages.writing_pages import (
    conflict_page,
    history_page,
    overview_page,
    preview_now,
    section_page,
)


def overview(request: HttpRequest, report: str) -> HttpResponse:
    """How far the report's texts have come; posting gives marked sections a writer, or approves them."""
    actor = actor_for(request)
    if "take-in" in request.POST:
        return _taken_in(request, report)
    if request.method != "POST":
        if first := first_page(actor, report):
            return render(request, "report_pages/first.html", {"page": first})
        return render(request, "report_pages/writing.html", {"page": overview_page(actor, report)})
    if "start" in request.POST:
        return _started(request, report)
    act = acts.approve if "approve" in request.POST else acts.assign
    count, findings = act(actor, report, request.POST)
    if findings:
        page = overview_page(actor, report, findings)
        return render(request, "report_pages/writing.html", {"page": page}, status=422)
    messages.success(request, say("{n} avsnitt {n:ändrat|ändrade}.", "{n} {n:section|sections} changed.", n=count))
    return redirect("report-writing", report=report)


def _taken_in(request: HttpRequest, report: str) -> HttpResponse:
    actor = actor_for(request)
    findings = take_in_now(actor, report)
    page = first_page(actor, report, findings) if findings else None
    if page:
        return render(request, "report_pages/first.html", {"page": page}, status=422)
    messages.success(request, say("Texterna är inhämtade.", "The texts are taken in."))
    return redirect("report-writing", report=report)


def _started(request: HttpRequest, report: str) -> HttpResponse:
    actor = actor_for(request)
    started = acts.start(actor, report, request.POST)
    if started.findings:
        page = overview_page(actor, report, started.findings)
        return render(request, "report_pages/writing.html", {"page": page}, status=422)
    messages.success(request, say("Rapporten är påbörjad.", "The report is begun."))
    return redirect("report-writing", report=started.report_key)


def section(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """One section: read, written, saved."""
    actor = actor_for(request)
    if request.method != "POST":
        return render(request, "report_pages/section.html", {"page": section_page(actor, report, section)})
    done = acts.write(actor, report, section, request.POST)
    if done.conflict:
        page = conflict_page(actor, report, done.conflict, whole_number(request.POST.get("seen_number", "")))
        return render(request, "report_pages/conflict.html", {"page": page}, status=409)
    if done.page:
        status = 422 if done.page.findings or done.page.asks_about else 200
        return render(request, "report_pages/section.html", {"page": done.page}, status=status)
    messages.success(request, done.says)
    return redirect("report-section", report=report, section=section)


@require_POST
def preview(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """The section as it would print with the text that is sent: a fragment of the page."""
    desk = desk_for(actor_for(request), report)
    row = desk.section(section)
    shown = preview_now(desk, row, request.POST.get("text", ""))
    return render(request, "report_pages/preview.html", {"shown": shown, "language_of_text": desk.recipe.language})


@require_POST
def draft(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """Keep a draft (for scripts), or throw it away (for the button)."""
    kept = acts.keep_draft(actor_for(request), report, section, request.POST)
    if "drop" in request.POST:
        return redirect("report-section", report=report, section=section)
    return JsonResponse(asdict(kept))


@require_POST
def state(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """Take the section to another state."""
    actor = actor_for(request)
    done = acts.change_state(actor, report, section, request.POST)
    if done.page:
        return render(request, "report_pages/section.html", {"page": done.page}, status=422)
    return redirect("report-section", report=report, section=section)


@require_POST
def arrange(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """Lift a section out of the report, or bring it back."""
    actor = actor_for(request)
    findings = acts.arrange(actor, report, section, request.POST)
    if findings:
        page = section_page(actor, report, section, findings=findings)
        return render(request, "report_pages/section.html", {"page": page}, status=422)
    return redirect("report-writing", report=report)


@require_POST
def comment(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """Write or settle a remark."""
    acts.comment(actor_for(request), report, section, request.POST)
    response = redirect("report-section", report=report, section=section)
    response["Location"] += "#kommentarer"
    return response


def history(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """Every version of the section; posting brings one back."""
    actor = actor_for(request)
    if request.method != "POST":
        page = history_page(actor, report, section, request.GET)
        return render(request, "report_pages/history.html", {"page": page})
    done = acts.restore(actor, report, section, request.POST)
    if done.findings:
        page = history_page(actor, report, section, {}, done.findings)
        return render(request, "report_pages/history.html", {"page": page}, status=422)
    messages.success(request, say("Den gamla texten är tillbaka.", "The old text is back."))
    return redirect("report-section", report=report, section=section)


def figures(request: HttpRequest, report: str) -> HttpResponse:
    """Figures by words: a list for the editor's picker, a page of its own without it."""
    page = picker_page(actor_for(request), report, request.GET)
    is_fragment = request.headers.get("X-Requested-With") == "fetch"
    template = "report_pages/hits.html" if is_fragment else "report_pages/figures.html"
    return render(request, template, {"page": page})


def copy(request: HttpRequest, report: str, section: str) -> HttpResponse:
    """The section as a Word file, marked as the copy it is."""
    name, content = acts.copy_of(actor_for(request), report, section)
    response = HttpResponse(content, content_type=MEDIA_TYPES["rapport.docx"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
