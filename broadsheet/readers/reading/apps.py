from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "broadsheet.readers.reading"
    label = "reading"
    verbose_name = "What is being read"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.newsroom import own_addresses
        from broadsheet.readers.reading import boxes, counting  # noqa: F401  (registers the live boxes)

        own_addresses.keep(counting.PATH)  # here too: what checks a site starts no front
