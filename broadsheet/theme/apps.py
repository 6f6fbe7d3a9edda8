from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "broadsheet.theme"
    label = "theme"
    verbose_name = "Theme"
