from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "broadsheet.readers.reading"
    label = "reading"
    verbose_name = "What is being read"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.readers.reading import boxes  # noqa: F401  (registers the live boxes)
