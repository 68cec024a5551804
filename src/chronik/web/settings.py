"""Acts: reads the archive's `Config` and key and makes Django's settings of them.

The archive is the one that `CHRONIK_ARCHIVE` names.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from chronik import config as configuration
from chronik.model import sha256_hex
from chronik.web import hosts

ARCHIVE_MARK_LENGTH = 8

_folder = configuration.archive_folder()
_config = (
    configuration.load(_folder)
    if (_folder / configuration.FILE_NAME).is_file()
    else configuration.from_table(_folder, {})
)
_key_file = _folder / configuration.KEY_FILE_NAME

CHRONIK = _config
# Without a key file sessions end with the process; `chronik init` writes one.
SECRET_KEY = (_key_file.read_text(encoding="utf-8").strip() if _key_file.is_file() else "") or secrets.token_urlsafe(
    configuration.KEY_BYTES
)
# Cookies know no ports: two archives on one host must not sign each other's editors out.
_archive_mark = sha256_hex(SECRET_KEY.encode())[:ARCHIVE_MARK_LENGTH]
_behind_tls = _config.public_url.lower().startswith("https:")
DEBUG = False
KNOWN_HOSTS = hosts.allowed(_config)
# Served on every interface, the application answers to any address; KnownHostMiddleware refuses foreign names.
ALLOWED_HOSTS = ["*"] if hosts.any_address(_config) else KNOWN_HOSTS
CSRF_TRUSTED_ORIGINS = hosts.trusted_origins(_config)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "chronik.catalogue.apps.CatalogueConfig",
    "chronik.desk.apps.DeskConfig",
    "chronik.public.apps.PublicConfig",
]
MIDDLEWARE = [
    "chronik.web.middleware.KnownHostMiddleware",
    "chronik.web.replaying.ReplayOriginMiddleware",
    "chronik.web.compressing.CompressingMiddleware",
    "chronik.web.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chronik.web.time_zones.TimeZoneMiddleware",
    "chronik.web.middleware.DeskSignInMiddleware",
    "chronik.web.dossier_bounds.DossierBoundsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chronik.web.middleware.ErrorPagesMiddleware",
]
ROOT_URLCONF = "chronik.web.urls"
WSGI_APPLICATION = "chronik.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chronik.desk.context.desk",
            ],
        },
    }
]
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "chronik.catalogue.sqlite",
        "NAME": _config.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
}

USE_TZ = True
TIME_ZONE = _config.time_zone
LANGUAGE_CODE = _config.language
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "chronik_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _behind_tls
FORMAT_MODULE_PATH = ["chronik.web.formats"]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:inbox"
SESSION_COOKIE_NAME = f"chronik_session_{_archive_mark}"
SESSION_COOKIE_SECURE = _behind_tls
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = f"chronik_csrf_{_archive_mark}"
CSRF_COOKIE_SECURE = _behind_tls
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "chronik.desk.views.problems.forbidden_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
PASSWORD_LENGTH_MIN = 10
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH_MIN},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A form holds text that people select or write; nothing is uploaded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # A fault of ours goes to standard error with its traceback; what strangers ask for wrongly does not.
        "django": {"handlers": ["errors"], "level": "ERROR", "propagate": False},
    },
}
