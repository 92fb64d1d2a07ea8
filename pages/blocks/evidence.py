"""Figures, claims and the order of events, each with its source."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail_footnotes.blocks import RichTextBlockWithFootnotes

from pages.blocks.text import INLINE_FEATURES, PROSE_FEATURES

EVIDENCE = "Evidence"


class SourceBlock(blocks.StructBlock):
    """Where a figure or statement comes from."""

    title = blocks.CharBlock(max_length=500)
    publisher = blocks.CharBlock(required=False, max_length=255)
    url = blocks.URLBlock(required=False, label="Web address")
    date = blocks.CharBlock(
        required=False, max_length=40, help_text="As the source gives it: a year, month or day."
    )

    class Meta:
        icon = "clipboard-list"
        label = "Source"
        preview_value = {
            "title": "Annual report",
            "publisher": "Office of Statistics",
            "url": "",
            "date": "2017",
        }


class OptionalSourceBlock(SourceBlock):
    """A source that may be left out."""

    title = blocks.CharBlock(required=False, max_length=500)


class TableBlock(TypedTableBlock):
    """Subjects against criteria. A column holds one type of cell."""

    def __init__(
        self, local_blocks: list[tuple[str, blocks.Block]] | None = None, **kwargs: Any
    ) -> None:
        if local_blocks is None:
            local_blocks = [
                ("text", blocks.CharBlock(required=False, label="Text")),
                (
                    "rich_text",
                    RichTextBlockWithFootnotes(
                        required=False, features=[*INLINE_FEATURES, "ul"], label="Rich text"
                    ),
                ),
                ("number", blocks.FloatBlock(required=False, label="Number")),
                ("date", blocks.DateBlock(required=False, label="Date")),
                ("yes_no", blocks.BooleanBlock(required=False, label="Yes or no")),
            ]
        super().__init__(local_blocks, **kwargs)

    class Meta:
        icon = "table"
        group = EVIDENCE
        label = "Table"
        description = "Rows and columns, each column of one type."
        preview_value = {
            "caption": "Two agreements compared",
            "columns": [
                {"type": "text", "heading": "Agreement"},
                {"type": "yes_no", "heading": "Training"},
            ],
            "rows": [{"values": ["First", True]}, {"values": ["Second", False]}],
        }


class KeyFactBlock(blocks.StructBlock):
    """One fact in one sentence."""

    text = blocks.TextBlock(rows=2)
    source = OptionalSourceBlock(required=False)

    class Meta:
        icon = "pick"
        label = "Key fact"
        preview_value = {"text": "Twelve states permit it."}


class KeyFactsBlock(blocks.StructBlock):
    """What to remember, as a list."""

    title = blocks.CharBlock(required=False, max_length=255, default="Key facts")
    facts = blocks.ListBlock(KeyFactBlock(), min_num=1)

    class Meta:
        icon = "pick"
        group = EVIDENCE
        label = "Key facts"
        description = "What a reader in a hurry should remember."
        preview_value = {
            "title": "Key facts",
            "facts": [{"text": "Twelve states permit it."}],
        }


class StatisticBlock(blocks.StructBlock):
    """One figure, what it counts and where it comes from."""

    figure = blocks.CharBlock(max_length=40, help_text="As it is printed: “42 %”, “1.2 million”.")
    label = blocks.CharBlock(max_length=255, help_text="What is counted.")
    source = SourceBlock()


class StatisticsBlock(blocks.StructBlock):
    """Figures side by side."""

    title = blocks.CharBlock(required=False, max_length=255)
    items = blocks.ListBlock(StatisticBlock(label="Statistic"), min_num=1, label="Statistics")

    class Meta:
        icon = "order"
        group = EVIDENCE
        label = "Statistics"
        description = "Figures, each with its source."
        preview_value = {
            "title": "",
            "items": [
                {
                    "figure": "42 %",
                    "label": "of agencies answered",
                    "source": {
                        "title": "Survey of agencies",
                        "publisher": "",
                        "url": "",
                        "date": "2017",
                    },
                }
            ],
        }


class ClaimBlock(blocks.StructBlock):
    """A claim and the text that supports or answers it."""

    claim = blocks.CharBlock(max_length=500)
    text = RichTextBlockWithFootnotes(features=list(PROSE_FEATURES))


class NumberedClaimsBlock(blocks.StructBlock):
    """Claims that are counted. `start` lets the count go on after other blocks in between."""

    start = blocks.IntegerBlock(
        default=1, min_value=1, help_text="Number of the first claim of this block."
    )
    items = blocks.ListBlock(ClaimBlock(label="Claim"), min_num=1, label="Claims")

    class Meta:
        icon = "list-ol"
        group = EVIDENCE
        label = "Numbered claims"
        description = "Claims with a text each, numbered through."
        preview_value = {
            "start": 1,
            "items": [{"claim": "Crime rose.", "text": "<p>It fell by a tenth.</p>"}],
        }


class EventBlock(blocks.StructBlock):
    """What happened, and when."""

    date = blocks.DateBlock(required=False, help_text="For sorting; leave empty if not known.")
    when = blocks.CharBlock(max_length=80, help_text="As it is printed: “Spring 2014”.")
    title = blocks.CharBlock(max_length=255)
    text = RichTextBlockWithFootnotes(required=False, features=list(INLINE_FEATURES))


class TimelineBlock(blocks.StructBlock):
    """Events in their order."""

    title = blocks.CharBlock(required=False, max_length=255)
    events = blocks.ListBlock(EventBlock(label="Event"), min_num=1)

    class Meta:
        icon = "history"
        group = EVIDENCE
        label = "Timeline"
        description = "What happened, in order."
        preview_value = {
            "title": "The programme so far",
            "events": [{"date": "1996-09-30", "when": "1996", "title": "Created", "text": ""}],
        }
