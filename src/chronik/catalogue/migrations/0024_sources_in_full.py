"""More of what is known of a source, what it was merged into, and credits that are none."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and two tables."""

    dependencies: ClassVar = [("catalogue", "0023_saved_views")]
    operations: ClassVar = [
        migrations.AddField(model_name="sourcerow", name="owner", field=models.TextField(blank=True)),
        migrations.AddField(model_name="sourcerow", name="credit_style", field=models.TextField(blank=True)),
        migrations.AddField(
            model_name="sourcerow", name="quotation_characters", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="sourcerow", name="quotation_percent", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(model_name="sourcerow", name="quotation_reason", field=models.TextField(blank=True)),
        migrations.AddField(
            model_name="sourcerow",
            name="merged_into",
            field=models.CharField(blank=True, db_index=True, default="", max_length=80),
        ),
        migrations.CreateModel(
            name="CreditAsideRow",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("credit", models.TextField()),
                ("act", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="SourceMoveRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("article", "Article"), ("clip", "Clip"), ("feed", "Feed"), ("side", "Side")],
                        max_length=10,
                    ),
                ),
                ("subject", models.TextField()),
                ("before", models.TextField(blank=True)),
            ],
            options={"indexes": [models.Index(fields=["act", "kind"], name="source_move_act")]},
        ),
    ]
