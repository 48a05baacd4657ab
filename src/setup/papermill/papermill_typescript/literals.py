"""Python values as TypeScript literals."""

import datetime
import json
import math
import re

from papermill.exceptions import PapermillException

_IDENTIFIER = re.compile(r"(?:[^\W\d]|\$)[\w$]*\Z")
_RESERVED = frozenset(
    "await break case catch class const continue debugger default delete do else enum export extends false finally for function "
    "if implements import in instanceof interface let new null package private protected public return static super switch this "
    "throw true try typeof var void while with yield arguments eval".split()
)
# Ends of lines and halves of characters, which a file cannot hold in a literal, and what cannot be seen.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def is_name(text):
    """Whether a variable can have this name."""
    return isinstance(text, str) and bool(_IDENTIFIER.match(text)) and text not in _RESERVED


def string(text):
    """Text as a literal in single quotes."""
    body = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return "'" + _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", body) + "'"


def number(value):
    """A number, NaN and the infinities among them."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def literal(value):
    """A value of JSON or YAML; tuples and sets are arrays, times are ISO texts.

    Raises PapermillException for a value of another type.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return string(str(value))
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return string(value.isoformat())
    if isinstance(value, dict):
        fields = [f"{_key(key)}: {literal(field)}" for key, field in value.items()]
        return "{ " + ", ".join(fields) + " }" if fields else "{}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join(literal(element) for element in value) + "]"
    if hasattr(value, "tolist"):  # NumPy's scalars and arrays
        return literal(value.tolist())
    raise PapermillException(
        f"{value!r} is of the type {type(value).__name__}, which has no literal in TypeScript: "
        "a parameter may be a text, a number, a boolean, None, or a list or dictionary of these"
    )


def type_of(value):
    """The type of a variable that holds a value, where the literal alone would give a narrower one; else None."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, (list, tuple)) and len(value) == 0:
        return "unknown[]"
    return None


def _key(key):
    text = key if isinstance(key, str) else literal(key).strip("'")
    if text == "__proto__":
        return "['__proto__']"  # which would set the prototype otherwise
    return text if is_name(text) else string(text)
