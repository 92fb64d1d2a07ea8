"""A draft may be unfinished, and excuses nobody else."""

from threading import Event, Thread, current_thread

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.fields import StreamField

from pages.blocks.body import BodyBlock
from pages.blocks.validation import BLOCKS, StreamFormField
from tests.bodies import block, section


def test_every_stream_of_the_newsroom_is_validated_so():
    streams = [
        field
        for model in apps.get_app_config("pages").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    ]

    assert len(streams) > 10
    assert all(type(formfield_for_dbfield(field)) is StreamFormField for field in streams)


def test_what_is_published_while_a_draft_is_saved_is_checked():
    inside, go_on = Event(), Event()

    class Words(CharBlock):
        def clean(self, value):
            if current_thread() is saving:
                inside.set()
                assert go_on.wait(10)
            return super().clean(value)

    block = StreamBlock([("words", Words())])
    empty = block.to_python([{"type": "words", "value": ""}])
    draft, published = StreamFormField(block), StreamFormField(block)
    draft.is_deferred_validation = True
    outcome = []

    def save():
        outcome.append(draft.clean(empty))

    def publish():
        with pytest.raises(ValidationError) as error:
            published.clean(empty)
        outcome.append(error.value)

    saving, publishing = Thread(target=save), Thread(target=publish)
    saving.start()
    assert inside.wait(10)
    publishing.start()
    publishing.join(0.2)
    go_on.set()
    for thread in (saving, publishing):
        thread.join(10)

    assert len(outcome) == 2
    assert outcome[0] == empty
    assert block.child_blocks["words"].required


def test_nobody_waits_while_what_is_at_an_address_is_asked_for(monkeypatch):
    """A provider may take its time, and what is kept of its answer waits for who keeps the same."""
    held = []

    def look():
        free = BLOCKS.acquire(blocking=False)
        if free:
            BLOCKS.release()
        held.append(not free)

    def asked(url, *_):
        other = Thread(target=look)
        other.start()
        other.join()
        return "<iframe></iframe>"

    monkeypatch.setattr("wagtail.embeds.blocks.embed_to_frontend_html", asked)
    body = [block("embed", {"media": "https://video.example/1", "title": "So", "transcript": None})]
    stream = BodyBlock()
    value = stream.to_python([*body, section(body)])

    StreamFormField(stream).clean(value)

    assert held == [False, False]
