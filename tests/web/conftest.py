"""People who can sign in, and a small municipality whose every figure can be added up by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING

PASSWORD = "ett-langt-losenord"
SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_remembered_attempts() -> None:
    cache.clear()


@pytest.fixture
def signed_in(db: None, local: Actor) -> SignedIn:
    """A client for someone with a role on a unit: `signed_in(Role.READER)`."""

    def sign_in(role: Role | None = Role.READER, unit: str = WHOLE, name: str = "") -> Client:
        user = User.objects.create_user(name or f"{role}-{unit}".replace("*", "alla"), password=PASSWORD)
        if role:
            grant_role(actor=local, user=user, role=role, unit=unit, valid_from=BEGINNING)
        client = Client()
        client.force_login(user)
        return client

    return sign_in
