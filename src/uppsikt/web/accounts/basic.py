"""Sign-in for programs: user name and password in the header of each request (HTTP Basic, RFC 7617)."""

from __future__ import annotations

import base64
import binascii

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest

from uppsikt.audit.services import actor_of, record_sign_in
from uppsikt.core.findings import Finding, found
from uppsikt.core.texts import is_line
from uppsikt.web.accounts.attempts import CLOSED_MINUTES, count_failure, forget_failures, is_closed
from uppsikt.web.accounts.second_step import must_have_second_step
from uppsikt.web.findings import CREDENTIALS_MISSING, NO_PASSWORD_ALONE, SIGN_IN_CLOSED, SIGN_IN_WRONG

UNAUTHORIZED, FORBIDDEN, TOO_MANY = 401, 403, 429


class Refused(Exception):
    """A request that a program gets a status and a finding for, not a page."""

    def __init__(self, status: int, finding: Finding) -> None:
        super().__init__(finding.code)
        self.status = status
        self.finding = finding


def person_by_header(request: HttpRequest) -> User:
    """Whose name and password the header holds; raises `Refused`. Neither session nor cookie is looked at."""
    name, password = _credentials(request.headers.get("Authorization", ""))
    if is_closed(name):
        raise Refused(TOO_MANY, found(SIGN_IN_CLOSED, name=name, minutes=CLOSED_MINUTES))
    person = authenticate(request, username=name, password=password)
    if not isinstance(person, User):
        count_failure(name, "header")
        raise Refused(UNAUTHORIZED, found(SIGN_IN_WRONG))
    forget_failures(name)
    if is_mfa_enabled(person) or must_have_second_step(actor_of(person)):
        raise Refused(FORBIDDEN, found(NO_PASSWORD_ALONE))
    _log(person)
    return person


def _log(person: User) -> None:
    # a program signs in with each request: once an hour is what the log needs to know
    if cache.add(f"header-sign-in-{person.pk}", 1, 3600):
        record_sign_in(user=person, method="header")


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    name, _, password = text.partition(":")
    if scheme.lower() != "basic" or not name or not password or not is_line(text):
        raise Refused(UNAUTHORIZED, found(CREDENTIALS_MISSING))
    return name, password
