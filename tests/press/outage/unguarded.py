"""The web process without its guards: whoever needs the main database waits for it in the readers' threads."""

from whitenoise import WhiteNoise

from broadsheet.ops.wsgi import django_application, settings
from broadsheet.press.front import Front

application = Front(WhiteNoise(django_application, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL))
