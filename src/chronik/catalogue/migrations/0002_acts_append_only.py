"""Acts are append-only: the database itself refuses to change or delete them."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER act_no_update BEFORE UPDATE ON catalogue_actrow
BEGIN SELECT RAISE(ABORT, 'acts are append-only'); END;
CREATE TRIGGER act_no_delete BEFORE DELETE ON catalogue_actrow
BEGIN SELECT RAISE(ABORT, 'acts are append-only'); END;
"""
SQLITE_REVERSE = "DROP TRIGGER act_no_update; DROP TRIGGER act_no_delete;"


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.strip().split("END;"):
            if statement.strip():
                schema_editor.execute(statement + "END;")


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE_REVERSE.split(";"):
            if statement.strip():
                schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_tables")]
    operations = [migrations.RunPython(forbid, allow)]
