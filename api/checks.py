"""System checks: whatever a page answers has a codec, every name means one thing, and the store is
watched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from wagtail.contrib.frontend_cache.utils import get_backends

from api.codecs.codec import NoCodec
from api.codecs.fields import field_codec, field_names
from api.codecs.links import kinds
from api.codecs.pages import page_codec, page_models
from api.purge.caches import cache_names
from pages.models import NewsroomPage, NewsroomSettings


@register("contract")
def every_field_has_a_codec(**kwargs: Any) -> list[CheckMessage]:
    """api.E001 for a field or block that no codec can type, and for a name that is taken."""
    # Imported late: the endpoints' own answers take names too.
    from api import urls  # noqa: F401
    from api.codecs.sites import site_answer

    try:
        models = page_models()
    except NoCodec as error:
        return [_without_codec("A page type", error, NewsroomPage)]
    errors = _without_codecs(NewsroomSettings, site_answer)
    for model in models.values():
        errors += _without_codecs(model, partial(page_codec, model))
    return errors


@register("caches")
def every_cache_can_be_told(**kwargs: Any) -> list[CheckMessage]:
    """api.E003 for a cache in front whose backend is not to be had as it is set up."""
    errors: list[CheckMessage] = []
    for name in cache_names():
        try:
            get_backends(backends=[name])
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
            errors.append(
                Error(
                    f"The cache {name!r} of WAGTAILFRONTENDCACHE cannot be told anything. {wrong}",
                    hint="Its parameters are those that its BACKEND asks for.",
                    id="api.E003",
                )
            )
    return errors


@register("contract")
def every_kind_is_one_of_a_few(**kwargs: Any) -> list[CheckMessage]:
    """api.E002 for a page type whose `kind` is something else than text with choices.

    Links show a page's kind by its label, and `kind=` filters by it. Either would find nothing.
    """
    try:
        models = page_models()
    except NoCodec:
        return []  # told above
    return [
        Error(
            f"{model.__name__}.kind is not text with choices: links cannot show it, nor `kind=` "
            "filter by it.",
            hint="Make it a CharField with choices, or give it another name.",
            obj=model,
            id="api.E002",
        )
        for model in models.values()
        if any(field.name == "kind" for field in model._meta.get_fields()) and not kinds(model)
    ]


def _without_codecs(model: Any, whole: Callable[[], Any]) -> list[CheckMessage]:
    """What is wrong with each field of a model; if nothing is, what is wrong with all together."""
    errors: list[CheckMessage] = []
    for name in field_names(model):
        try:
            field_codec(model, name)
        except NoCodec as error:
            errors.append(_without_codec(f"{model.__name__}.{name}", error, model))
    if not errors:
        try:
            whole()
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


@register(Tags.database)
def documents_are_watched(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """api.W001 for triggers that are missing: `manage.py check --database default`."""
    from api.documents.triggers import problems

    if not databases:
        return []
    return [
        Warning(
            problem,
            hint="Run `manage.py migrate`, also where there are no new migrations.",
            id="api.W001",
        )
        for problem in problems()
    ]
