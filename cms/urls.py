from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import health, media
from cms.userbar import userbar

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    # By the expression of Wagtail's own address, in its place.
    re_path(r"^documents/(\d+)/(.*)$", media.document),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", include("frontend_contract.urls")),
    path("api/v2/review/", include("cms.review.urls")),
    path("api/v2/", include("api.urls")),
    *(path(address, view) for address, view in health.VIEWS.items()),
    path("userbar/", userbar),
    path("media/<path:path>", media.image),
    path("", include("api.media_urls")),
    # Pages themselves: they send people on to the frontend. In further languages their addresses
    # begin with the language, there as here.
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]

handler400 = "cms.errors.bad_request"
handler403 = "cms.errors.permission_denied"
handler404 = "cms.errors.not_found"
handler500 = "cms.errors.server_error"
