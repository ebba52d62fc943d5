"""Django settings, read once from the environment. Every variable is documented in docs/settings.md."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from assay.runtime.organisation import kept_organisation
from assay.runtime.place import data_folder
from assay.runtime.problem import RuntimeProblem
from assay.runtime.secret_key import read_or_make_secret_key

PACKAGE = Path(__file__).resolve().parents[1]
DATA_DIR = data_folder()
DEBUG = os.environ.get("ASSAY_DEBUG", "") == "1"
ORGANISATION = os.environ.get("ASSAY_ORGANISATION", "") or kept_organisation(data_dir=DATA_DIR)
SECRET_KEY = read_or_make_secret_key(data_dir=DATA_DIR, from_environment=os.environ.get("ASSAY_SECRET_KEY", ""))
ALLOWED_HOSTS = [h for h in os.environ.get("ASSAY_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ASSAY_ORIGINS", "").split(",") if o]
SITE_ADDRESS = os.environ.get("ASSAY_ADDRESS", "")
IS_BEHIND_TLS = os.environ.get("ASSAY_TLS", "") == "1"


class BadSetting(RuntimeProblem):
    """Raised for a variable whose value cannot be used."""


def number_setting(name: str, *, default: int) -> int:
    """Return a variable as a number. Raises ``BadSetting``."""
    value = os.environ.get(name) or str(default)
    if not value.isdigit():
        raise BadSetting(f"{name}={value} is not a number")
    return int(value)


def security_setting(name: str, *, default: str) -> str:
    """Return how a mail server's connection is protected: ``starttls``, ``tls`` or ``none``. Raises ``BadSetting``."""
    value = os.environ.get(name, "").lower() or default
    value = {"1": default, "0": "none"}.get(value, value)
    if value not in ("starttls", "tls", "none"):
        raise BadSetting(f"{name}={value} must be starttls, tls or none")
    return value


def address_setting(name: str, *, default: str) -> str:
    """Return a mail address, ``a@b.c`` or ``Name <a@b.c>``; empty when the default is. Raises ``BadSetting``."""
    value = os.environ.get(name, "") or default
    if value and not re.fullmatch(r"(?:[^<>\r\n]*<)?[^\s<>@]+@[A-Za-z0-9._-]+>?", value):
        raise BadSetting(f"{name}={value} is not a mail address")
    return value


def database_settings(url: str) -> dict[str, object]:
    """Turn ``postgresql://user:password@host:port/name?host=/socket/folder`` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadSetting("DATABASE_URL must look like postgresql://user:password@host:port/name")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "assay",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query, "pool": {"min_size": 1, "max_size": 8, "timeout": 10}} if _is_pooled() else query,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _is_pooled() -> bool:
    return os.environ.get("ASSAY_DATABASE_POOL", "") == "1"


# Whoever stands behind TLS stands behind one proxy of ours; what further hops say of a visitor is theirs to make up.
TRUSTED_PROXIES = number_setting("ASSAY_TRUSTED_PROXIES", default=1 if IS_BEHIND_TLS else 0)
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", "postgresql://assay@/assay"))}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "assay.platform.accounts",
    "assay.platform.audit",
    "assay.platform.files",
    "assay.platform.mail",
    "assay.app.ui",
    "assay.app.facts",
    "assay.app.readiness",
    "assay.app.roles",
    "assay.app.market",
    "assay.app.postings",
    "assay.app.requisitions",
    "assay.app.pipeline",
    "assay.app.documents",
    "assay.app.screening",
    "assay.app.deciding",
    "assay.app.sourcing",
    "assay.app.interviewing",
    "assay.app.evidence",
    "assay.app.messaging",
    "assay.app.applying",
    "assay.app.clocks",
    "assay.app.inbox",
    "assay.app.palette",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "assay.platform.access.middleware.AccessMiddleware",
    "assay.runtime.bare_errors.BareErrors",
]

ROOT_URLCONF = "assay.runtime.urls"
WSGI_APPLICATION = "assay.runtime.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [str(folder) for folder in sorted((PACKAGE / "app").glob("*/templates"))],
        "OPTIONS": {
            "environment": "assay.app.ui.environment.environment",
            "context_processors": ["assay.app.ui.shell.ui_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "DIRS": [str(PACKAGE / "app" / "ui" / "templates_django")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assay.app.ui.shell.ui_context",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "assay.platform.accounts.adapter.InvitationOnlyAdapter"
SOCIALACCOUNT_ADAPTER = "assay.platform.accounts.adapter.InvitationOnlySocialAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_BEHIND_TLS
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 12_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILES_DIR = DATA_DIR / "files"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if os.environ.get("ASSAY_STATIC", "") == "collected"
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = os.environ.get("ASSAY_STATIC", "") != "collected"

# Sign-in limits are counted here, so they hold across processes; the table is made by accounts 0002.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# All mail goes through the outbox of platform/mail, Django's own letters too.
EMAIL_BACKEND = "assay.platform.mail.django_backend.OutboxBackend"
EMAIL_HOST = os.environ.get("ASSAY_SMTP_HOST", "")
EMAIL_PORT = number_setting("ASSAY_SMTP_PORT", default=587)
EMAIL_HOST_USER = os.environ.get("ASSAY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ASSAY_SMTP_PASSWORD", "")
EMAIL_SECURITY = security_setting("ASSAY_SMTP_TLS", default="starttls")
EMAIL_RATE = number_setting("ASSAY_SMTP_RATE", default=0)
EMAIL_CONNECTIONS = number_setting("ASSAY_SMTP_CONNECTIONS", default=1)
DEFAULT_FROM_EMAIL = address_setting("ASSAY_MAIL_FROM", default="assay@localhost")
MAIL_BOUNCES = address_setting("ASSAY_MAIL_BOUNCES", default="")
MAIL_REPLY = os.environ.get("ASSAY_MAIL_REPLY", "")
MAIL_DROP = os.environ.get("ASSAY_MAIL_DROP", "")
MAIL_LARGEST = number_setting("ASSAY_MAIL_LARGEST", default=30) * 1_000_000
IMAP_HOST = os.environ.get("ASSAY_IMAP_HOST", "")
IMAP_PORT = number_setting("ASSAY_IMAP_PORT", default=993)
IMAP_USER = os.environ.get("ASSAY_IMAP_USER", "")
IMAP_PASSWORD = os.environ.get("ASSAY_IMAP_PASSWORD", "")
IMAP_SECURITY = security_setting("ASSAY_IMAP_TLS", default="tls")
IMAP_FOLDER = os.environ.get("ASSAY_IMAP_FOLDER", "INBOX")
IMAP_MARKS_READ = os.environ.get("ASSAY_IMAP_MARK_READ", "") == "1"

SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": os.environ.get("ASSAY_OIDC_NAME", "Single sign-on"),
                    "client_id": os.environ["ASSAY_OIDC_CLIENT_ID"],
                    "secret": os.environ.get("ASSAY_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ.get("ASSAY_OIDC_SERVER", "")},
                }
            ]
        }
    }
    if os.environ.get("ASSAY_OIDC_CLIENT_ID")
    else {}
)

SILENCED_SYSTEM_CHECKS = ["models.W045"]  # constraints with SQL are checked by PostgreSQL, not by forms
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_secrets": {"()": "assay.runtime.log_secrets.HidesSecretLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_secrets"]}},
    # A refusal is an ordinary answer, not a fault with a traceback; the page says why.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ASSAY_LOG", "WARNING")},
}
