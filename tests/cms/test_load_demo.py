"""A newsroom to try comes with people to sign in as."""

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import Client

from cms import sign_ins

User = get_user_model()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_content")]


@pytest.fixture
def no_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """The content has tests of its own, and takes its time to load."""
    monkeypatch.setattr("pages.demo.load", lambda stdout=None: None)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def test_demo_users_can_do_what_their_names_say():
    call_command("load_demo")

    for name, groups in [("admin", []), ("editor", ["Editors"]), ("moderator", ["Moderators"])]:
        user = authenticate(username=name, password=sign_ins.read()[name])
        assert user is not None
        assert list(user.groups.values_list("name", flat=True)) == groups
        assert user.is_superuser == (name == "admin")


def test_demo_user_opens_the_admin(client: Client):
    call_command("load_demo")

    assert client.login(username="editor", password=sign_ins.read()["editor"])
    assert client.get("/admin/").status_code == 200


def test_passwords_are_kept_where_others_cannot_read_them(var: Path):
    call_command("load_demo")

    assert stat.S_IMODE((var / "demo-sign-ins.txt").stat().st_mode) == 0o600


def test_loading_again_changes_no_password(var: Path):
    call_command("load_demo")
    kept = (var / "demo-sign-ins.txt").read_text()
    editor = User.objects.get(username="editor")
    editor.set_password("chosen by themselves")
    editor.save()

    call_command("load_demo")

    assert (var / "demo-sign-ins.txt").read_text() == kept
    assert authenticate(username="editor", password="chosen by themselves")


def test_user_who_was_there_before_is_left_alone():
    User.objects.create_user("admin", password="known to the owner")

    call_command("load_demo")

    assert "admin" not in sign_ins.read()
    assert authenticate(username="admin", password="known to the owner")


def test_emptied_database_gets_the_same_passwords():
    call_command("load_demo")
    kept = sign_ins.read()
    User.objects.all().delete()

    call_command("load_demo")

    assert sign_ins.read() == kept
    assert authenticate(username="moderator", password=kept["moderator"])
