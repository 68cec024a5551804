"""Django's settings, made from the archive's `Config`; the archive is the one that `CHRONIK_ARCHIVE` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chronik import config as configuration

_folder = configuration.archive_folder()
_config = (
    configuration.load(_folder)
    if (_folder / configuration.FILE_NAME).is_file()
    else configuration.from_table(_folder, {})
)
_here = Path(__file__).resolve().parent

CHRONIK = _config
SECRET_KEY = "replaced by wiring before anything is signed"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS: list[str] = ["localhost", "127.0.0.1", "[::1]"]
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
ROOT_URLCONF = "chronik.web.urls"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
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
