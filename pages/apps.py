from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"
