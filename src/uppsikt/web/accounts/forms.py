"""The sign-in form: clear about what is wrong, and closed for a while to whoever guesses."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

from uppsikt.core.findings import found
from uppsikt.core.hashes import hash_bytes
from uppsikt.web.findings import SIGN_IN_CLOSED, SIGN_IN_WRONG

ATTEMPTS = 10
CLOSED_MINUTES = 15


class SignInForm(AuthenticationForm):
    """User name and password; after ten failures the name is closed for a quarter of an hour."""

    def clean(self) -> dict[str, Any]:
        """Check the attempts before the password, and count a failure."""
        name = self.cleaned_data.get("username", "")
        if not self.cleaned_data.get("password"):
            return self.cleaned_data
        if cache.get(_key(name), 0) >= ATTEMPTS:
            raise ValidationError(str(found(SIGN_IN_CLOSED, name=name, minutes=CLOSED_MINUTES)))
        try:
            cleaned = super().clean()
        except ValidationError as error:
            cache.set(_key(name), cache.get(_key(name), 0) + 1, CLOSED_MINUTES * 60)
            raise ValidationError(str(found(SIGN_IN_WRONG))) from error
        cache.delete(_key(name))
        return cleaned


def _key(name: str) -> str:
    # hashed: cache keys allow no spaces, names do
    return f"sign-in-failures-{hash_bytes(name.casefold().encode())}"
