"""Whoever configures Dateline wrongly reads one line that says what to write."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cms.settings.environment import CHECKOUT, Environment, documentation

pytestmark = pytest.mark.once

PRODUCTION = {
    "SECRET_KEY": "a-secret-of-production-that-is-long-enough",
    "DATABASE_URL": "postgres://dateline@db/dateline",
    "CMS_URL": "https://cms.example.org",
    "FRONTEND_URL": "https://news.example.org",
}


def read_setting(
    settings: str, expression: str, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """What a fresh process that imports the settings prints for the expression."""
    ours = Environment.model_fields.keys() | {"DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "-c", f"import cms.settings.{settings} as s; print({expression})"],
        env=inherited | variables,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def one_line_of_refusal(settings: str, variables: dict[str, str]) -> str:
    process = read_setting(settings, "''", variables)
    assert process.returncode == 1
    assert process.stdout == ""
    (line,) = process.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("PORT", "abc", "PORT=abc: input should be a valid integer"),
        ("PORT", "70000", "PORT=70000: input should be less than or equal to 65535"),
        ("DEBUG", "perhaps", "DEBUG=perhaps: input should be a valid boolean"),
        ("WORKERS", "0", "WORKERS=0: input should be greater than or equal to 1"),
        ("CMS_URL", "cms.example.org", "CMS_URL=cms.example.org is not an http or https address"),
        ("CMS_URL", "https://example.org/cms", "CMS_URL=https://example.org/cms is not an http"),
        ("FRONTEND_URL", "https://:80", "FRONTEND_URL=https://:80 is not an http"),
        ("FRONTEND_URL", "https://x:port", "FRONTEND_URL=https://x:port is not an http"),
        (
            "EMAIL_URL",
            "smtp://host:abc",
            "EMAIL_URL is not the address of a mail server",
        ),
        ("FRONTEND_URL", "https://x:8443", "FRONTEND_URL=https://x:8443 is https on a port other"),
        ("WAGTAILFRONTENDCACHE", "{", "WAGTAILFRONTENDCACHE is not JSON"),
        ("WAGTAILFRONTENDCACHE", '{"a": {}}', "WAGTAILFRONTENDCACHE names no BACKEND for a"),
        ("WAGTAILFRONTENDCACHE", "[]", "WAGTAILFRONTENDCACHE: input should be a valid dictionary"),
        ("LANGUAGES", "en,xx", "LANGUAGES=en,xx names an unknown language (xx)"),
        ("LANGUAGES", ",", "LANGUAGES=, names no language"),
        ("TIME_ZONE", "Mars/Base", "TIME_ZONE=Mars/Base is not a time zone"),
        ("VAR", __file__, f"VAR={__file__} is not a directory"),
    ],
)
def test_wrong_value_is_refused_in_one_line(name, value, problem):
    line = one_line_of_refusal("development", {name: value})

    assert line.startswith(problem)
    assert f"Write, for example, {name}=" in line


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
def test_refusal_does_not_repeat_a_password(name):
    line = one_line_of_refusal("development", {name: "mysql://user:password1@host/x"})

    assert line.startswith(f"{name} is ")
    assert "password1" not in line


def test_every_wrong_value_gets_its_line():
    process = read_setting("development", "''", {"PORT": "abc", "TIME_ZONE": "Mars/Base"})

    assert [line.partition("=")[0] for line in process.stderr.splitlines()] == ["PORT", "TIME_ZONE"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 32 characters"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"CMS_URL": ""}, "CMS_URL is not set"),
        ({"FRONTEND_URL": ""}, "FRONTEND_URL is not set"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS must name the hosts"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is SQLite"),
        ({"DATABASE_URL": "sqlite:////srv/x.sqlite3"}, "DATABASE_URL is SQLite"),
    ],
)
def test_production_refuses_in_one_line(change, problem):
    line = one_line_of_refusal("production", PRODUCTION | change)

    assert line.startswith(problem)
    assert "Write, for example, " in line


def test_production_starts_when_configured():
    process = read_setting(
        "production", "s.SESSION_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS, s.ALLOWED_HOSTS", PRODUCTION
    )

    assert process.stderr == ""
    assert process.stdout == "True ['https://cms.example.org'] ['cms.example.org']\n"


def test_production_keeps_sqlite_when_told_to():
    process = read_setting(
        "production", "''", PRODUCTION | {"DATABASE_URL": "", "ALLOW_SQLITE": "true"}
    )

    assert process.returncode == 0


def test_production_insists_on_tls_only_behind_a_proxy_it_trusts():
    """Without, no request is known to be secure: it would redirect for ever, and tell nobody."""
    shown = "getattr(s, 'SECURE_SSL_REDIRECT', False), getattr(s, 'SECURE_HSTS_SECONDS', 0)"

    assert read_setting("production", shown, PRODUCTION).stdout == "False 0\n"
    behind_proxy = PRODUCTION | {"TRUSTED_PROXY_HEADER": "X-Forwarded-Proto"}
    assert read_setting("production", shown, behind_proxy).stdout == "True 31536000\n"


def test_development_keeps_its_secret_key_where_others_cannot_read_it(tmp_path: Path):
    first, second = (
        read_setting("development", "s.SECRET_KEY", {"VAR": str(tmp_path / "new")}).stdout
        for _ in range(2)
    )

    assert first == second
    assert len(first) > 50
    kept = tmp_path / "new" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_development_hides_tracebacks_unless_asked(tmp_path: Path):
    variables = {"VAR": str(tmp_path)}

    assert read_setting("development", "s.DEBUG", variables).stdout == "False\n"
    assert read_setting("development", "s.DEBUG", variables | {"DEBUG": "1"}).stdout == "True\n"


def test_addresses_follow_the_ports(tmp_path: Path):
    variables = {"VAR": str(tmp_path), "PORT": "9000", "SITE_PORT": "9001"}

    process = read_setting("development", "s.CMS_URL, s.FRONTEND_URL", variables)

    assert process.stdout == "http://localhost:9000 http://localhost:9001\n"


def test_mail_server_is_configured_by_its_address(tmp_path: Path):
    process = read_setting(
        "development",
        "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_HOST_PASSWORD",
        {"VAR": str(tmp_path), "EMAIL_URL": "smtp+starttls://me:p%40ss@mail.example.org"},
    )

    assert process.stdout == "mail.example.org 587 True False p@ss\n"


def test_relative_var_is_relative_to_the_checkout():
    assert Environment(VAR=Path("elsewhere")).VAR == CHECKOUT / "elsewhere"


def test_documentation_is_up_to_date():
    assert (CHECKOUT / "docs" / "settings.md").read_text() == documentation()


@pytest.mark.parametrize("name", Environment.model_fields)
def test_every_variable_is_described_and_has_an_example_that_it_accepts(
    name, monkeypatch: pytest.MonkeyPatch
):
    field = Environment.model_fields[name]
    (example,) = field.examples or []
    monkeypatch.setenv(name, example)

    assert field.description
    assert name in Environment().model_fields_set


def test_what_the_address_of_a_database_says_holds_beside_ours():
    address = "postgres://dateline@db/dateline?sslmode=verify-full&connect_timeout=5"
    shown = read_setting(
        "production", "s.DATABASES['default']['OPTIONS']", PRODUCTION | {"DATABASE_URL": address}
    )
    assert shown.stdout == (
        "{'sslmode': 'verify-full', 'connect_timeout': 5, 'prepare_threshold': 2147483648}\n"
    ), shown.stderr


def test_a_pooler_keeps_no_cursors():
    expression = "s.DATABASES['default']['DISABLE_SERVER_SIDE_CURSORS']"
    for kept, disabled in (("true", "False"), ("false", "True")):
        variables = PRODUCTION | {"PREPARED_STATEMENTS": kept}
        assert read_setting("production", expression, variables).stdout == f"{disabled}\n"


def test_https_is_https_however_it_is_written():
    variables = PRODUCTION | {"CMS_URL": "HTTPS://CMS.Example.org"}
    shown = read_setting("production", "(s.CMS_URL, s.SESSION_COOKIE_SECURE)", variables)
    assert shown.stdout == "('https://cms.example.org', True)\n", shown.stderr
