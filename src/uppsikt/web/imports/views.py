"""Import pages. Nothing is taken in without a dry run that shows what would happen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from uppsikt.coding.services import export_register
from uppsikt.core.postings import DIMENSIONS
from uppsikt.web.actors import actor_for
from uppsikt.web.imports.forms import brought
from uppsikt.web.imports.held import held, hold, let_go
from uppsikt.web.imports.kinds import kind_for, require_kind
from uppsikt.web.imports.pages import batch_page, index_page

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def index(request: HttpRequest) -> HttpResponse:
    """What can be brought, and what is held."""
    return render(request, "imports/index.html", {"page": index_page(actor_for(request))})


def batch(request: HttpRequest, content_hash: str) -> HttpResponse:
    """One batch: where it came from, its control totals, its findings."""
    return render(request, "imports/batch.html", {"page": batch_page(actor_for(request), content_hash)})


def bring(request: HttpRequest, kind: str) -> HttpResponse:
    """The form for a file; a file that can be held goes on to its dry run."""
    actor = actor_for(request)
    chosen = require_kind(actor, kind)
    form = brought(request, chosen)
    if form.upload is None:
        status = 422 if form.findings else 200
        return render(request, "imports/bring.html", {"kind": chosen, "form": form}, status=status)
    file = hold(actor=actor, kind=kind, upload=form.upload, options=form.options)
    return redirect("import-dry-run", kind=kind, token=file.token)


def dry_run(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """What the file would do; by POST, do it."""
    actor = actor_for(request)
    chosen = require_kind(actor, kind)
    file = held(actor=actor, kind=kind, token=token)
    outcome = chosen.run(actor=actor, file=file, dry_run=request.method != "POST")
    if request.method == "POST" and not outcome.is_refused:
        let_go(file)
        messages.success(request, outcome.says)
        return redirect(outcome.url)
    context = {"kind": chosen, "file": file, "outcome": outcome}
    return render(request, "imports/dry_run.html", context, status=422 if outcome.is_refused else 200)


def register_file(request: HttpRequest, dimension: str, suffix: str) -> HttpResponse:
    """A register as a file that can be edited and brought back."""
    require_kind(actor_for(request), kind_for("register").key)
    if dimension not in DIMENSIONS or suffix not in _TYPES:
        raise Http404
    response = HttpResponse(
        export_register(dimension, "csv" if suffix == "csv" else "xlsx"), content_type=_TYPES[suffix]
    )
    response["Content-Disposition"] = f'attachment; filename="register-{dimension}.{suffix}"'
    return response
