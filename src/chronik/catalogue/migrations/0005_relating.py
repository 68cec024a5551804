"""Relating: places of reports, stories, judgements, editors' words, suggestions, sides, spellings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_feeds_that_moved"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerStoryRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("founder", models.CharField(db_index=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="JudgementRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.CharField(db_index=True, max_length=64)),
                ("second", models.CharField(db_index=True, max_length=64)),
                ("verdict", models.CharField(max_length=10)),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                ("made_by", models.CharField(blank=True, max_length=200)),
                ("judged_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RelationRow",
            fields=[
                ("report", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(db_index=True, default=0)),
                ("sort_at", models.DateTimeField(db_index=True)),
                ("story", models.CharField(blank=True, db_index=True, max_length=64)),
                ("anchor", models.CharField(blank=True, max_length=64)),
                ("score", models.FloatField(default=1.0)),
                ("certain", models.BooleanField(default=False)),
                ("copy_of", models.CharField(blank=True, max_length=64)),
                ("reasons", models.JSONField(default=list)),
                ("made_by", models.CharField(blank=True, max_length=200)),
                ("related_at", models.DateTimeField(null=True)),
                ("traits", models.BinaryField(default=b"")),
                ("vector", models.BinaryField(default=b"")),
                ("encoder", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="SideRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("names", models.JSONField(default=dict)),
                ("sources", models.JSONField(default=list)),
                ("speakers", models.JSONField(default=list)),
                ("words", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="SpellingsRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("spellings", models.JSONField(default=list)),
                ("same", models.BooleanField(default=True)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("withdrawn", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="StoryLinkRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("earlier", models.CharField(db_index=True, max_length=64)),
                ("later", models.CharField(db_index=True, max_length=64)),
                ("score", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="StoryRow",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("founder", models.CharField(max_length=64)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("reports", models.PositiveIntegerField(default=1)),
                ("origins", models.PositiveIntegerField(default=1)),
                ("languages", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="SuggestingRow",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="catalogue.dossierrow",
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
                ("knew", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="SuggestionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField(default=0.0)),
                ("reasons", models.JSONField(default=list)),
                ("state", models.CharField(default="open", max_length=10)),
                ("suggested_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WaitingRow",
            fields=[
                ("step", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WordRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("first", models.CharField(db_index=True, max_length=64)),
                ("second", models.CharField(db_index=True, max_length=64)),
                ("verdict", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("act", models.CharField(db_index=True, max_length=64)),
                ("withdrawn", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="articlerow",
            name="related",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="articlerow",
            index=models.Index(
                condition=models.Q(("related", False), ("superseded", False)),
                fields=["sort_at", "id"],
                name="article_unrelated",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgementrow",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="judgement_pair"),
        ),
        migrations.AddField(
            model_name="relationrow",
            name="article",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="relation", to="catalogue.articlerow"
            ),
        ),
        migrations.AddField(
            model_name="siderow",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="catalogue.dossierrow"
            ),
        ),
        migrations.AddIndex(
            model_name="spellingsrow",
            index=models.Index(condition=models.Q(("withdrawn", False)), fields=["number"], name="spellings_standing"),
        ),
        migrations.AddConstraint(
            model_name="storylinkrow",
            constraint=models.UniqueConstraint(fields=("earlier", "later"), name="story_link_pair"),
        ),
        migrations.AddIndex(
            model_name="storyrow",
            index=models.Index(
                models.OrderBy(models.F("last_at"), descending=True), models.F("id"), name="story_latest"
            ),
        ),
        migrations.AddField(
            model_name="suggestionrow",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="catalogue.dossierrow"
            ),
        ),
        migrations.AddField(
            model_name="suggestionrow",
            name="relation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="catalogue.relationrow"
            ),
        ),
        migrations.AddConstraint(
            model_name="siderow",
            constraint=models.UniqueConstraint(fields=("dossier", "key"), name="side_key"),
        ),
        migrations.AddIndex(
            model_name="suggestionrow",
            index=models.Index(
                models.F("dossier"),
                models.F("state"),
                models.OrderBy(models.F("score"), descending=True),
                name="suggestion_best",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestionrow",
            constraint=models.UniqueConstraint(fields=("dossier", "relation"), name="suggestion_pair"),
        ),
    ]
