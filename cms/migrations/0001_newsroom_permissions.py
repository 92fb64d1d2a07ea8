"""Wagtail's own groups may work with what the newsroom adds, from the first start.

Done once, as Wagtail does it for its own: what an operator changes afterwards stays.
"""

from django.db import migrations

SNIPPETS = ["person", "organisation", "topic", "boilerplate", "presscontact"]

# By group: (app label, model, actions)
GRANTS = {
    "Editors": [("pages", model, ["add", "change"]) for model in SNIPPETS],
    "Moderators": [
        *[("pages", model, ["add", "change", "delete"]) for model in SNIPPETS],
        ("pages", "newsroomsettings", ["change"]),
        ("wagtailredirects", "redirect", ["add", "change", "delete"]),
    ],
}


def grant(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=GRANTS):
        for app_label, model, actions in GRANTS[group.name]:
            content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
            verbose_name = apps.get_model(app_label, model)._meta.verbose_name
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {verbose_name}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pages", "0001_initial"),
        ("wagtailcore", "0026_group_collection_permission"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
