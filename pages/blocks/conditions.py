"""What must be filled in only because of what else is, or is not."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class ConditionalStructBlock(blocks.StructBlock):
    """A struct that asks for more than its children do each by itself.

    The condition is told once: editors cannot publish without what it asks for, and a draft that
    lacks it is answered as an incomplete block.
    """

    @staticmethod
    def lacking(value: Mapping[str, Any]) -> dict[str, str]:
        """What to write, by the name of the child that is empty, given the others.

        The values are an editor's or an answer's: rely on whether they are empty, and on words.
        """
        return {}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (lacking := self.lacking(value)):
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in lacking.items()}
            )
        return value
