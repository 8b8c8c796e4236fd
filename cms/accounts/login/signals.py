"""What others want to know of logging in."""

from django.dispatch import Signal

# An attempt failed: `user` (None where nobody has the name), `address`, `how` ("password" or "code").
login_failed = Signal()
# One address may not try an account any more for an hour: `user` (or None), `address`.
locked_out = Signal()
