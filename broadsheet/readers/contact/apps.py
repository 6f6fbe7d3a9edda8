from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "broadsheet.readers.contact"
    label = "contact"
    verbose_name = "Letters to the newsroom"
    default_auto_field = "django.db.models.BigAutoField"
