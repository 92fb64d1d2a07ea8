"""Every environment variable Dateline reads: named, typed and described in one class.

`docs/settings.md` is generated from it: `python -m cms.settings.environment > docs/settings.md`.
"""

import json
import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import dj_database_url
from django.conf.locale import LANG_INFO
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]


def _directory(path: Path) -> Path:
    """Relative to the checkout, so that every command finds the same one from any folder."""
    path = CHECKOUT / path.expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError("is not a directory")
    return path


def _address(url: str) -> str:
    """A scheme and a host, maybe a port: neither the CMS nor a Wagtail site can live under a path."""
    url = url.rstrip("/")
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete or parts.scheme not in {"http", "https"} or parts.netloc != url.split("//")[1]:
        raise ValueError("is not an http or https address without a path")
    # As others compare it.
    return url.lower()


def _site_address(url: str) -> str:
    """Wagtail's sites speak https on port 443 only, and http on all others."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.port not in {None, 443}:
        raise ValueError("is https on a port other than 443, which Wagtail's sites do not have")
    return url


def _database_url(url: str) -> str:
    try:
        engine = dj_database_url.parse(url)["ENGINE"]
    except (ValueError, KeyError) as error:
        raise ValueError("is not a database address") from error
    if engine.rpartition(".")[2] not in {"sqlite3", "postgresql"}:
        raise ValueError("is for neither SQLite nor PostgreSQL")
    return url


def _mail_url(url: str) -> str:
    parts = urlsplit(url)
    try:
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not complete:
        raise ValueError("is not the address of a mail server")
    return url


def _redis_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
        raise ValueError("is not the address of a Redis server")
    return url


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone")
    return name


def _languages(codes: list[str]) -> list[str]:
    unknown = [code for code in codes if "name" not in LANG_INFO.get(code, {})]
    if unknown:
        raise ValueError(f"names an unknown language ({', '.join(unknown)})")
    if not codes:
        raise ValueError("names no language")
    return codes


def _origins(addresses: list[str]) -> list[str]:
    if "*" in addresses and len(addresses) > 1:
        raise ValueError("names addresses besides *, which is every one")
    return [address if address == "*" else _address(address) for address in addresses]


def _split(value: object) -> object:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def _json(value: object) -> object:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError as error:
            raise ValueError("is not JSON") from error
    return value


def _caches(caches: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    without = [name for name, cache in caches.items() if not isinstance(cache.get("BACKEND"), str)]
    if without:
        raise ValueError(f"names no BACKEND for {', '.join(without)}")
    if any(len(name) > 100 for name in caches):
        raise ValueError("has a name of more than 100 characters")
    return caches


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine's."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Address = Annotated[str, AfterValidator(_address)]
SiteAddress = Annotated[str, AfterValidator(_address), AfterValidator(_site_address)]
CommaSeparated = Annotated[list[str], NoDecode, BeforeValidator(_split)]
CommaSeparatedNetworks = Annotated[
    list[IPv4Network | IPv6Network], NoDecode, BeforeValidator(_split)
]
Port = Annotated[int, Field(ge=1, le=65535)]


def _variable(
    description: str, example: str, *, unset: str = "", secret: bool = False, **kwargs: Any
) -> Any:
    """A field; `unset` says in words what a computed default is."""
    return Field(
        description=description,
        examples=[example],
        json_schema_extra={"unset": unset, "secret": secret},
        **kwargs,
    )


class Environment(BaseSettings):
    """The process environment, validated. An empty variable counts as an unset one."""

    model_config = SettingsConfigDict(case_sensitive=True, env_ignore_empty=True, extra="ignore")

    # Where things are
    VAR: Annotated[Path, AfterValidator(_directory)] = _variable(
        "Directory of everything Dateline writes: the SQLite database, media, collected static "
        "files, the development secret key and the demo sign-ins. Relative to the checkout.",
        "/srv/dateline",
        default=CHECKOUT / "var",
        unset="`var`",
    )
    DATABASE_URL: Annotated[str, AfterValidator(_database_url)] = _variable(
        "The database.",
        "postgres://user:password@host:5432/dateline",
        default_factory=lambda data: f"sqlite:///{data['VAR'] / 'dateline.sqlite3'}",
        unset="SQLite in `VAR`",
        secret=True,
    )
    PREPARED_STATEMENTS: bool = _variable(
        "PostgreSQL only: whether statements are prepared. Turn it off behind a connection pooler "
        "that does not keep them.",
        "false",
        default=True,
    )
    ALLOW_SQLITE: bool = _variable(
        "Production only: keep the newsroom in SQLite all the same, on one machine's local disk.",
        "true",
        default=False,
    )

    # Addresses
    HOST: str = _variable(
        "Network address that `manage.py run` listens on. `0.0.0.0` is every interface.",
        "0.0.0.0",
        default="127.0.0.1",
    )
    PORT: Port = _variable("Port of the admin and the API.", "8000", default=8000)
    SITE_PORT: Port = _variable("Port of the reference frontend.", "4321", default=4321)
    CMS_URL: Address = _variable(
        "Public address of the admin and the API. With `https`, cookies are sent over TLS only; "
        "where `TRUSTED_PROXY_HEADER` is set too, browsers that come without TLS are sent to it, and "
        "told to stay with it for a year (HSTS).",
        "https://cms.example.org",
        default_factory=lambda data: f"http://localhost:{data['PORT']}",
        unset="`http://localhost:PORT`",
    )
    FRONTEND_URL: SiteAddress = _variable(
        "Public address of the frontend, where readers and previews go. A new database takes it; "
        "from then on it is changed in the admin as well: Settings, Sites.",
        "https://news.example.org",
        default_factory=lambda data: f"http://localhost:{data['SITE_PORT']}",
        unset="`http://localhost:SITE_PORT`",
    )
    ALLOWED_HOSTS: CommaSeparated = _variable(
        "Comma-separated host names that the CMS answers to. Development adds this machine's own.",
        "cms.example.org",
        default_factory=lambda data: [urlsplit(data["CMS_URL"]).hostname],
        unset="the host of `CMS_URL`",
    )
    TRUSTED_PROXY_HEADER: str = _variable(
        "Production only: request header in which the TLS-terminating proxy says `https`. Name it "
        "only if the proxy removes it from what clients send. Without it no request is known to have "
        "come over TLS: then the proxy has to insist on it.",
        "X-Forwarded-Proto",
        default="",
    )

    # Reading
    CORS_ORIGINS: Annotated[CommaSeparated, AfterValidator(_origins)] = _variable(
        "Comma-separated addresses of the frontends whose pages in browsers may read the API; `*` "
        "is every one.",
        "https://news.example.org",
        default_factory=lambda data: [data["FRONTEND_URL"]],
        unset="`FRONTEND_URL`",
    )
    CACHE_SECONDS: Annotated[int, Field(ge=0)] = _variable(
        "Seconds for which a CDN may keep an answer of the API without asking (`s-maxage`); fewer "
        "where something in it is to appear or to end before that.",
        "300",
        default=60,
    )
    STALE_SECONDS: Annotated[int, Field(ge=0)] = _variable(
        "Seconds after that for which it may give the old answer while it asks for the new one "
        "(`stale-while-revalidate`).",
        "600",
        default=30,
    )
    CHANGES_DAYS: Annotated[int, Field(ge=1)] = _variable(
        "Days for which the change log is kept. Whoever has not asked for longer begins anew.",
        "365",
        default=90,
    )
    WAGTAILFRONTENDCACHE: Annotated[
        dict[str, dict[str, Any]], NoDecode, BeforeValidator(_json), AfterValidator(_caches)
    ] = _variable(
        "Caches in front of the API or a frontend, which are told what to drop: Wagtail's setting of "
        "that name, as JSON ([operating.md](operating.md#caches-in-front)).",
        '{"varnish": {"BACKEND": "api.purge.backends.VarnishBackend", '
        '"LOCATION": "http://10.1.2.3:6081"}}',
        default={},
        secret=True,
    )
    TASKS_REDIS_URL: Annotated[str, AfterValidator(_redis_url)] | None = _variable(
        "Keeps tasks in Redis instead of the database, for workers of RQ "
        "([operating.md](operating.md#tasks-in-redis)).",
        "redis://:password@host:6379/0",
        default=None,
        secret=True,
    )
    REVISIONS_DAYS: Annotated[int, Field(ge=1)] | None = _variable(
        "Days after which workers delete revisions of pages and snippets that nobody needs any more "
        "(Wagtail's `purge_revisions`). Without it, all are kept.",
        "365",
        default=None,
    )
    REVIEW_LINK_DAYS: Annotated[int, Field(ge=1)] = _variable(
        "Days for which a review link may work at most.",
        "14",
        default=30,
    )
    WEBHOOK_PRIVATE_NETWORKS: CommaSeparatedNetworks = _variable(
        "Networks that are not on the internet to which webhooks may go all the same, also without "
        "TLS, with commas between. Development allows this machine.",
        "10.1.2.0/24",
        default=[],
    )

    # Security
    SECRET_KEY: str = _variable(
        "Signs sessions, previews and image addresses. Required in production; development makes "
        "one and keeps it in `VAR`.",
        "$(openssl rand -base64 48)",
        default="",
        secret=True,
    )
    DEBUG: bool = _variable(
        "Show tracebacks in the browser. Production refuses it.", "true", default=False
    )

    # The newsroom
    LANGUAGES: Annotated[CommaSeparated, AfterValidator(_languages)] = _variable(
        "Comma-separated codes of the languages content is written in, the main one first.",
        "en,es",
        default=["en"],
        unset="`en`",
    )
    TIME_ZONE: Annotated[str, AfterValidator(_time_zone)] = _variable(
        "Time zone of the admin and of scheduled publishing, until an editor chooses their own.",
        "America/New_York",
        default="UTC",
    )
    EMAIL_URL: Annotated[str, AfterValidator(_mail_url)] | None = _variable(
        "Mail server for workflow notifications and password resets: `smtp://`, `smtp+starttls://` "
        "or `smtps://`, with user name and password percent-encoded. Without one, mail is printed "
        "to standard error, and production offers no password reset.",
        "smtp+starttls://user:password@mail.example.org:587",
        default=None,
        secret=True,
    )
    EMAIL_FROM: str = _variable(
        "Sender of that mail.",
        "newsroom@example.org",
        default_factory=lambda data: f"newsroom@{urlsplit(data['CMS_URL']).hostname}",
        unset="`newsroom@` the host of `CMS_URL`",
    )

    # The server
    WORKER: bool = _variable(
        "Whether `manage.py run` starts a worker too, `manage.py work`. Without any, nothing that is "
        "planned happens.",
        "0",
        default=True,
    )
    WORKERS: Annotated[int, Field(ge=1)] = _variable(
        "Server processes of `manage.py run`.",
        "4",
        default_factory=_cores,
        unset="one a core",
    )
    SITE: bool = _variable(
        "Whether `manage.py run` also starts the reference frontend.", "0", default=True
    )


def load() -> Environment:
    """The environment, or one line on standard error for each variable that is wrong, and exit 1."""
    try:
        return Environment()
    except ValidationError as invalid:
        raise SystemExit("\n".join(_complaints(invalid))) from None


def refuse(name: str, problem: str, instead: str = "") -> NoReturn:
    """Ends the process with one line: the variable, what is wrong and what to write."""
    raise SystemExit(_complaint(name, f" {problem}", instead))


def _complaints(invalid: ValidationError) -> list[str]:
    lines = []
    for error in invalid.errors():
        if error["type"] == "default_factory_not_called":
            continue  # Its default is computed from a variable that is itself complained of.
        name = str(error["loc"][0])
        shown = "" if _extra(name)["secret"] else f"={os.environ.get(name, '')}"
        if error["type"] == "value_error":
            problem = f" {error['ctx']['error']}"
        else:
            message = error["msg"].partition(",")[0]
            problem = f": {message[0].lower()}{message[1:]}"
        lines.append(_complaint(name, f"{shown}{problem}"))
    return lines


def _complaint(name: str, problem: str, instead: str = "") -> str:
    examples = Environment.model_fields[name].examples or [""]
    return f"{name}{problem}. Write, for example, {instead or f'{name}={examples[0]}'}"


def _extra(name: str) -> dict[str, Any]:
    extra = Environment.model_fields[name].json_schema_extra
    assert isinstance(extra, dict)
    return extra


def documentation() -> str:
    """docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Dateline is configured by environment variables alone. They are read and checked once, at "
        "start; a wrong one stops it with a line that says what to write.",
        "",
        "<!-- Generated: python -m cms.settings.environment > docs/settings.md -->",
        "",
        "| variable | default | what it is | example |",
        "|---|---|---|---|",
    ]
    for name, field in Environment.model_fields.items():
        default = _extra(name)["unset"] or _shown(field.default)
        example = (field.examples or [""])[0]
        lines.append(f"| `{name}` | {default} | {field.description} | `{example}` |")
    lines += [
        "",
        "`DJANGO_SETTINGS_MODULE` chooses the settings: `cms.settings.development` (the default of "
        "`manage.py`) or `cms.settings.production` (the default of `cms.wsgi`): see operating.md.",
    ]
    return "\n".join(lines) + "\n"


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default}`" if default else "–"


if __name__ == "__main__":
    print(documentation(), end="")  # noqa: T201
