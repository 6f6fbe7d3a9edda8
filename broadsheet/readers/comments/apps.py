from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "broadsheet.readers.comments"
    label = "comments"
    verbose_name = "Comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.readers.comments import signal_handlers

        signal_handlers.connect()
