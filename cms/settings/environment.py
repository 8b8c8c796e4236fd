"""The environment variables, read by django-environ. Those that README.md names are read here and nowhere else."""

import os

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment(environ.Env):
    """django-environ, for which a variable that is set to nothing is one that is not set.

    Secrets are not read by it: it takes a value that begins with `$` for the name of another variable.
    """

    ENVIRON = {name: value.strip() for name, value in os.environ.items() if value.strip()}

    def get_value(self, var, *args, **kwargs):
        """Return the value; raise ImproperlyConfigured, with the variable's name, for one that makes no sense."""
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} in the environment can't be {self.ENVIRON[var]!r}: {error}") from error

    def database(self, var, default) -> dict:
        """Return Django's settings of the database at the address in `var`, or at `default`.

        Raise ImproperlyConfigured for an address that is none of SQLite or PostgreSQL; it may hold a password, so it is
        not repeated.
        """
        try:
            config = self.db_url(var, default=default)
        except ValueError:
            config = {}
        if not config.get("ENGINE", "").endswith((".sqlite3", ".postgresql")):
            raise ImproperlyConfigured(f"{var} in the environment must begin with sqlite:/// or postgres://.")
        return config

    def names(self, var) -> list[str]:
        """Return what stands in `var`, parted by commas; [] where it is not set."""
        return [name.strip() for name in self.list(var, default=[]) if name.strip()]

    def secret(self, var) -> str:
        """Return what stands in `var` to the letter; "" where it is not set."""
        return os.environ.get(var, "")


env = Environment()
