"""Readings keep their form and what stands in their text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_acts_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="articlerow",
            name="annotations",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="articlerow",
            name="form",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="articlerow",
            name="kind",
            field=models.CharField(default="article", max_length=20),
        ),
        migrations.AddField(
            model_name="articlerow",
            name="truncated",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="articlerow",
            name="replaced",
            field=models.BooleanField(default=False),
        ),
    ]
