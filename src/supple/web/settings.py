"""How Django runs the site: one SQLite file, no account, nothing from elsewhere, a strict content policy."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from supple.web import place

HERE = Path(__file__).parent
FIGURE = HERE.parent / "figure"
DATA = place.folder()

DEBUG = os.environ.get("SUPPLE_DEBUG") == "1"
SECRET_KEY = place.key(DATA)
HOST = os.environ.get("SUPPLE_HOST", "127.0.0.1")
COUNTRY = os.environ.get("SUPPLE_COUNTRY", "").upper()  # whose emergency number is told
OWN_NAMES = ["127.0.0.1", "localhost", "[::1]"]  # else a page from elsewhere could point its own name at this machine
ALLOWED_HOSTS = OWN_NAMES if HOST in ("127.0.0.1", "localhost", "::1") else ["*"]  # whoever opens it to others said so
ROOT_URLCONF = "supple.web.urls"
WSGI_APPLICATION = "supple.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "supple.web.parts",
    "supple.web.person",
    "supple.web.home",
    "supple.web.check",
    "supple.web.today",
    "supple.web.library",
    "supple.web.practice",
    "supple.web.export",
    "supple.web.film",
    "supple.web.play",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "supple.web.person.middleware.person",
    "supple.web.trouble.Trouble",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "supple.web.parts.menu.menu",
                "supple.web.person.context.person",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "supple.web.parts.templatetags.parts",
            ],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / place.DATABASE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits at the beginning, and so never fails half-way
            "timeout": 4,  # seconds; who still waits then is told what holds it up
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = place.zone()  # moments are kept in UTC; what people see is their own clock, see person.middleware

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [
    HERE / "static",
    ("figure", FIGURE / "viewer"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "supple.web.files.HashedFiles"},
}
WHITENOISE_MAX_AGE = 60

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "supple.web.home.views.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
