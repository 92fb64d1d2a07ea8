"""Signed addresses of pictures, `/images/…`, and of what is not public, `/granted/…`."""

from django.urls import path, re_path

from api.views import granted
from api.views.files import PublicImageView

GRANT = "granted/<slug:kind>/<slug:grant>/<slug:signature>"

urlpatterns = [
    re_path(
        r"^images/([^/]*)/(\d{1,18})/([^/]*)/[^/]*$",
        PublicImageView.as_view(),
        name="wagtailimages_serve",
    ),
    path(
        f"{GRANT}/images/<int:image_id>/<str:spec>/<str:name>", granted.image, name="granted_image"
    ),
    path(
        f"{GRANT}/documents/<int:document_id>/<str:name>",
        granted.document,
        name="granted_document",
    ),
]
