"""Who may read, edit and publish each dossier."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("catalogue", "0020_several_passages")]
    operations: ClassVar = [
        migrations.AddField(model_name="dossierrow", name="access", field=models.JSONField(default=dict)),
    ]
