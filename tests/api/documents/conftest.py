import pytest
from pytest_django import DjangoDbBlocker

from api.documents.models import Document
from api.documents.store import documents_of
from tests.api.tree import Tree


@pytest.fixture(scope="module")
def read_tree(tree: Tree, django_db_blocker: DjangoDbBlocker) -> Tree:
    """A small newsroom of which every public page was read, so that its document is stored."""
    pages = [*tree.public, tree.other_page, tree.other_site.root_page]
    with django_db_blocker.unblock():
        documents_of(page.pk for page in pages)
        assert Document.objects.count() == len(pages)
    return tree
