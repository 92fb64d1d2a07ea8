"""The snippets' place in the admin, and how it publishes."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.embargoes.publishing import take_wagtails_place
from pages.models import Boilerplate, Organisation, Person, PressContact, Topic

take_wagtails_place()


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["name", "post", "organisation"]
    list_filter = ["organisation"]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "short_name", "url"]


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class PressContactViewSet(SnippetViewSet):
    model = PressContact
    icon = "mail"
    list_display = ["name", "role", "phone", "email"]


class BoilerplateViewSet(SnippetViewSet):
    model = Boilerplate
    icon = "copy"


@register_snippet
class NewsroomViewSetGroup(SnippetViewSetGroup):
    """People, organisations and standing texts in one menu."""

    menu_label = "Newsroom"
    menu_icon = "clipboard-list"
    menu_order = 250
    items = [
        PersonViewSet,
        OrganisationViewSet,
        TopicViewSet,
        PressContactViewSet,
        BoilerplateViewSet,
    ]
