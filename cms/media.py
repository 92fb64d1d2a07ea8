import posixpath
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from api.reading.headers import NOT_KEPT
from api.views.files import hand_out
from pages.models import NewsImage

# Documents are missing on purpose: `/documents/` serves them, and asks who may read them first.
PICTURES = {"images", "original_images"}
AVATARS = "avatar_images"
# What a request is marked with for a file that only those get who work here.
FOR_EDITORS = "dateline_for_editors"
# Digits that any database takes for a number.
LONGEST_ID = 18


def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """An image file of the media folder, for a newsroom that has no other server for its files."""
    if "\x00" in path:
        raise Http404
    # As `serve` will understand it: without the dots that could lead out of a public folder.
    path = posixpath.normpath(path)
    folder = path.partition("/")[0]
    served = partial(serve, request, path, document_root=settings.MEDIA_ROOT)
    if folder == AVATARS:
        return served()
    if folder not in PICTURES:
        raise Http404
    # A picture, or made from one.
    return hand_out(request, NewsImage, Q(file=path) | Q(renditions__file=path), served)


def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """A document as Wagtail serves it. What is for editors alone no cache keeps."""
    if len(document_id) > LONGEST_ID:
        raise Http404
    response: HttpResponseBase = serve_document(request, document_id, filename)
    if getattr(request, FOR_EDITORS, False):
        response["Cache-Control"] = NOT_KEPT
    return response
