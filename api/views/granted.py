"""Pictures and files that are not public, for those who have leave to see them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.images.utils import generate_signature
from wagtail.images.views.serve import ServeView
from wagtail.utils import sendfile_streaming_backend
from wagtail.utils.sendfile import sendfile

from api.granted import Grant, grant_of, is_signed
from api.reading.headers import say_private
from pages.models import NewsDocument, NewsImage


@require_safe
def image(
    request: HttpRequest, kind: str, grant: str, signature: str, image_id: int, spec: str, name: str
) -> HttpResponse:
    """A rendition, while the leave holds. 404 for a wrong address and for leave that has ended."""
    leave = _leave(signature, "granted_image", kind, grant, image_id, spec, name)
    get_object_or_404(leave.may_show(NewsImage), pk=image_id)
    known = generate_signature(image_id, spec)
    return _private(ServeView.as_view()(request, known, str(image_id), spec))


@require_safe
def document(
    request: HttpRequest, kind: str, grant: str, signature: str, document_id: int, name: str
) -> HttpResponse:
    """A file, while the leave holds. 404 as above."""
    leave = _leave(signature, "granted_document", kind, grant, document_id, name)
    found = get_object_or_404(leave.may_show(NewsDocument), pk=document_id)
    options = {
        "attachment": found.content_disposition != "inline",
        "attachment_filename": found.filename,
        "mimetype": found.content_type,
    }
    try:
        path = found.file.path
    except NotImplementedError:
        response = HttpResponse(found.file.read(), content_type=found.content_type)
        response["Content-Disposition"] = found.content_disposition
    else:
        response = sendfile(request, path, backend=sendfile_streaming_backend.sendfile, **options)
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return _private(response)


def _leave(signature: str, view: str, kind: str, grant: str, *what: object) -> Grant:
    """The leave that an address is of. Raises Http404 if there is none, or none any more."""
    found = grant_of(kind, grant) if is_signed(signature, view, kind, grant, *what) else None
    if found is None:
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    say_private(response)
    return response
