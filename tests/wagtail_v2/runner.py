"""Runs Wagtail's tests, and says in JSON which of them did not pass."""

import json
import unittest
from typing import Any

from django.contrib.auth.models import Group
from django.test.runner import DiscoverRunner
from wagtail.models import Collection, Locale, Page, Site


class Runner(DiscoverRunner):
    """Begins with what Wagtail's migrations leave in a database; the outcome is the last line."""

    def setup_databases(self, **kwargs: Any) -> Any:
        made = super().setup_databases(**kwargs)
        Group.objects.create(name="Editors")
        Locale.objects.create(language_code="en")
        Collection.add_root(name="Root")
        root = Page.add_root(instance=Page(title="Root", slug="root"))
        home = root.add_child(instance=Page(title="Welcome", slug="home"))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        return made

    def suite_result(self, suite: Any, result: unittest.TestResult, **kwargs: Any) -> int:
        failed = sorted({test.id() for test, _ in [*result.failures, *result.errors]})
        print(json.dumps({"ran": result.testsRun, "failed": failed}))  # noqa: T201
        return len(failed)
