"""Leaves of the ledger: a mark for each capture and act, also for those that are there already."""

import secrets

from django.db import migrations, models

import chronik.catalogue.ledger_models

BATCH = 1_000


def mark_what_is_there(apps, schema_editor):
    leaf = apps.get_model("catalogue", "LeafRow")
    for kind, name, order in (("capture", "CaptureRow", "captured_at"), ("act", "ActRow", "number")):
        rows = []
        for subject in (
            apps.get_model("catalogue", name).objects.order_by(order, "id").values_list("id", flat=True).iterator()
        ):
            rows.append(leaf(kind=kind, subject=subject, salt=secrets.token_bytes(32)))
            if len(rows) == BATCH:
                leaf.objects.bulk_create(rows)
                rows = []
        leaf.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_watched_pages")]

    operations = [
        migrations.CreateModel(
            name="LeafRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("subject", models.CharField(max_length=64)),
                ("salt", models.BinaryField(default=chronik.catalogue.ledger_models.new_salt)),
                ("index", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="leaf_once")],
                "indexes": [models.Index(condition=models.Q(("index", None)), fields=["number"], name="leaf_due")],
            },
        ),
        migrations.RunPython(mark_what_is_there, migrations.RunPython.noop),
    ]
