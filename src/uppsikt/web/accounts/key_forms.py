"""What a security key answers, taken as what it is: data from outside, which may be anything."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

_NOT_AN_ANSWER = (ValueError, TypeError, KeyError, AttributeError)


class _Guarded:
    """A form whose credential can't be read is wrong, not a fault of the program: the library lets it be one."""

    def full_clean(self) -> None:
        """Clean the form; an answer that is none becomes an error of the form."""
        try:
            super().full_clean()  # type: ignore[misc]
        except _NOT_AN_ANSWER:
            self.add_error(None, get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]


class AddKeyForm(_Guarded, forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""


class UseKeyForm(_Guarded, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key at sign-in."""


class ConfirmKeyForm(_Guarded, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key once more."""
