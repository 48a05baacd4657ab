"""papermill's translator for TypeScript."""

import threading

from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator

from .cell import declarations, leaves, parameters_object
from .literals import is_name, literal, type_of

# papermill shows a translator the cell tagged `parameters` just before it asks for the new one, which then has its types and
# comments.
_seen = threading.local()


class TypeScriptTranslator(Translator):
    """Writes parameters as the notebook does: variables with their types and comments, or the fields of one object."""

    @classmethod
    def translate(cls, val):
        return literal(val)

    @classmethod
    def comment(cls, cmt_str):
        return "\n".join(f"// {line}".strip() for line in (cmt_str.splitlines() or [""]))

    @classmethod
    def assign(cls, name, str_val):
        return f"const {name} = {str_val}"

    @classmethod
    def inspect(cls, parameters_cell):
        source = parameters_cell["source"]
        _seen.source = source
        declared = declarations(source)
        shared = parameters_object(declared)
        return [
            Parameter(name=one.name, inferred_type_name=one.type_name, default=one.value, help=one.comment)
            for one in (leaves(shared) if shared else declared)
        ]

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        """The cell that sets parameters.

        Raises PapermillException for a name or a value that TypeScript does not have.
        """
        source, _seen.source = getattr(_seen, "source", ""), ""
        declared = declarations(source)
        shared = parameters_object(declared)
        lines = [cls.comment(comment)]
        others = dict(parameters)
        if shared:
            changed, others = _changed(source, shared, parameters)
            lines += [changed] if changed else []
        known = {one.name: one for one in declared}
        lines += [_variable(name, value, known.get(name)) for name, value in others.items()]
        return "\n".join(lines) + "\n"


def _changed(source, shared, parameters):
    """The cell with other values in its object, or None where none is set; and the parameters that are not the object's."""
    values = dict(parameters)
    if isinstance(values.get(shared.name), dict):
        values.update(values.pop(shared.name))
    places = {leaf.name: leaf for leaf in leaves(shared)}
    edits = {}
    others = {}
    for name, value in values.items():
        inside = {f"{name}.{key}": inner for key, inner in _flat(value).items()} if isinstance(value, dict) else {}
        if name in places:
            edits[name] = value
        elif inside and inside.keys() <= places.keys():
            edits.update(inside)
        else:
            others[name] = value
    for name, value in sorted(edits.items(), key=lambda edit: -places[edit[0]].start):
        source = source[: places[name].start] + literal(value) + source[places[name].end :]
    return (source.rstrip() if edits else None), others


def _flat(values):
    flat = {}
    for key, value in values.items():
        inner = {f"{key}.{name}": field for name, field in _flat(value).items()} if isinstance(value, dict) else {}
        flat.update(inner or {str(key): value})
    return flat


def _variable(name, value, before):
    if not is_name(name):
        raise PapermillException(f'"{name}" is not the name of a parameter: TypeScript has no variable of that name')
    keyword = before.keyword if before else "const"
    annotation = (before.annotation if before else None) or type_of(value)
    if annotation == "const":
        annotation = type_of(value)
    elif before and not before.annotation and value == [] and before.type_name.endswith("[]"):
        annotation = before.type_name
    typed = f"{name}: {annotation}" if annotation else name
    comment = f" // {before.comment}" if before and before.comment else ""
    return f"{keyword} {typed} = {literal(value)}{comment}"
