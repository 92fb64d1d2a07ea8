"""One address that the newsroom cannot answer keeps nothing else from being shown as it is."""

import threading

import pytest

from tests.frontend_contract.frontends import start_site, stop
from tests.frontend_contract.test_site_shows_everything import Answers, Api, example


class AtTimes(Answers):
    """Answers, but for what is broken."""

    def do_GET(self) -> None:
        if "broken" in self.path:
            # Later than whatever else the page asks for.
            threading.Event().wait(0.3)
            self.send_response(500)
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def newsroom():
    api = Api(("127.0.0.1", 0), AtTimes)
    thread = threading.Thread(target=api.serve_forever)
    thread.start()
    yield api
    api.shutdown()
    api.server_close()
    thread.join()


@pytest.fixture
def frontend(newsroom):
    site = start_site(newsroom.server_address[1])
    yield site
    stop(site)


def test_what_changed_is_shown_though_another_address_is_broken(newsroom, frontend):
    newsroom.route = example({"file": "standard/full.json"})
    newsroom.site = example({"file": "site/full.json"})
    newsroom.route["title"] = "As it was"
    assert "As it was" in frontend.get("/").words

    newsroom.route["title"] = "Retracted"
    for _ in range(2):
        assert frontend.get("/broken/").status == 503
        assert "Retracted" in frontend.get("/").words
