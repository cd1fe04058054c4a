"""The second step of sign-in: the library's flows on our pages, every change in the log."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from uppsikt.audit.services import end_sessions, record_failed_sign_in, record_second_step
from uppsikt.web.accounts.second_step import forget_second_step, remember_second_step
from uppsikt.web.actors import actor_for

_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def _log(request: HttpRequest, change: str) -> None:
    assert isinstance(request.user, User)  # the library lets nobody else so far
    record_second_step(actor=actor_for(request), user=request.user, change=change)


def _lose(request: HttpRequest, change: str) -> None:
    """A way of the second step is gone: log it. Where it was the last, sessions end, and this one forgets it."""
    assert isinstance(request.user, User)
    if not _has(request.user, *_STEPS):
        end_sessions(user=request.user, besides=request.session.session_key or "")
        forget_second_step(request)
    _log(request, change)


def _has(user: Any, *types: Authenticator.Type) -> bool:
    return bool(is_mfa_enabled(user, list(types)))


class SecondStep(base.AuthenticateView):  # type: ignore[misc]
    """The code or the key, after the password."""

    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which of the two this person has."""
        has_key = _has(self.stage.login.user, Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "has_key": has_key}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what is wrong, and log it."""
        record_failed_sign_in(user=self.stage.login.user, method="code", why="wrong")
        return super().form_invalid(form)  # type: ignore[no-any-return]


class TurnOn(totp.ActivateTOTPView):  # type: ignore[misc]
    """Turn the second step on: scan, and prove it by a code."""

    template_name = "accounts/turn_on.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """On, and in the log, or neither."""
        with transaction.atomic():
            response = super().form_valid(form)
            _log(self.request, "on")
        remember_second_step(self.request)
        return response  # type: ignore[no-any-return]


class TurnOff(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Turn the second step off."""

    template_name = "accounts/turn_off.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Off, and in the log, or neither."""
        with transaction.atomic():
            response = super().form_valid(form)
            _lose(self.request, "off")
        return response  # type: ignore[no-any-return]


class AddKey(keys.AddWebAuthnView):  # type: ignore[misc]
    """Add a security key, or the device's own (WebAuthn)."""

    template_name = "accounts/add_key.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Added, and in the log, or neither."""
        with transaction.atomic():
            response = super().form_valid(form)
            _log(self.request, "key-added")
        remember_second_step(self.request)
        return response  # type: ignore[no-any-return]


class RemoveKey(keys.RemoveWebAuthnView):  # type: ignore[misc]
    """Take a key off the account."""

    template_name = "accounts/remove_key.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Removed, and in the log, or neither."""
        with transaction.atomic():
            response = super().form_valid(form)
            _lose(self.request, "key-removed")
        return response  # type: ignore[no-any-return]


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Ten new recovery codes; the old ones end."""

    template_name = "accounts/new_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """New, and in the log, or neither."""
        with transaction.atomic():
            response = super().form_valid(form)
            _log(self.request, "new-codes")
        return response  # type: ignore[no-any-return]


class Codes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The recovery codes that are left."""

    template_name = "accounts/codes.html"


class Confirm(ReauthenticateView):  # type: ignore[misc]
    """The password once more, before the second step is touched."""

    template_name = "accounts/confirm.html"


class ConfirmByKey(keys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A key once more, before the second step is touched."""

    template_name = "accounts/confirm.html"


class ConfirmByCode(base.ReauthenticateView):  # type: ignore[misc]
    """A code once more, before the second step is touched."""

    template_name = "accounts/confirm.html"
