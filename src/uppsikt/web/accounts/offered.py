"""The providers the municipality has set up: what they are called and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse

from uppsikt.core.language import Text

WORDS = {"oidc": "openid_connect", "saml": "saml"}  # in the address, and in settings
_OWN_ACCOUNT = Text("kommunens konto", "the municipality's account")


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """A way in that the sign-in page offers."""

    name: str
    url: str


def provider_apps(protocol: str) -> list[dict[str, Any]]:
    """How the provider of a protocol is set up; empty where there is none."""
    return list(settings.SOCIALACCOUNT_PROVIDERS.get(protocol, {}).get("APPS", []))


def provider_name(protocol: str) -> str:
    """What the municipality calls its provider."""
    return next((str(app["name"]) for app in provider_apps(protocol) if app["name"]), str(_OWN_ACCOUNT))


def provider_links(next_url: str) -> list[ProviderLink]:
    """The providers that are set up; each leads on to where the person was going."""
    asked = f"?{urlencode({REDIRECT_FIELD_NAME: next_url})}" if next_url else ""
    return [
        ProviderLink(provider_name(protocol), reverse("provider", args=[word]) + asked)
        for word, protocol in WORDS.items()
        if provider_apps(protocol)
    ]
