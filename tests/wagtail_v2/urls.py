"""Wagtail's test project, with our viewsets where it has its own."""

from django.conf import settings
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.tests.test_pages import Test10411APIViewSet
from wagtail.documents.api.v2 import views as stock_documents
from wagtail.images.api.v2 import views as stock_images
from wagtail.test.urls import urlpatterns as stock

from api.views.files import DocumentsAPIViewSet, ImagesAPIViewSet
from api.views.pages import PagesAPIViewSet
from api.views.redirects import RedirectsAPIViewSet

OUR_MEDIA = getattr(settings, "WAGTAILIMAGES_IMAGE_MODEL", "") == "pages.NewsImage"


def router(namespace: str) -> WagtailAPIRouter:
    images = ImagesAPIViewSet if OUR_MEDIA else stock_images.ImagesAPIViewSet
    documents = DocumentsAPIViewSet if OUR_MEDIA else stock_documents.DocumentsAPIViewSet
    made = WagtailAPIRouter(namespace)
    made.register_endpoint("pages", PagesAPIViewSet)
    made.register_endpoint("images", images)
    made.register_endpoint("documents", documents)
    made.register_endpoint("redirects", RedirectsAPIViewSet)
    made.register_endpoint("issue_10411", Test10411APIViewSet)
    return made


urlpatterns = [
    # The same under the name that Wagtail's tests know and under the one that our addresses use.
    path("api/main/", router("wagtailapi_v2").urls),
    path("api/main/", router("wagtailapi").urls),
    *(pattern for pattern in stock if getattr(pattern, "namespace", "") != "wagtailapi_v2"),
]
