"""Where embargoes show in Wagtail's admin."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail import hooks

from api.codecs.visibility import embargoed_files
from api.views.files import is_editor
from pages.models import NewsDocument


@hooks.register("before_serve_document", order=-1)
def keep_files_back(document: NewsDocument, request: HttpRequest) -> None:
    """A file of a page under embargo is not there, but for editors. Raises Http404."""
    if document.pk in embargoed_files(NewsDocument) and not is_editor(request):
        raise Http404
