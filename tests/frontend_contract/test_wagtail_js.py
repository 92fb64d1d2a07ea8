"""npm's `wagtail-js`, which was written for Wagtail's own API, reads this one unchanged."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from frontend_contract.node import environment, node, run_npm
from tests import factories
from tests.servers import serving

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CONSUMER = Path(__file__).parent / "wagtail_js"


@pytest.fixture(scope="module")
def api(django_db_setup):
    with serving() as port:
        yield f"http://127.0.0.1:{port}"


def test_wagtail_js_finds_what_it_knows(api, tmp_path):
    home = factories.make_site("127.0.0.1", 80).root_page
    news = factories.SectionPageFactory(parent=home, title="News", slug="news")
    release = factories.PressReleasePageFactory(parent=news, title="A crane", slug="release")
    factories.PressReleasePageFactory(parent=news, title="A draft", live=False)
    image, document = factories.ImageFactory(title="Crane"), factories.DocumentFactory()
    folder = shutil.copytree(CONSUMER, tmp_path / "consumer")
    run_npm(folder, "ci", "--prefer-offline", "--no-audit", "--no-fund")

    arguments = [api, str(news.pk), str(image.pk), str(document.pk)]
    asked = subprocess.run(
        [*node(), "ask.js", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(asked.stdout.splitlines()[-1])

    for name in ("pages", "found", "children"):
        assert found[name]["meta"]["total_count"] == 1, name
        assert [page["title"] for page in found[name]["items"]] == ["A crane"], name
    assert found["pages"]["items"][0]["body"] == found["bySlug"]["body"]
    assert (found["byId"]["id"], found["byId"]["title"]) == (news.pk, "News")
    assert found["bySlug"]["id"] == release.pk
    assert found["missing"]["message"] == "Page not found"
    assert found["images"]["items"][0]["title"] == found["image"]["title"] == "Crane"
    assert found["src"].startswith(f"{api}/")
    assert found["documents"]["items"][0]["id"] == found["document"]["id"] == document.pk
