#!/usr/bin/env python
"""Django's command line; DJANGO_SETTINGS_MODULE defaults to the settings of `make run`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
