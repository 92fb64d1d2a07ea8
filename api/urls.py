"""The delivery API, below `/api/v2/`."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter

from api.views.changes import ChangesView
from api.views.files import DocumentsAPIViewSet, ImagesAPIViewSet
from api.views.pages import PagesAPIViewSet
from api.views.preview import PagePreviewView
from api.views.redirects import RedirectsAPIViewSet
from api.views.route import RouteView
from api.views.site import SiteView

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
router.register_endpoint("images", ImagesAPIViewSet)
router.register_endpoint("documents", DocumentsAPIViewSet)
router.register_endpoint("redirects", RedirectsAPIViewSet)

urlpatterns = [
    path("changes/", ChangesView.as_view(), name="changes"),
    path("page_preview/", PagePreviewView.as_view(), name="page_preview"),
    path("route/", RouteView.as_view(), name="route"),
    path("site/", SiteView.as_view(), name="site"),
    path("", router.urls),
]
