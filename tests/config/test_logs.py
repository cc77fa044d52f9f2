"""What a log line about a failing database may say."""

import logging
import sys

import pytest
from django.db import IntegrityError

from cms.accounts.models import User
from config.logs import WithoutAddresses


@pytest.mark.django_db
def test_the_row_that_a_database_refused_is_not_in_the_log(sam):
    try:
        User.objects.bulk_create([User(email=sam.email)])
    except IntegrityError:
        caught = sys.exc_info()
    record = logging.LogRecord("weerbaar", logging.ERROR, __file__, 1, "it failed", (), caught)
    line = WithoutAddresses("%(message)s").format(record)
    assert "IntegrityError" in line
    assert "bulk_create" in line
    assert sam.email not in line
    assert "DETAIL" not in line
