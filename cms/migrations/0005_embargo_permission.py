"""Moderators may shorten an embargo or lift it early, from the first start.

Done once: what an operator changes afterwards stays.
"""

from django.db import migrations


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="pages", model="embargo")
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename="lift_embargo",
        defaults={"name": "Can shorten an embargo or lift it early"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_external_review"),
        ("pages", "0002_embargo"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
