"""The sign-in page again, with what stopped the person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.core.findings import Finding
from uppsikt.web.accounts.forms import SignInForm
from uppsikt.web.accounts.offered import provider_links


def sign_in_page(request: HttpRequest, finding: Finding, status: int = 403) -> HttpResponse:
    """The sign-in page with a finding."""
    context = {"form": SignInForm(request), "providers": provider_links(""), "refusal": finding}
    return render(request, "accounts/sign_in.html", context, status=status)
