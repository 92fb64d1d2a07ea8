"""`images/` and `documents/`: what anybody may know of the media library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel, Field
from wagtail.documents.api.v2.views import DocumentsAPIViewSet as WagtailDocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet as WagtailImagesAPIViewSet
from wagtail.images.views.serve import ServeView

from api.addresses import api_address
from api.codecs.images import encode_image, original_address
from api.codecs.links import encode_document
from api.codecs.types import Answer, Image
from api.codecs.visibility import editors_files, held_back, is_noted, public_files
from api.reading.headers import NOT_KEPT
from api.selection import Selection
from api.views.base import AnswersDocuments
from api.views.filters import ColumnFilter, OrderFilter, StrictSearchFilter
from pages.models import NewsDocument, NewsImage

Served = TypeVar("Served", bound=HttpResponseBase)


class FileMeta(Answer):
    """What v2 tells of every file."""

    type: str
    detail_url: str
    tags: list[str]
    download_url: str = Field(description="The file as it was uploaded.")


class ImageItem(Image):
    """A picture of the media library."""

    meta: FileMeta
    title: str


class DocumentItem(Answer):
    """A file of the media library."""

    id: int
    meta: FileMeta
    title: str
    filename: str
    file_size: int | None = Field(description="In bytes.")
    mime_type: str


class AnswersFiles(AnswersDocuments):
    """What pictures and documents share."""

    filter_backends = [ColumnFilter, OrderFilter, StrictSearchFilter]
    endpoint: str

    def meta(self, file: Any, download_url: str) -> dict[str, Any]:
        return {
            "type": file._meta.label,
            "detail_url": api_address(f"{self.endpoint}:detail", file.pk),
            "tags": sorted(tag.name for tag in file.tags.all()),
            "download_url": download_url,
        }


class ImagesAPIViewSet(AnswersFiles, WagtailImagesAPIViewSet):
    """Pictures, with every format and width."""

    endpoint = "images"

    def get_queryset(self) -> QuerySet:
        return public_files(NewsImage).order_by("id")

    def answers(self) -> list[type[BaseModel]]:
        return [ImageItem]

    def encode(self, instances: Sequence[Any], selection: Selection) -> list[dict[str, Any]]:
        prefetch_related_objects(instances, "tags")
        return [
            {
                "id": image.pk,
                "meta": self.meta(image, original_address(image)),
                "title": image.title,
                **(encode_image(image) or {}),
            }
            for image in instances
        ]


class DocumentsAPIViewSet(AnswersFiles, WagtailDocumentsAPIViewSet):
    """Files to download."""

    endpoint = "documents"

    def get_queryset(self) -> QuerySet:
        return public_files(NewsDocument).order_by("id")

    def answers(self) -> list[type[BaseModel]]:
        return [DocumentItem]

    def encode(self, instances: Sequence[Any], selection: Selection) -> list[dict[str, Any]]:
        prefetch_related_objects(instances, "tags")
        items = []
        for document in instances:
            link = encode_document(document)
            del link["type"]
            meta = self.meta(document, link.pop("url"))
            items.append({"id": link.pop("id"), "meta": meta, **link})
        return items


def is_editor(request: HttpRequest) -> bool:
    """Whether it comes from somebody who works here, and sees what is under embargo."""
    return request.user.has_perm("wagtailadmin.access_admin")


def hand_out(
    request: HttpRequest, model: type[Model], condition: Q, serve: Callable[[], Served]
) -> Served:
    """What `serve()` answers, if whoever asks may have the file; to an editor alone, kept by nobody.

    Raises Http404 for a file that is not there for them.
    """
    files = editors_files(model).filter(condition).annotate(is_noted=is_noted(model))
    found = dict(files.values_list("pk", "is_noted"))
    if found.keys() - held_back(model, [pk for pk, noted in found.items() if noted]):
        return serve()
    if not found or not is_editor(request):
        raise Http404
    response = serve()
    response["Cache-Control"] = NOT_KEPT
    return response


class PublicImageView(ServeView):
    """The file behind a signed address. A signature is for ever; being public is not."""

    def get(
        self,
        request: HttpRequest,
        signature: str,
        image_id: str,
        filter_spec: str,
        filename: str | None = None,
    ) -> HttpResponse:
        serve = partial(super().get, request, signature, image_id, filter_spec, filename)
        return hand_out(request, NewsImage, Q(pk=image_id or 0), serve)
