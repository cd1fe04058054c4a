"""Django settings, from the environment: one installation serves one municipality.

UPPSIKT_HOME       folder with the database and the ledger (default: ./uppsikt-data)
UPPSIKT_DATABASE   postgresql://user:password@host:port/name (default: SQLite in the home folder)
UPPSIKT_SECRET_KEY signs sessions (default: made once and kept in the home folder)
UPPSIKT_HOSTS      comma-separated host names the web answers to (default: localhost)
UPPSIKT_TLS        1 where a web server with TLS stands in front: cookies over TLS only, and browsers keep to it
UPPSIKT_DEBUG      1 shows Django's debug pages to developers
UPPSIKT_MUNICIPALITY  the name at the top of every page (default: none)
UPPSIKT_DEMO       1 says on every page that the data are a demonstration
UPPSIKT_ADDRESS    the web's own address, which mails link to: https://uppsikt.kommunen.se (default: no links)

Mail, for reminders:

UPPSIKT_MAIL_HOST     the mail server (default: mails are written on the terminal instead of sent)
UPPSIKT_MAIL_PORT     its port (default: 587 with starttls, 465 with tls, else 25)
UPPSIKT_MAIL_TLS      starttls, tls or off (default: starttls)
UPPSIKT_MAIL_USER, UPPSIKT_MAIL_PASSWORD  how to sign in there (default: not at all)
UPPSIKT_MAIL_FROM     the sender's address (default: uppsikt@localhost)

Sign-in (docs/how-to/sign-in-with-the-municipalitys-accounts.md):

UPPSIKT_REQUIRE_MFA   roles that must have a second step, comma-separated (1: administrator and controller)
UPPSIKT_UNKNOWN_PEOPLE  create makes an account without roles for whoever the provider knows (default: refuse)
UPPSIKT_OIDC_ISSUER   address of the OpenID Connect provider; with it the sign-in page offers the provider
UPPSIKT_OIDC_CLIENT_ID, UPPSIKT_OIDC_CLIENT_SECRET  what the provider calls this installation
UPPSIKT_OIDC_NAME     what the button says (default: the municipality's account)
UPPSIKT_OIDC_CLAIM    the claim that holds the user name here (default: people are known by verified e-mail)
UPPSIKT_OIDC_TRUST_EMAIL  1 where the provider's addresses are the municipality's own though it says not "verified"
UPPSIKT_SAML_METADATA    address or file of the SAML provider's metadata (needs the extra saml)
UPPSIKT_SAML_NAME, UPPSIKT_SAML_CLAIM  as for OpenID Connect; the claim is an attribute's name
"""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from uppsikt.core.language import say

HOME = Path(os.environ.get("UPPSIKT_HOME", "uppsikt-data")).resolve()
LEDGER_FOLDER = HOME / "ledger"

DEBUG = os.environ.get("UPPSIKT_DEBUG") == "1"
MUNICIPALITY = os.environ.get("UPPSIKT_MUNICIPALITY", "")
# a home that holds the demonstration says so whoever serves it
IS_DEMO = os.environ.get("UPPSIKT_DEMO") == "1" or (HOME / "demo-password").exists()
ALLOWED_HOSTS = os.environ.get("UPPSIKT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HAS_TLS = os.environ.get("UPPSIKT_TLS") == "1"


def _secret_key() -> str:
    if key := os.environ.get("UPPSIKT_SECRET_KEY"):
        return key
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _database() -> dict[str, Any]:
    url = os.environ.get("UPPSIKT_DATABASE", "")
    if not url:
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "uppsikt.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "uppsikt.audit",
    "uppsikt.coding",
    "uppsikt.ledger",
    "uppsikt.planning",
    "uppsikt.rounds",
    "uppsikt.savings",
    "uppsikt.settlements",
    "uppsikt.forecasting",
    "uppsikt.reports",
    "uppsikt.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "uppsikt.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "uppsikt.web.errors.FaultsMiddleware",
    "uppsikt.web.sent_texts.SentTextsMiddleware",
    "uppsikt.web.accounts.second_step.SecondStepMiddleware",
]

ROOT_URLCONF = "uppsikt.web.urls"
WSGI_APPLICATION = "uppsikt.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((Path(__file__).parent / "web").glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uppsikt.web.context.house",
            ],
        },
    }
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "uppsikt.web.errors.form_expired"

# sign-in by the municipality's own accounts, and the second step; nobody signs up by themselves
ACCOUNT_ADAPTER = "uppsikt.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "uppsikt.web.accounts.adapters.SocialAdapter"
MFA_ADAPTER = "uppsikt.web.accounts.adapters.SecondStepAdapter"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key", "reauthenticate": "10/m/user"}
MFA_TOTP_ISSUER = f"Uppsikt {MUNICIPALITY}".strip()
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "uppsikt.web.accounts.key_forms.AddKeyForm",
    "authenticate_webauthn": "uppsikt.web.accounts.key_forms.UseKeyForm",
    "reauthenticate_webauthn": "uppsikt.web.accounts.key_forms.ConfirmKeyForm",
}
MFA_TOTP_TOLERANCE = 1  # a step of thirty seconds either way: telephones' clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True
_REQUIRED = os.environ.get("UPPSIKT_REQUIRE_MFA", "").replace(" ", "")
REQUIRE_MFA = frozenset(("administrator,controller" if _REQUIRED == "1" else _REQUIRED).split(",")) - {""}
CREATE_UNKNOWN_PEOPLE = os.environ.get("UPPSIKT_UNKNOWN_PEOPLE") == "create"
SIGN_IN_CLAIMS = {
    "openid_connect": os.environ.get("UPPSIKT_OIDC_CLAIM", ""),
    "saml": os.environ.get("UPPSIKT_SAML_CLAIM", ""),
}


def _oidc(issuer: str) -> dict[str, Any]:
    return {
        "provider_id": "kommunen",
        "name": os.environ.get("UPPSIKT_OIDC_NAME", ""),
        "client_id": os.environ.get("UPPSIKT_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("UPPSIKT_OIDC_CLIENT_SECRET", ""),
        "settings": {
            "server_url": issuer.rstrip("/"),
            "oauth_pkce_enabled": True,
            "verified_email": os.environ.get("UPPSIKT_OIDC_TRUST_EMAIL") == "1",
        },
    }


def _saml(metadata: str) -> dict[str, Any]:
    address = metadata if "://" in metadata else Path(metadata).resolve().as_uri()
    # an address the municipality's own directory gives is its own: SAML has no word for "verified"
    known = {
        "idp": {"entity_id": None, "metadata_url": address},
        "verified_email": True,
        "advanced": {"allow_single_label_domains": True},  # servers inside the house have names without dots
    }
    name = os.environ.get("UPPSIKT_SAML_NAME", "")
    return {"provider_id": "kommunen-saml", "name": name, "client_id": "kommunen", "settings": known}


OIDC_ISSUER = os.environ.get("UPPSIKT_OIDC_ISSUER", "")
SAML_METADATA = os.environ.get("UPPSIKT_SAML_METADATA", "")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "APPS": [_oidc(OIDC_ISSUER)] if OIDC_ISSUER else [],
        "provider_class": "uppsikt.web.accounts.oidc.Provider",
    },
    "saml": {"APPS": [_saml(SAML_METADATA)] if SAML_METADATA else []},
}
if SAML_METADATA and find_spec("onelogin") is None:
    raise SystemExit(
        say(
            'UPPSIKT_SAML_METADATA kräver tillägget saml: pip install "uppsikt[saml]"',
            'UPPSIKT_SAML_METADATA takes the extra saml: pip install "uppsikt[saml]"',
        )
    )
# what speaks with a provider is loaded where there is one: it would slow every start
INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"] * bool(OIDC_ISSUER)
INSTALLED_APPS += ["allauth.socialaccount.providers.saml"] * bool(SAML_METADATA)

# on disk: one for every process that serves. It holds guesses at second steps and codes that are used up, a few for
# each who has shown a password, and must not let go of them because there are many
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# reminders; where no server is named they are written on the terminal
MAIL_HOST = os.environ.get("UPPSIKT_MAIL_HOST", "")
MAIL_TLS = os.environ.get("UPPSIKT_MAIL_TLS", "starttls")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_HOST else 'console'}.EmailBackend"
EMAIL_HOST = MAIL_HOST
EMAIL_PORT = int(os.environ.get("UPPSIKT_MAIL_PORT") or {"starttls": 587, "tls": 465}.get(MAIL_TLS, 25))
EMAIL_HOST_USER = os.environ.get("UPPSIKT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("UPPSIKT_MAIL_PASSWORD", "")
EMAIL_USE_TLS = MAIL_TLS == "starttls"
EMAIL_USE_SSL = MAIL_TLS == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("UPPSIKT_MAIL_FROM") or "uppsikt@localhost"
ADDRESS = os.environ.get("UPPSIKT_ADDRESS", "").rstrip("/")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
# forms come from these hosts; with TLS in front the browser says https and the server sees http
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS if host != "*"]
if HAS_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
