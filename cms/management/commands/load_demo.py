from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand
from django.db import transaction

from cms import sign_ins
from pages import demo

# Wagtail's own groups; the administrator needs none.
DEMO_USERS = {"admin": None, "editor": "Editors", "moderator": "Moderators"}


class Command(BaseCommand):
    help = (
        "Loads the demo content and makes the demo users, whose random passwords are kept in "
        "VAR/demo-sign-ins.txt. Leaves users who exist as they are."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        # First, because it refuses a site in use: nobody is to get a password for that.
        demo.load(stdout=self.stdout)
        for name, group in DEMO_USERS.items():
            make_user(name, group)


def make_user(name: str, group: str | None) -> None:
    users = get_user_model().objects
    if users.filter(username=name).exists():
        return
    user = users.create_user(
        name,
        email=f"{name}@example.org",
        password=sign_ins.password_of(name),
        is_superuser=group is None,
    )
    if group is not None:
        user.groups.add(Group.objects.get(name=group))
