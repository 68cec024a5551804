from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0025_single_sign_on"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="cliprow",
            index=models.Index(fields=["url"], name="clip_address", condition=models.Q(("url", ""), _negated=True)),
        ),
    ]
