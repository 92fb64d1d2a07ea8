"""What counts as a break of the contract: one small contract, and what is done to it."""

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from frontend_contract.compat import Change, bump, compare

pytestmark = pytest.mark.once

Contract = dict[str, Any]
Mutation = Callable[[Contract], None]

PAGES = "/api/v2/pages/"
PAGE = "/api/v2/pages/{id}/"
SITE = "/api/v2/site/"
REMARKS = "/api/v2/remarks/"


def ref(name: str) -> Contract:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Contract) -> Contract:
    return {"anyOf": [schema, {"type": "null"}]}


def answer(*optional: str, **members: Contract) -> Contract:
    """An object as pydantic writes it; all members are required but the optional ones."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": members,
        "required": [name for name in members if name not in optional],
    }


def union(told_by: str, **kinds: str) -> Contract:
    return {
        "oneOf": [ref(name) for name in kinds.values()],
        "discriminator": {
            "propertyName": told_by,
            "mapping": {kind: ref(name)["$ref"] for kind, name in kinds.items()},
        },
    }


TEXT: Contract = {"type": "string", "title": "Text"}
WHOLE: Contract = {"type": "integer"}


def block(kind: str, value: Contract) -> Contract:
    return answer(id=TEXT, type={"const": kind, "type": "string"}, value=value)


def contract() -> Contract:
    schemas = {
        "PressReleasePage": answer(
            "further_reading",
            id=WHOLE,
            type={"const": "press_release", "type": "string"},
            meta=ref("PageMeta"),
            title=TEXT,
            deck=TEXT,
            kind={"enum": ["press_release", "statement"], "type": "string"},
            publication_date={"type": "string", "format": "date"},
            body={"type": "array", "items": ref("Block"), "minItems": 1},
            image=nullable(ref("Image")),
            author=ref("PersonLink"),
            topics={"type": "array", "items": TEXT},
            recipient=nullable(TEXT),
            signed={"type": ["string", "null"]},
            further_reading={"type": "array", "items": ref("PageLink")},
        ),
        "SectionPage": answer(
            id=WHOLE,
            type={"const": "section", "type": "string"},
            meta=ref("PageMeta"),
            title=TEXT,
            image=nullable(ref("Image")),
            logo=ref("Image"),
        ),
        "PageMeta": answer(slug=TEXT, image=nullable(ref("Image"))),
        "Page": union("type", press_release="PressReleasePage", section="SectionPage"),
        "PageList": answer(
            total_count={"type": "integer", "minimum": 0},
            items={"type": "array", "items": ref("Page")},
        ),
        "Block": union("type", quote="QuoteBlock", image="ImageBlock", section="SectionBlock"),
        "QuoteBlock": block("quote", ref("QuoteValue")),
        "QuoteValue": answer(
            quotation={"type": "string", "minLength": 1, "maxLength": 500},
            post=TEXT,
            person=nullable(ref("PersonLink")),
        ),
        "ImageBlock": block("image", ref("Image")),
        "SectionBlock": block("section", ref("SectionValue")),
        "SectionValue": answer(
            title=TEXT, content={"type": "array", "items": ref("Block"), "minItems": 1}
        ),
        "Image": answer(alt=TEXT, width=WHOLE, ratio={"type": "number", "minimum": 0}),
        "PersonLink": answer(type={"const": "person", "type": "string"}, name=TEXT),
        "PersonCard": answer(
            type={"const": "person", "type": "string"}, name=TEXT, portrait=ref("Image")
        ),
        "PageLink": answer(type={"const": "page", "type": "string"}, title=TEXT, page=ref("Page")),
        "Problem": answer(status=WHOLE, message=TEXT),
        "Remark": {**answer(text=TEXT, block=TEXT), "required": ["text"]},
    }

    def responses(schema: Contract) -> Contract:
        problem = {"application/problem+json": {"schema": ref("Problem")}}
        return {
            "200": {
                "description": "Fine.",
                "content": {"application/json": {"schema": schema}},
                "headers": {"ETag": {"required": True, "schema": TEXT}, "Age": {"schema": WHOLE}},
            },
            "404": {"description": "Not there.", "content": problem},
        }

    def parameter(name: str, schema: Contract, **more: Any) -> Contract:
        return {"name": name, "in": "query", "schema": schema, **more}

    identity = {"name": "id", "in": "path", "required": True, "schema": WHOLE}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": "1.0.0"},
        "paths": {
            PAGES: {
                "get": {
                    "parameters": [
                        parameter("topic", TEXT),
                        parameter("limit", {"type": "integer", "minimum": 1, "maximum": 50}),
                        parameter("order", {"enum": ["title", "-title"], "type": "string"}),
                        parameter("locale", TEXT, required=True),
                    ],
                    "responses": responses(ref("PageList")),
                }
            },
            PAGE: {"get": {"parameters": [identity], "responses": responses(ref("Page"))}},
            SITE: {"get": {"responses": responses(answer(name=TEXT, logo=ref("Image")))}},
            REMARKS: {
                "post": {
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": ref("Remark")}},
                    },
                    "responses": responses(ref("Image")),
                }
            },
        },
        "components": {"schemas": schemas},
    }


# Ways to change it ------------------------------------------------------------------------------


def schema(name: str, *path: str) -> Callable[[Contract], Any]:
    """Finds a component of a contract, or what lies in it."""

    def find(document: Contract) -> Any:
        found: Any = document["components"]["schemas"][name]
        for step in path:
            found = found[step]
        return found

    return find


def member(name: str, member: str, **changes: Any) -> Mutation:
    """Changes what a member's schema says; what is None is left out."""

    def mutate(document: Contract) -> None:
        found = schema(name, "properties")(document)
        merged = {**found[member], **changes}
        found[member] = {key: value for key, value in merged.items() if value is not None}

    return mutate


def becomes(name: str, member: str, to: Contract) -> Mutation:
    def mutate(document: Contract) -> None:
        schema(name, "properties")(document)[member] = to

    return mutate


def without(name: str, member: str) -> Mutation:
    def mutate(document: Contract) -> None:
        del schema(name, "properties")(document)[member]
        schema(name)(document)["required"].remove(member)

    return mutate


def required(name: str, member: str, is_required: bool) -> Mutation:
    def mutate(document: Contract) -> None:
        names = schema(name)(document)["required"]
        (names.append if is_required else names.remove)(member)

    return mutate


def with_member(name: str, member: str, to: Contract) -> Mutation:
    def mutate(document: Contract) -> None:
        schema(name, "properties")(document)[member] = to
        schema(name)(document)["required"].append(member)

    return mutate


def defined(name: str, to: Contract) -> Mutation:
    def mutate(document: Contract) -> None:
        document["components"]["schemas"][name] = to

    return mutate


def renamed(old: str, new: str) -> Mutation:
    def mutate(document: Contract) -> None:
        text = json.dumps(document)
        text = text.replace(f'/{old}"', f'/{new}"').replace(f'"{old}": ', f'"{new}": ')
        document.update(json.loads(text))

    return mutate


def all_of(*mutations: Mutation) -> Mutation:
    def mutate(document: Contract) -> None:
        for mutation in mutations:
            mutation(document)

    return mutate


def operation(path: str, change: Callable[[Contract], object]) -> Mutation:
    def mutate(document: Contract) -> None:
        change(document["paths"][path]["get"])

    return mutate


def body(**changes: Any) -> Mutation:
    """Changes what is said of the body that is sent."""
    return lambda document: document["paths"][REMARKS]["post"]["requestBody"].update(changes)


def parameter(name: str, **changes: Any) -> Mutation:
    """Changes a parameter of the listing; what is not said of a parameter is of its schema."""

    def mutate(document: Contract) -> None:
        parameters = document["paths"][PAGES]["get"]["parameters"]
        (found,) = (each for each in parameters if each["name"] == name)
        if "required" in changes:
            found["required"] = changes["required"]
        else:
            found["schema"] = {**found["schema"], **changes}

    return mutate


def add_parameter(name: str, is_required: bool) -> Mutation:
    added = {"name": name, "in": "query", "required": is_required, "schema": TEXT}
    return operation(PAGES, lambda get: get["parameters"].append(added))


def remove_path(path: str) -> Mutation:
    return lambda document: document["paths"].pop(path) and None


def add_path(path: str) -> Mutation:
    return lambda document: document["paths"].update({path: deepcopy(document["paths"][SITE])})


WITH_POLL = union(
    "type", quote="QuoteBlock", image="ImageBlock", section="SectionBlock", poll="PollBlock"
)
WITHOUT_IMAGE = union("type", quote="QuoteBlock", section="SectionBlock")
GET_PAGES, GET_PAGE, GET_SITE = f"GET {PAGES}", f"GET {PAGE}", f"GET {SITE}"

# Name, what is done, where it is told, a piece of the text.
BREAKS: list[tuple[str, Mutation, str, str]] = [
    ("member removed", without("PressReleasePage", "deck"), "press_release.deck", "was removed"),
    ("member of a block", without("QuoteValue", "post"), "quote.value.post", "was removed"),
    ("member of another", without("PersonLink", "name"), "PersonLink.name", "was removed"),
    (
        "member optional",
        required("PressReleasePage", "deck", False),
        "press_release.deck",
        "became optional: consumers that rely",
    ),
    (
        "member nullable",
        becomes("PressReleasePage", "deck", nullable(TEXT)),
        "press_release.deck",
        "became nullable: consumers that read it as text break",
    ),
    (
        "nullable by a list of types",
        becomes("PressReleasePage", "deck", {"type": ["string", "null"]}),
        "press_release.deck",
        "became nullable",
    ),
    (
        "component nullable",
        becomes("PressReleasePage", "author", nullable(ref("PersonLink"))),
        "press_release.author",
        "became nullable: consumers that read it as PersonLink break",
    ),
    ("type", becomes("Image", "alt", WHOLE), "Image.alt", "from text to a whole number"),
    ("fraction", member("Image", "width", type="number"), "Image.width", "may have a fraction"),
    (
        "format",
        member("PressReleasePage", "publication_date", format="date-time"),
        "press_release.publication_date",
        "format from date to date-time",
    ),
    (
        "enum narrowed",
        member("PressReleasePage", "kind", enum=["press_release"]),
        "press_release.kind",
        'narrowed, it is never "statement"',
    ),
    (
        "enum gone",
        member("PressReleasePage", "kind", enum=None),
        "press_release.kind",
        "may hold anything",
    ),
    (
        "list became single",
        becomes("PressReleasePage", "topics", TEXT),
        "press_release.topics",
        "from a list to text",
    ),
    (
        "type of items",
        becomes("PressReleasePage", "topics", {"type": "array", "items": WHOLE}),
        "press_release.topics[]",
        "from text to a whole number",
    ),
    (
        "may be empty",
        member("PressReleasePage", "body", minItems=0),
        "press_release.body",
        "may be empty now",
    ),
    (
        "bound loosened",
        member("QuoteValue", "quotation", maxLength=900),
        "quote.value.quotation",
        "loosened its maxLength from 500 to 900",
    ),
    (
        "bound tightened",
        member("QuoteValue", "quotation", maxLength=100),
        "quote.value.quotation",
        "tightened its maxLength from 500 to 100",
    ),
    (
        "bound of a component tightened",
        member("PageList", "items", maxItems=20),
        "PageList.items",
        "tightened its maxItems from none to 20",
    ),
    (
        "kind of block removed",
        defined("Block", WITHOUT_IMAGE),
        "Block",
        'has no "image" any more',
    ),
    (
        "plain to union",
        becomes("PressReleasePage", "deck", {"anyOf": [TEXT, WHOLE]}),
        "press_release.deck",
        "one of several kinds",
    ),
    (
        "component to union",
        becomes("PressReleasePage", "author", ref("Page")),
        "press_release.author",
        "does not promise all that PersonLink did",
    ),
    (
        "union told apart otherwise",
        defined("Block", {"oneOf": WITH_POLL["oneOf"][:3]}),
        "Block",
        "says its kind in nothing now",
    ),
    (
        "kind left in the mapping alone",
        lambda document: schema("Block", "oneOf")(document).remove(ref("ImageBlock")),
        "Block",
        'has no "image" any more',
    ),
    (
        "object opened",
        lambda document: schema("Image")(document).update(additionalProperties=True),
        "Image",
        "members of any name",
    ),
    (
        "keyword nobody reads here",
        member("QuoteValue", "post", contentEncoding="base64"),
        "quote.value.post",
        "changed its contentEncoding",
    ),
    ("component renamed", renamed("QuoteValue", "QuotationValue"), "QuoteValue", "was renamed to"),
    (
        "component renamed and changed",
        all_of(without("QuoteValue", "post"), renamed("QuoteValue", "QuotationValue")),
        "QuoteValue",
        "was replaced by QuotationValue, whose JSON differs",
    ),
    (
        "component unnamed",
        lambda document: schema("QuoteBlock", "properties")(document).update(
            value=document["components"]["schemas"].pop("QuoteValue")
        ),
        "QuoteValue",
        "is gone from the named types",
    ),
    (
        "component that nothing refers to",
        without("PersonCard", "name"),
        "PersonCard.name",
        "was removed",
    ),
    (
        "member of an answer without a name",
        operation(
            SITE,
            lambda get: get["responses"]["200"]["content"]["application/json"]["schema"][
                "properties"
            ].pop("name"),
        ),
        f"{GET_SITE} 200.name",
        "was removed",
    ),
    (
        "status removed",
        operation(PAGE, lambda get: get["responses"].pop("404")),
        GET_PAGE,
        "no more with status 404",
    ),
    (
        "another success",
        operation(PAGE, lambda get: get["responses"].update({"202": {}})),
        GET_PAGE,
        "may answer with status 202",
    ),
    (
        "media type removed",
        operation(SITE, lambda get: get["responses"]["200"]["content"].clear()),
        GET_SITE,
        "no more as application/json",
    ),
    (
        "header removed",
        operation(SITE, lambda get: get["responses"]["200"]["headers"].pop("ETag")),
        f"{GET_SITE} 200 ETag:",
        "was removed",
    ),
    (
        "parameter removed",
        operation(PAGES, lambda get: get["parameters"].pop(0)),
        f"{GET_PAGES} ?topic",
        "was removed: requests that send it are refused",
    ),
    (
        "parameter required",
        parameter("topic", required=True),
        f"{GET_PAGES} ?topic",
        "became required",
    ),
    ("required parameter", add_parameter("kind", True), f"{GET_PAGES} ?kind", "new and required"),
    (
        "type of a parameter",
        parameter("topic", type="integer"),
        f"{GET_PAGES} ?topic",
        "changed from text",
    ),
    (
        "parameter narrowed",
        parameter("order", enum=["title"]),
        f"{GET_PAGES} ?order",
        'narrowed, it takes no "-title"',
    ),
    (
        "parameter tightened",
        parameter("limit", maximum=20),
        f"{GET_PAGES} ?limit",
        "tightened its maximum from 50 to 20",
    ),
    ("member of a body", with_member("Remark", "name", TEXT), "Remark.name", "new and required"),
    ("member of a body tightened", member("Remark", "text", maxLength=9), "Remark.text", "refused"),
    (
        "body as another type",
        body(content={"text/plain": {"schema": ref("Remark")}}),
        f"POST {REMARKS} body",
        "is taken no more as application/json",
    ),
    ("endpoint removed", remove_path(SITE), GET_SITE, "was removed"),
]

ADDITIONS: list[tuple[str, Mutation, str, str]] = [
    (
        "member added",
        with_member("PressReleasePage", "embargo", TEXT),
        "press_release.embargo",
        "is new",
    ),
    (
        "not null any more",
        becomes("PressReleasePage", "recipient", TEXT),
        "press_release.recipient",
        "never null",
    ),
    (
        "always there",
        required("PressReleasePage", "further_reading", True),
        "press_release.further_reading",
        "is always there",
    ),
    ("whole numbers", member("Image", "ratio", type="integer"), "Image.ratio", "whole number"),
    (
        "enum widened",
        member("PressReleasePage", "kind", enum=["statement", "letter", "press_release"]),
        "press_release.kind",
        'may be "letter" now',
    ),
    (
        "kind of block added",
        all_of(defined("Block", WITH_POLL), defined("PollBlock", block("poll", TEXT))),
        "Block",
        'may be "poll" now: consumers show a kind',
    ),
    (
        "component that has more",
        becomes("PressReleasePage", "author", ref("PersonCard")),
        "press_release.author",
        "became PersonCard",
    ),
    (
        "another error",
        operation(PAGE, lambda get: get["responses"].update({"410": {}})),
        GET_PAGE,
        "may answer with status 410",
    ),
    (
        "header added",
        operation(SITE, lambda get: get["responses"]["200"]["headers"].update(Vary={})),
        f"{GET_SITE} 200 Vary:",
        "is new",
    ),
    ("parameter added", add_parameter("kind", False), f"{GET_PAGES} ?kind", "may be left out"),
    (
        "parameter optional",
        parameter("locale", required=False),
        f"{GET_PAGES} ?locale",
        "became optional",
    ),
    (
        "parameter widened",
        parameter("order", enum=["title", "-title", "date"]),
        f"{GET_PAGES} ?order",
        'takes "date" too',
    ),
    (
        "parameter loosened",
        parameter("limit", maximum=100),
        f"{GET_PAGES} ?limit",
        "loosened its maximum from 50 to 100",
    ),
    (
        "parameter takes fractions",
        parameter("limit", type="number"),
        f"{GET_PAGES} ?limit",
        "may have a fraction",
    ),
    ("body optional", body(required=False), f"POST {REMARKS} body", "became optional"),
    ("member of a body optional", required("Remark", "text", False), "Remark.text", "may leave"),
    ("endpoint added", add_path("/api/v2/topics/"), "GET /api/v2/topics/", "is new"),
]

NO_CHANGES: list[tuple[str, Mutation]] = [
    ("nothing", lambda document: None),
    ("description", member("Image", "alt", description="In words.", title="Alt", examples=["A"])),
    ("least of none", member("PressReleasePage", "topics", minItems=0)),
    (
        "null by another spelling",
        all_of(
            becomes("PressReleasePage", "signed", nullable(TEXT)),
            becomes("PressReleasePage", "recipient", {"type": ["null", "string"]}),
        ),
    ),
    ("const as an enum", becomes("PersonLink", "type", {"enum": ["person"], "type": "string"})),
    (
        "reference in allOf",
        becomes("PressReleasePage", "author", {"allOf": [ref("PersonLink")], "description": "By"}),
    ),
    ("component that nothing uses yet", defined("PollBlock", block("poll", TEXT))),
    ("version", lambda document: document["info"].update(version="1.0.1")),
]


def mutated(mutation: Mutation) -> Contract:
    document = contract()
    mutation(document)
    return document


def ids(rows: list[Any]) -> list[str]:
    return [row[0].replace(" ", "_") for row in rows]


def shuffled(node: Any, random: Random) -> Any:
    """The same document with its members, and its lists that are sets, in another order."""
    if isinstance(node, dict):
        members = [(key, shuffled(value, random)) for key, value in node.items()]
        return dict(random.sample(members, len(members)))
    if isinstance(node, list):
        return [shuffled(item, random) for item in random.sample(node, len(node))]
    return node


@pytest.mark.parametrize(("_name", "mutation", "place", "text"), BREAKS, ids=ids(BREAKS))
def test_a_break_is_told_once_where_it_shows(_name, mutation, place, text):
    changes = compare(contract(), mutated(mutation))

    assert [(change.breaking, change.place) for change in changes] == [(True, place)]
    assert text in changes[0].text
    assert bump(changes) == "major"


@pytest.mark.parametrize(("_name", "mutation", "place", "text"), ADDITIONS, ids=ids(ADDITIONS))
def test_an_addition_is_told_once_and_breaks_nothing(_name, mutation, place, text):
    changes = compare(contract(), mutated(mutation))

    assert [(change.breaking, change.place) for change in changes] == [(False, place)]
    assert text in changes[0].text
    assert bump(changes) == "minor"


@pytest.mark.parametrize(("_name", "mutation"), NO_CHANGES, ids=ids(NO_CHANGES))
def test_what_consumers_cannot_notice_is_no_change(_name, mutation):
    assert compare(contract(), mutated(mutation)) == []
    assert bump([]) == "patch"


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_members_does_not_matter(seed):
    random = Random(seed)
    after = mutated(all_of(*(mutation for _, mutation, _, _ in (*BREAKS[3:8], *ADDITIONS[:6]))))
    changes = compare(contract(), after)

    assert compare(contract(), shuffled(contract(), random)) == []
    assert len(changes) > 8
    assert compare(shuffled(contract(), random), shuffled(after, random)) == changes


def test_breaking_changes_come_first_and_then_by_place():
    after = mutated(
        all_of(
            with_member("PageMeta", "author", TEXT),
            without("QuoteValue", "post"),
            without("PressReleasePage", "deck"),
            add_path("/api/v2/topics/"),
        )
    )

    changes = compare(contract(), after)

    assert [(change.breaking, change.place) for change in changes] == [
        (True, "press_release.deck"),
        (True, "quote.value.post"),
        (False, "GET /api/v2/topics/"),
        (False, "PageMeta.author"),
    ]
    assert bump(changes) == "major"


def test_a_component_used_in_many_places_is_told_of_once():
    uses = json.dumps(contract()).count(ref("Image")["$ref"])

    changes = compare(contract(), mutated(becomes("Image", "alt", nullable(TEXT))))

    assert uses >= 5
    assert changes == [
        Change(
            breaking=True,
            place="Image.alt",
            text="became nullable: consumers that read it as text break",
            component="Image",
        )
    ]


def test_a_change_names_the_component_in_whose_instances_it_shows():
    after = mutated(
        all_of(
            without("PressReleasePage", "deck"),
            without("QuoteValue", "post"),
            parameter("topic", required=True),
            remove_path(SITE),
        )
    )

    changes = compare(contract(), after)

    assert {change.place: change.component for change in changes} == {
        "press_release.deck": "PressReleasePage",
        "quote.value.post": "QuoteValue",
        "GET /api/v2/pages/ ?topic": None,
        "GET /api/v2/site/": None,
    }


def test_a_renamed_path_is_another_endpoint():
    changes = compare(contract(), mutated(all_of(add_path("/api/v2/home/"), remove_path(SITE))))

    assert [(change.breaking, change.place) for change in changes] == [
        (True, "GET /api/v2/site/"),
        (False, "GET /api/v2/home/"),
    ]


def test_components_that_hold_each_other_are_compared_to_their_end():
    # A section holds blocks, one of which is a section; both take a new name and a new member.
    after = mutated(
        all_of(
            with_member("SectionValue", "summary", TEXT),
            renamed("SectionValue", "PartValue"),
            renamed("Block", "BodyPart"),
        )
    )

    changes = compare(contract(), after)

    assert [(change.place, change.text.split(":")[0]) for change in changes] == [
        ("Block", "was renamed to BodyPart, its JSON is the same"),
        ("SectionValue", "was replaced by PartValue, whose JSON differs"),
    ]


def with_webhook(**operation):
    """A contract in which readers are told of changes, by a token."""

    def added(document):
        schemes = {"draftToken": {"type": "http", "scheme": "bearer", "description": "A token."}}
        document["components"]["securitySchemes"] = schemes
        sent = {"content": {"application/json": {"schema": ref("QuoteValue")}}}
        hook = {"requestBody": sent, "responses": {"410": {"description": "No more."}}}
        document["webhooks"] = {"page": {"post": {**hook, "summary": "A change.", **operation}}}

    return mutated(added)


@pytest.mark.parametrize(
    ("after", "breaking", "place"),
    [
        (mutated(lambda document: None), True, "webhook POST page"),
        (with_webhook(responses={}), True, "webhook POST page"),
        (
            with_webhook(
                requestBody={"content": {"application/json": {"schema": ref("SectionValue")}}}
            ),
            True,
            "webhook POST page",
        ),
        (with_webhook(summary="What changed."), None, None),
    ],
)
def test_what_is_sent_unasked_is_part_of_the_contract(after, breaking, place):
    found = [(change.breaking, change.place) for change in compare(with_webhook(), after)]
    assert found == ([(breaking, place)] if place else [])
    if place and "webhooks" not in after:
        assert [change.breaking for change in compare(after, with_webhook())] == [False]


def test_how_a_token_is_said_is_part_of_the_contract():
    after = with_webhook()
    schemes = after["components"]["securitySchemes"]
    schemes["draftToken"] = {"type": "apiKey", "in": "query", "name": "token"}
    assert [(change.breaking, change.place) for change in compare(with_webhook(), after)] == [
        (True, "security draftToken")
    ]
    assert compare(with_webhook(), with_webhook()) == []
