from django.db import migrations, models

from broadsheet.readers.search import full_text_schema


class Migration(migrations.Migration):

    dependencies = [
        ("reader_search", "0004_marks"),
    ]

    operations = [
        migrations.RunPython(full_text_schema.clear, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Stem",
            fields=[
                ("text", models.CharField(max_length=100, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunPython(full_text_schema.create, full_text_schema.clear),
    ]
