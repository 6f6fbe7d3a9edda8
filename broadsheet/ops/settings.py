"""Django's settings, derived from the site's configuration (see config.py). Never edited by a site."""

from __future__ import annotations

from urllib.parse import urlsplit

from broadsheet.ops import config as site_config
from broadsheet.ops import databases, mail, search_service, sqlite

sqlite.install()

CONFIG = site_config.load()
SITE_DIR = CONFIG.site
BASE_URL = CONFIG.base_url.rstrip("/")
_HOST = urlsplit(BASE_URL).hostname or "localhost"
_HTTPS = BASE_URL.startswith("https://")

SECRET_KEY = site_config.secret_key(CONFIG)
DEBUG = CONFIG.debug
ALLOWED_HOSTS = [_HOST, *CONFIG.allowed_hosts]
if _HOST in {"localhost", "127.0.0.1"}:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "wagtail.contrib.redirects",  # before the press: a page's old address has its redirect when its move is told of
    "broadsheet.ops",
    "broadsheet.desk",
    "broadsheet.desk.mailbox",
    "broadsheet.readers.search",
    "broadsheet.readers.contact",
    "broadsheet.readers.limits",
    "broadsheet.readers.newsletters",
    "broadsheet.readers.reading",
    "broadsheet.readers.push",
    "broadsheet.readers.comments",
    "broadsheet.readers.accounts",  # before allauth, whose templates it brings in the look of the paper
    "broadsheet.press",
    "broadsheet.newsroom",
    "broadsheet.wire",
    "broadsheet.theme",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "anymail",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.press.middleware.ReaderHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "broadsheet.press.middleware.KnownRedirects",
]

ROOT_URLCONF = "broadsheet.ops.urls"
WSGI_APPLICATION = "broadsheet.ops.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "broadsheet.readers.accounts.frames.account_frame",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": databases.from_url(CONFIG.database_url, SITE_DIR)}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = CONFIG.language
TIME_ZONE = CONFIG.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = str(SITE_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = CONFIG.media_root or str(SITE_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "broadsheet.theme.storage.Files"},
}
WHITENOISE_MANIFEST_STRICT = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; the front itself must answer its health checks in the clear
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # a paper's other subdomains are not ours to decide
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows previews in a frame of its own
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: not ours to decide
    "security.W008",  # redirect to HTTPS: the proxy's part, see SECURE_SSL_REDIRECT above
    "security.W019",  # frames: SAMEORIGIN, for the desk's previews
    "security.W021",  # the browsers' preload list: the publisher's own decision
]

WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "pdf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": search_service.backend(CONFIG.search_url)}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 500
WAGTAILADMIN_COMMENTS_ENABLED = True

WEB_THREADS = max(2, CONFIG.threads)
EDITION_PATH = CONFIG.edition or str(SITE_DIR / "edition.sqlite3")
CDN, CDN_ID, CDN_TOKEN = CONFIG.cdn, CONFIG.cdn_id, CONFIG.cdn_token
CDN_PURGE_BY, CDN_SOFT = CONFIG.cdn_purge_by, CONFIG.cdn_soft
CDN_URLS = [url.rstrip("/") for url in CONFIG.cdn_urls]
READING_SPOOL = str(SITE_DIR / "reading")
FAREWELLS = str(SITE_DIR / "farewells")
HISTORY_DAYS = CONFIG.history_days
WIRE_FETCH_ALLOW = list(CONFIG.fetch_allow)
WIRE_POLL_INTERVAL = (CONFIG.poll_shortest, max(21_600, CONFIG.poll_shortest))
WIRE_USER_AGENT_CONTACT = CONFIG.user_agent_contact or BASE_URL

_MAIL = mail.from_url(CONFIG.email_url)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.email_from or f"news@{_HOST}"
EMAIL_BACKEND = EMAIL_SENDER = _MAIL.backend  # web processes hand mail to the worker, which sends it by the sender
EMAIL_TIMEOUT = mail.TIMEOUT_SECONDS
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.starttls, _MAIL.tls
EMAIL_PROVIDER = _MAIL.provider
LETTERS_PER_SECOND = CONFIG.email_per_second
BOUNCE_MAILBOX = CONFIG.bounce_mailbox
AKISMET_KEY, AKISMET_URL = CONFIG.akismet_key, CONFIG.akismet_url.rstrip("/")
# Readers' accounts (allauth): a code by mail, no password. The desk's own login stays the only way to the desk.
ACCOUNT_ADAPTER = "broadsheet.readers.accounts.adapter.ReaderAdapter"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION, ACCOUNT_PREVENT_ENUMERATION, ACCOUNT_UNIQUE_EMAIL = "mandatory", True, True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
LOGIN_REDIRECT_URL, ACCOUNT_LOGOUT_REDIRECT_URL = "/account/", "/"
PUSH_SERVICES = list(CONFIG.push_services)
ANYMAIL = {**_MAIL.anymail, "WEBHOOK_SECRET": CONFIG.email_webhook_secret or None}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "broadsheet": {"level": "INFO"},
        "django.security": {"level": "CRITICAL"},  # scanners' requests: answered with 400, not worth a traceback each
    },
}
