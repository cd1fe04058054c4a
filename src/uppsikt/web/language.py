"""Which language a request is served in: Swedish, unless the reader has switched.

The browser's Accept-Language is not asked: a Swedish municipality's staff often sit at machines set to
English, and the official language of the figures is Swedish.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from uppsikt.core.language import speaking

COOKIE = "uppsikt_language"
_YEAR_SECONDS = 365 * 24 * 3600


class LanguageMiddleware:
    """Set our own language and Django's for the request, and put both back after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in its language."""
        language = "en" if request.COOKIES.get(COOKIE) == "en" else "sv"
        with speaking(language), translation.override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


@login_not_required
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and go back to where they were."""
    language = "en" if request.POST.get("language") == "en" else "sv"
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True)
    return response
