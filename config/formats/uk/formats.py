"""Ukrainian: 3 листопада 2026 року. Django's own ends in an abbreviation, so that a sentence would end in two dots."""

DATE_FORMAT = "j E Y року"
DATETIME_FORMAT = "j E Y року, H:i"
MONTH_DAY_FORMAT = "j E"
