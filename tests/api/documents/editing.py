"""What editors, schedulers and scripts do to a newsroom, each by a name and a number.

The number chooses what it is done to, and how: the same numbers do the same on every database.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail_footnotes.models import Footnote

from pages import models
from pages.embargoes.files import note_files_of
from tests import factories
from tests.bodies import block, link

Change = Callable[[int], object]
AnyModel = TypeVar("AnyModel", bound=Model)
CHANGES: dict[str, Change] = {}
# Those that nearly every document rests on: after one of them hardly anything can be stale.
SWEEPING = {
    "give_a_site_another_host",
    "give_a_site_another_root",
    "make_a_collection_private",
    "move_a_collection",
    "open_a_collection",
    "rename_a_language",
    "write_sql",
}
# The video in the body that shows every block (`tests.bodies`).
VIDEO = "https://video.example/1"


def change(made: Change) -> Change:
    CHANGES[made.__name__] = made
    return made


def one(model: type[AnyModel], n: int, **condition: Any) -> AnyModel | None:
    """The n-th of a model's objects, or None if there is none."""
    found = list(model._default_manager.filter(**condition).order_by("pk"))
    return found[n % len(found)] if found else None


def page(n: int, depth: int = 3) -> Any:
    """A page of the newsroom, at least so deep; front pages are at 2. They never run out."""
    found = newsroom_pages().filter(depth__gte=depth) or newsroom_pages()
    return found[n % len(found)].specific


def newsroom_pages() -> Any:
    """Front pages and all below, in the order of the tree; Wagtail's welcome page is none."""
    return Page.objects.filter(depth__gte=2).not_exact_type(Page).order_by("path")


def words(n: int) -> str:
    return f"Words {n}"


def publish(changed: Any) -> None:
    """Aliases have no revisions: what is changed of one is only saved."""
    if changed.alias_of_id:
        changed.save()
    else:
        changed.save_revision().publish()


def free_slug(parent: Page, wanted: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    return next(
        slug for slug in (wanted, *(f"{wanted}-{i}" for i in range(99))) if slug not in taken
    )


# Pages ----------------------------------------------------------------------------------------------


@change
def edit_and_publish(n: int) -> None:
    edited = page(n, depth=2)
    edited.title, edited.summary = words(n), f"In short {n}"
    publish(edited)


@change
def retitle_what_is_above_others(n: int) -> None:
    above = [found for found in newsroom_pages() if found.numchild]
    if above:
        edited = above[n % len(above)].specific
        edited.title = words(n)
        publish(edited)


@change
def save_a_draft(n: int) -> None:
    edited = page(n)
    edited.title = words(n)
    if not edited.alias_of_id:
        edited.save_revision()


@change
def publish_the_last_draft(n: int) -> None:
    found = one(Page, n, has_unpublished_changes=True, depth__gte=3)
    if found and (revision := found.specific.get_latest_revision()):
        revision.publish()


@change
def unpublish(n: int) -> None:
    page(n).unpublish()


@change
def publish_again(n: int) -> None:
    if found := one(Page, n, live=False, depth__gte=3):
        publish(found.specific)


@change
def rename(n: int) -> None:
    renamed = page(n, depth=2)
    renamed.slug = free_slug(renamed.get_parent(), f"slug-{n}")
    publish(renamed)


@change
def rename_a_section(n: int) -> None:
    if renamed := one(models.SectionPage, n):
        renamed.slug = free_slug(renamed.get_parent(), f"section-{n}")
        publish(renamed)


@change
def move(n: int) -> None:
    moved, target = page(n), page(n // 7, depth=2)
    parent = target if target.depth == 2 or n % 2 else target.get_parent().specific
    if not (parent == moved or parent.is_descendant_of(moved)):
        Page.objects.filter(pk=moved.pk).update(slug=free_slug(parent, moved.slug))
        page_again = Page.objects.get(pk=moved.pk)
        page_again.move(Page.objects.get(pk=parent.pk), pos="last-child")


@change
def delete_a_page(n: int) -> None:
    """Not one that a site is on: the site would go with it."""
    found = page(n)
    roots = Site.objects.values_list("root_page__path", flat=True)
    if not any(path.startswith(found.path) for path in roots):
        found.delete()


@change
def add_a_page(n: int) -> None:
    parent = page(n, depth=2)
    target = page(n // 3)
    text = f'<p><a linktype="page" id="{target.pk}">There</a></p>'
    factories.StandardPageFactory(
        parent=parent,
        title=words(n),
        slug=free_slug(parent, f"added-{n}"),
        body=[
            block("paragraph", text),
            block("embed", {"media": VIDEO, "title": "", "transcript": None}),
        ],
        publication_date=date(2020, 1, 1 + n % 28),
    )


@change
def make_an_alias(n: int) -> None:
    original = page(n)
    parent = original.get_parent()
    if original.depth > 2:
        original.create_alias(update_slug=free_slug(parent, f"alias-{n}"))


@change
def copy(n: int) -> None:
    original = page(n)
    if original.depth > 2:
        slug = free_slug(original.get_parent(), f"copy-{n}")
        original.copy(recursive=True, update_attrs={"slug": slug, "title": words(n)})


@change
def translate(n: int) -> None:
    locale = Locale.objects.order_by("pk").last()
    original = page(n)
    # Where one is below its own translation, it or what is above it, Wagtail makes two of them and
    # fails. Editors cannot move a page there.
    line = original.get_ancestors(inclusive=True).values_list("translation_key", flat=True)
    if (
        locale
        and not original.has_translation(locale)
        and original.depth > 2
        and len(set(line)) == len(line)
    ):
        translated = original.copy_for_translation(locale, copy_parents=True)
        translated.title = words(n)
        publish(translated)


@change
def restate_what_it_supersedes(n: int) -> None:
    newer, older = one(models.PressReleasePage, n), one(models.PressReleasePage, n // 2)
    if newer and newer != older:
        newer.supersedes, newer.publication_date = older, date(2017, 1, 1 + n % 28)
        publish(newer)


@change
def restate_what_it_sums_up(n: int) -> None:
    summary, report = one(models.FactSheetPage, n), one(models.FactSheetPage, n // 2)
    if summary and summary != report:
        summary.summary_of, summary.follow_up_to = (report, None) if n % 2 else (None, report)
        publish(summary)


@change
def file_it_elsewhere(n: int) -> None:
    filed = page(n)
    filed.topics = list(models.Topic.objects.order_by("pk")[: n % 3])
    filed.further_sections = list(models.SectionPage.objects.order_by("pk")[: n % 2])
    publish(filed)


@change
def sign_it(n: int) -> None:
    signed, person = page(n), one(models.Person, n)
    if person:
        signed.bylines = [models.Byline(person=person)] * (n % 2)
        signed.related_pages = [models.RelatedPage(related_page=page(n // 5))]
        publish(signed)


@change
def note_it(n: int) -> None:
    noted = page(n)
    if not Footnote.objects.filter(page=noted).update(text=f"<p>Note {n}</p>"):
        Footnote.objects.create(
            page=noted, text=f"<p>Note {n}</p>", locale=noted.locale, uuid=UUID(int=n + 1)
        )


# Time -----------------------------------------------------------------------------------------------


@change
def schedule(n: int) -> None:
    planned = page(n)
    planned.title = words(n)
    planned.go_live_at = timezone.now() + timedelta(minutes=30 + n % 60)
    publish(planned)


@change
def let_it_expire(n: int) -> None:
    ending = page(n)
    ending.expire_at = timezone.now() + timedelta(minutes=30 + n % 60)
    publish(ending)


@change
def publish_what_is_due(n: int) -> None:
    call_command("publish_scheduled", verbosity=0)


# Who may read it ------------------------------------------------------------------------------------


@change
def restrict(n: int) -> None:
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page(n).pk), restriction_type=PageViewRestriction.LOGIN
    )


@change
def restrict_another_page(n: int) -> None:
    if restriction := one(PageViewRestriction, n):
        restriction.page = Page.objects.get(pk=page(n).pk)
        restriction.save()


@change
def lift_a_restriction(n: int) -> None:
    if restriction := one(PageViewRestriction, n):
        restriction.delete()


@change
def make_a_collection_private(n: int) -> None:
    if collection := one(Collection, n):
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )


@change
def open_a_collection(n: int) -> None:
    if restriction := one(CollectionViewRestriction, n):
        restriction.delete()


@change
def move_a_collection(n: int) -> None:
    root = Collection.get_first_root_node()
    if n % 2:
        root.add_child(name=words(n))
    first, second = one(Collection, n, depth__gt=1), one(Collection, n // 2, depth__gt=1)
    if first and second and first != second and not second.is_descendant_of(first):
        first.move(second, pos="sorted-child")


@change
def put_under_embargo(n: int) -> None:
    held = page(n)
    values = {"until": timezone.now() + timedelta(minutes=30 + n % 60), "lifted_at": None}
    if not models.Embargo.objects.filter(page=held.pk).update(**values):
        note_files_of(factories.EmbargoFactory(page=Page.objects.get(pk=held.pk), **values))


@change
def lift_an_embargo(n: int) -> None:
    if embargo := one(models.Embargo, n, lifted_at=None):
        models.Embargo.objects.filter(pk=embargo.pk).update(lifted_at=timezone.now())
        if n % 2:
            embargo.files.all().delete()


@change
def forget_an_embargo(n: int) -> None:
    if embargo := one(models.Embargo, n):
        embargo.delete()


@change
def make_an_alias_a_page(n: int) -> None:
    if alias := one(Page, n, alias_of__isnull=False, depth__gte=3):
        ConvertAliasPageAction(alias.specific).execute()


# Files ----------------------------------------------------------------------------------------------


@change
def edit_a_picture(n: int) -> None:
    if image := one(models.NewsImage, n):
        image.description, image.focal_point_x, image.focal_point_y = words(n), n % 600, n % 400
        image.focal_point_width = image.focal_point_height = 10
        image.save()


@change
def replace_a_picture(n: int) -> None:
    if image := one(models.NewsImage, n):
        image.file = factories.picture_file("again.png", size=(100 + n % 50, 80))
        image.save()


@change
def choose_another_picture(n: int) -> None:
    shown = page(n, depth=2)
    shown.share_image = one(models.NewsImage, n // 3)
    publish(shown)


@change
def move_a_file(n: int) -> None:
    collection = one(Collection, n // 2)
    for file in (one(models.NewsImage, n), one(models.NewsDocument, n)):
        if file and collection:
            file.collection = collection
            file.save()


@change
def rename_a_file(n: int) -> None:
    if document := one(models.NewsDocument, n):
        document.title = words(n)
        document.save()


@change
def delete_a_file(n: int) -> None:
    found = one(models.NewsImage, n) if n % 2 else one(models.NewsDocument, n)
    if found:
        found.delete()


# Snippets -------------------------------------------------------------------------------------------


@change
def edit_a_person(n: int) -> None:
    if person := one(models.Person, n):
        person.name, person.organisation = words(n), one(models.Organisation, n // 2)
        person.portrait = one(models.NewsImage, n // 3)
        person.save()


@change
def edit_an_organisation(n: int) -> None:
    if organisation := one(models.Organisation, n):
        organisation.name, organisation.logo = words(n), one(models.NewsImage, n // 2)
        organisation.save()


@change
def edit_a_topic(n: int) -> None:
    if topic := one(models.Topic, n):
        models.Topic.objects.filter(pk=topic.pk).update(name=words(n))


@change
def edit_a_boilerplate(n: int) -> None:
    if boilerplate := one(models.Boilerplate, n):
        boilerplate.text = f'<p><a linktype="page" id="{page(n).pk}">{n}</a></p>'
        boilerplate.save()


@change
def edit_a_contact(n: int) -> None:
    models.PressContact.objects.update(phone=str(n))


@change
def give_a_person_a_profile(n: int) -> None:
    if (person := one(models.Person, n)) and (profile := one(models.ProfilePage, n // 2)):
        models.ProfilePage.objects.filter(pk=profile.pk).update(
            person=person, publication_date=date(2018, 1, 1 + n % 28)
        )


@change
def delete_a_snippet(n: int) -> None:
    kinds: list[type[Model]] = [
        models.Person,
        models.Organisation,
        models.Topic,
        models.Boilerplate,
        models.PressContact,
    ]
    if snippet := one(kinds[n % 5], n // 5):
        snippet.delete()


@change
def fetch_a_player(n: int) -> None:
    values = {"html": f"<p>{n}</p>", "type": "video", "url": VIDEO, "last_updated": timezone.now()}
    Embed.objects.update_or_create(hash=get_embed_hash(VIDEO), defaults=values)


@change
def forget_a_player(n: int) -> None:
    Embed.objects.filter(hash=get_embed_hash(VIDEO)).delete()


# The site -------------------------------------------------------------------------------------------


@change
def edit_the_settings(n: int) -> None:
    if site := one(Site, n):
        settings = models.NewsroomSettings.for_site(site)
        settings.name, settings.logo = words(n), one(models.NewsImage, n)
        settings.header_navigation = [
            block("item", {"text": "There", "link": link(page=page(n).pk), "children": []})
        ]
        settings.save()


@change
def give_a_site_another_host(n: int) -> None:
    if site := one(Site, n):
        site.hostname = f"host-{n}.example"
        site.save()


@change
def give_a_site_another_root(n: int) -> None:
    if site := one(Site, n):
        roots = newsroom_pages().filter(depth__lte=3)
        site.root_page = roots[n % len(roots)]
        site.save()


@change
def rename_a_language(n: int) -> None:
    codes = ("fr", "de", "es")
    if locale := Locale.objects.exclude(language_code="en").first():
        Locale.objects.filter(pk=locale.pk).update(language_code=codes[n % 3])


@change
def redirect_an_old_address(n: int) -> None:
    Redirect.add_redirect(f"/old-{n}", Page.objects.get(pk=page(n).pk), is_permanent=bool(n % 2))


@change
def drop_a_redirect(n: int) -> None:
    if redirect := one(Redirect, n):
        redirect.delete()


# Around everything that listens to signals ----------------------------------------------------------


@change
def update_a_column(n: int) -> None:
    found = page(n, depth=2)
    type(found).objects.filter(pk=found.pk).update(summary=words(n))
    models.PressReleasePage.objects.update(deck=words(n))


@change
def write_sql(n: int) -> None:
    statements = [
        ("UPDATE wagtailcore_page SET title = %s WHERE id = %s", [words(n), page(n, depth=2).pk]),
        ("UPDATE pages_person SET post = %s", [words(n)]),
        ("UPDATE wagtailcore_page SET live = NOT live WHERE id = %s", [page(n).pk]),
        ("DELETE FROM pages_byline", []),
        ("DELETE FROM pages_pressreleasepage_topics", []),
        ("UPDATE wagtailcore_site SET port = %s", [8000 + n % 90]),
    ]
    with connection.cursor() as cursor:
        cursor.execute(*statements[n % len(statements)])
    Site.clear_site_root_paths_cache()


@change
def regroup_translations(n: int) -> None:
    """Two pages cease to be translations of each other, or begin to, front pages too."""
    first, second = page(n, depth=2), page(n // 3, depth=2)
    if first.locale_id != second.locale_id and first.depth == second.depth:
        key = first.translation_key
        taken = Page.objects.filter(translation_key=key, locale=second.locale).exists()
        if not taken:
            Page.objects.filter(pk=second.pk).update(translation_key=key)
    Site.clear_site_root_paths_cache()


@change
def think_better_of_it(n: int) -> None:
    """Any other change, rolled back."""
    names = sorted(CHANGES.keys() - {"think_better_of_it"})
    with transaction.atomic():
        CHANGES[names[n % len(names)]](n // len(names))
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()
