import pytest
import time_machine
from django.utils import timezone
from wagtail.signals import page_published

from tests import factories


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as clock:
        yield clock


@pytest.fixture
def home():
    return factories.make_site().root_page


@pytest.fixture
def told():
    """The pages of which Wagtail says that they are published."""
    said: list[int] = []

    def hear(instance, **kwargs):
        said.append(instance.pk)

    page_published.connect(hear)
    yield said
    page_published.disconnect(hear)
