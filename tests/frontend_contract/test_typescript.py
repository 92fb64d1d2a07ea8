"""The npm package, as frontends get it: packed, installed and compiled against."""

import http.client
import json
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import time_machine
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from wagtail.contrib.redirects.models import Redirect

from cms.settings.environment import CHECKOUT
from frontend_contract.node import NpmFailed, environment, node, run_npm
from frontend_contract.situations.drafts import preview_of
from frontend_contract.version import HERE, PUBLISHED, contract_version
from pages import models
from tests import factories
from tests.bodies import block
from tests.full_pages import full_page, make_material, publish_below

# On one worker: the package is built once for all tests of this file.
pytestmark = [pytest.mark.once]

PACKAGE = HERE / "typescript"
PROGRAMS = Path(__file__).parent / "typescript"
DOCUMENTED = Path(__file__).parent / "documented"
MOCK = "node_modules/.bin/dateline-mock"
MADE = ("node_modules", "dist", "examples", "schemas", "openapi.json", "CHANGELOG.md", "*.tgz")


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """A copy of the package beside a copy of what is published, with all it needs to be built."""
    root = tmp_path_factory.mktemp("contract")
    shutil.copytree(PUBLISHED, root / "published")
    shutil.copytree(PACKAGE, root / "typescript", ignore=shutil.ignore_patterns(*MADE))
    run_npm(root / "typescript", "ci", "--prefer-offline", "--no-audit", "--no-fund")
    return root / "typescript"


@pytest.fixture(scope="module")
def tarball(package: Path) -> Path:
    run_npm(package, "pack")
    (packed,) = package.glob("*.tgz")
    return packed


@pytest.fixture(scope="module")
def frontend(tmp_path_factory, package: Path, tarball: Path) -> Path:
    """A frontend that has the package installed, with its programs compiled."""
    folder = tmp_path_factory.mktemp("frontend")
    (folder / "package.json").write_text('{"name": "frontend", "private": true, "type": "module"}')
    run_npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", str(tarball))
    shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)
    (folder / "generated").mkdir()
    for number, snippet in enumerate(snippets()):
        (folder / "generated" / f"readme_{number}.ts").write_text(snippet)
    compiled = compile_programs(package, folder)
    assert compiled.returncode == 0, compiled.stdout
    return folder


def test_published_document_passes_the_linter(package: Path):
    run_npm(package, "run", "lint")


def test_the_linter_would_notice(package: Path, tmp_path: Path):
    document = json.loads((PUBLISHED / "openapi.json").read_bytes())
    document["paths"]["/api/v2/site/"]["get"]["operationId"] = "list_pages"
    (tmp_path / "typescript").mkdir()
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "openapi.json").write_text(json.dumps(document))
    for name in ("package.json", "redocly.yaml"):
        shutil.copy(package / name, tmp_path / "typescript")
    (tmp_path / "typescript" / "node_modules").symlink_to(package / "node_modules")

    with pytest.raises(NpmFailed, match="operationId"):
        run_npm(tmp_path / "typescript", "run", "lint")


def compile_programs(package: Path, folder: Path, *options: str) -> subprocess.CompletedProcess:
    compiler = package / "node_modules/typescript/bin/tsc"
    return subprocess.run(
        [*node(), compiler, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def snippets() -> list[str]:
    """The programs in the package's README."""
    return re.findall(r"```ts\n(.*?)```", (PACKAGE / "README.md").read_text(), re.DOTALL)


def run(frontend: Path, *command: str) -> str:
    """What a program of the frontend prints."""
    done = subprocess.run(
        [*node(), *command], cwd=frontend, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def api(db) -> Iterator[str]:
    """Where an API answers from within the transaction of the test."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def mock(frontend: Path) -> Iterator[str]:
    """Where the mock of the installed package answers."""
    process = subprocess.Popen(
        [frontend / MOCK, "--port", "0"], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        yield line.split()[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def ask(
    address: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request(method, f"{parts.path}?{parts.query}", body, headers=headers)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response, answer


# What is checked in ---------------------------------------------------------------------------------


def test_what_is_generated_is_what_the_published_document_gives_now(package):
    generated = ("src/contract.ts", "src/version.ts", "package.json", "package-lock.json")
    before = {name: (package / name).read_text() for name in generated}
    run_npm(package, "run", "generate")
    changed = [name for name in generated if (package / name).read_text() != before[name]]
    assert not changed, "cd frontend_contract/typescript && npm ci && npm run generate"


def test_package_has_the_version_of_the_contract_and_names_no_registry(package):
    lock = json.loads((package / "package-lock.json").read_text())
    manifest = json.loads((package / "package.json").read_text())
    assert manifest["version"] == lock["version"] == contract_version()
    assert list(manifest["dependencies"]) == ["openapi-fetch"]
    assert lock["packages"]
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_package_holds_what_it_needs_and_nothing_else(frontend):
    installed = frontend / "node_modules/dateline-client"
    there = {path.name for path in installed.iterdir()}
    shipped = {"openapi.json", "schemas", "examples", "CHANGELOG.md"}
    assert there == {"README.md", "bin", "dist", "package.json"} | shipped
    published = [path for name in shipped for path in (PUBLISHED / name).rglob("*.json")]
    published.append(PUBLISHED / "openapi.json")
    assert len(published) > 90
    for path in published:
        name = path.relative_to(PUBLISHED)
        assert (installed / name).read_bytes() == path.read_bytes()
    assert len(list(installed.rglob("*.json"))) == len(published) + 1  # and package.json


def test_frontend_finds_the_contract_in_the_package(frontend):
    names = ("openapi.json", "schemas/Block.json", "examples/index.json")
    (frontend / "contract.js").write_text(
        "".join(
            f'import found{number} from "dateline-client/{name}" with {{ type: "json" }};\n'
            f"console.log(JSON.stringify(found{number}));\n"
            for number, name in enumerate(names)
        )
    )
    for line, name in zip(run(frontend, "contract.js").splitlines(), names, strict=True):
        assert json.loads(line) == json.loads((PUBLISHED / name).read_bytes())


# Types ----------------------------------------------------------------------------------------------


def test_missing_case_for_a_block_does_not_compile(frontend, package, tmp_path):
    whole = (PROGRAMS / "render.ts").read_text()
    head, switch = whole.split("switch (block.type) {", 1)
    kinds = json.loads((PUBLISHED / "openapi.json").read_text())["components"]["schemas"]["Block"]
    wanted = list(kinds["discriminator"]["mapping"])
    assert wanted
    (tmp_path / "node_modules").symlink_to(frontend / "node_modules")
    shutil.copy(PROGRAMS / "tsconfig.json", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for kind in wanted:
        less, removed = re.subn(rf'    case "{kind}":\n      return .*\n', "", switch, count=1)
        assert removed == 1, kind
        (tmp_path / f"without_{kind}.ts").write_text(f"{head}switch (block.type) {{{less}")
    found = compile_programs(package, tmp_path, "--noEmit", "--pretty", "false").stdout
    for kind in wanted:
        errors = re.findall(rf"^without_{kind}\.ts.*?: error .*$", found, re.MULTILINE)
        (error,) = [error for error in errors if "to parameter of type 'never'" in error]
        assert f'type: "{kind}"' in error


def test_every_snippet_of_the_readme_compiles(frontend):
    compiled = sorted(path.name for path in (frontend / "built/generated").glob("readme_*.js"))
    assert len(compiled) == len(snippets()) > 4


def test_fields_type_the_answer_as_what_was_picked(frontend):
    """In `fields.ts` each `@ts-expect-error` stands before an error, and all else compiles."""
    assert (frontend / "built/fields.js").exists()
    assert (PROGRAMS / "fields.ts").read_text().count("@ts-expect-error") > 10


# At work --------------------------------------------------------------------------------------------


def test_frontend_shows_a_page_of_a_running_api(frontend, api):
    material = make_material()
    page = publish_below(material.section, full_page(models.PressReleasePage, material))
    path = f"/news/{page.slug}/"
    printed = run(frontend, "built/render.js", api, path).splitlines()
    assert printed[:2] == ["# A full PressReleasePage", "A deck A. Adams, B. Brown, C. Clark"]
    kinds = [line.partition(":")[0] for line in printed[2:]]
    assert kinds == [block.block_type for block in page.body]
    assert all(line.partition(": ")[2].strip() for line in printed[2:])


def test_walk_gives_every_page_of_a_running_api_once_and_in_order(frontend, api):
    site = factories.make_site()
    factories.ImageFactory()
    factories.DocumentFactory()
    for number in range(45):
        factories.PressReleasePageFactory(
            parent=site.root_page,
            title=f"Release {number}",
            slug=f"release-{number}",
            deck="A deck",
            publication_date=date(2016, 10, 17),
        )
    found = json.loads(run(frontend, "walk.js", api))
    assert found["titles"] == [f"Release {number}" for number in range(45)]
    assert set(found["titles"]) < set(found["copied"])
    assert (len(found["copied"]), found["since"]) == (46, 0)
    page, image = found["page"], found["image"]
    assert page.keys() == {"id", "uuid", "type", "title", "meta"}
    assert page["meta"].keys() == {
        *("type", "detail_url", "html_url", "slug", "first_published_at", "locale")
    }
    meta = {"type": "pages.PressReleasePage", "slug": "release-0"}
    assert found["picked"] == {"type": "press_release", "deck": "A deck", "meta": meta}
    schemas = json.loads((PUBLISHED / "openapi.json").read_text())["components"]["schemas"]
    assert found["whole"].keys() == schemas["PressReleasePage"]["properties"].keys()
    assert found["whole"]["meta"].keys() == schemas["PageMeta"]["properties"].keys() - {"parent"}
    assert image.keys() == found["document"].keys() == {"id", "title", "meta"}
    assert image["meta"].keys() == {"type", "detail_url", "tags", "download_url"}


@pytest.mark.parametrize("program", ["errors.test.js", "answers.test.js", "review.test.js"])
def test_client_at_work(frontend, program):
    printed = run(frontend, "--test", "--test-reporter=tap", program)
    (passed,) = re.findall(r"^# pass (\d+)$", printed, re.MULTILINE)
    assert int(passed) > 5
    assert re.search(r"^# fail 0$", printed, re.MULTILINE)


# The documentation ----------------------------------------------------------------------------------

NEXT = {
    "package.json": json.dumps(
        {
            "name": "next",
            "type": "module",
            "exports": {
                f"./{name}": "./index.js" for name in ("cache", "headers", "navigation", "server")
            },
        }
    ),
    "index.js": """\
export const notFound = () => { throw new Error("Next shows its 404"); };
export const draftMode = async () => ({ isEnabled: process.env.DRAFT !== "no" });
export const cacheLife = () => {};
export const cacheTag = () => {};
export class NextResponse extends Response {
  static redirect = (location, status) => new Response(null, { status, headers: { Location: location } });
  static rewrite = (location, answer) => new Response(String(location), answer);
}
""",
}
PORTABLE_TEXT = {
    "package.json": '{"name": "@portabletext/react", "type": "module", "exports": "./index.js"}',
    "index.js": "export const PortableText = () => 'rich text';",
}


def documented() -> dict[str, str]:
    """The programs of the Next.js frontend in the documentation, by their paths."""
    text = (CHECKOUT / "docs" / "frontend.md").read_text()
    return dict(
        re.findall(r"^`((?:app|lib)/.*?|proxy\.ts)`.*?```tsx?\n(.*?)```", text, re.DOTALL | re.M)
    )


@pytest.fixture(scope="module")
def next_frontend(tmp_path_factory, package: Path, frontend: Path) -> Path:
    """The documented frontend, compiled, with stand-ins for what it takes from Next and React."""
    folder = tmp_path_factory.mktemp("next")
    shutil.copytree(DOCUMENTED, folder, dirs_exist_ok=True)
    client = "node_modules/dateline-client"
    files = {
        **documented(),
        "package.json": '{"name": "documented", "private": true, "type": "module"}',
        **{f"node_modules/next/{name}": text for name, text in NEXT.items()},
        **{f"node_modules/@portabletext/react/{name}": t for name, t in PORTABLE_TEXT.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / client).symlink_to(frontend / client)
    compiled = compile_programs(package, folder)
    assert compiled.returncode == 0, compiled.stdout
    # Next finds modules that are named without their ending; Node does not.
    for program in (folder / "built").rglob("*.js"):
        program.write_text(re.sub(r'from "(\..*?)"', r'from "\1.js"', program.read_text()))
    return folder


def documented_program(
    next_frontend: Path, api: str, *command: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*node(), *command],
        cwd=next_frontend,
        env=environment() | {"CMS_URL": api} | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def preview_shown(
    next_frontend: Path, api: str, environ: Any = None, **query: str
) -> subprocess.CompletedProcess[str]:
    program = ["show.js", "built/app/draft/page.js", json.dumps(query)]
    return documented_program(next_frontend, api, *program, **(environ or {}))


def test_documented_preview_shows_drafts_and_says_what_has_become_of_others(next_frontend, api):
    section = factories.make_site().root_page
    page = factories.StandardPageFactory(
        parent=section,
        title="A draft",
        body=[block("heading", {"text": "So far", "level": "h2"})],
    )
    token = preview_of(page).token
    with time_machine.travel(datetime(2017, 1, 10, tzinfo=UTC)):
        ended = preview_of(page).token
    kind = "pages.standardpage"

    draft = preview_shown(next_frontend, api, content_type=kind, token=token)
    assert draft.stdout == "<main><p>Draft</p><h1>A draft</h1><h2>So far</h2></main>\n"
    public = preview_shown(next_frontend, api, {"DRAFT": "no"}, content_type=kind, token=token)
    assert "Next shows its 404" in public.stderr
    gone = preview_shown(next_frontend, api, content_type=kind, token=ended)
    assert gone.stdout == "<p>This preview has ended. Open it again from the editor.</p>\n"
    for query in ({"content_type": kind, "token": "wrong"}, {"token": token}, {}):
        assert "Next shows its 404" in preview_shown(next_frontend, api, **query).stderr
    outage = preview_shown(next_frontend, "http://127.0.0.1:9", content_type=kind, token=token)
    assert "OutageError" in outage.stderr


def test_documented_proxy_tells_what_is_there_before_a_page_streams(next_frontend, api):
    home = factories.make_site().root_page
    factories.StandardPageFactory(parent=home, slug="there")
    gone = factories.StandardPageFactory(parent=home, slug="gone")
    gone.first_published_at = timezone.now()
    gone.save_revision().publish()
    gone.unpublish()
    Redirect.objects.create(old_path="/old", redirect_link="/there/")

    def passed(path: str, where: str = api) -> str:
        return documented_program(next_frontend, where, "pass.js", "built/proxy.js", path).stdout

    assert passed("/there/") == "goes on\n"
    assert passed("/old") == "301 http://frontend.example/there/\n"
    assert passed("/nothing/") == "404 no-store\n"
    assert passed("/gone/") == "410 no-store\n"
    assert passed("/there/", "http://127.0.0.1:9") == "goes on\n"


# The mock -------------------------------------------------------------------------------------------


def test_mock_answers_every_example(mock):
    entries = json.loads((PUBLISHED / "examples/index.json").read_text())
    assert entries
    for entry in entries:
        request = quote(entry["request"].replace("TOKEN", "any"), safe="/?&=,:*-_")
        bearer = {"Authorization": "Bearer any"} if "/review/" in request else {}
        sent = '{"passcode": "any"}' if entry["status"] < 400 else "{}"
        response, body = ask(mock + request, entry.get("method", "GET"), sent, **bearer)
        assert response.status == entry["status"], entry["name"]
        assert body == (PUBLISHED / "examples" / entry["file"]).read_bytes(), entry["name"]
        assert response.headers["Dateline-Contract"] == contract_version()
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        if etag := response.headers["ETag"]:
            again, nothing = ask(mock + request, **{"If-None-Match": etag})
            assert (again.status, nothing) == (304, b"")
            assert ask(mock + request, "HEAD")[1] == b""
        else:
            assert response.status != 200


def test_mock_finds_pages_by_path_and_id_and_lists_them(mock):
    def get(request):
        response, body = ask(f"{mock}/api/v2/{request}")
        return response.status, json.loads(body)

    status, listing = get("pages/?type=press_release&limit=2&offset=1&fields=deck,html_url&kind=x")
    assert status == 200
    assert listing["meta"]["total_count"] > 3
    assert [item["type"] for item in listing["items"]] == ["press_release"] * 2
    for item in listing["items"]:
        assert item.keys() >= {"id", "uuid", "title", "deck", "meta"}
        path = urlsplit(item["meta"]["html_url"]).path
        for wanted in (path, path.rstrip("/")):
            status, route = get(f"route/?path={wanted}&fields=_,uuid")
            assert (status, route) == (200, {"type": "page", "page": {"uuid": item["uuid"]}})
        assert get(f"pages/{item['id']}/?unknown=1")[1]["deck"] == item["deck"]
    status, problem = get("route/?path=/no/such/page/")
    assert (status, problem["status"]) == (404, 404)
    assert "/api/v2/site/" in problem["detail"]
    assert get("site/?unknown=1")[0] == 200
    there, cursor = set(), "behind-0"
    while cursor:
        _, more = get(f"pages/?limit=3&cursor={cursor}")
        assert not there & {item["id"] for item in more["items"]}
        there |= {item["id"] for item in more["items"]}
        cursor = more["meta"]["next_cursor"]
    assert len(there) == more["meta"]["total_count"] > 10
    _, first = get("pages/")
    _, rest = get(f"pages/?cursor={first['meta']['next_cursor']}")
    shown = {item["id"] for item in first["items"]}
    assert there - shown == {item["id"] for item in rest["items"]}
    assert ask(f"{mock}//", "PUT")[0].status == 405
    assert ask(f"{mock}/api/v2/site/", "OPTIONS")[0].status == 204


def test_first_program_of_the_readme_shows_a_page_of_the_mock(frontend, mock):
    program = frontend / "built/generated/readme_0.js"
    text = program.read_text()
    assert "http://127.0.0.1:4010" in text
    program.write_text(text.replace("http://127.0.0.1:4010", mock))
    lines = run(frontend, "built/generated/readme_0.js").splitlines()
    assert lines[0] == "<h1>Statement on the night at Millbeck</h1>"
    assert any(re.fullmatch("<p>.+</p>", line) for line in lines[1:])
