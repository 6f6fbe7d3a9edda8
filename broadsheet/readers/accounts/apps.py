from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "broadsheet.readers.accounts"
    label = "reader_accounts"
    verbose_name = "Readers' accounts"
