"""Which page may lie where."""

import pytest
from wagtail.models import Page

from pages.models import (
    FactSheetPage,
    HomePage,
    PressReleasePage,
    ProfileIndexPage,
    ProfilePage,
    SectionPage,
    StandardPage,
)

EVERYWHERE_BELOW_HOME = {SectionPage, StandardPage, ProfileIndexPage}


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (Page, {HomePage}),
        (HomePage, EVERYWHERE_BELOW_HOME),
        (SectionPage, EVERYWHERE_BELOW_HOME | {PressReleasePage, FactSheetPage}),
        (StandardPage, {StandardPage}),
        (ProfileIndexPage, {ProfilePage}),
        (PressReleasePage, set()),
        (FactSheetPage, set()),
        (ProfilePage, set()),
    ],
)
def test_parents_and_children(parent, children):
    allowed = set(parent.allowed_subpage_models())

    assert allowed - {Page} == children
