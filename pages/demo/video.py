"""A video that pages embed, known to Wagtail beforehand so that nothing is fetched."""

from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

# Shaped like any video's identifier, but none ends in this letter: nobody can ever own it.
VIDEO_ID = "DatelineNot"
VIDEO = f"https://www.youtube.com/watch?v={VIDEO_ID}"


def remember() -> None:
    """Keeps what YouTube would answer for the video, as Wagtail does after asking."""
    Embed.objects.get_or_create(
        hash=get_embed_hash(VIDEO),
        defaults={
            "url": VIDEO,
            "type": "video",
            "title": "Sample panel discussion",
            "author_name": "Sample channel",
            "provider_name": "YouTube",
            "width": 200,
            "height": 113,
            "html": (
                '<iframe width="200" height="113" '
                f'src="https://www.youtube.com/embed/{VIDEO_ID}?feature=oembed" '
                'frameborder="0" allowfullscreen title="Sample panel discussion"></iframe>'
            ),
        },
    )
