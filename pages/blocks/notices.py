"""What should catch the reader's eye: call-outs, updates and corrections, calls to action."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_footnotes.blocks import RichTextBlockWithFootnotes

from pages.blocks.conditions import ConditionalStructBlock
from pages.blocks.links import LinkBlock
from pages.blocks.text import INLINE_FEATURES, PROSE_FEATURES

NOTICES = "Notices and references"

# What can be read next: every page type but the home page.
READABLE_PAGE_TYPES = [
    "pages.SectionPage",
    "pages.StandardPage",
    "pages.PressReleasePage",
    "pages.FactSheetPage",
    "pages.ProfileIndexPage",
    "pages.ProfilePage",
]


class ReadablePageChooserBlock(blocks.PageChooserBlock):
    """A page of one of the types offered. Wagtail's chooser offers no other, but takes any."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value and not issubclass(value.specific_class, tuple(self.target_models)):
            raise ValidationError(_("Pages of this type cannot be chosen here."))
        return value


class CalloutBlock(blocks.StructBlock):
    """A remark set apart from the text."""

    kind = blocks.ChoiceBlock(
        choices=[("note", "Note"), ("important", "Important"), ("example", "Example")],
        default="note",
    )
    title = blocks.CharBlock(required=False, max_length=255)
    text = RichTextBlockWithFootnotes(features=list(PROSE_FEATURES))

    class Meta:
        icon = "info-circle"
        group = NOTICES
        label = "Callout"
        description = "A remark set apart from the text."
        preview_value = {"kind": "note", "title": "Note", "text": "<p>Rules differ by state.</p>"}


class UpdateNoticeBlock(ConditionalStructBlock):
    """A dated word on what changed after publication, and what supersedes it."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("update", "Update"),
            ("correction", "Correction"),
            ("clarification", "Clarification"),
            ("retraction", "Retraction"),
        ],
        default="update",
    )
    date = blocks.DateBlock()
    text = RichTextBlockWithFootnotes(features=list(INLINE_FEATURES))
    original_words = blocks.TextBlock(
        required=False, rows=2, help_text="For a correction: what was published."
    )
    corrected_words = blocks.TextBlock(
        required=False, rows=2, help_text="For a correction: what it should have been."
    )
    superseded_by = LinkBlock(required=False, label="Superseded by")

    @staticmethod
    def lacking(value: Mapping[str, Any]) -> dict[str, str]:
        if value.get("kind") != "correction" or value.get("corrected_words"):
            return {}
        return {"corrected_words": _("A correction says what the words should have been.")}

    class Meta:
        icon = "date"
        group = NOTICES
        label = "Update notice"
        description = "A dated update or correction, with a link to what supersedes this."
        preview_value = {
            "kind": "update",
            "date": "2021-10-27",
            "text": "<p>New guidelines have been released since.</p>",
            "original_words": "",
            "corrected_words": "",
        }


class RelatedPagesBlock(blocks.StructBlock):
    """Pages to read next."""

    title = blocks.CharBlock(required=False, max_length=255, default="Related")
    pages = blocks.ListBlock(ReadablePageChooserBlock(page_type=READABLE_PAGE_TYPES), min_num=1)

    class Meta:
        icon = "doc-empty-inverse"
        group = NOTICES
        label = "Related pages"
        description = "Pages to read next."
        preview_value = {"title": "Related", "pages": []}


class CallToActionBlock(blocks.StructBlock):
    """What the reader can do now."""

    title = blocks.CharBlock(max_length=255)
    text = blocks.TextBlock(required=False, rows=2)
    button = blocks.CharBlock(max_length=80, label="Words on the button")
    link = LinkBlock()

    class Meta:
        icon = "pick"
        group = NOTICES
        label = "Call to action"
        description = "What the reader can do now."
        preview_value = {
            "title": "Get involved",
            "text": "",
            "button": "Contact us",
            "link": {"url": "https://example.org/"},
        }


class BoilerplateBlock(blocks.StructBlock):
    """The standing paragraph about an organisation, kept in one place."""

    boilerplate = SnippetChooserBlock("pages.Boilerplate")

    class Meta:
        icon = "copy"
        group = NOTICES
        label = "Boilerplate"
        description = "A standing paragraph, such as “About the Task Force”."
        preview_value = {"boilerplate": None}


class ContactsBlock(blocks.StructBlock):
    """Whom to call."""

    title = blocks.CharBlock(required=False, max_length=255, default="Media contact")
    contacts = blocks.ListBlock(SnippetChooserBlock("pages.PressContact"), min_num=1)

    class Meta:
        icon = "mail"
        group = NOTICES
        label = "Contact"
        description = "One or more press contacts."
        preview_value = {"title": "Media contact", "contacts": []}
