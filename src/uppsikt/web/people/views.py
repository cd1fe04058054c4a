"""People: the list, one person, and what is changed about them."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.audit import services
from uppsikt.audit.directory import directory_file
from uppsikt.audit.people import password_findings
from uppsikt.audit.selectors import people
from uppsikt.audit.services import PersonChange
from uppsikt.core.language import say
from uppsikt.web.actors import actor_for, today
from uppsikt.web.people.forms import written_facts, written_role, written_time
from uppsikt.web.people.pages import known_person, list_page, person_page, require_people

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def index(request: HttpRequest) -> HttpResponse:
    """The people, searched by name or address."""
    return render(request, "people/index.html", {"page": list_page(actor_for(request), request.GET)})


def new(request: HttpRequest) -> HttpResponse:
    """Add a person; roles are given on their page."""
    actor = actor_for(request)
    require_people(actor)
    made = PersonChange()
    if request.method == "POST":
        facts = written_facts(request.POST)
        made = services.create_person(actor=actor, facts=facts, password=request.POST.get("password", ""))
        if made.user:
            return redirect("person", name=made.user.get_username())
    context = {"findings_here": made.findings, "written": request.POST}
    return render(request, "people/new.html", context, status=422 if made.findings else 200)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One person; by POST other facts."""
    actor = actor_for(request)
    if request.method != "POST":
        return render(request, "people/person.html", {"page": person_page(actor, name)})
    changed = services.change_person(actor=actor, user=_user(request, name), facts=written_facts(request.POST, name))
    return _answer(request, name, changed, say("Uppgifterna är sparade.", "The facts are saved."), request.POST)


@require_POST
def add_role(request: HttpRequest, name: str) -> HttpResponse:
    """Give a role for a time."""
    user, form = _user(request, name), written_role(request.POST)
    if form.grant is None:
        return _answer(request, name, PersonChange(form.findings), "", form.fields)
    done = services.add_role(actor=actor_for(request), user=user, grant=form.grant)
    return _answer(request, name, done, say("Rollen är given.", "The role is given."), form.fields)


@require_POST
def change_role(request: HttpRequest, name: str, key: int) -> HttpResponse:
    """Give a role another time, or end it now."""
    actor, user = actor_for(request), _user(request, name)
    if "end" in request.POST:
        ended = services.end_role(actor=actor, user=user, assignment=key, on=today())
        return _answer(request, name, ended, say("Rollen är avslutad.", "The role is ended."))
    own = next((held.grant for held in known_person(actor, name).roles if held.key == key), None)
    time = written_time(request.POST, own.valid_from if own else today())
    if time.findings:
        return _answer(request, name, PersonChange(time.findings), "")
    start, end = time.valid_from, time.valid_to
    done = services.change_role(actor=actor, user=user, assignment=key, valid_from=start, valid_to=end)
    return _answer(request, name, done, say("Rollens tid är ändrad.", "The time of the role is changed."))


@require_POST
def switch(request: HttpRequest, name: str) -> HttpResponse:
    """Close the account, or open it again."""
    actor, user = actor_for(request), _user(request, name)
    if user.is_active:
        closed = services.close_user(actor=actor, user=user)
        return _answer(request, name, closed, say("Kontot är stängt.", "The account is closed."))
    opened = services.open_user(actor=actor, user=user)
    return _answer(request, name, opened, say("Kontot är öppet.", "The account is open."))


@require_POST
def password(request: HttpRequest, name: str) -> HttpResponse:
    """Set somebody's password anew; whoever gets it changes it on their own page."""
    user, new_password = _user(request, name), request.POST.get("password", "")
    findings = password_findings(new_password, user)
    if not findings:
        services.set_password(actor=actor_for(request), user=user, password=new_password)
    said = say("Lösenordet är satt; andra inloggningar är avslutade.", "The password is set; other sessions ended.")
    return _answer(request, name, PersonChange(tuple(findings)), said)


@require_POST
def reset_steps(request: HttpRequest, name: str) -> HttpResponse:
    """Take the second step away from somebody who has lost their telephone."""
    user = _user(request, name)
    with transaction.atomic():
        if Authenticator.objects.filter(user=user).delete()[0]:
            services.end_sessions(user=user)  # they have shown a step that may be in another's hands
            services.record_second_step(actor=actor_for(request), user=user, change="reset")
    said = say("Inloggning i två steg är avslagen.", "Signing in in two steps is turned off.")
    return _answer(request, name, PersonChange(), said)


def file(request: HttpRequest, suffix: str) -> HttpResponse:
    """Everybody as a file that can be edited and brought back."""
    require_people(actor_for(request))
    if suffix not in _TYPES:
        raise Http404
    response = HttpResponse(directory_file(people(), suffix), content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="personer.{suffix}"'
    return response


def _user(request: HttpRequest, name: str) -> User:
    return User.objects.get(pk=known_person(actor_for(request), name).key)


def _answer(
    request: HttpRequest, name: str, change: PersonChange, said: str, written: Mapping[str, str] | None = None
) -> HttpResponse:
    """Back to the person's page: with a word where it went well, with the findings where it didn't."""
    if not change.is_refused:
        messages.success(request, said)
        return redirect("person", name=name)
    page = person_page(actor_for(request), name, change.findings, written)
    return render(request, "people/person.html", {"page": page}, status=422)
