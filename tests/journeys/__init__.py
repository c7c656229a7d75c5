"""The journeys of invented people, walked page by page on the days they happen."""
