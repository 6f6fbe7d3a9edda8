from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "broadsheet.readers.search"
    label = "reader_search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.readers.search import signal_handlers

        signal_handlers.connect()
