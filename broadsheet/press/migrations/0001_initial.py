import django.utils.timezone
from django.db import migrations, models


def add_transaction_id(apps, schema_editor):
    """PostgreSQL: every row bears its transaction's id, so that a cursor can tell what is settled."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE press_purge ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()")
        schema_editor.execute("CREATE INDEX press_purge_xid ON press_purge (xid)")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120)),
                (
                    "at",
                    models.DateTimeField(
                        help_text="For a list: only leaves that show this date of it are touched.", null=True
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=120)),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.RunPython(add_transaction_id, migrations.RunPython.noop),
    ]
