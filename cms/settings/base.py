"""What every Dateline has in common. Each other module of this package begins with it."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.conf.locale import LANG_INFO

from cms.settings.environment import load

ENVIRONMENT = load()
VAR = ENVIRONMENT.VAR

SECRET_KEY = ENVIRONMENT.SECRET_KEY
DEBUG = ENVIRONMENT.DEBUG
ALLOWED_HOSTS = list(ENVIRONMENT.ALLOWED_HOSTS)

# Public addresses, without a trailing slash.
CMS_URL = ENVIRONMENT.CMS_URL
FRONTEND_URL = ENVIRONMENT.FRONTEND_URL

# Whether `manage.py run` fills an empty newsroom with demo content and demo users.
DEMO_CONTENT = False

INSTALLED_APPS = [
    "cms",
    "frontend_contract",
    "api",
    "pages",
    "wagtail_headless_preview",
    "wagtail_footnotes",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "django_tasks_db",
    "modelcluster",
    "taggit",
    "django_filters",
    "corsheaders",
    "rest_framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.health.answer_whoever_watches",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "frontend_contract.middleware.say_contract_version",
    "cms.as_of.middleware.ShowAsOf",
    # Reading needs nothing of what follows.
    "api.reading.middleware.deliver",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.ReadsOutsideTransactions",
]

ROOT_URLCONF = "cms.urls"
CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

DATABASES: dict[str, dict[str, Any]] = {
    # Connections are kept: opening one costs more than reading a page does.
    "default": {
        **dj_database_url.parse(
            ENVIRONMENT.DATABASE_URL, conn_max_age=None, conn_health_checks=True
        ),
        # Publishing saves the page, updates its aliases, writes the log and sends its signals as
        # separate commits unless someone wraps them. A request that writes is one transaction, so
        # that what a page is and what is served of it change together or not at all.
        "ATOMIC_REQUESTS": True,
    }
}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # A transaction that reads and then writes cannot wait for another writer: it has to be
        # one from its beginning.
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    )

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Statements that ask for it are prepared; no other is, however often it comes. Beside what the
    # address says, such as `sslmode`.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        prepare_threshold=2**31 if ENVIRONMENT.PREPARED_STATEMENTS else None,
    )
    # A pooler that keeps no prepared statements keeps no cursors either.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = not ENVIRONMENT.PREPARED_STATEMENTS

# Shared by all processes, because Wagtail keeps the addresses of sites in it for an hour and clears
# them in the process that changes one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages and time

LANGUAGE_CODE = ENVIRONMENT.LANGUAGES[0]
TIME_ZONE = ENVIRONMENT.TIME_ZONE
USE_TZ = True
USE_I18N = True

WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [(code, LANG_INFO[code]["name"]) for code in ENVIRONMENT.LANGUAGES]

# People

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

CSRF_TRUSTED_ORIGINS = [CMS_URL]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# Files

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = str(VAR / "media")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644

# A long press release is a form of thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Mail

DEFAULT_FROM_EMAIL = ENVIRONMENT.EMAIL_FROM
if ENVIRONMENT.EMAIL_URL:
    _mail = urlsplit(ENVIRONMENT.EMAIL_URL)
    EMAIL_HOST = _mail.hostname
    EMAIL_USE_TLS = _mail.scheme == "smtp+starttls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_PORT = _mail.port or {"smtps": 465, "smtp+starttls": 587}.get(_mail.scheme, 25)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "cms.mail.PrintedMail"

# Wagtail

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_BASE_URL = CMS_URL
WAGTAILAPI_BASE_URL = CMS_URL
WAGTAILIMAGES_IMAGE_MODEL = "pages.NewsImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.NewsDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILREDIRECTS_AUTO_CREATE = True
# Editors' browsers tell no third party who they are, nor ask one what only an engineer can update.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
WAGTAIL_FOOTNOTES_TEXT_FEATURES = ["bold", "italic", "link"]
# Seconds for which a link of the editor's preview panel works after the editor was last there.
PREVIEW_MAX_AGE = 600
# Seconds for which a preview of the whole site works.
AS_OF_MAX_AGE = 2 * 60 * 60

WAGTAIL_HEADLESS_PREVIEW = {
    # The preview panel keeps its scroll position only when its frame holds the frontend itself, not
    # a page that holds it in a frame.
    "REDIRECT_ON_PREVIEW": True,
}

# Days after which workers delete old revisions; None keeps all.
REVISIONS_DAYS = ENVIRONMENT.REVISIONS_DAYS

# Days for which a review link may work at most.
REVIEW_LINK_DAYS = ENVIRONMENT.REVIEW_LINK_DAYS

# What Wagtail does later: words for the admin's searches, files to delete, pictures' focal points.
TASKS = {"default": {"BACKEND": "cms.work.tasks.Backend", "QUEUES": []}}
if ENVIRONMENT.TASKS_REDIS_URL:
    TASKS["default"]["BACKEND"] = "cms.work.redis_tasks.Backend"
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    RQ_QUEUES = {"default": {"URL": ENVIRONMENT.TASKS_REDIS_URL}}
    RQ = {"QUEUE_CLASS": "cms.work.redis_tasks.Queue", "JOB_CLASS": "django_tasks_rq.Job"}
    RQ_SHOW_ADMIN_LINK = False

# API

CACHE_SECONDS = ENVIRONMENT.CACHE_SECONDS
STALE_SECONDS = ENVIRONMENT.STALE_SECONDS
CHANGES_DAYS = ENVIRONMENT.CHANGES_DAYS
WEBHOOK_PRIVATE_NETWORKS = ENVIRONMENT.WEBHOOK_PRIVATE_NETWORKS
# What the contract with frontends has besides the delivery API's.
CONTRACT_EXTENSIONS = ["cms.review.contract"]
# Workers purge them of what was changed, as the log has it; Wagtail's own app would do it once, of the
# page alone.
WAGTAILFRONTENDCACHE = ENVIRONMENT.WAGTAILFRONTENDCACHE

# Browsers may read the API, and nothing else, from pages of other hosts.
CORS_URLS_REGEX = r"^/api/v2/"
CORS_ALLOW_ALL_ORIGINS = ENVIRONMENT.CORS_ORIGINS == ["*"]
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else ENVIRONMENT.CORS_ORIGINS
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["Dateline-Contract", "ETag"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "EXCEPTION_HANDLER": "api.errors.problem_response",
    # Guesses are counted by where they come from, not by what is said of that.
    "NUM_PROXIES": 0,
    # The contract tells what there is; OPTIONS is for browsers that ask about origins.
    "DEFAULT_METADATA_CLASS": None,
}

# Logging

DEFAULT_EXCEPTION_REPORTER = "cms.logs.Reporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cms.logs.Formatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Without Django's own handlers, which stay silent unless DEBUG is on.
        "django": {"handlers": []},
        # The lines of requests that `runserver` writes have queries in them.
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # 4xx answers and wrong hosts are the client's affair.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
