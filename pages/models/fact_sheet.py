from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.blocks.evidence import KeyFactBlock, SourceBlock
from pages.blocks.notices import UpdateNoticeBlock
from pages.models.base import NewsroomPage


class FactSheetPage(NewsroomPage):
    """What an organisation knows: fact sheets, backgrounders, comparisons, summaries, reports."""

    class Kind(models.TextChoices):
        FACT_SHEET = "fact_sheet", "Fact sheet"
        BACKGROUNDER = "backgrounder", "Backgrounder"
        COMPARISON = "comparison", "Comparison"
        EXECUTIVE_SUMMARY = "executive_summary", "Executive summary"
        REPORT = "report", "Report"
        EXPLAINER = "explainer", "Explainer"
        QUESTIONS_AND_ANSWERS = "q_and_a", "Q&A"

    class NoteNumbering(models.TextChoices):
        DECIMAL = "decimal", "1, 2, 3"
        LOWER_ROMAN = "lower_roman", "i, ii, iii"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.FACT_SHEET)
    kicker = models.CharField(
        max_length=120, blank=True, help_text="A line above the title, such as “FORUM POLICY”."
    )
    deck = models.CharField(
        max_length=500, blank=True, help_text="The sub-headline, in a sentence or two."
    )
    key_facts = StreamField([("fact", KeyFactBlock())], blank=True)
    updates = StreamField(
        [("update", UpdateNoticeBlock())],
        blank=True,
        help_text="Dated notices at the top, with a link to what supersedes this paper.",
    )
    body = StreamField(BodyBlock())
    sources = StreamField(
        [("source", SourceBlock())], blank=True, help_text="What the paper as a whole rests on."
    )
    note_numbering = models.CharField(
        max_length=12, choices=NoteNumbering.choices, default=NoteNumbering.DECIMAL
    )
    pdf = models.ForeignKey(
        "pages.NewsDocument",
        verbose_name="PDF version",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    summary_of = models.ForeignKey(
        "pages.FactSheetPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="has_summary",
        help_text="The report that this summarises; the report then links back.",
    )
    follow_up_to = models.ForeignKey(
        "pages.FactSheetPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followed_up_by",
        help_text="An earlier paper that this one continues.",
    )

    api_fields = [
        "kind",
        "kicker",
        "deck",
        "key_facts",
        "updates",
        "body",
        "note_numbering",
        "sources",
        "pdf",
        "summary_of",
        "has_summary",
        "follow_up_to",
        "followed_up_by",
        *NewsroomPage.api_fields,
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("kicker"),
        index.SearchField("deck", boost=1.5),
        index.SearchField("key_facts"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]

    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("kicker"), FieldPanel("deck"), FieldPanel("pdf")],
            heading="Paper",
        ),
        FieldPanel("key_facts"),
        FieldPanel("body"),
        FieldPanel("updates"),
        MultiFieldPanel(
            [
                PageChooserPanel("summary_of"),
                PageChooserPanel("follow_up_to", heading="Follow-up to"),
            ],
            heading="Its place among other papers",
        ),
        FieldPanel("sources"),
        FieldPanel("note_numbering"),
        *NewsroomPage.reading_on_panels,
        *NewsroomPage.publication_panels,
    ]

    parent_page_types = ["pages.SectionPage"]
    subpage_types: list[str] = []
    page_description = "A fact sheet, backgrounder, comparison, summary, report or Q&A."

    class Meta:
        verbose_name = "fact sheet"

    def clean(self) -> None:
        super().clean()
        for name in ("summary_of", "follow_up_to"):
            if self.pk and getattr(self, f"{name}_id") == self.pk:
                raise ValidationError({name: "A paper cannot refer to itself here."})
