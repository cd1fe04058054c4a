"""The municipality's own sign-in: the way to its provider and back. What speaks with it is loaded when used."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from uppsikt.audit.services import record_failed_sign_in
from uppsikt.core.findings import found
from uppsikt.web.accounts.offered import WORDS, provider_apps, provider_name
from uppsikt.web.accounts.refusal import sign_in_page
from uppsikt.web.findings import PROVIDER_FAILED

_log = logging.getLogger(__name__)


@login_not_required
def to_provider(request: HttpRequest, protocol: str) -> HttpResponse:
    """On to the provider. A link, not a form: a form may by our policy lead nowhere but here."""
    apps = provider_apps(WORDS.get(protocol, ""))
    if not apps:
        raise Http404
    from allauth.socialaccount.adapter import get_adapter

    target = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = ""
    try:
        provider = get_adapter().get_provider(request, apps[0]["provider_id"])
        answer: HttpResponse = provider.redirect(request, "login", next_url=target or None)
    except Exception:  # the provider is not ours: what it, or the way to it, may do wrong has no list
        _log.exception("the provider could not be asked")
        record_failed_sign_in(user=None, method=WORDS[protocol], why="provider: no answer")
        return sign_in_page(request, found(PROVIDER_FAILED, provider=provider_name(WORDS[protocol])))
    return answer


@login_not_required
def oidc_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the OpenID Connect provider."""
    if not provider_apps("openid_connect"):
        raise Http404
    from allauth.socialaccount.providers.openid_connect.views import callback

    return callback(request, provider_id)  # type: ignore[no-any-return]


def saml(name: str) -> Callable[..., HttpResponse]:
    """A view of the SAML library by its name; without SAML in the settings there is no such page."""

    def view(request: HttpRequest, organization_slug: str) -> HttpResponse:
        if not provider_apps("saml"):
            raise Http404
        from allauth.socialaccount.providers.saml import views

        return getattr(views, name)(request, organization_slug=organization_slug)  # type: ignore[no-any-return]

    # the provider's form comes from its own site, with its signature in the place of our token
    return login_not_required(csrf_exempt(view))
