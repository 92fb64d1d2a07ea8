"""`site/`: what a site says of itself on every page."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from api.codecs.sites import site_answer
from api.documents.store import site_document
from api.reading.answers import document_answer
from api.rich_text_format import RichTextFormat
from api.selection import requested, shape_of
from api.sites import requested_site
from api.views.base import Problems

PARAMETERS = ("site", "fields", "rich_text_format", "format")


class SiteView(Problems, APIView):
    """Identity, navigation, calls to action, social links and locales of one site."""

    def get(self, request: Request) -> HttpResponse:
        self.allow_parameters(request, PARAMETERS)
        rich_text = RichTextFormat.requested(request)
        selection = requested(request.GET, shape_of([site_answer()]))
        document = site_document(requested_site(request), rich_text.name)
        return document_answer(request, document, selection)
