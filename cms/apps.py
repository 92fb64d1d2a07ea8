from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from cms.review import drafts, signals  # noqa: F401  # they say what they answer for
