from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from cms.as_of import publishing
        from cms.review import drafts, signals  # noqa: F401  # they say what they answer for

        publishing.tell_nobody_of_aliases()
