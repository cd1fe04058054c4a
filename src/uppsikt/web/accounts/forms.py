"""The sign-in form: clear about what is wrong, and closed for a while to whoever guesses."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from uppsikt.core.findings import found
from uppsikt.web.accounts.attempts import CLOSED_MINUTES, count_failure, forget_failures, is_closed
from uppsikt.web.findings import SIGN_IN_CLOSED, SIGN_IN_WRONG


class SignInForm(AuthenticationForm):
    """User name and password; after ten failures the name is closed for a quarter of an hour."""

    def clean(self) -> dict[str, Any]:
        """Check the attempts before the password, and count a failure."""
        name = self.cleaned_data.get("username", "")
        if not self.cleaned_data.get("password"):
            return self.cleaned_data
        if is_closed(name):
            raise ValidationError(str(found(SIGN_IN_CLOSED, name=name, minutes=CLOSED_MINUTES)))
        try:
            cleaned = super().clean()
        except ValidationError as error:
            count_failure(name, "password")
            raise ValidationError(str(found(SIGN_IN_WRONG))) from error
        forget_failures(name)
        return cleaned
