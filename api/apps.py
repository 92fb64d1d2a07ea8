from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "Delivery API"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from api import checks  # noqa: F401  (registers the system checks)

        pre_migrate.connect(_before_migrations, sender=self)
        post_migrate.connect(_after_migrations, sender=self)


def _before_migrations(*, plan: Any, **kwargs: Any) -> None:
    """Migrations change tables, and SQLite makes them anew: what hangs on them would break."""
    from api.documents.triggers import uninstall

    if plan:
        uninstall()


def _after_migrations(**kwargs: Any) -> None:
    from api.documents.triggers import install

    install()
