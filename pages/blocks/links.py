"""Where a link can lead, and words that lead there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

DESTINATIONS = ("page", "document", "url", "email", "phone")


class LinkBlock(blocks.StructBlock):
    """One destination out of five kinds. Exactly one must be given, unless the link is optional."""

    page = blocks.PageChooserBlock(required=False)
    document = DocumentChooserBlock(required=False)
    url = blocks.URLBlock(required=False, label="Web address")
    email = blocks.EmailBlock(required=False, label="E-mail address")
    phone = blocks.RegexBlock(
        regex=r"^\+?[0-9 ().\-/]{3,40}$",
        required=False,
        label="Telephone number",
        error_messages={"invalid": "Write a telephone number, such as +1 202 555 0100."},
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        given = [name for name in DESTINATIONS if value.get(name)]
        if len(given) > 1:
            message = _("Give one destination only; now there are %(count)d.") % {
                "count": len(given)
            }
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name in given[1:]}
            )
        if not given and self.meta.required and not self.is_deferred_validation:
            raise StructBlockValidationError(
                non_block_errors=[_("Choose a page or a document, or write an address.")]
            )
        return value

    class Meta:
        icon = "link"
        required = True
        label = "Link"
        help_text = "One destination: a page, a document or an address."
        form_layout = list(DESTINATIONS)


class LabelledLinkBlock(blocks.StructBlock):
    """Words and where they lead: an entry of a menu, a call to action, a social account."""

    text = blocks.CharBlock(max_length=120)
    link = LinkBlock()

    class Meta:
        icon = "link"
        label = "Link with text"
