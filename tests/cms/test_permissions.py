"""What Wagtail's own groups may do in a newsroom just set up."""

import pytest
from django.contrib.auth.models import Group, User

pytestmark = pytest.mark.django_db


def member_of(name):
    user = User.objects.create_user(name.lower())
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.mark.parametrize(
    "model", ["person", "organisation", "topic", "boilerplate", "presscontact"]
)
def test_editors_add_and_change_snippets_but_do_not_delete_them(model):
    editor = member_of("Editors")

    assert editor.has_perms([f"pages.add_{model}", f"pages.change_{model}"])
    assert not editor.has_perm(f"pages.delete_{model}")


def test_moderators_keep_settings_and_redirects():
    moderator = member_of("Moderators")

    assert moderator.has_perms(
        [
            "pages.delete_person",
            "pages.change_newsroomsettings",
            "wagtailredirects.add_redirect",
        ]
    )


def test_editors_do_not_change_settings():
    assert not member_of("Editors").has_perm("pages.change_newsroomsettings")
