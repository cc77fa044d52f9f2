"""Romanian: 3 noiembrie 2026. Months have a small letter; see `MONTHS` in `config/wording.py`."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
MONTH_DAY_FORMAT = "j E"
