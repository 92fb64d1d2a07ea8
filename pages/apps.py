from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_save, pre_delete
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.fields import StreamField
        from wagtail.models import Page, Revision

        from pages import previewing
        from pages.blocks.validation import StreamFormField
        from pages.embargoes.files import note_files_of_draft, note_files_of_snippet
        from pages.embargoes.handing_on import keep_former_aliases_back

        register_form_field_override(StreamField, override={"form_class": StreamFormField})
        post_save.connect(note_files_of_draft, sender=Revision)
        post_save.connect(note_files_of_snippet)
        pre_delete.connect(keep_former_aliases_back, sender=Page)
        previewing.connect()
