"""Feeds that moved for good are asked at their new address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_readings_in_full"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedrow",
            name="asks_url",
            field=models.TextField(blank=True, db_index=True),
        ),
        migrations.AddField(
            model_name="feedrow",
            name="moved_url",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="feedrow",
            name="moved_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="feedrow",
            name="moved_times",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
