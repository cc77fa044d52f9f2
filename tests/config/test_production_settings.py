"""Production settings: what is missing is named, what is unsafe is refused, the demo can't exist."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "k" * 20 + "-Z9x8c7v6b5n4m3-" + "q" * 20,
    "ALLOWED_HOSTS": "weerbaar.example",
    "BASE_URL": "https://weerbaar.example",
    "DATABASE_URL": "postgres://weerbaar@127.0.0.1/weerbaar",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@127.0.0.1:587",
    "DEFAULT_FROM_EMAIL": "Weerbaar <noreply@weerbaar.example>",
    "ANYMAIL_WEBHOOK_SECRET": "webhook:a-long-secret-of-the-provider",
    "MEDIA_STORAGE_URL": "file:///tmp/weerbaar-media",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    left_out = {*COMPLETE, "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the journeys set it for their own process
    env = {name: value for name, value in os.environ.items() if name not in left_out}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings.production", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], env=env, capture_output=True, text=True, timeout=120, check=False
    )


def setting(name: str, **environment: str) -> str:
    code = f"from django.conf import settings; print(settings.{name})"
    env = {**os.environ, **COMPLETE, **environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_everything_that_is_missing_is_named_at_once():
    done = manage("check")
    assert done.returncode != 0
    assert all(name in done.stderr for name in COMPLETE)


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_does_not_start_without(name):
    done = manage("check", **{**COMPLETE, name: ""})
    assert done.returncode != 0
    assert name in done.stderr


def test_the_developers_key_is_refused():
    done = manage("check", **{**COMPLETE, "SECRET_KEY": "dev-only-not-a-secret-and-refused-by-production-settings"})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_the_deployment_check_finds_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert done.returncode == 0, done.stderr


def test_the_demo_is_not_installed_and_has_no_address():
    code = (
        "import django; django.setup(); from django.urls import resolve, Resolver404\n"
        "from django.conf import settings\n"
        "assert not settings.DEMO and 'config.demo' not in settings.INSTALLED_APPS\n"
        "try:\n    match = resolve('/demo/mail/')\n"
        "except Resolver404:\n    print('none')\n"
        "else:\n    print(match.route)"
    )
    env = {**os.environ, **COMPLETE, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "none"


def test_a_provider_of_mail_never_tracks_opens_or_clicks():
    assert setting("EMAIL_BACKEND", EMAIL_URL="anymail+postmark://") == "anymail.backends.postmark.EmailBackend"
    defaults = setting("ANYMAIL", EMAIL_URL="anymail+postmark://")
    assert "'track_opens': False" in defaults
    assert "'track_clicks': False" in defaults


def test_the_providers_key_comes_from_the_environment():
    given = setting("ANYMAIL", EMAIL_URL="anymail+postmark://", ANYMAIL_POSTMARK_SERVER_TOKEN="token-of-the-provider")
    assert "'POSTMARK_SERVER_TOKEN': 'token-of-the-provider'" in given
    assert COMPLETE["ANYMAIL_WEBHOOK_SECRET"] in given


def test_media_may_lie_in_an_s3_compatible_store():
    storages = setting("STORAGES['default']", MEDIA_STORAGE_URL="s3://bucket?endpoint=https://s3.example&region=nl")
    assert "S3Storage" in storages
    assert "https://s3.example" in storages
