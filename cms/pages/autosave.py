"""Autosave of half-done work: what can be stored is stored, what can't is named, field by field.

Wagtail's autosave stops at the first error of a form, so that a date that is no date keeps an hour of writing from
being saved. A save that a person asks for stays strict: its errors are shown and nothing is stored.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.forms.utils import ErrorDict, ErrorList
from modelcluster.fields import ParentalKey
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.base import BlockField, get_error_json_data
from wagtail.blocks.stream_block import StreamValue

# Without a title of its own and an address that is free no page can be stored.
ESSENTIAL = {"title", "slug"}
# More than any body has; the count comes from outside.
MOST_BLOCKS = 10_000


def keep_what_holds(form: Any) -> bool:
    """Make `form`, which isn't valid, one that can be saved without what is wrong, and leave that in `form.not_kept`.

    A field whose value makes no sense keeps what is stored; one that is merely not complete (a picture without
    alternative text) is stored as it is. False where too little is right to store anything.
    """
    garbled = [name for name, formset in form.formsets.items() if not formset.management_form.is_valid()]
    if ESSENTIAL & form.errors.keys() or garbled:
        return False
    form.not_kept = [*_of_fields(form), *_of_children(form)]
    return True


def what_is_incomplete(form: Any) -> list[dict]:
    """Return what was stored but keeps the page from being submitted; bodies only, since nothing else says so
    before.
    """
    told = []
    for name, field in form.fields.items():
        if isinstance(field, BlockField) and name in form.cleaned_data:
            try:
                field.block.clean(form.cleaned_data[name])
            except StreamBlockValidationError as error:
                told += [_tell(path, field.label, text, kept=True) for path, text in _leaves(form, name, error)]
    return told


def _of_fields(form: Any):
    told = []
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        for error in errors.as_data():
            if isinstance(error, StreamBlockValidationError) and _take_stream(form, name):
                told += [_tell(path, field.label, text, kept=True) for path, text in _leaves(form, name, error)]
            else:
                _put_back(form, name)
                html_name = form.add_prefix(name) if field else ""
                label = field.label if field else ""
                told.append(
                    _tell(html_name, label, " ".join(error.messages), kept=_is_untouched(form, name, html_name))
                )
    form._errors = ErrorDict()
    return told


def _of_children(form: Any):
    told = []
    for formset in form.formsets.values():
        for child in formset.forms:
            if not child.errors:
                continue
            told += _of_fields(child)
            if _lacks_something(child.instance) and child.instance.pk is None:
                # There is nothing that a row could be stored with.
                child.cleaned_data["DELETE"] = True
        told += [_tell("", "", text) for text in formset.non_form_errors()]
        formset._errors = [ErrorDict() for _form in formset.forms]
        formset._non_form_errors = ErrorList()
    return told


def _is_untouched(form: Any, name: str, html_name) -> bool:
    """Return whether nothing stands in a field and nothing was stored in it: then nothing is lost, it only has to be
    filled in.
    """
    return bool(html_name) and not form.data.get(html_name) and form.initial.get(name) in (None, "", [])


def _put_back(form: Any, name: str) -> None:
    """Put what is stored into the place of a value that was refused after Django had set it."""
    field = next((one for one in form.instance._meta.concrete_fields if one.name == name), None)
    if field is None:
        return
    stored = type(form.instance)._base_manager.filter(pk=form.instance.pk).first() if form.instance.pk else None
    # Of a live page, the draft that was opened is what counts, and the form began with it.
    before = (
        form.initial.get(name, field.get_default())
        if stored is None or name in form.initial
        else field.value_from_object(stored)
    )
    setattr(form.instance, field.attname if field.is_relation else name, before)


def _lacks_something(instance: Any) -> bool:
    """Return whether a row has nothing in a column that must have something; what it belongs to is set when it is
    saved.
    """
    return any(
        not field.null
        and not field.primary_key
        and not isinstance(field, ParentalKey)
        and field.value_from_object(instance) is None
        for field in instance._meta.concrete_fields
        if not field.auto_created and field.name != "sort_order"
    )


def _take_stream(form: Any, name: str) -> bool:
    """Take the blocks as they were sent, if they can be stored and read again."""
    value = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        text = json.dumps(value.get_prep_value())
        # What PostgreSQL stores in no JSON.
        if "\\u0000" in text:
            return False
        stored = json.loads(text)
        setattr(form.instance, name, StreamValue(value.stream_block, stored, is_lazy=True))
        list(getattr(form.instance, name))
    except (TypeError, ValueError, AttributeError):
        return False
    return True


def _leaves(form: Any, name: str, error) -> Iterator[Any]:
    """(name of the input, message) of each error in the blocks of a stream."""
    yield from _leaves_below(form.data, form.add_prefix(name), get_error_json_data(error))


def _leaves_below(data, prefix, error) -> Iterator[Any]:
    for text in error.get("messages", ()):
        yield prefix, text
    for key, inner in error.get("blockErrors", {}).items():
        if isinstance(key, int) and f"{prefix}-count" in data:
            numbers = _numbers(data, prefix)
            yield from _leaves_below(data, f"{prefix}-{numbers[key]}-value" if key < len(numbers) else prefix, inner)
        elif isinstance(key, int):
            # A table: its errors are by row and column, and stand at the table.
            for cell in inner.values():
                yield from ((prefix, text) for _path, text in _leaves_below(data, prefix, cell))
        else:
            yield from _leaves_below(data, f"{prefix}-{key}", inner)


def _numbers(data, prefix):
    """Return the numbers that the inputs of a list of blocks have, in the order of the blocks."""
    try:
        count = min(int(data[f"{prefix}-count"]), MOST_BLOCKS)
        numbers = [number for number in range(count) if not data.get(f"{prefix}-{number}-deleted")]
        return sorted(numbers, key=lambda number: int(data.get(f"{prefix}-{number}-order") or 0))
    except ValueError:
        return []


def _tell(name: str, label: str, text: str, kept: bool = False):
    return {"name": name, "label": str(label or ""), "message": str(text), "kept": kept}
