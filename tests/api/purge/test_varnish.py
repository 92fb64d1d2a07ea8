"""A real Varnish in front of the API keeps answers, and drops what a change touched, by docs/varnish.vcl."""

import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from api.webhooks import purges
from api.webhooks.models import Delivery, Endpoint
from bench.servers import free_port
from tests import factories
from tests.servers import serving
from tests.telling import send_due, tell

VARNISH = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
VCL = Path(__file__).parents[3] / "docs" / "varnish.vcl"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(VARNISH is None, reason="no varnishd on the PATH"),
    pytest.mark.django_db,
]


@contextmanager
def varnish(backend_port, folder):
    assert VARNISH is not None
    vcl, port = folder / "one.vcl", free_port()
    vcl.write_text(VCL.read_text().replace('"8000"', f'"{backend_port}"'))
    command = [VARNISH, "-F", "-f", vcl, "-a", f"127.0.0.1:{port}", "-n", folder / "work"]
    command += ["-s", "malloc,16m", "-T", "none", "-j", "none"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(100):
            assert process.poll() is None, (folder / "log").read_text()
            try:
                requests.get(f"http://127.0.0.1:{port}/health/live", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_what_a_change_touches_is_dropped_and_the_rest_is_kept(settings, tmp_path):
    home = factories.make_site().root_page
    edited, other = factories.StandardPageFactory.create_batch(2, parent=home)
    with serving() as port, varnish(port, tmp_path) as address:
        settings.WAGTAILFRONTENDCACHE = {
            "varnish": {"BACKEND": "api.purge.backends.VarnishBackend", "LOCATION": address}
        }
        tell()
        purges.know_caches()

        def read(page):
            answer = requests.get(f"{address}/api/v2/pages/{page.pk}/?fields=title", timeout=10)
            # A hit names the request that it was kept of.
            return answer.json()["title"], len(answer.headers["X-Varnish"].split()) == 2

        cache = Endpoint.objects.get()
        tell()
        purged = send_due(cache)
        for page in (edited, other):
            assert read(page) == (page.title, False)
            assert read(page) == (page.title, True)

        edited.title = "Another title"
        edited.save_revision().publish()
        assert read(edited)[1], "nobody was told yet"
        tell()
        purged += send_due(cache)
        assert read(edited) == ("Another title", False)
        assert read(other) == (other.title, True)
    assert len(purged) >= 2
    assert {one.state for one in purged} == {Delivery.State.DELIVERED}
