"""People, organisations, topics, contacts and standing texts, expanded one level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal
from uuid import UUID

from django.db.models import Model

from api.codecs.codec import Codec
from api.codecs.encoding import Encoding, Finished, Scope, left_out_if_gone
from api.codecs.images import image_reference
from api.codecs.keys import Source, reads
from api.codecs.links import page_link
from api.codecs.prose import PortableText, encode_rich_text
from api.codecs.types import Answer, OrganisationLink, PersonLink, PressContact, TopicLink
from pages.models import Boilerplate, Organisation, Person, ProfilePage, Topic
from pages.models import PressContact as PressContactSnippet


class BoilerplateText(Answer):
    """A standing paragraph, such as “About the Task Force”."""

    type: Literal["boilerplate"]
    id: int
    uuid: UUID
    title: str
    text: PortableText


@reads(Source("person", Person))
def load_people(keys: set[int], encoding: Encoding) -> Mapping[int, Person]:
    return Person.objects.in_bulk(keys)


@reads(Source("organisation", Organisation))
def load_organisations(keys: set[int], encoding: Encoding) -> Mapping[int, Organisation]:
    return Organisation.objects.in_bulk(keys)


@reads(Source("topic", Topic))
def load_topics(keys: set[int], encoding: Encoding) -> Mapping[int, Topic]:
    return Topic.objects.in_bulk(keys)


@reads(Source("press_contact", PressContactSnippet))
def load_contacts(keys: set[int], encoding: Encoding) -> Mapping[int, PressContactSnippet]:
    return PressContactSnippet.objects.in_bulk(keys)


@reads(Source("boilerplate", Boilerplate))
def load_boilerplates(keys: set[int], encoding: Encoding) -> Mapping[int, Boilerplate]:
    return Boilerplate.objects.in_bulk(keys)


@reads(Source("profiles", ProfilePage, column="person_id", watched=("publication_date",)))
def load_profile_ids(keys: set[int], encoding: Encoding) -> Mapping[int, list[int]]:
    """The profile pages of each person, the latest first, whoever may read them."""
    found: dict[int, list[int]] = {}
    rows = ProfilePage.objects.filter(person__in=keys).order_by("-publication_date", "-pk")
    for person, page in rows.values_list("person_id", "pk"):
        found.setdefault(person, []).append(page)
    return found


def encode_organisation(organisation: Organisation, scope: Scope) -> dict[str, Any]:
    return {
        "type": "organisation",
        "id": organisation.pk,
        "uuid": str(organisation.uuid),
        "name": organisation.name,
        "short_name": organisation.short_name,
        "url": organisation.url,
        "logo": image_reference(organisation.logo_id, scope),
    }


def encode_person(person: Person, scope: Scope) -> dict[str, Any]:
    return {
        "type": "person",
        "id": person.pk,
        "uuid": str(person.uuid),
        "name": person.name,
        "post": person.post,
        "organisation": ORGANISATION.optional().encode(person.organisation_id, scope),
        "portrait": image_reference(person.portrait_id, scope),
        "profile": _profile_link(person.pk, scope),
    }


def _profile_link(person_id: int, scope: Scope) -> Any:
    if isinstance(scope.instance, ProfilePage) and scope.instance.person_id == person_id:
        # Leads nowhere new, and a profile's draft cannot know the link it will have once published.
        return None

    def links(page_ids: list[int] | None) -> Any:
        return Finished([page_link(page_id, scope) for page_id in page_ids or []], first_alive)

    def first_alive(found: list[Any]) -> Any:
        return next((link for link in found if link["type"] == "page"), None)

    return scope.reference(load_profile_ids, person_id, links)


def encode_topic(topic: Topic, scope: Scope) -> dict[str, Any]:
    return {
        "type": "topic",
        "id": topic.pk,
        "uuid": str(topic.uuid),
        "name": topic.name,
        "slug": topic.slug,
    }


def encode_contact(contact: PressContactSnippet, scope: Scope) -> dict[str, Any]:
    return {
        "type": "press_contact",
        "id": contact.pk,
        "uuid": str(contact.uuid),
        "name": contact.name,
        "role": contact.role,
        "phone": contact.phone,
        "email": contact.email,
        "note": contact.note,
    }


def encode_boilerplate(boilerplate: Boilerplate, scope: Scope) -> dict[str, Any]:
    return {
        "type": "boilerplate",
        "id": boilerplate.pk,
        "uuid": str(boilerplate.uuid),
        "title": boilerplate.title,
        "text": encode_rich_text(boilerplate.text, scope),
    }


def by_id(
    answer: Any,
    load: Callable[[set[Any], Encoding], Mapping[Any, Model]],
    encode: Callable[[Any, Scope], Any],
) -> Codec:
    """A codec from an id to what `encode` makes of the object; null once it is deleted."""

    def build(found: Model | None, scope: Scope) -> Any:
        return None if found is None else encode(found, scope)

    return Codec(answer, lambda pk, scope: scope.reference(load, pk, partial(build, scope=scope)))


ORGANISATION = by_id(OrganisationLink, load_organisations, encode_organisation)
PERSON = by_id(PersonLink, load_people, encode_person)
TOPIC = by_id(TopicLink, load_topics, encode_topic)
BOILERPLATE = by_id(BoilerplateText, load_boilerplates, encode_boilerplate)
PRESS_CONTACT = by_id(PressContact, load_contacts, encode_contact)


def in_list(codec: Codec) -> Codec:
    """For members of a list: what was deleted is left out rather than null."""

    return Codec(codec.type, lambda value, scope: left_out_if_gone(codec.encode(value, scope)))
