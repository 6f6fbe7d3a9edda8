from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "broadsheet.readers.newsletters"
    label = "newsletters"
    verbose_name = "Newsletters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.readers.newsletters import signal_handlers

        signal_handlers.connect()
