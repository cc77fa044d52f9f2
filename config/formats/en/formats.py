"""English for readers in Europe: 21 November 2026, as in Dutch; not Nov. 21, 2026."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
