"""Every page of the demo, asked for as a frontend asks, is what the published schemas say."""

import json
from collections import Counter

import jsonschema_rs
import pytest
from django.test import Client

from frontend_contract.version import PUBLISHED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def validator(name: str):
    return jsonschema_rs.validator_for(
        json.loads((PUBLISHED / "schemas" / f"{name}.json").read_bytes())
    )


def answer(address: str):
    response = Client().get(f"/api/v2/{address}")
    assert response.status_code == 200
    return json.loads(response.content)


def test_every_demo_page_is_of_its_schema():
    page, listing, route = map(validator, ("Page", "PageListing", "Route"))
    types: Counter[str] = Counter()
    for offset in (0, 20):
        items = answer(f"pages/?limit=20&offset={offset}&fields=*")
        listing.validate(items)
        for item in items["items"]:
            found = answer(f"pages/{item['id']}/")
            page.validate(found)
            types[found["type"]] += 1
    route.validate(answer("route/?path=/news-and-resources/"))
    validator("Site").validate(answer("site/"))

    assert sum(types.values()) == 29
    assert len(types) == 7


def test_every_demo_file_is_of_its_schema():
    image, document = validator("ImageListing"), validator("DocumentListing")
    pictures, files = answer("images/?fields=*"), answer("documents/?fields=*")

    image.validate(pictures)
    document.validate(files)
    assert pictures["meta"]["total_count"] > 15
    assert files["meta"]["total_count"] > 5
