"""The product's own settings; jobs are done on the spot, so that what is made leaves no queue behind."""

from broadsheet.ops.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
