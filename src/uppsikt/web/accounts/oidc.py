"""OpenID Connect as the municipality's directory speaks it: PKCE and a nonce of this very sign-in."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

_NONCE = "nonce"


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider with a nonce in its question; `has_own_nonce` looks for it in the answer."""

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """The way to the provider; the nonce is remembered beside the state."""
        nonce = secrets.token_urlsafe(24)
        parameters = {**self.get_auth_params(), _NONCE: nonce}
        kwargs |= {"auth_params": parameters, _NONCE: nonce}
        return super().redirect(request, process, next_url, data, **kwargs)  # type: ignore[no-any-return]


def has_own_nonce(login: SocialLogin) -> bool:
    """Whether the answer is to the question this browser asked (OpenID Connect Core, 3.1.3.7)."""
    claims = login.account.extra_data.get("id_token") or {}
    asked = login.state.get(_NONCE)
    return bool(asked) and secrets.compare_digest(str(claims.get(_NONCE, "")), asked)
