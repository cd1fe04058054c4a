"""Where the sign-in library asks the house: who is known, what is logged, and in which words it answers."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_login_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from uppsikt.audit.services import record_failed_sign_in, record_sign_in, record_sign_out
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import say
from uppsikt.web.accounts.matching import Unmatched, matched
from uppsikt.web.accounts.offered import provider_name
from uppsikt.web.accounts.refusal import sign_in_page
from uppsikt.web.accounts.second_step import remember_second_step
from uppsikt.web.findings import ACCOUNT_CLOSED, CODE_WRONG, CODES_CLOSED, PROVIDER_FAILED, SIGN_IN_WRONG

_SAID = {
    "incorrect_code": CODE_WRONG,
    "incorrect_password": SIGN_IN_WRONG,
    "too_many_login_attempts": CODES_CLOSED,
    "rate_limited": CODES_CLOSED,
}
_STRONG = {"mfa", "socialaccount"}  # the provider asks for what the municipality has decided


def _in_our_words(error: ValidationError) -> ValidationError:
    code = _SAID.get(error.code or "")
    return ValidationError(str(found(code)), code=error.code) if code else error


def ways_in(request: HttpRequest) -> list[str]:
    """How whoever is signing in has shown who they are in this session: password, mfa, socialaccount."""
    records = request.session.get("account_authentication_methods", [])
    return list(dict.fromkeys(str(own.get("method")) for own in records))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in and sign-out: logged, and without a word of their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are added, or come from the directory."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The pages say what happened; the library's messages would say it twice."""

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The library's refusals as our findings."""
        return _in_our_words(super().validation_error(code, *args))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The answer to whoever the provider knows but whose account is closed."""
        record_failed_sign_in(user=user, method="+".join(ways_in(request)), why="closed-account")
        return sign_in_page(request, found(ACCOUNT_CLOSED))

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """All steps are done: log it, and go where the person was going."""
        ways = ways_in(request)
        record_sign_in(user=user, method="+".join(ways))
        if _STRONG.intersection(ways):
            remember_second_step(request)
        return HttpResponseRedirect(get_login_redirect_url(request, redirect_url))

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and log it."""
        if isinstance(request.user, User):
            record_sign_out(user=request.user)
        super().logout(request)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, in our words."""

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The library's refusals as our findings."""
        return _in_our_words(super().validation_error(code, *args))

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a key is called until its owner calls it something else."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return say("Nyckel {n}", "Key {n}", n=number)

    def get_totp_label(self, user: User) -> str:
        """What the telephone's app calls the account."""
        return user.get_username()


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by provider: whom it knows is matched to somebody here, once; from then on its own key is enough."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Match the person; whoever cannot be matched is refused with what to do about it."""
        protocol = sociallogin.provider.id
        sociallogin.state["process"] = "login"  # the only thing that is offered here
        try:
            user = matched(sociallogin)
        except Unmatched as refused:
            self._refuse(request, protocol, refused.why, refused.finding)
        # what the directory said is not kept: matching is done, and the provider's own key is all it takes next time
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            return
        if not user.is_active:
            record_failed_sign_in(user=user, method=protocol, why="closed-account")
            raise ImmediateHttpResponse(sign_in_page(request, found(ACCOUNT_CLOSED)))
        sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """The provider said no, or something that is no answer."""
        finding = found(PROVIDER_FAILED, provider=provider_name(provider.id))
        self._refuse(request, provider.id, f"provider: {error or 'unknown'}", finding)

    def _refuse(self, request: HttpRequest, protocol: str, why: str, finding: Finding) -> None:
        record_failed_sign_in(user=None, method=protocol, why=why)
        raise ImmediateHttpResponse(sign_in_page(request, finding))
