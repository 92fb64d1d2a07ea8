"""The same with our models of pictures and files, and them in the place of the demo site's."""

import json
from pathlib import Path

import wagtail.test.demosite

from tests.wagtail_v2.settings import *  # noqa: F403
from tests.wagtail_v2.settings import MEDIA_ROOT

WAGTAILIMAGES_IMAGE_MODEL = "pages.NewsImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.NewsDocument"


def our_media() -> str:
    """A folder with a `demosite.json` of our pictures and files.

    Django loads all fixtures of a name, so that Wagtail's tests get both.
    """
    stock = Path(wagtail.test.demosite.__file__).parent / "fixtures" / "demosite.json"
    models = {
        "wagtailimages.image": ("pages.newsimage", {"description": "", "credit": ""}),
        "wagtaildocs.document": ("pages.newsdocument", {}),
    }
    ours = []
    for row in json.loads(stock.read_text()):
        if row["model"] in models:
            model, more = models[row["model"]]
            ours.append({**row, "model": model, "fields": {**row["fields"], **more}})
    folder = Path(MEDIA_ROOT) / "fixtures"
    folder.mkdir()
    (folder / "demosite.json").write_text(json.dumps(ours))
    return str(folder)


FIXTURE_DIRS = [our_media()]
