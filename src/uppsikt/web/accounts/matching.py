"""Who of ours it is that the municipality's provider vouches for: by its own key, an agreed name, or the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import User

from uppsikt.audit.services import PersonFacts, join_unknown
from uppsikt.core.findings import Finding, found
from uppsikt.web.accounts.offered import provider_name
from uppsikt.web.findings import EMAIL_UNPROVEN, NOBODY_HERE, PROVIDER_FAILED

OIDC = "openid_connect"


class Unmatched(Exception):
    """Nobody here is who the provider vouches for; carries why for the log and the finding for the page."""

    def __init__(self, why: str, finding: Finding) -> None:
        super().__init__(why)
        self.why = why
        self.finding = finding


def matched(login: SocialLogin) -> User:
    """The person of a sign-in; raises `Unmatched`. An account is made for a stranger only where settings say so."""
    protocol = login.provider.id
    name = provider_name(protocol)
    if protocol == OIDC and not _is_answer_to_us(login):
        raise Unmatched("nonce", found(PROVIDER_FAILED, provider=name))
    if login.is_existing:  # known by the provider's own key since an earlier time
        return login.user  # type: ignore[no-any-return]
    claim = settings.SIGN_IN_CLAIMS.get(protocol, "")
    proven = [address.email for address in login.email_addresses if address.verified]
    who = _text(claims_of(login).get(claim)) if claim else "".join(proven[:1])
    if not who:
        shown = login.user.email or claim or "–"
        raise Unmatched("unproven", found(EMAIL_UNPROVEN, provider=name, who=shown))
    test = {"username__iexact": who} if claim else {"email__iexact": who}
    people = list(User.objects.filter(**test)[:2])
    if len(people) == 1:
        return people[0]
    joined = _joined(login, who, "".join(proven[:1])) if settings.CREATE_UNKNOWN_PEOPLE and not people else None
    if joined is None:
        raise Unmatched("unknown", found(NOBODY_HERE, provider=name, who=who))
    return joined


def _is_answer_to_us(login: SocialLogin) -> bool:
    from uppsikt.web.accounts.oidc import has_own_nonce  # with it comes what speaks with providers

    return has_own_nonce(login)


def claims_of(login: SocialLogin) -> Mapping[str, Any]:
    """What the provider says of the person: the claims of OpenID Connect, the attributes of SAML."""
    said: Mapping[str, Any] = login.account.extra_data
    if login.provider.id != OIDC:
        return said
    return {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}


def _text(value: object) -> str:
    """A claim's text; SAML gives lists."""
    first = value[0] if isinstance(value, list) and value else value
    return first.strip() if isinstance(first, str) else ""


def _joined(login: SocialLogin, name: str, email: str) -> User | None:
    return join_unknown(facts=PersonFacts(name, login.user.get_full_name(), email))
