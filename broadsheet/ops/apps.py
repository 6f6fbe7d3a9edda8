from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "broadsheet.ops"
    label = "ops"
    verbose_name = "Operations"

    def ready(self) -> None:
        from broadsheet.ops import checks  # noqa: F401  (registers the system checks)
