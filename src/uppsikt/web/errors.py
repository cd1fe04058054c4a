"""Pages for what went wrong: in the reader's language, with a code and a remedy, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

from uppsikt.audit.actors import NotAllowed
from uppsikt.core.findings import Finding, found
from uppsikt.relations import NotFound
from uppsikt.web.findings import FORM_EXPIRED, NOT_A_PAGE, NOT_ALLOWED, PAGE_UNKNOWN, PROGRAM_FAULT, REQUEST_REFUSED


class Absent(Exception):
    """What the address asks for is not there; carries the finding the page shows."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class FaultsMiddleware:
    """Turn the exceptions of permission and absence into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: only what fails is ours. A form's address opened as a page gets one, not nothing."""
        response = self.get_response(request)
        if response.status_code != HttpResponseNotAllowed.status_code or response.content:
            return response
        page = fault_page(request, found(NOT_A_PAGE), response.status_code)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for the exceptions we know; None leaves the rest to Django."""
        if isinstance(exception, NotAllowed):
            return fault_page(request, found(NOT_ALLOWED), 403)
        if isinstance(exception, Absent | NotFound):
            return fault_page(request, exception.finding, 404)
        return None


def fault_page(request: HttpRequest, finding: Finding, status: int) -> HttpResponse:
    """A page that says what is wrong and what to do."""
    return render(request, "web/fault.html", {"finding": finding, "status": status}, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 403 page."""
    return fault_page(request, found(NOT_ALLOWED), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 404 page."""
    return fault_page(request, found(PAGE_UNKNOWN), 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 400 page: plain, since the host may be what is wrong."""
    return _plain_page(found(REQUEST_REFUSED), 400)


def program_fault(request: HttpRequest) -> HttpResponse:
    """The 500 page: plain, since the database may be what failed."""
    return _plain_page(found(PROGRAM_FAULT), 500)


def _plain_page(finding: Finding, status: int) -> HttpResponse:
    """A page without context processors: it asks neither the session nor the database."""
    content = render_to_string("web/fault_plain.html", {"finding": finding, "status": status})
    return HttpResponse(content, status=status)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without a valid token."""
    return fault_page(request, found(FORM_EXPIRED), 403)
