from django.db import migrations

from broadsheet.readers.search import full_text_schema


class Migration(migrations.Migration):

    dependencies = [
        ("reader_search", "0005_pairs"),
    ]

    operations = [
        migrations.RunPython(full_text_schema.keep_texts_as_they_are, migrations.RunPython.noop),
    ]
