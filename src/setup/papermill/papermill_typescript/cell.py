"""What a cell tagged `parameters` declares."""

import re
from dataclasses import dataclass, field

_DECLARATION = re.compile(r"(?:^|(?<=[;\n]))[ \t]*(?:export[ \t]+)?(const|let|var)\s+(?=[\w$])", re.MULTILINE)
_NAME = re.compile(r"(?:[^\W\d]|\$)[\w$]*")
_STATED = re.compile(r"\s(as|satisfies)\s+")
_KEY = re.compile(r"\s*([\w$]+|(['\"])_*\2)\s*:")
_BEHIND = re.compile(r"[ \t]*[,;]?[ \t]*(//[^\n]*|/\*.*?\*/)", re.DOTALL)
_FIRST_OF_LINE = re.compile(r"[ \t]*(export[ \t]+)?((const|let|var)[ \t]+)?")
_NUMBER = re.compile(r"[-+]?\s*(0[xXbBoO][\da-fA-F_]+|(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][-+]?\d+)?|Infinity|NaN)\Z")
# After these a line goes on, and before those.
_GOES_ON_AFTER = re.compile(r"[-+*/%=<>|&?:.,(\[{!~^]\s*\Z")
_GOES_ON_BEFORE = re.compile(r"\s*([.?:|&+*/%=<>,\])}^]|-(?!-)|(as|satisfies|in|instanceof)\b)")


@dataclass
class Declared:
    """A variable or a field of an object, and where its value stands in the cell."""

    name: str
    value: str
    """As it is written, without the type that `as` or `satisfies` states."""
    start: int
    end: int
    keyword: str = "const"
    annotation: str | None = None
    """The type after the name, or after `as` or `satisfies`."""
    comment: str = ""
    fields: "list[Declared]" = field(default_factory=list)
    """Those of an object, with the names of all objects around them before theirs: `outer.inner`."""

    @property
    def type_name(self):
        """The type as papermill wants it: "None" where it is unknown, "NoneType" for null."""
        if self.annotation and self.annotation != "const":
            return self.annotation
        return _literal_type(self.value)


def declarations(source):
    """The variables that a cell declares at its top, in their order."""
    masked = _mask(source)
    depths = _depths(masked)
    found = []
    for match in _DECLARATION.finditer(masked):
        place = match.end()
        while depths[match.start(1)] == 0:
            declared, place = _variable(source, masked, depths, place, match[1])
            if declared is None:
                break
            found.append(declared)
            following = re.compile(r"\s*,\s*").match(masked, place)
            if following is None:
                break
            place = following.end()
    return found


def parameters_object(declared):
    """The one object that holds a cell's parameters: the one called `parameters`, or the only variable; else None."""
    objects = [variable for variable in declared if variable.fields]
    named = [variable for variable in objects if variable.name == "parameters"]
    if named:
        return named[0]
    return objects[0] if len(declared) == 1 and objects else None


def leaves(variable):
    """The fields of an object that are no objects, those inside objects among them."""
    return [leaf for inner in variable.fields for leaf in (leaves(inner) if inner.fields else [inner])]


def _variable(source, masked, depths, place, keyword):
    name = _NAME.match(source, place)
    if name is None:
        return None, place
    equals = _find(masked, depths, name.end(), lambda at: masked[at] == "=" and _is_assignment(masked, at))
    if equals is None:
        return None, place
    between = source[name.end() : equals].strip()
    if between and between[0] not in ":!":
        return None, place
    end = _end_of_value(masked, depths, equals + 1)
    declared = _declared(source, masked, depths, name[0], (place, equals + 1, end), "")
    declared.keyword = keyword
    if between:
        declared.annotation = " ".join(between.lstrip("!: ").split())
    return declared, end


def _declared(source, masked, depths, name, places, prefix):
    """What stands between the second and the third place; its name stands at the first."""
    named, start, end = places
    start += len(masked[start:end]) - len(masked[start:end].lstrip())
    end = start + len(masked[start:end].rstrip())
    comment = _comment(source, masked, named, end)
    annotation = None
    for stated in _STATED.finditer(masked, start, end):
        if depths[stated.start()] == depths[start]:
            annotation = " ".join(source[stated.end() : end].split())
            end = start + len(masked[start : stated.start()].rstrip())
            break
    declared = Declared(prefix + name, source[start:end], start, end, annotation=annotation, comment=comment)
    if declared.value.startswith("{"):
        # The names of a variable's fields do not begin with the variable's.
        inner = f"{declared.name}." if prefix or depths[named] > 0 else ""
        declared.fields = _fields(source, masked, depths, (start, end), inner)
    return declared


def _fields(source, masked, depths, braces, prefix):
    start, end = braces
    depth = depths[start] + 1
    commas = [at for at in range(start + 1, end - 1) if masked[at] == "," and depths[at] == depth]
    fields = []
    for after, until in zip([start, *commas], [*commas, end - 1]):
        key = _KEY.match(masked, after + 1, until)
        if key is None:
            continue  # a method, a short form or what is spread cannot be set
        name = source[key.start(1) : key.end(1)].strip("'\"")
        fields.append(_declared(source, masked, depths, name, (key.start(1), key.end(), until), prefix))
    return fields


def _comment(source, masked, named, end):
    """The comment behind a value in its line, or else those in the lines above its name."""
    behind = _BEHIND.match(source, end)
    if behind is not None:
        return _words(behind[1])
    line = source.rfind("\n", 0, named) + 1
    above = []
    if _FIRST_OF_LINE.fullmatch(masked, line, named):
        while line > 0:
            before = source.rfind("\n", 0, line - 1) + 1
            if masked[before:line].strip() or not source[before:line].strip():
                break
            above.insert(0, source[before:line])
            line = before
    return _words("".join(above))


def _words(comment):
    lines = [re.sub(r"^\s*(//+|/\*+|\*(?!/))|\*+/\s*$", "", line).strip() for line in comment.splitlines()]
    return " ".join(line for line in lines if line)


def _find(masked, depths, place, fits):
    """The first place at the depth of `place` that fits, in what is still one declaration."""
    depth = depths[place] if place < len(masked) else 0
    for at in range(place, len(masked)):
        if depths[at] < depth or (depths[at] == depth and masked[at] == ";"):
            return None
        if depths[at] == depth and fits(at):
            return at
    return None


def _is_assignment(masked, at):
    return masked[at + 1 : at + 2] not in ("=", ">") and masked[at - 1 : at] not in ("=", "!", "<", ">")


def _end_of_value(masked, depths, start):
    depth = depths[start] if start < len(masked) else 0
    for at in range(start, len(masked)):
        if depths[at] > depth:
            continue
        if depths[at] < depth or masked[at] in ",;":
            return at
        if masked[at] == "\n" and masked[start:at].strip():
            goes_on = _GOES_ON_AFTER.search(masked[start:at]) or _GOES_ON_BEFORE.match(masked, at)
            if not goes_on:
                return at
    return len(masked)


def _literal_type(value):
    text = value.strip()
    if text in ("true", "false"):
        return "boolean"
    if text == "null":
        return "NoneType"
    if _NUMBER.match(text):
        return "number"
    if text[:1] in "'\"`" and text and _mask(text).strip(text[0] + "_") == "":
        return "string"
    if text.startswith("[") and text.endswith("]"):
        masked = _mask(text)
        depths = _depths(masked)
        commas = [at for at in range(1, len(text) - 1) if masked[at] == "," and depths[at] == 1]
        bounds = [0, *commas, len(text) - 1]
        elements = [text[a + 1 : b].strip() for a, b in zip(bounds, bounds[1:])]
        types = {_literal_type(element) for element in elements if element}
        if len(types) == 1 and "None" not in types:
            return types.pop().replace("NoneType", "null") + "[]"
    return "None"


def _depths(masked):
    """How many brackets are open at each place; a bracket counts as outside of itself."""
    depths = []
    depth = 0
    for character in masked:
        if character in ")]}":
            depth = max(0, depth - 1)
        depths.append(depth)
        if character in "([{":
            depth += 1
    depths.append(depth)
    return depths


_HIDDEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:\\.|[^'\\\n])*(?:'|\Z)?|\"(?:\\.|[^\"\\\n])*(?:\"|\Z)?|`(?:\\.|[^`\\])*(?:`|\Z)",
    re.DOTALL,
)


def _mask(source):
    """The text with comments as blanks and what stands in quotes as `_`, place by place."""

    def hide(found):
        text = found[0]
        if text.startswith("/"):
            return re.sub(r"[^\n]", " ", text)
        return text[0] + "_" * (len(text) - 2) + text[0] if len(text) > 1 else text

    return _HIDDEN.sub(hide, source)
