"""`page_preview/`: the draft that an editor is looking at, to whoever holds its token."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.views.decorators.debug import sensitive_variables
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.bearer import borne_in
from api.codecs.pages import encode_pages, page_models
from api.errors import BadRequest, Gone
from api.granted import Grant, judges
from api.reading.headers import say_private
from api.rich_text_format import RichTextFormat
from api.views.base import Problems
from pages.models import DraftPreview, NewsroomPage, PreviewEnded

KIND = "preview"
PARAMETERS = ("content_type", "token", "rich_text_format", "format")


class PagePreviewView(Problems, APIView):
    """The draft behind a token of the editor's preview panel, as the live page would be answered.

    The token comes as `Authorization: Bearer`, or as `token=` in the query. It ends
    `PREVIEW_MAX_AGE` seconds after the editor was last there, with their session and with the page.
    """

    def get(self, request: Request) -> Response:
        self.allow_parameters(request, PARAMETERS)
        rich_text = RichTextFormat.requested(request)
        preview, page = self._draft(request)
        grant = _grant(preview)
        return Response(rich_text.apply(encode_pages([page], preview=True, grant=grant)[0].answer))

    @sensitive_variables()
    def _draft(self, request: Request) -> tuple[DraftPreview, NewsroomPage]:
        content_type = request.GET.get("content_type")
        model = NewsroomPage if content_type is None else self._model(content_type)
        try:
            preview = DraftPreview.objects.opened_by(_token(request))
            page = preview.as_page()
        except PreviewEnded as error:
            raise Gone("This preview has ended. Open it again from the editor.") from error
        except DraftPreview.DoesNotExist as error:
            raise Http404("There is no such preview.") from error
        if not isinstance(page, model):
            raise Http404("There is no such preview.")
        return preview, page

    def _model(self, content_type: str) -> type[NewsroomPage]:
        app_label, _, name = content_type.partition(".")
        for model in page_models().values():
            if (app_label, name) == (model._meta.app_label, model._meta.model_name):
                return model
        raise BadRequest("content_type must name a page type, such as pages.pressreleasepage")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        say_private(response)
        return response


def _grant(preview: DraftPreview) -> Grant:
    """For what is under embargo. An editor sees what will be published, which private files are not."""
    return Grant(KIND, preview.name, preview.user, private=False)


def _grant_of(name: str) -> Grant | None:
    preview = DraftPreview.objects.select_related("user").filter(name=name).first()
    return _grant(preview) if preview and preview.is_open() else None


judges(KIND, _grant_of)


@sensitive_variables()
def _token(request: Request) -> str:
    """What the request carries, or nothing. Raises BadRequest for two."""
    in_query: str | None = request.GET.get("token")
    # Another scheme is meant for whoever stands in front of the newsroom.
    sent = borne_in(request.headers.get("Authorization", ""))
    if sent is None:
        return in_query or ""
    if in_query is not None:
        raise BadRequest("token must be given once: as Authorization: Bearer or in the query")
    return sent
