import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# Documents are missing on purpose: `/documents/` serves them, and asks who may read them first.
PUBLIC = {"avatar_images", "images", "original_images"}


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """An image file of the media folder, for a newsroom that has no other server for its files."""
    # As `serve` will understand it: without the dots that could lead out of a public folder.
    path = posixpath.normpath(path)
    if path.partition("/")[0] not in PUBLIC:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)
