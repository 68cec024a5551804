"""Gives everybody a role: the first account is the operator's, the others are chief editors, as they may all until now."""

from django.db import migrations

OPERATOR, CHIEF_EDITOR, FORMER = "operator", "chief-editor", "editors"


def give_roles(apps, _schema_editor):
    """Nobody is locked out of anything but feeds and settings, which the operator can hand on."""
    users = apps.get_model("auth", "User").objects.order_by("-is_active", "pk")
    groups = apps.get_model("auth", "Group").objects
    for place, user in enumerate(users):
        user.groups.set([groups.get_or_create(name=CHIEF_EDITOR if place else OPERATOR)[0]])
    groups.filter(name=FORMER).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalogue", "0015_tokens"),
    ]

    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
