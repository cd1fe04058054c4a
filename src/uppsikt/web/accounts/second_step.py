"""The second step where the municipality requires it: until it is set up, nothing but one's own page opens."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import found
from uppsikt.web.actors import actor_for, today
from uppsikt.web.findings import SECOND_STEP_MISSING

_PROVEN = "uppsikt_second_step"  # in the session: this sign-in had a second step, ours or the provider's
_OPEN = {
    "account",
    "account-password",
    "language",
    "logout",
    "accessibility",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_add_webauthn",
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
}


def remember_second_step(request: HttpRequest) -> None:
    """Note in the session that whoever signed in has shown more than a password."""
    request.session[_PROVEN] = True


def forget_second_step(request: HttpRequest) -> None:
    """The second step was taken away: what requires it closes."""
    request.session.pop(_PROVEN, None)


def must_have_second_step(actor: Actor) -> bool:
    """Whether one of the actor's roles today is one that the municipality requires a second step of."""
    day = today()
    roles = {grant.role.value for grant in actor.grants if grant.valid_from <= day < grant.valid_to}
    return bool(roles & settings.REQUIRE_MFA)


class SecondStepMiddleware:
    """Send whoever lacks a required second step to where it is set up.

    Costs nothing where nothing is required, and else no query: roles are asked for once a request anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on: the view must be known first."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """The way to one's own page; None where the person may go on."""
        if not settings.REQUIRE_MFA or not request.user.is_authenticated or request.session.get(_PROVEN):
            return None
        match = request.resolver_match
        if match is None or match.view_name in _OPEN or not must_have_second_step(actor_for(request)):
            return None
        messages.warning(request, str(found(SECOND_STEP_MISSING)))
        return redirect("account")
