"""Players from elsewhere, from what Wagtail kept when the editor pasted the address.

Nothing is fetched while answering: an address whose provider was never asked has only itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from api.codecs.encoding import Encoding, Reference, Scope
from api.codecs.keys import Source, reads
from api.codecs.types import Answer


class EmbeddedMedia(Answer):
    """A video, recording or post on another site. Ask the reader's consent before loading it."""

    url: str
    media_type: str = Field(description="As oEmbed calls it: `video`, `rich`, `photo`, `link`.")
    provider: str = Field(description="Such as `YouTube`; empty if not known.")
    title: str
    author: str
    thumbnail_url: str
    html: str = Field(description="The provider's player; empty if not known.")
    width: int | None
    height: int | None


@reads(Source("embed", Embed, column="hash", name=get_embed_hash))
def load_embeds(keys: set[str], encoding: Encoding) -> Mapping[str, Embed]:
    hashes = {get_embed_hash(url): url for url in keys}
    found = Embed.objects.filter(hash__in=hashes)
    return {hashes[embed.hash]: embed for embed in found}


def media_reference(url: str, scope: Scope) -> Reference:
    """`EmbeddedMedia` for an address."""

    def build(embed: Embed | None) -> dict[str, Any]:
        return {
            "url": url,
            "media_type": embed.type if embed else "link",
            "provider": embed.provider_name if embed else "",
            "title": embed.title if embed else "",
            "author": embed.author_name if embed else "",
            "thumbnail_url": (embed.thumbnail_url or "") if embed else "",
            "html": embed.html if embed else "",
            "width": embed.width if embed else None,
            "height": embed.height if embed else None,
        }

    return scope.reference(load_embeds, url, build)
