"""The report audit for programs: a report in, the remarks out as JSON or SARIF. Nothing of either is kept."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from uppsikt.audit.actors import Verb
from uppsikt.audit.services import actor_of
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.output.json_ import as_json
from uppsikt.checks.output.sarif import as_sarif
from uppsikt.checks.reading import Unreadable
from uppsikt.core.findings import found
from uppsikt.core.language import speaking
from uppsikt.web.accounts.attempts import CLOSED_MINUTES
from uppsikt.web.accounts.basic import TOO_MANY, UNAUTHORIZED, Refused, person_by_header
from uppsikt.web.actors import may_anywhere
from uppsikt.web.checks.looking import MAX_BYTES, look, too_large
from uppsikt.web.findings import FILE_EMPTY, FILE_MISSING, NOT_ALLOWED, POST_ONLY, REQUEST_REFUSED, RULE_UNKNOWN

BAD, FORBIDDEN, NOT_POST, TOO_LARGE, NOT_A_REPORT = 400, 403, 405, 413, 415
_WRITERS = {"json": (as_json, "application/json"), "sarif": (as_sarif, "application/sarif+json")}
_HEADERS = {
    UNAUTHORIZED: ("WWW-Authenticate", 'Basic realm="Uppsikt", charset="UTF-8"'),
    TOO_MANY: ("Retry-After", str(CLOSED_MINUTES * 60)),
    NOT_POST: ("Allow", "POST"),
}


# Without the form's token, since a program has none and it would protect nothing here: the session cookie, which a
# browser sends along whoever wrote the page, opens nothing. Only the header does. A browser that has been given a
# name and password for this address could be made to send them too, but there is nothing to win by it: nothing is
# kept or changed, and the answer can't be read from another site's page.
@csrf_exempt
@login_not_required
def answer(request: HttpRequest, form: str) -> HttpResponse:
    """What `uppsikt check --format json` (or sarif) prints; a fault is told in the same form, with its status."""
    language = "en" if request.GET.get("lang") == "en" else "sv"
    write, content_type = _WRITERS[form]
    with speaking(language):
        try:
            content, status = write([_outcome(request)]), 200
        except Refused as refused:
            content, status = write([], [refused.finding]), refused.status
    headers = {"Cache-Control": "no-store", "Content-Language": language}
    if status in _HEADERS:
        headers.update([_HEADERS[status]])
    return HttpResponse(content, status=status, content_type=content_type, headers=headers)


def _outcome(request: HttpRequest) -> Outcome:
    """Who asks, for which rules, of what: in that order, so that a stranger's file isn't even read."""
    if request.method != "POST":
        raise Refused(NOT_POST, found(POST_ONLY))
    if not may_anywhere(actor_of(person_by_header(request)), Verb.READ):
        raise Refused(FORBIDDEN, found(NOT_ALLOWED))
    select, ignore = _rules(request, "select"), _rules(request, "ignore")
    name, data = _report(request)
    try:
        return look(data, name, select=select, ignore=ignore)
    except Unreadable as error:
        raise Refused(NOT_A_REPORT, error.finding) from error


def _rules(request: HttpRequest, key: str) -> tuple[str, ...]:
    # loads the rules, which takes half a second: here rather than when the web starts
    from uppsikt.checks.selection import split, unknown

    rules = split(request.GET.getlist(key))
    if strange := unknown(rules):
        raise Refused(BAD, found(RULE_UNKNOWN, rule=", ".join(strange)))
    return rules


def _report(request: HttpRequest) -> tuple[str, bytes]:
    """The report's name and bytes: the `file` of a form, or the whole body and the `name` of the address."""
    # the stated length first: what is too large isn't taken in
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise Refused(TOO_LARGE, too_large())
    if request.content_type == "multipart/form-data":
        name, data = _from_form(request)
    else:
        # not `request.body`, which stops at the size of a form's fields
        name, data = PurePath(request.GET.get("name", "")).name or "rapport", request.read(MAX_BYTES + 1)
    if not data:
        raise Refused(BAD, found(FILE_EMPTY, name=name))
    return name, data


def _from_form(request: HttpRequest) -> tuple[str, bytes]:
    try:
        upload = request.FILES.get("file")
    except (MultiPartParserError, SuspiciousOperation) as error:
        raise Refused(BAD, found(REQUEST_REFUSED)) from error
    if upload is None:
        raise Refused(BAD, found(FILE_MISSING))
    return upload.name or "rapport", upload.read()
