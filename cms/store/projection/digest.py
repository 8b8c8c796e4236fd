"""Digests of API forms: equal where a consumer would see no difference."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from cms.pages.public import site_url

from .texts import SITE

# The day for which a derived value was asked is in the form and changes nothing by itself.
_VOLATILE = {"as_of"}


def digest_of(form: Any) -> str:
    """Return the SHA-256 of an API form, as it is sent or as it is kept, in hexadecimal."""
    text = json.dumps(_steady(form), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    # A new address of the site changes every form: that is told by a new epoch.
    text, base = text.replace(SITE, ""), site_url()
    if base:
        text = text.replace(base, "")
    return digest_of_text(text)


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _steady(form: Any) -> Any:
    if isinstance(form, dict):
        # Most are texts and numbers, of which there are many.
        return {
            key: _steady(value) if isinstance(value, dict | list | tuple) else value
            for key, value in form.items()
            if key not in _VOLATILE
        }
    if isinstance(form, list | tuple):
        return [_steady(value) for value in form]
    return form
