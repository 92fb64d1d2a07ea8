"""A public newsroom. Refuses to start on what is fine at home and dangerous in public."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import ALLOWED_HOSTS, CMS_URL, DATABASES, ENVIRONMENT, STORAGES
from cms.settings.environment import refuse

if not ENVIRONMENT.SECRET_KEY:
    refuse("SECRET_KEY", "is not set, and production needs one")
if len(ENVIRONMENT.SECRET_KEY) < 32:
    refuse("SECRET_KEY", "is shorter than 32 characters")
if ENVIRONMENT.DEBUG:
    refuse("DEBUG", "is on, and would show the public our secrets", "DEBUG=false")
if "CMS_URL" not in ENVIRONMENT.model_fields_set:
    refuse("CMS_URL", "is not set, and links would lead to this machine")
if "FRONTEND_URL" not in ENVIRONMENT.model_fields_set:
    refuse("FRONTEND_URL", "is not set, and links would lead to this machine")
if not ALLOWED_HOSTS or any(host == "*" for host in ALLOWED_HOSTS):
    refuse("ALLOWED_HOSTS", "must name the hosts, and '*' is every host")
if "sqlite" in DATABASES["default"]["ENGINE"] and not ENVIRONMENT.ALLOW_SQLITE:
    refuse(
        "DATABASE_URL",
        "is SQLite, which serves one machine only (ALLOW_SQLITE=true keeps it)",
    )

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}

# Without a mail server nobody would get the link.
WAGTAIL_PASSWORD_RESET_ENABLED = ENVIRONMENT.EMAIL_URL is not None

if CMS_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
if ENVIRONMENT.TRUSTED_PROXY_HEADER:
    _header = "HTTP_" + ENVIRONMENT.TRUSTED_PROXY_HEADER.upper().replace("-", "_")
    SECURE_PROXY_SSL_HEADER = (_header, "https")
    if CMS_URL.startswith("https://"):
        SECURE_SSL_REDIRECT = True
        SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # Load balancers ask from behind the proxy.
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
