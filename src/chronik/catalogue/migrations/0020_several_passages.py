from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0019_passkeys"),
    ]

    operations = [
        migrations.AddField(
            model_name="cliprow",
            name="further",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="cliprow",
            name="quotation_reason",
            field=models.TextField(blank=True),
        ),
    ]
