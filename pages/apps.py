from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.fields import StreamField

        from pages.blocks.validation import StreamFormField

        register_form_field_override(StreamField, override={"form_class": StreamFormField})
