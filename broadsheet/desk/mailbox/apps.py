from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "broadsheet.desk.mailbox"
    label = "mailbox"
    verbose_name = "Mailbox"
    default_auto_field = "django.db.models.BigAutoField"
