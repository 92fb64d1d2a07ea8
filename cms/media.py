import posixpath

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from api.codecs.visibility import shared_files
from pages.models import NewsImage

# Documents are missing on purpose: `/documents/` serves them, and asks who may read them first.
PICTURES = {"images", "original_images"}
AVATARS = "avatar_images"


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """An image file of the media folder, for a newsroom that has no other server for its files."""
    # As `serve` will understand it: without the dots that could lead out of a public folder.
    path = posixpath.normpath(path)
    folder = path.partition("/")[0]
    if folder != AVATARS and not (folder in PICTURES and _is_public(path)):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def _is_public(path: str) -> bool:
    """Whether a file is a picture, or made from one, that lies outside private collections."""
    return shared_files(NewsImage).filter(Q(file=path) | Q(renditions__file=path)).exists()
