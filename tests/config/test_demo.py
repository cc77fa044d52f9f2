"""The demo, and that none of it exists in production."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.utils import timezone
from wagtail.models import Locale

from config.demo import mailbox
from config.demo.sign_ins import SIGN_INS, sign_in

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "p" * 60,
    "ALLOWED_HOSTS": "weerbaar.example",
    "BASE_URL": "https://weerbaar.example",
    "CACHE_URL": "locmemcache://",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "noreply@weerbaar.example",
    "ANYMAIL_WEBHOOK_SECRET": "webhook:a-long-secret",
}


def run_python(code, tmp_path, **environment):
    """A Python of its own, with production's settings unless told otherwise."""
    values = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")},
        **PRODUCTION,
        "DATABASE_URL": f"sqlite:///{tmp_path}/production.sqlite3",
        "MEDIA_STORAGE_URL": f"file://{tmp_path}/media",
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": f"{settings.BASE_DIR}:{tmp_path}",
        **environment,
    }
    return subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=values, capture_output=True, text=True, timeout=60
    )


def test_production_has_no_demo(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.core.management import get_commands\n"
        "from django.urls import Resolver404, resolve\n"
        "print(settings.DEMO, 'config.demo' in settings.INSTALLED_APPS, 'demo' in get_commands())\n"
        "try:\n"
        "    print(resolve('/demo/').route)\n"
        "except Resolver404:\n"
        "    print('404')\n"
    )
    done = run_python(code, tmp_path)
    assert done.stdout.split() == ["False", "False", "False", "404"], done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/"])
def test_the_demos_addresses_answer_404_elsewhere(client, path):
    assert client.get(path, follow=True).status_code == 404


@pytest.mark.parametrize(
    "extra", ["INSTALLED_APPS = ['config.demo', *INSTALLED_APPS]", "INSTALLED_APPS += ['config.demo']; DEMO = True"]
)
def test_production_refuses_to_start_with_the_demo_installed(tmp_path, extra):
    (tmp_path / "sneaky_settings.py").write_text(f"from config.settings.production import *\n{extra}\n")
    done = run_python("import django; django.setup()", tmp_path, DJANGO_SETTINGS_MODULE="sneaky_settings")
    assert done.returncode != 0
    assert "config.demo can't be installed outside the demo" in done.stderr


def test_unchecked_content_is_published_by_the_demo_only():
    assert not settings.DEMO
    with pytest.raises(CommandError, match="demo's settings only"):
        call_command("load_starter", "--demo")


def test_the_command_that_makes_the_demos_people_is_not_there():
    assert "demo" not in get_commands()


def test_the_demos_people_are_not_made_outside_the_demo():
    from config.demo import people

    with pytest.raises(RuntimeError):
        people.load(timezone.now())


def test_every_line_of_the_table_says_how_to_sign_in_and_what_to_try():
    from config.demo.management.commands.demo import table

    printed = table()
    for line in SIGN_INS:
        assert line.name in printed
        assert line.totp_secret in printed
        assert str(line.try_this)
    assert sign_in("manager").totp_secret
    assert not sign_in("employee").totp_secret
    assert len({line.totp_key for line in SIGN_INS}) == len(SIGN_INS)


@pytest.fixture
def demo(settings, tmp_path):
    """The demo's addresses and mailbox, in the test's own process."""
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    settings.ROOT_URLCONF = "tests.config.demo_urls"
    settings.EMAIL_BACKEND = "config.demo.mailbox.EmailBackend"


def send(subject, text="See https://weerbaar.example/en/x/?a=1&b=2 now", html="<p>Hi</p><script>alert(1)</script>"):
    from django.core.mail import EmailMultiAlternatives

    mail = EmailMultiAlternatives(subject, text, to=["sam@example.org"])
    mail.attach_alternative(html, "text/html")
    mail.send()


@pytest.mark.django_db
def test_sent_mail_is_listed_newest_first_and_paged(client, demo):
    assert b"No mail was sent yet" in client.get("/demo/mail/", headers={"accept-language": "en"}).content
    for number in range(25):
        send(f"Subject {number:02}")
    first = client.get("/demo/mail/").content.decode()
    assert first.index("Subject 24") < first.index("Subject 05")
    assert "Subject 04" not in first
    assert "Subject 04" in client.get("/demo/mail/?page=2").content.decode()
    assert client.get("/demo/mail/?page=nonsense").status_code == 200


@pytest.mark.django_db
def test_a_message_was_sent_at_amsterdams_time(client, demo):
    with time_machine.travel(datetime(2026, 1, 15, 12, 30, tzinfo=UTC), tick=False):
        send("Subject")
    [name] = mailbox.names()
    assert "13:30:00" in client.get(f"/demo/mail/{name}/").content.decode()


@pytest.mark.django_db
def test_a_message_shows_its_text_with_a_link_that_works(client, demo):
    send("Subject", text="See <b> https://weerbaar.example/en/x/?a=1&b=2 now")
    [name] = mailbox.names()
    page = client.get(f"/demo/mail/{name}/").content.decode()
    assert 'href="https://weerbaar.example/en/x/?a=1&amp;b=2"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.django_db
def test_the_html_part_of_a_message_runs_nothing(client, demo):
    send("Subject")
    [name] = mailbox.names()
    response = client.get(f"/demo/mail/{name}/html/")
    policy = response.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["0", "passwd", "00000000000000000000-00000000"])
def test_a_message_that_is_not_there_is_404(client, demo, name):
    assert client.get(f"/demo/mail/{name}/", follow=True).status_code == 404
    assert client.get(f"/demo/mail/{name}/html/", follow=True).status_code == 404


def test_no_file_outside_the_mailbox_can_be_read(demo, tmp_path):
    (tmp_path / "secret.eml").write_text("x")
    assert mailbox.read("../secret") is None


@pytest.mark.django_db
def test_the_demos_page_shows_every_sign_in_and_its_code(client, demo):
    page = client.get("/demo/").content.decode()
    for line in SIGN_INS:
        assert line.name in page
    assert sign_in("manager").totp_secret in page


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_loads_twice_and_its_people_can_sign_in(demo, client):
    from cms.accounts import cards
    from cms.accounts.models import User
    from config.demo import people
    from learning.employers.models import Employment, Organisation
    from learning.records.models import Completion

    call_command("load_starter", "--demo", stdout=StringIO())
    people.load(timezone.now())
    counts = [model.objects.count() for model in (User, Employment, Organisation, Completion)]
    call_command("load_starter", "--demo", stdout=StringIO())
    people.load(timezone.now())
    assert [model.objects.count() for model in (User, Employment, Organisation, Completion)] == counts
    assert set(Locale.objects.values_list("language_code", flat=True)) == {code for code, _name in settings.LANGUAGES}
    assert counts[1] >= 40
    assert counts[3] >= 15
    for line in SIGN_INS:
        if "@" in line.name:
            assert User.objects.get(email=line.name).check_password(line.secret)
    claimed = cards.find(sign_in("card").name)
    assert claimed.pin
    assert claimed.user.first_name == "Aylin"
    assert not cards.find(sign_in("new_card").name).claimed_at
