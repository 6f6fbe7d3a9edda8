from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "broadsheet.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.newsroom import checks, page_paths, signal_handlers  # noqa: F401  (registers the system checks)

        page_paths.use_index()
        signal_handlers.connect()
