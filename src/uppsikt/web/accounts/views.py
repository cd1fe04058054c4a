"""Sign-in in one or two steps, sign-out, and one's own account."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from uppsikt.audit.findings import PASSWORD_WRONG
from uppsikt.audit.people import password_findings
from uppsikt.audit.services import record_sign_out, set_password
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import say
from uppsikt.web.accounts.attempts import CLOSED_MINUTES, count_failure, forget_failures, is_closed
from uppsikt.web.accounts.forms import SignInForm
from uppsikt.web.accounts.offered import provider_links
from uppsikt.web.accounts.pages import account_page
from uppsikt.web.accounts.second_step import must_have_second_step
from uppsikt.web.actors import actor_for
from uppsikt.web.findings import SIGN_IN_CLOSED


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes on to the start page."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, and the providers beside it."""
        return super().get_context_data(providers=provider_links(self.get_redirect_url()), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        """The password is right: in, or on to the second step where the person has one."""
        user = form.get_user()
        login = Login(user=user, email_verification="none", redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"username": user.get_username()}, login)  # type: ignore[no-any-return]


class SignOut(LogoutView):
    """Sign-out: a post, logged."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Log it while it is known who leaves."""
        if isinstance(request.user, User):
            record_sign_out(user=request.user)
        return super().post(request, *args, **kwargs)


def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, password, second step, language."""
    return _account(request)


@require_POST
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end with the old one."""
    user = _person(request)
    new = request.POST.get("new", "")
    if findings := _own_password_findings(user, request.POST.get("present", ""), new):
        return _account(request, findings)
    keeps = request.session.session_key or ""
    set_password(actor=actor_for(request), user=user, password=new, keeps=keeps)
    update_session_auth_hash(request, user)
    messages.success(request, say("Lösenordet är bytt.", "The password is changed."))
    return redirect("account")


def _own_password_findings(user: User, present: str, new: str) -> list[Finding]:
    name = user.get_username()
    if is_closed(name):
        return [found(SIGN_IN_CLOSED, name=name, minutes=CLOSED_MINUTES)]
    if not user.check_password(present):
        count_failure(name, "own-page")  # a session left open must not be a place to guess in
        return [found(PASSWORD_WRONG)]
    forget_failures(name)
    return password_findings(new, user)


def _account(request: HttpRequest, findings: list[Finding] | None = None) -> HttpResponse:
    actor = actor_for(request)
    page = account_page(actor, _person(request), must_have_second_step(actor), findings or ())
    return render(request, "accounts/account.html", {"page": page}, status=422 if findings else 200)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the middleware lets nobody else in
    return request.user
