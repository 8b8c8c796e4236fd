"""Logging in: how fast passwords and codes may be tried, the second factor, and how long a session lasts."""
