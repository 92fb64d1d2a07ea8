"""What a site says of itself on every page."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from pages.blocks.links import LabelledLinkBlock, LinkBlock
from pages.blocks.notices import CallToActionBlock

EMBARGO_TERMS = (
    "This release is under embargo. Until it ends, please publish none of it, in no form and by no "
    "channel, and show it to nobody who does not need it to prepare your own report. You may ask "
    "those named in it for comment if they keep to the same. The embargo ends at the moment given "
    "here, or when we publish the release ourselves; that others break it does not end it."
)


class SocialLinkBlock(blocks.StructBlock):
    """An account on a social network, or a feed."""

    network = blocks.ChoiceBlock(
        choices=[
            ("bluesky", "Bluesky"),
            ("facebook", "Facebook"),
            ("instagram", "Instagram"),
            ("linkedin", "LinkedIn"),
            ("mastodon", "Mastodon"),
            ("threads", "Threads"),
            ("x", "X"),
            ("youtube", "YouTube"),
            ("other", "Other"),
        ]
    )
    label = blocks.CharBlock(max_length=120, help_text="Read aloud: “The Task Force on YouTube”.")
    url = blocks.URLBlock(label="Web address")

    class Meta:
        icon = "link"
        label = "Account"


class MenuItemBlock(blocks.StructBlock):
    """An entry of the main menu, with entries below it where wanted."""

    text = blocks.CharBlock(max_length=120)
    link = LinkBlock()
    children = blocks.ListBlock(LabelledLinkBlock(), required=False, default=[])

    class Meta:
        icon = "list-ul"
        label = "Menu item"


class FooterColumnBlock(blocks.StructBlock):
    """A titled group of links at the foot of every page."""

    title = blocks.CharBlock(max_length=120)
    links = blocks.ListBlock(LabelledLinkBlock())

    class Meta:
        icon = "list-ul"
        label = "Column"


@register_setting(icon="site")
class NewsroomSettings(BaseSiteSetting):
    """Identity, calls to action, accounts and navigation of one site."""

    name = models.CharField(max_length=255, blank=True, help_text="The organisation or site.")
    tagline = StreamField(
        [("line", blocks.CharBlock(max_length=255))],
        blank=True,
        help_text="One line each: “Learn more. Contact us.”",
    )
    description = models.TextField(blank=True, help_text="In one or two sentences.")
    organisation = models.ForeignKey(
        "pages.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who publishes this site.",
    )
    logo = models.ForeignKey(
        "pages.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    share_image = models.ForeignKey(
        "pages.NewsImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For pages that have none of their own.",
    )
    calls_to_action = StreamField([("call_to_action", CallToActionBlock())], blank=True)
    social_links = StreamField([("account", SocialLinkBlock())], blank=True)
    header_navigation = StreamField([("item", MenuItemBlock())], blank=True)
    footer_navigation = StreamField([("column", FooterColumnBlock())], blank=True)

    embargo_terms = models.TextField(
        default=EMBARGO_TERMS,
        help_text="What those agree to who may read a release before its embargo ends.",
    )

    # Without the terms, which are for those who get a release early.
    api_fields = [
        "name",
        "tagline",
        "description",
        "organisation",
        "logo",
        "share_image",
        "calls_to_action",
        "social_links",
        "header_navigation",
        "footer_navigation",
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("name"),
                            FieldPanel("tagline"),
                            FieldPanel("description"),
                            FieldPanel("organisation"),
                        ],
                        heading="Identity",
                    ),
                    MultiFieldPanel(
                        [FieldPanel("logo"), FieldPanel("share_image")], heading="Pictures"
                    ),
                ],
                heading="Identity",
            ),
            ObjectList(
                [FieldPanel("header_navigation"), FieldPanel("footer_navigation")],
                heading="Navigation",
            ),
            ObjectList(
                [FieldPanel("calls_to_action"), FieldPanel("social_links")],
                heading="Calls to action",
            ),
            ObjectList([FieldPanel("embargo_terms")], heading="Embargoes"),
        ]
    )

    class Meta:
        verbose_name = "newsroom"
