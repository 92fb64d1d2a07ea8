"""A newsroom full of what must not be seen, and of pages that link to it in every way there is.

Whatever is hidden carries `MARK` in each of its texts, addresses and file names. What is public
does not, so an answer in which the mark is found leaks.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail_footnotes.models import Footnote

from api.documents.models import Document
from pages import models
from tests import factories
from tests.bodies import block, every_block, items, link, section
from tests.full_pages import FIRST_NOTE

MARK = "Xyzzy"

REASONS = (
    "unpublished",
    "never_published",
    "expired",
    "scheduled",
    "login",
    "password",
    "groups",
    "below_a_private_page",
    "outside_every_site",
    "embargoed",
    "alias_of_an_embargoed_page",
)


@dataclass
class Secrets:
    """What is hidden, what is public, and by which reason it links to what."""

    site: Site
    other_site: Site
    topic: models.Topic
    hidden: list[models.NewsroomPage] = field(default_factory=list)
    public: list[models.NewsroomPage] = field(default_factory=list)
    linking: dict[str, dict[str, models.NewsroomPage]] = field(default_factory=dict)
    images: list[models.NewsImage] = field(default_factory=list)
    documents: list[models.NewsDocument] = field(default_factory=list)
    people: list[models.Person] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)


def make_secrets() -> Secrets:
    """Everything, saved and indexed for search. Needs the locales en, fr and de."""
    site = factories.make_site()
    secrets = Secrets(
        site=site,
        other_site=factories.make_site("other.example", default=False),
        topic=factories.TopicFactory(slug="ports"),
    )
    _hide_files(secrets)
    home = site.root_page.specific
    news = factories.SectionPageFactory(parent=home, title="News", slug="news")
    collection = factories.ProfileIndexPageFactory(parent=home, title="People", slug="people")
    french = home.copy_for_translation(Locale.objects.create(language_code="fr"))
    french.title, french.slug = "Accueil", "accueil"
    french.save_revision().publish()
    german = home.copy_for_translation(Locale.objects.create(language_code="de"))
    _mark(german, "german home")
    secrets.public += [home, news, collection, french]
    secrets.hidden.append(german)
    files = cycle(zip(secrets.images, secrets.documents, strict=True))
    for reason in REASONS:
        hidden = _hidden_pages(secrets, reason, news, collection)
        secrets.linking[reason] = _linking_pages(secrets, reason, hidden, next(files), news)
        _hidden_translation(secrets, reason, french)
    _hidden_ancestor_source_and_draft(secrets, news)
    _site_settings(secrets)
    _old_addresses(secrets)
    call_command("update_index", verbosity=0)
    for name in ("hidden", "public"):
        pages = getattr(secrets, name)
        setattr(secrets, name, [page.specific_class.objects.get(pk=page.pk) for page in pages])
    return secrets


def unhide(monkeypatch) -> None:
    """Makes everything public, as if nobody had thought of it."""
    Document.objects.all().delete()  # Those of when somebody did think of it.
    for module in ("visibility", "links"):
        monkeypatch.setattr(f"api.codecs.{module}.public_page_condition", lambda: Q())
    for module in ("visibility", "unpublished"):
        monkeypatch.setattr(f"api.codecs.{module}.private_collections", set)


def _words(name: str) -> dict[str, str]:
    return {
        "title": f"{MARK} {name}",
        "slug": f"{MARK}-{name}".lower().replace(" ", "-").replace("_", "-"),
        "seo_title": f"{MARK} for search engines",
        "search_description": f"{MARK} described",
        "summary": f"{MARK} in short",
    }


def _mark(page, name: str) -> None:
    """Gives a page that exists the mark, without anything that publishing does besides."""
    for column, words in _words(name).items():
        setattr(page, column, words)
    page.save()


def _hide_files(secrets: Secrets) -> None:
    root = Collection.get_first_root_node()
    kinds = (
        CollectionViewRestriction.LOGIN,
        CollectionViewRestriction.PASSWORD,
        CollectionViewRestriction.GROUPS,
    )
    collections = []
    for kind in kinds:
        private = Collection.objects.get(pk=root.pk).add_child(name=kind)
        CollectionViewRestriction.objects.create(
            collection=private, restriction_type=kind, password="open"
        )
        collections.append(private)
    collections.append(private.add_child(name="Below"))
    for number, collection in enumerate(collections):
        name = f"{MARK.lower()}-{number}"
        image = factories.ImageFactory(
            title=f"{MARK} picture {number}",
            description=f"{MARK} to be seen",
            credit=f"{MARK} agency",
            file=factories.picture_file(f"{name}.jpg"),
            collection=collection,
        )
        image.tags.add(f"{MARK} tag")
        document = factories.DocumentFactory(
            title=f"{MARK} paper {number}",
            file=ContentFile(b"%PDF-1.4", name=f"{name}.pdf"),
            collection=collection,
        )
        document.tags.add(f"{MARK} tag")
        secrets.images.append(image)
        secrets.documents.append(document)


def _hide(page, reason: str) -> None:
    """Makes a live page hidden, for one reason; some reasons lie in how it was made."""
    restriction = {
        "login": PageViewRestriction.LOGIN,
        "password": PageViewRestriction.PASSWORD,
        "groups": PageViewRestriction.GROUPS,
    }
    now = timezone.now()
    if reason in ("unpublished", "scheduled"):
        page.save_revision().publish()
        page.refresh_from_db()
        page.unpublish()
    if reason == "scheduled":
        page.go_live_at = now + timedelta(days=1)
        page.save_revision().publish()
    if reason == "expired":
        times = {"expire_at": now - timedelta(minutes=1), "first_published_at": now}
        Page.objects.filter(pk=page.pk).update(**times)
    if reason in restriction:
        PageViewRestriction.objects.create(
            page=page, restriction_type=restriction[reason], password="open"
        ).groups.add(Group.objects.first())
    if reason == "embargoed":
        factories.EmbargoFactory(page=page)
    if reason == "alias_of_an_embargoed_page":
        original = page.copy(update_attrs={"slug": f"{page.slug}-original"})
        Page.objects.filter(pk=page.pk).update(alias_of=original)
        factories.EmbargoFactory(page=original)


def _hidden_pages(secrets: Secrets, reason: str, news, collection) -> dict:
    """A hidden page of each type that others can refer to."""
    if reason == "below_a_private_page":
        news = collection = factories.SectionPageFactory(parent=news, **_words("private section"))
        secrets.hidden.append(news)
        _hide(news, "login")
    if reason == "outside_every_site":
        news = collection = Page.get_first_root_node()
    portrait = secrets.images[REASONS.index(reason) % len(secrets.images)]
    organisation = factories.OrganisationFactory(logo=portrait)
    person = factories.PersonFactory(portrait=portrait, organisation=organisation)
    secrets.people.append(person)
    body = [block("paragraph", f"<p>{MARK} in the body</p>")]
    made: dict[str, tuple[Any, Any, dict[str, Any]]] = {
        "section": (factories.SectionPageFactory, news, {}),
        "page": (factories.StandardPageFactory, news, {}),
        "release": (factories.PressReleasePageFactory, news, {"deck": f"{MARK} deck"}),
        "paper": (factories.FactSheetPageFactory, news, {"kicker": f"{MARK} kicker"}),
        "profile": (factories.ProfilePageFactory, collection, {"person": person}),
    }
    hidden = {}
    for name, (factory, parent, more) in made.items():
        words = _words(f"{reason} {name}")
        live = reason != "never_published"
        hidden[name] = factory(parent=parent, live=live, body=body, **words, **more)
        hidden[name].topics = [secrets.topic]
        hidden[name].save()
        models.Byline.objects.create(page=hidden[name], person=person)
        _hide(hidden[name], reason)
    secrets.hidden += hidden.values()
    hidden["person"] = person
    return hidden


def _linking_pages(secrets: Secrets, reason: str, hidden: dict, files, news) -> dict:
    """Public pages of each type, which link to what is hidden in every way that their types have."""
    image, document = files
    person, target = hidden["person"], hidden["page"].pk
    links = (
        f'<p><a linktype="page" id="{target}">To a page</a> and '
        f'<a linktype="document" id="{document.pk}">to a file</a></p>'
    )
    boilerplate = factories.BoilerplateFactory(text=links)
    content = {
        "page": hidden["page"],
        "document": document,
        "image": image,
        "person": person,
        "contact": factories.PressContactFactory(),
        "boilerplate": boilerplate,
    }
    action = {"title": "Act", "text": "", "button": "Go"}
    columns = [{"type": "rich_text", "heading": "Where"}]
    table = {"caption": "", "columns": columns, "rows": [{"values": [links]}]}
    embed = f'<embed embedtype="image" id="{image.pk}" alt="Seen" format="left"/>'
    cards = items(*(hidden[name].pk for name in ("section", "page", "release", "paper", "profile")))
    body = [
        block("paragraph", f'{links}<p>See<footnote id="{FIRST_NOTE}">1</footnote></p>{embed}'),
        block("call_to_action", {**action, "link": link(page=target)}),
        block("call_to_action", {**action, "link": link(document=document.pk)}),
        block("related_pages", {"title": "", "pages": cards}),
        block("table", table),
        *every_block(**content),
        section(every_block(**content)),
    ]
    superseded = {"kind": "update", "date": "2021-10-27", "text": links}
    updates = [block("update", {**superseded, "superseded_by": link(page=target)})]
    by_type = {
        "page": (factories.StandardPageFactory, {}),
        "section": (factories.SectionPageFactory, {"introduction": links}),
        "release": (
            factories.PressReleasePageFactory,
            {"supersedes": hidden["release"], "boilerplate": boilerplate, "updates": updates},
        ),
        "paper": (
            factories.FactSheetPageFactory,
            {"summary_of": hidden["paper"], "follow_up_to": hidden["paper"], "pdf": document},
        ),
        "profile": (factories.ProfilePageFactory, {"portrait": image}),
    }
    linking = {}
    for name, (factory, more) in by_type.items():
        page = factory(parent=news, title="Linking", body=body, share_image=image, **more)
        page.topics, page.further_sections = [secrets.topic], [hidden["section"]]
        page.bylines = [models.Byline(person=person)]
        page.related_pages = [
            models.RelatedPage(related_page_id=hidden[kind].pk) for kind in ("page", "paper")
        ]
        page.downloads = [models.Download(document=document)]
        page.footnotes = [Footnote(uuid=FIRST_NOTE, text=links, locale=page.locale)]
        page.save()
        linking[name] = page
    # The hidden pages point back.
    models.PressReleasePage.objects.filter(pk=hidden["release"].pk).update(
        supersedes=linking["release"]
    )
    models.FactSheetPage.objects.filter(pk=hidden["paper"].pk).update(
        summary_of=linking["paper"], follow_up_to=linking["paper"]
    )
    secrets.public += linking.values()
    return linking


def _hidden_translation(secrets: Secrets, reason: str, french) -> None:
    """A public page whose translation is hidden."""
    if reason in ("below_a_private_page", "outside_every_site"):
        return
    linking = secrets.linking[reason]["page"]
    translation = linking.copy_for_translation(french.locale, copy_parents=True)
    _mark(translation, f"{reason} translation")
    if reason != "never_published":
        translation.save_revision().publish()
        _hide(type(translation).objects.get(pk=translation.pk), reason)
    secrets.hidden.append(translation)


def _hidden_ancestor_source_and_draft(secrets: Secrets, news) -> None:
    """Public pages whose parent is hidden, whose original is hidden, and whose draft is."""
    parent = factories.SectionPageFactory(
        parent=news, **{**_words("parent"), "slug": "open"}, first_published_at=timezone.now()
    )
    child = factories.StandardPageFactory(parent=parent, title="Child", slug="child")
    parent.unpublish()
    source = factories.StandardPageFactory(parent=news, title="Original")
    alias = source.create_alias(parent=news, update_slug="alias")
    _mark(source, "original")
    _hide(source, "login")
    drafted = factories.StandardPageFactory(parent=news, title="Being edited", slug="edited")
    draft = drafted.specific
    for column, words in _words("draft").items():
        setattr(draft, column, words)
    draft.body = [block("paragraph", f"<p>{MARK} in the draft</p>")]
    draft.save_revision()
    secrets.hidden += [parent, source]
    secrets.public += [child, alias, drafted]
    secrets.linking["relatives"] = {"child": child, "alias": alias, "drafted": drafted}


def _site_settings(secrets: Secrets) -> None:
    entries = [{"text": "Page", "link": link(page=page.pk)} for page in secrets.hidden]
    entries += [{"text": "File", "link": link(document=file.pk)} for file in secrets.documents]
    for site in (secrets.site, secrets.other_site):
        settings = models.NewsroomSettings.for_site(site)
        settings.organisation = secrets.people[0].organisation
        settings.logo, settings.share_image = secrets.images[:2]
        settings.header_navigation = [
            block("item", {**entry, "children": items(*entries)}) for entry in entries
        ]
        settings.footer_navigation = [block("column", {"title": "More", "links": items(*entries)})]
        settings.calls_to_action = [
            block(
                "call_to_action",
                {"title": "Act", "text": "", "button": "Go", "link": entry["link"]},
            )
            for entry in entries
        ]
        settings.save()


def _old_addresses(secrets: Secrets) -> None:
    for number, page in enumerate(secrets.hidden):
        secrets.redirects += [
            Redirect.add_redirect(f"/{MARK.lower()}-old-{number}", page, site=secrets.site),
            Redirect.add_redirect(f"/{MARK.lower()}-older-{number}", page, is_permanent=False),
        ]
