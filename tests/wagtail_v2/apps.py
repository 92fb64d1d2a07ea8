from django.apps import AppConfig


class WagtailV2Config(AppConfig):
    """The demo site has Wagtail's pictures and files, which our page types must not trip over."""

    name = "tests.wagtail_v2"
    label = "wagtail_v2_tests"

    def ready(self) -> None:
        from wagtail.documents.models import Document
        from wagtail.images.models import Image

        from api.codecs.references import reference_codec, register_reference
        from pages.models import NewsDocument, NewsImage

        register_reference(Image, reference_codec(NewsImage))
        register_reference(Document, reference_codec(NewsDocument))
