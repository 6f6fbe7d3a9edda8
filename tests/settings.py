"""The suite's settings: the product's own, on a scratch site, with quick passwords and local mail."""

import os
import tempfile

os.environ.setdefault("BROADSHEET_SITE", tempfile.mkdtemp(prefix="broadsheet-tests-"))
os.environ["BROADSHEET_BASE_URL"] = "http://testserver"
if os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres":
    os.environ.setdefault("BROADSHEET_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")

from broadsheet.ops.settings import *  # noqa: F403
from broadsheet.ops.settings import DATABASES, SITE_DIR

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: other connections and threads see what was committed.
    DATABASES["default"]["OPTIONS"].pop("database")
    DATABASES["default"]["TEST"] = {"NAME": str(SITE_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PRESS_GUARD_RAISES = True
