"""Where the sign-in library asks the house: what is logged, who is known, and in which words it answers."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in and sign-out."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by provider."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step."""
