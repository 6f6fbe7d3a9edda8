from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "broadsheet.desk"
    label = "desk"
    verbose_name = "Desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from broadsheet.desk import signal_handlers

        signal_handlers.connect()
        forms_of_the_desk()


def forms_of_the_desk() -> None:
    """Give the newsroom's pages the desk's forms: rights at their fields, help above a front's containers."""
    from broadsheet.desk.fronts.panels import FrontPanel
    from broadsheet.desk.publishing.form import ArticleForm
    from broadsheet.newsroom.models import Article, HomePage, Section

    Article.base_form_class = ArticleForm
    for model in (HomePage, Section):
        panels = model.content_panels
        if not any(isinstance(panel, FrontPanel) for panel in panels):
            model.content_panels = [*panels[:-1], FrontPanel(heading="How this front works"), panels[-1]]
