"""Small words for JSON Schema (2020-12, as OpenAPI 3.1 uses it).

Pure; whoever gives an API form says beside it what shape it has (`api_schema`).
"""

from typing import Any

STRING = {"type": "string"}
HTML = {"type": "string", "contentMediaType": "text/html"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
BOOLEAN = {"type": "boolean"}
DATE = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
URI = {"type": "string", "format": "uri"}


def ref(name: str) -> dict:
    """Return the component `name`."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: dict) -> dict:
    """Return the schema of `schema`, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def array(items: dict) -> dict:
    """Return a list of `items`."""
    return {"type": "array", "items": items}


def const(value: Any) -> dict:
    """Just this value."""
    return {"const": value}


def obj(properties: dict, optional: Any = ()) -> dict:
    """Return an object with these properties; all but the `optional` ones are always there.

    What is added later is to be ignored.
    """
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def coded(codes: Any = None) -> dict:
    """Return a coded value; `codes` are those that there are today."""
    code = {"type": "string", "enum": [str(code) for code in codes]} if codes else STRING
    return obj({"code": code, "name": STRING})
