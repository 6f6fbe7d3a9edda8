from django.db import migrations, models

from broadsheet.readers.search import full_text_schema


class Migration(migrations.Migration):

    dependencies = [
        ("reader_search", "0003_stems"),
    ]

    operations = [
        migrations.RunPython(full_text_schema.clear, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="searchentry", name="search_article_date"),
        migrations.AddField(
            model_name="searchentry",
            name="marks",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(full_text_schema.create, full_text_schema.clear),
    ]
