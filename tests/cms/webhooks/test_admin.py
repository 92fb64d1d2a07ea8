"""What an administrator does with webhooks in the admin."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from api.webhooks import purges, queue
from api.webhooks.models import Delivery, Endpoint
from tests.receiver import receiver

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{32}")


@pytest.fixture
def admin():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ada"))
    return client


@pytest.fixture
def endpoint():
    made = Endpoint(name="Search", url="http://127.0.0.1:1/hook")
    queue.create_endpoint(made)
    return made


def page_of(endpoint):
    return reverse("webhooks:deliveries", args=[endpoint.pk])


def act(client, endpoint, name, **values):
    return client.post(page_of(endpoint), {"act": name, **values}, follow=True)


def test_an_endpoint_is_made_and_its_secret_shown_once(admin):
    values = {"name": "Search", "url": "https://search.example/hook", "about": "changes"}
    response = admin.post(
        reverse("webhooks:add"),
        {**values, "events": ["published", "deleted"], "types": ["fact_sheet"]},
        follow=True,
    )
    endpoint = Endpoint.objects.get()
    assert response.redirect_chain == [(page_of(endpoint), 302)]
    assert (endpoint.events, endpoint.types) == (["published", "deleted"], ["fact_sheet"])
    (secret,) = endpoint.signing_secrets()
    assert SECRET.search(response.text) is None

    shown = act(admin, endpoint, "show")
    assert SECRET.findall(shown.text) == [secret]
    assert "no-store" in shown["Cache-Control"]
    for again in (act(admin, endpoint, "show"), admin.get(page_of(endpoint))):
        assert SECRET.search(again.text) is None
    edit = admin.get(reverse("webhooks:edit", args=[endpoint.pk]))
    assert edit.status_code == 200
    assert SECRET.search(edit.text) is None


def test_an_address_within_is_refused_in_the_form(admin, settings):
    settings.WEBHOOK_PRIVATE_NETWORKS = []
    values = {"name": "Search", "url": "https://169.254.169.254/latest/", "about": "changes"}
    response = admin.post(reverse("webhooks:add"), values)

    assert response.status_code == 200
    assert "not an address on the internet" in response.text
    assert not Endpoint.objects.exists()


def test_a_new_secret_is_shown_and_the_old_one_still_signs(admin, endpoint):
    (old,) = endpoint.signing_secrets()
    shown = act(admin, endpoint, "rotate")

    (new,) = SECRET.findall(shown.text)
    assert endpoint.signing_secrets() == [new, old]


def test_a_test_says_what_was_answered(admin, endpoint):
    with receiver() as there:
        endpoint.url = there.url
        endpoint.save()
        assert "It answered 204" in act(admin, endpoint, "test").text
        there.answer = lambda got: (500, {}, b"<b>no</b>")
        response = act(admin, endpoint, "test")
        assert "The test did not arrive. It answered 500." in response.text
        assert "&lt;b&gt;no&lt;/b&gt;" in response.text
        assert len(there.received) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered", "failed"}


def test_nothing_is_locked_while_a_test_waits_for_its_answer(endpoint):
    view: Any = resolve(page_of(endpoint)).func
    assert "default" in view._non_atomic_requests


def test_what_was_delivered_is_sent_again(admin, endpoint):
    delivery = queue.test(endpoint)
    ended = {"state": "delivered", "ended_at": timezone.now(), "held_until": None}
    Delivery.objects.update(**ended)
    other = Endpoint(name="Other", url="http://127.0.0.1:1/hook")
    queue.create_endpoint(other)
    act(admin, other, "replay", delivery=delivery.pk)
    assert Delivery.objects.get().state == "delivered"
    act(admin, endpoint, "replay", delivery=delivery.pk)
    assert Delivery.objects.get().state == "pending"
    for nonsense in ("", "²", "9" * 400, "-1"):
        assert act(admin, endpoint, "replay", delivery=nonsense).status_code == 200


def test_all_since_is_sent_again(admin, endpoint):
    since = timezone.now() - timedelta(days=1)
    assert "To be sent again: 0." in act(admin, endpoint, "replay_since", since=since).text
    assert "Enter a valid date" in act(admin, endpoint, "replay_since", since="soon").text


def test_one_that_was_switched_off_is_switched_on(admin, endpoint):
    Endpoint.objects.update(disabled_at=timezone.now())
    assert "switched off" in admin.get(reverse("webhooks:index")).text
    act(admin, endpoint, "switch_on")
    assert Endpoint.objects.get().state == "working"


def test_whoever_may_not_sees_nothing(endpoint):
    editor = get_user_model().objects.create_user("eve")
    editor.groups.add(Group.objects.get(name="Moderators"))
    client = Client()
    client.force_login(editor)
    for address in (page_of(endpoint), reverse("webhooks:index")):
        response = client.get(address)
        assert response.status_code == 302
        assert endpoint.url not in response.text
    client.post(page_of(endpoint), {"act": "rotate"})
    assert len(endpoint.signing_secrets()) == 1

    editor.user_permissions.add(Permission.objects.get(codename="change_endpoint"))
    assert client.get(page_of(endpoint)).status_code == 200


@pytest.fixture
def cache(settings):
    settings.WAGTAILFRONTENDCACHE = {
        "front": {
            "BACKEND": "api.purge.backends.VarnishBackend",
            "LOCATION": "http://127.0.0.1:1",
        }
    }
    purges.know_caches()
    return Endpoint.objects.get()


def test_of_a_cache_only_its_owner_and_a_pause_are_edited(admin, cache):
    owner = get_user_model().objects.get()
    address = reverse("webhooks:edit", args=[cache.pk])
    form = admin.get(address).context["form"]
    assert set(form.fields) == {"owner", "paused"}
    admin.post(address, {"owner": owner.pk, "paused": "on"})
    cache.refresh_from_db()
    assert (cache.owner, cache.paused, cache.about, cache.url) == (owner, True, "purges", "")


def test_an_address_cannot_be_told_to_purge(admin):
    values = {"name": "Search", "url": "https://search.example/hook", "about": "purges"}
    assert admin.post(reverse("webhooks:add"), values).context["form"].errors.keys() == {"about"}


def test_a_caches_page_tells_what_it_was_told_and_has_no_secret(admin, cache):
    purges.drop_tags(cache, ["page:7"])
    assert "It did not arrive" not in admin.get(page_of(cache)).text
    tried = act(admin, cache, "test")
    assert "The test did not arrive." in tried.text
    assert "refused" in tried.text
    assert "page:7" in tried.text
    assert "New secret" not in tried.text
    assert "Tell again" not in tried.text
    for name in ("show", "rotate", "replay_since", "switch_on"):
        act(admin, cache, name)
    assert not cache.secrets.exists()
    assert "front" in admin.get(reverse("webhooks:index")).text


def test_what_is_done_to_a_webhook_is_in_its_history(admin, endpoint):
    delivery = queue.test(endpoint)
    Delivery.objects.update(state=Delivery.State.DELIVERED)
    for name in ("show", "rotate", "test", "switch_on"):
        act(admin, endpoint, name)
    act(admin, endpoint, "replay", delivery=delivery.pk)
    history = admin.get(reverse("webhooks:history", args=[endpoint.pk])).text
    for said in (
        "Saw the secret",
        "Made a new secret",
        "Sent a test",
        "Switched it on again",
        "Sent again: 1",
    ):
        assert said in history, said
    assert SECRET.search(history) is None
