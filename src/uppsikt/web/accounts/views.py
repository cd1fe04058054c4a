"""Sign-in: Django's own view with our form."""

from __future__ import annotations

from django.contrib.auth.views import LoginView

from uppsikt.web.accounts.forms import SignInForm


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes on to the start page."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
