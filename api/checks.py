"""System checks: whatever a page answers has a codec, and every name means one thing."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from api.codecs.codec import NoCodec
from api.codecs.fields import field_codec, field_names, object_codec
from api.codecs.pages import page_codec, page_models
from pages.models import NewsroomSettings


@register("contract")
def every_field_has_a_codec(**kwargs: Any) -> list[CheckMessage]:
    """api.E001 for a field or block that no codec can type."""
    from api import urls  # noqa: F401  (defines the answers of the endpoints, whose names are taken)

    errors: list[CheckMessage] = []
    for model in [*page_models().values(), NewsroomSettings]:
        for name in field_names(model):
            try:
                field_codec(model, name)
            except NoCodec as error:
                errors.append(_without_codec(f"{model.__name__}.{name}", error, model))
        if errors:
            continue
        try:
            page_codec(model) if model is not NewsroomSettings else object_codec(model)
        except NoCodec as error:
            errors.append(_without_codec(model.__name__, error, model))
    return errors


def _without_codec(place: str, error: NoCodec, model: Any) -> Error:
    return Error(
        f"{place} cannot be answered: {error}",
        hint=(
            "Use fields and blocks that have codecs, give the property or get_api_representation "
            "a return annotation, or register a codec (docs/extending.md)."
        ),
        obj=model,
        id="api.E001",
    )
