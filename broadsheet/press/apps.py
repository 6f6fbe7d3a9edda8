from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "broadsheet.press"
    label = "press"
    verbose_name = "Press"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.press import checks, signal_handlers  # noqa: F401  (registers the system checks)
        from broadsheet.press.boxes import latest  # noqa: F401  (registers the live box)
        from broadsheet.press.pages import context  # noqa: F401  (registers what pages show)

        signal_handlers.connect()
