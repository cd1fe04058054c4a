"""Drafts as they are written, adopted, discarded; decided reorganisations as they are annulled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.web.actors import actor_for
from uppsikt.web.acts import Act
from uppsikt.web.organisation.acts import adopt_draft, annul_change, discard
from uppsikt.web.organisation.change_pages import change_page
from uppsikt.web.organisation.draft_pages import codes_found, draft_page


def new(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    return edit(request, "")


def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form of a draft; saved it leads on to its page, with anything else it is shown again."""
    page = draft_page(actor_for(request), key, request.POST if request.method == "POST" else None)
    if page.saved_key:
        messages.success(request, page.says)
        return redirect("organisation-change", key=page.saved_key)
    return render(request, "organisation/draft.html", {"page": page}, status=422 if page.is_refused else 200)


def codes(request: HttpRequest) -> HttpResponse:
    """Codes that have the words sought, as choices of a field."""
    return render(request, "organisation/codes.html", {"codes": codes_found(actor_for(request), request.GET)})


@require_POST
def adopt(request: HttpRequest, key: str) -> HttpResponse:
    """Put a draft in effect."""
    return _shown(request, key, adopt_draft(actor_for(request), key, request.POST))


@require_POST
def discard_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away; the log keeps what it said."""
    return _shown(request, key, discard(actor_for(request), key))


@require_POST
def annul(request: HttpRequest, key: str) -> HttpResponse:
    """Take a decided reorganisation out of the structure, by a new decision."""
    return _shown(request, key, annul_change(actor_for(request), key, request.POST))


def _shown(request: HttpRequest, key: str, act: Act) -> HttpResponse:
    if act.is_refused:
        page = change_page(actor_for(request), key, request.GET, act.findings)
        return render(request, "organisation/change.html", {"page": page}, status=422)
    messages.success(request, act.says)
    return redirect(act.url)
