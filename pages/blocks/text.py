"""Blocks of running words: headings, paragraphs and what somebody said or a statute says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_footnotes.blocks import RichTextBlockWithFootnotes

from pages.blocks.conditions import ConditionalStructBlock

INLINE_FEATURES = ["bold", "italic", "superscript", "subscript", "link", "document-link"]
PROSE_FEATURES = [*INLINE_FEATURES, "ol", "ul"]

PROSE = "Prose"
VOICES = "Voices"


class HeadingBlock(blocks.StructBlock):
    """A heading; a table of contents is made from these."""

    text = blocks.CharBlock(max_length=255)
    level = blocks.ChoiceBlock(
        choices=[("h2", "Section"), ("h3", "Sub-section"), ("h4", "Minor heading")], default="h2"
    )

    class Meta:
        icon = "title"
        group = PROSE
        label = "Heading"
        description = "Divides the text. Headings make up the table of contents."
        preview_value = {"text": "What the programme is", "level": "h2"}


class ParagraphBlock(RichTextBlockWithFootnotes):
    """Prose with links, lists and notes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(PROSE_FEATURES))
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        group = PROSE
        label = "Paragraph"
        description = "Running text: paragraphs, lists, links and notes."
        preview_value = (
            "<p>Chiefs and sheriffs met <b>department leaders</b> on Monday to talk about hiring, "
            "training and trust.</p><ul><li>Hiring</li><li>Training</li></ul>"
        )


class QuoteBlock(ConditionalStructBlock):
    """A quotation with its speaker, whose name and post are kept as they were at that time.

    Choosing a person fills in the name, post and organisation that were left empty, once: later
    changes to the person do not rewrite what was published.
    """

    quotation = blocks.TextBlock(rows=3, help_text="Without quotation marks.")
    person = SnippetChooserBlock(
        "pages.Person", required=False, help_text="Fills in what is left empty below."
    )
    name = blocks.CharBlock(
        required=False, max_length=255, help_text="As it is to be printed beside the words."
    )
    post = blocks.CharBlock(
        required=False, max_length=255, help_text="The post held when the words were said."
    )
    organisation = blocks.CharBlock(
        required=False, max_length=255, help_text="Organisation or jurisdiction at that time."
    )

    @staticmethod
    def lacking(value: Mapping[str, Any]) -> dict[str, str]:
        if value.get("name") or value.get("person"):
            return {}
        return {"name": _("Choose a person or write a name.")}

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if person := value.get("person"):
            value["name"] = value.get("name") or person.name
            if not value.get("post") and not value.get("organisation"):
                value["post"] = person.post
                value["organisation"] = str(person.organisation or "")
        return value

    class Meta:
        icon = "openquote"
        group = VOICES
        label = "Quotation"
        description = "Words somebody said, with name and post as they were then."
        preview_value = {
            "quotation": "Trust is built one conversation at a time.",
            "person": None,
            "name": "Jordan Reyes",
            "post": "Chief of Police",
            "organisation": "Lakeview",
        }


class TextQuotationBlock(blocks.StructBlock):
    """Words of a statute, a rule or a document, with their citation."""

    text = RichTextBlockWithFootnotes(features=["bold", "italic", "ol", "ul"])
    citation = blocks.CharBlock(
        max_length=255, help_text="Such as “8 U.S.C. § 1373(a)” or the title of the document."
    )
    url = blocks.URLBlock(required=False, label="Web address of the source")

    class Meta:
        icon = "doc-full"
        group = VOICES
        label = "Text quotation"
        description = "Words of a statute or document, with a citation."
        preview_value = {
            "text": "<p>An officer may be designated only by written agreement.</p>",
            "citation": "Model Code § 12(b)",
            "url": "",
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(max_length=255)
    answer = RichTextBlockWithFootnotes(features=list(PROSE_FEATURES))


class QuestionsBlock(blocks.StructBlock):
    """Questions and answers; in an interview, with the person who answers."""

    title = blocks.CharBlock(required=False, max_length=255)
    answered_by = SnippetChooserBlock(
        "pages.Person", required=False, help_text="For an interview: who answers."
    )
    items = blocks.ListBlock(QuestionBlock(label="Question"), min_num=1, label="Questions")

    class Meta:
        icon = "help"
        group = VOICES
        label = "Questions and answers"
        description = "Each question with its answer; also for interviews."
        preview_value = {
            "title": "About the programme",
            "answered_by": None,
            "items": [
                {"question": "Who may apply?", "answer": "<p>Any agency in good standing.</p>"}
            ],
        }
