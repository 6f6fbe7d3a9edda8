"""The web process: the front, the theme's files behind it, Django behind both."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.ops.settings")

from django.conf import settings
from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from whitenoise import WhiteNoise

from broadsheet.ops import databases, mail_by_worker, only_read
from broadsheet.ops.settling import settle

databases.answer_in_time(settings.DATABASES["default"])
mail_by_worker.hand_over()
django_application = get_wsgi_application()
# All views are loaded before the first reader comes: later it would hold up every other reader for a quarter second.
get_resolver().url_patterns  # noqa: B018 (loading them is what is wanted)

from broadsheet.press.cdn import courier  # noqa: E402
from broadsheet.press.front import Front  # noqa: E402 (the press needs Django's apps to be loaded)
from broadsheet.press.surveying import keep_surveyed  # noqa: E402 (as above)
from broadsheet.readers.newsletters.farewells import Farewells  # noqa: E402 (as above)
from broadsheet.readers.reading import counting  # noqa: E402 (as above)
from broadsheet.readers.reading.clerk import Clerk  # noqa: E402 (as above)

files = WhiteNoise(django_application, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL, max_age=31_536_000)
front = Front(files, is_file=files.files.__contains__)
front.keep_apart(settings.WEB_THREADS)
# A visit begins with it (see mains.visits). At its end nobody would see how long it waits for a database that hangs.
request_finished.disconnect(close_old_connections)
front.early.add(counting.PATH, counting.Counter(Clerk().start()))
application = Farewells(front, Path(settings.FAREWELLS))
keep_surveyed(front.edition)
courier.start()
only_read.make_room_when_over(front.edition.path)
settle()
