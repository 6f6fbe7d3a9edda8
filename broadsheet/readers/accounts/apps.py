from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "broadsheet.readers.accounts"
    label = "reader_accounts"
    verbose_name = "Readers' accounts"

    def ready(self) -> None:
        from broadsheet.readers.accounts import signal_handlers

        signal_handlers.connect()
