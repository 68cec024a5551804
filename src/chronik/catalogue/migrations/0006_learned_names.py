"""Names that the archive learned from its stories, and when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_relating"),
    ]

    operations = [
        migrations.CreateModel(
            name="NamesLearnedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("placed", models.BigIntegerField(default=0)),
                ("said", models.BigIntegerField(default=0)),
                ("withdrawn", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="LearnedNameRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("first", models.TextField()),
                ("second", models.TextField()),
                ("languages", models.JSONField(default=list)),
                ("stories", models.PositiveIntegerField()),
                ("reports", models.PositiveIntegerField()),
                ("against", models.PositiveIntegerField(default=0)),
                ("rivals", models.PositiveIntegerField(default=0)),
                ("score", models.FloatField(default=0.0)),
                ("witnesses", models.JSONField(default=list)),
                ("used", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("used", True)), fields=["number"], name="learned_names_used")
                ],
            },
        ),
    ]
