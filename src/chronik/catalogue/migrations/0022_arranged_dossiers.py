"""Sections, key documents and timelines of dossiers."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns of dossiers, one of clips."""

    dependencies: ClassVar = [("catalogue", "0021_dossier_access")]
    operations: ClassVar = [
        migrations.AddField(model_name="dossierrow", name="sections", field=models.JSONField(default=list)),
        migrations.AddField(model_name="dossierrow", name="pinned", field=models.JSONField(default=list)),
        migrations.AddField(model_name="dossierrow", name="timeline", field=models.JSONField(default=list)),
        migrations.AddField(model_name="cliprow", name="section", field=models.CharField(blank=True, max_length=20)),
    ]
