import pytest
from django.utils import timezone
from wagtail.embeds import embeds
from wagtail.embeds.blocks import EmbedBlock
from wagtail.embeds.models import Embed

from tests.api.codecs.encode import encode

pytestmark = pytest.mark.django_db

URL = "https://video.example/watch?v=1"


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch):
    def fetch(*args, **kwargs):
        raise AssertionError("asked a provider while answering")

    monkeypatch.setattr(embeds, "get_embed", fetch)


def test_what_the_provider_said_when_it_was_asked():
    Embed.objects.create(
        url=URL,
        hash=embeds.get_embed_hash(URL),
        type="video",
        provider_name="Video",
        title="A panel",
        author_name="An author",
        thumbnail_url="https://video.example/1.jpg",
        html="<iframe></iframe>",
        width=640,
        height=360,
        last_updated=timezone.now(),
    )

    assert encode(EmbedBlock(), URL) == {
        "url": URL,
        "media_type": "video",
        "provider": "Video",
        "title": "A panel",
        "author": "An author",
        "thumbnail_url": "https://video.example/1.jpg",
        "html": "<iframe></iframe>",
        "width": 640,
        "height": 360,
    }


def test_an_address_whose_provider_was_never_asked_has_only_itself():
    answer = encode(EmbedBlock(), URL)

    assert (answer["url"], answer["media_type"]) == (URL, "link")
    assert not any(answer[name] for name in ("provider", "title", "author", "html", "width"))


def test_an_optional_player_left_empty_is_null():
    assert encode(EmbedBlock(required=False), "") is None
    assert encode(EmbedBlock(required=False), None) is None
