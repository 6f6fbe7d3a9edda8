from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "broadsheet.readers.push"
    label = "push"
    verbose_name = "Notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.readers.push import signal_handlers

        signal_handlers.connect()
