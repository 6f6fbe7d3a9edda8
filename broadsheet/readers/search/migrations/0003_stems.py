from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reader_search", "0002_dates_of_hits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spelling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=30)),
                ("word", models.CharField(max_length=30)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("part", "word"), name="spelling_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchedTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("text", models.CharField(max_length=100, verbose_name="searched for")),
                ("times", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0, help_text="Hits, the last time.")),
            ],
            options={
                "verbose_name": "searched term",
                "constraints": [models.UniqueConstraint(fields=("day", "text"), name="searched_once_a_day")],
            },
        ),
    ]
