"""A draft that refers to what is gone is the page that modelcluster would make of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelcluster.models import ClusterableModel

from pages import models
from tests.full_pages import EVERY_TYPE, full_page, make_material, parent_of, publish_below

pytestmark = pytest.mark.django_db


@pytest.fixture
def material(db):
    return make_material()


def by_modelcluster(model, content, **options):
    return ClusterableModel.from_serializable_data.__func__(model, content, **options)


def content_of(model, material):
    return publish_below(parent_of(model, material), full_page(model, material)).serializable_data()


def names_of_gone(before, after):
    """What a draft has lost: its own references, and the number of things that hang on it."""
    return {
        name
        for name, value in before.items()
        if (value and not after[name])
        or (isinstance(value, list) and len(value) != len(after[name]))
    }


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_nothing_is_lost_of_what_is_there(model, material):
    content = content_of(model, material)

    made = model.from_serializable_data(content).serializable_data()

    assert made == by_modelcluster(model, content).serializable_data()
    assert names_of_gone(content, made) == set()


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_what_is_gone_is_left_out(model, material):
    content = content_of(model, material)
    before = model.from_serializable_data(content).serializable_data()
    for gone in (material.image, material.document, material.organisation, material.release):
        gone.delete()

    made = model.from_serializable_data(content).serializable_data()

    assert made == by_modelcluster(model, content).serializable_data()
    assert names_of_gone(before, made) >= {"share_image", "bylines", "related_pages", "downloads"}


def test_each_model_is_asked_once(material):
    content = content_of(models.PressReleasePage, material)
    content["bylines"] *= 50
    with CaptureQueriesContext(connection) as queries:
        page = models.PressReleasePage.from_serializable_data(content)

    assert page
    assert page.bylines.count() == 100
    tables = [query["sql"].partition("FROM ")[2].split()[0] for query in queries]
    assert len(tables) > 5
    # One more to make the list of topics and the list of sections.
    assert len(tables) - len(set(tables)) <= 2
