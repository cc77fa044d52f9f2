import logging

import pytest

from cms.reporting.silence import WithoutReporting


def record(message, *args):
    return logging.LogRecord("any", logging.INFO, "file", 1, message, args, None)


@pytest.mark.parametrize(
    "line",
    [
        ('"%s" %s %s', "GET /nl/melden/ HTTP/1.1", "200", "48862"),
        ("Not Found: %s", "/nl/melden/x"),
        ('10.0.0.1 - - "GET /en/report/?x=1 HTTP/1.1" 200 "https://weerbaar.example/nl/" "agent"',),
        ('10.0.0.1 - - "GET /nl/ HTTP/1.1" 200 "https://weerbaar.example/nl/melden/" "agent"',),
        ("Internal Server Error: /nl/meld%65n/",),
        ('"%s" %s %s', "GET /pl/zglos/ HTTP/1.1", "200", "52809"),
        ('10.0.0.1 - - "GET /uk/povidomyty/ HTTP/1.1" 200 "-" "agent"',),
        ("Not Found: /bg/melden/",),
        ("Not Found: /pl/zg%C5%82o%C5%9B/",),
    ],
)
def test_a_line_that_names_the_reporting_page_is_never_written(line):
    assert not WithoutReporting().filter(record(*line))


@pytest.mark.parametrize("line", [("Not Found: %s", "/nl/modules/x/"), ("1 message sent at 12:30:05",), ("%d", "x")])
def test_other_lines_are_written(line):
    assert WithoutReporting().filter(record(*line))


def test_every_handler_of_the_settings_has_the_filter(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert all("without_reporting" in handler["filters"] for handler in handlers)
    for name, logger in settings.LOGGING["loggers"].items():
        assert set(logger.get("handlers", [])) <= set(settings.LOGGING["handlers"]), name
    # Django's own handlers, which mail error reports and print requests, are gone.
    assert logging.getLogger("django").handlers == []
