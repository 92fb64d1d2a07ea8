"""Signed addresses of pictures, `/images/…`."""

from django.urls import re_path

from api.views.files import PublicImageView

urlpatterns = [
    re_path(
        r"^images/([^/]*)/(\d{1,18})/([^/]*)/[^/]*$",
        PublicImageView.as_view(),
        name="wagtailimages_serve",
    ),
]
