import base64
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Collection, CollectionViewRestriction

from api.codecs.images import encode_image
from api.codecs.types import Image
from pages.models import NewsImage
from tests import factories
from tests.api.codecs.encode import encode

pytestmark = pytest.mark.django_db


def picture(name="picture.jpg", **columns):
    """A picture with these columns, whatever its file says."""
    image = factories.ImageFactory(file=factories.picture_file(name))
    NewsImage.objects.filter(pk=image.pk).update(**columns)
    return NewsImage.objects.get(pk=image.pk)


def answered(image, **how):
    answer = encode_image(image, **how)
    TypeAdapter(Image).validate_python(answer)
    return answer


def width_of(address):
    """The width that an address asks for."""
    (width,) = re.findall(r"width-(\d+)", address)
    return int(width)


def widths(srcset):
    """The widths that a `srcset` announces; each is also what its address asks for."""
    found = []
    for candidate in srcset.split(", "):
        address, descriptor = candidate.split(" ")
        width = int(descriptor.removesuffix("w"))
        assert width_of(address) == width
        found.append(width)
    return found


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, [1]),
        (319, [319]),
        (320, [320]),
        (321, [320, 321]),
        (700, [320, 640, 700]),
        (1600, [320, 640, 960, 1280, 1600]),
        (2400, [320, 640, 960, 1280, 1600, 2400]),
        (9000, [320, 640, 960, 1280, 1600, 2400]),
    ],
)
def test_no_width_is_above_the_original(width, expected):
    answer = answered(picture(width=width, height=width))

    assert [widths(source["srcset"]) for source in answer["sources"]] == [expected] * 3
    assert width_of(answer["url"]) == min(width, 1600)


@pytest.mark.parametrize(
    ("name", "fallback"),
    [
        ("picture.jpg", "image/jpeg"),
        ("picture.JPEG", "image/jpeg"),
        ("picture.png", "image/png"),
        ("picture.webp", "image/png"),
        ("picture.gif", "image/png"),
        ("picture.avif", "image/png"),
        ("picture", "image/jpeg"),
    ],
)
def test_every_format_is_offered_and_what_may_be_transparent_stays_so(name, fallback):
    answer = answered(picture(file=f"original_images/{name}"))

    offered = [source["mime_type"] for source in answer["sources"]]
    assert offered == ["image/avif", "image/webp", fallback]
    for source in answer["sources"]:
        assert f"format-{source['mime_type'].partition('/')[2]}" in source["srcset"]
    assert f"format-{fallback.partition('/')[2]}" in answer["url"]


def test_addresses_are_absolute_and_ready_for_srcset(settings):
    answer = answered(picture())

    for source in answer["sources"]:
        assert all(
            part.startswith(f"{settings.CMS_URL}/images/") for part in source["srcset"].split(", ")
        )
    assert answer["url"].startswith(f"{settings.CMS_URL}/images/")


def test_the_file_is_not_touched():
    image = picture()
    Path(image.file.path).unlink()

    assert answered(image)["sources"]


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        ({"focal_point_x": 160, "focal_point_y": 120}, {"x": 0.25, "y": 0.25}),
        ({"focal_point_x": 0, "focal_point_y": 480}, {"x": 0.0, "y": 1.0}),
        ({"focal_point_x": 641, "focal_point_y": 999}, {"x": 1.0, "y": 1.0}),
    ],
)
def test_focal_point_is_a_share_of_the_picture(focus, expected):
    size = {"focal_point_width": 10, "focal_point_height": 10}

    assert answered(picture(**focus, **size))["focal_point"] == expected


def test_picture_without_a_focal_point():
    assert answered(picture())["focal_point"] is None


def test_placeholder_is_a_thumbhash():
    placeholder = answered(picture())["placeholder"]

    assert 5 <= len(base64.b64decode(placeholder, validate=True)) <= 25


def test_picture_without_a_placeholder():
    assert answered(picture(placeholder=""))["placeholder"] is None


def test_alternative_text_is_that_of_the_place():
    image = picture(description="In the library")

    def alt(value):
        answer = encode(ImageBlock(), value)
        return answer["alt"], answer["decorative"]

    stored = {"image": image.pk, "alt_text": "In this place", "decorative": False}
    assert alt(stored) == ("In this place", False)
    assert alt({**stored, "decorative": True}) == ("", True)
    assert alt({**stored, "alt_text": None}) == ("In the library", False)
    # As it was stored before the block asked for a text.
    assert alt(image.pk) == ("In the library", False)


def test_chooser_takes_the_text_of_the_library():
    image = picture(description="In the library", credit="Somebody")

    answer = encode(ImageChooserBlock(), image.pk)

    assert (answer["alt"], answer["credit"]) == ("In the library", "Somebody")
    assert (answer["width"], answer["height"]) == (640, 480)


@pytest.mark.parametrize("block", [ImageBlock, ImageChooserBlock])
def test_nothing_chosen_deleted_and_private_are_null(block):
    image, private = factories.ImageFactory(), factories.ImageFactory()
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    NewsImage.objects.filter(pk=private.pk).update(collection=collection)
    optional = block(required=False)
    gone = image.pk
    image.delete()

    for value in (None, gone, private.pk):
        assert encode(optional, value) is None
