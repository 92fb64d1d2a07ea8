"""`page_preview/`: the draft that an editor is looking at, to whoever holds its token."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail_headless_preview.models import PagePreview

from api.codecs.pages import encode_pages, page_models
from api.errors import BadRequest, Gone
from api.rich_text_format import RichTextFormat
from api.views.base import Problems
from pages.models import NewsroomPage

PARAMETERS = ("content_type", "token", "rich_text_format", "format")


class PagePreviewView(Problems, APIView):
    """The draft behind a token of the editor's preview panel, as the live page would be answered.

    The token is signed and ends after `PREVIEW_MAX_AGE` seconds; a page that was deleted takes
    its previews along.
    """

    def get(self, request: Request) -> Response:
        self.allow_parameters(request, PARAMETERS)
        rich_text = RichTextFormat.requested(request)
        page = self._draft(request)
        return Response(rich_text.apply(encode_pages([page], preview=True)[0].answer))

    def _draft(self, request: Request) -> NewsroomPage:
        model = self._model(request.GET.get("content_type", ""))
        token = request.GET.get("token", "")
        try:
            model.get_preview_signer().unsign(token, max_age=settings.PREVIEW_MAX_AGE)
        except SignatureExpired as error:
            raise Gone("This preview has ended. Open it again from the editor.") from error
        except BadSignature as error:
            raise Http404("There is no such preview.") from error
        return self._stored(model, token)

    def _stored(self, model: type[NewsroomPage], token: str) -> NewsroomPage:
        try:
            preview = PagePreview.objects.get(
                token=token, content_type=ContentType.objects.get_for_model(model)
            )
        except PagePreview.DoesNotExist as error:
            raise Http404("There is no such preview.") from error
        content = json.loads(preview.content_json)
        if content["pk"] is None:
            return preview.as_page()
        page = model.objects.filter(pk=content["pk"]).first()
        if page is None:
            raise Http404("The page was deleted.")
        # As Wagtail makes a page of a revision: it stays where the page is in the tree now, under
        # the slug that the draft has.
        return page.with_content_json(content)

    def _model(self, content_type: str) -> type[NewsroomPage]:
        app_label, _, name = content_type.partition(".")
        for model in page_models().values():
            if (app_label, name) == (model._meta.app_label, model._meta.model_name):
                return model
        raise BadRequest("content_type must name a page type, such as pages.pressreleasepage")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response
