"""What readers do not see for the time being."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_due_for_search")]

    operations = [
        migrations.CreateModel(
            name="HiddenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("subject", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="hidden_once")]},
        ),
    ]
