from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "broadsheet.readers.reading"
    label = "reading"
    verbose_name = "What is being read"
    default_auto_field = "django.db.models.BigAutoField"
