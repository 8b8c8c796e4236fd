"""The environment variables of the settings: one that is set to nothing counts as one that is not set.

Each function raises ImproperlyConfigured, with the variable's name, for a value that makes no sense.
"""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable to the letter, but for spaces around it."""
    return os.environ.get(name, "").strip() or default


def integer(name: str, default: int) -> int:
    """Return a decimal number, 0 or greater."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} in the environment must be a number, not {value!r}.")
    return int(value)


def switch(name: str, default: bool = False) -> bool:
    """Return whether the variable is on (1) or off (0)."""
    value = text(name, str(int(default))).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} in the environment must be 1 or 0, not {value!r}.")
    return value in TRUE


def choice(name: str, *values: str) -> str:
    """Return one of `values`; the first where the variable is not set."""
    value = text(name, values[0])
    if value not in values:
        raise ImproperlyConfigured(f"{name} in the environment must be one of {', '.join(values)}, not {value!r}.")
    return value


def names(name: str) -> list[str]:
    """Return what stands in the variable, parted by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def targets(name: str, kinds: tuple[str, ...]) -> list[str]:
    """Return what stands in the variable, parted by commas, each `kind:…` of one of `kinds`."""
    found = names(name)
    wrong = [one for one in found if one.partition(":")[0] not in kinds or ":" not in one]
    if wrong:
        raise ImproperlyConfigured(f"{name} in the environment takes {', '.join(f'{kind}:…' for kind in kinds)} only.")
    return found


def periods(name: str, default: str) -> str:
    """Return `days:weeks:months`, numbers of which one at least is not 0."""
    value = text(name, default)
    parts = value.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not any(map(int, parts)):
        raise ImproperlyConfigured(f"{name} in the environment must be days:weeks:months, such as 7:4:6.")
    return value


def database(name: str) -> dict[str, Any]:
    """Return Django's settings of the database at the address in the variable; {} where it is not set.

    The address may hold a password, so it is in no message.
    """
    try:
        config = dj_database_url.parse(text(name), conn_max_age=60, conn_health_checks=True) if text(name) else {}
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} in the environment is no address of a database.") from error
    if config and not config["ENGINE"].endswith((".sqlite3", ".postgresql")):
        raise ImproperlyConfigured(f"{name} in the environment must begin with sqlite:/// or postgres://.")
    return dict(config)
