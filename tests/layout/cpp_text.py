"""Reads C++ just far enough to count: braced blocks, and the members of each class and struct.

No compiler: comments, literals and preprocessor lines are blanked, then braces, parentheses and semicolons are followed.
"""

import re
from dataclasses import dataclass, field

_BLANKED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\''
    r"|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.S | re.M)
_TYPE = re.compile(r"^(?:template\s*<.*>\s*)?(?:typedef\s+)?(class|struct|union)\s+(?:\[\[[^\]]*\]\]\s*)?([\w:]*)")
_LABEL = re.compile(r"^\s*(?:(?:public|protected|private)(?:\s+Q_SLOTS|\s+slots)?|Q_SIGNALS|signals)\s*:(?!:)")
_MACRO = re.compile(r"^\s*Q_(?:OBJECT|GADGET|NAMESPACE|DISABLE_COPY\w*|PROPERTY|ENUM|FLAG|DECLARE_\w+)\b(?:\s*\([^()]*\))?")
_NO_MEMBER = re.compile(r"^(?:using|typedef|friend|static_assert|enum|namespace|extern)\b")


@dataclass
class Member:
    line: int
    text: str  # without what stands in braces
    is_defined: bool  # has a body


@dataclass
class Type:
    kind: str  # class, struct, union
    name: str  # as written: `Intake::Private` outside its owner, `Intake::Private` too inside it
    line: int
    fields: list = field(default_factory=list)  # names
    methods: list = field(default_factory=list)  # names
    pointers: dict = field(default_factory=dict)  # field → the type that its unique_ptr or shared_ptr holds


def without_comments(text):
    """The text with comments, literals and preprocessor lines blanked, so that braces count; lines stay lines."""
    return _BLANKED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def blocks(text):
    """Every braced block as (first line, last line, the text before its brace since the last ; { or })."""
    clean = without_comments(text)
    stack, start, line = [], 0, 1
    for at, char in enumerate(clean):
        if char == "\n":
            line += 1
        elif char == "{":
            stack.append((line, clean[start:at].strip()))
            start = at + 1
        elif char == "}" and stack:
            first, head = stack.pop()
            yield first, line, head
            start = at + 1
        elif char == ";":
            start = at + 1


def _closing(text, at):
    """Where the brace that opens at `at` is closed."""
    depth = 0
    for place in range(at, len(text)):
        if text[place] == "{":
            depth += 1
        elif text[place] == "}":
            depth -= 1
            if depth == 0:
                return place
    return len(text) - 1


def without_templates(text):
    """The text without what stands in <…> behind a name, so that only a function's own parentheses are left."""
    out, at = [], 0
    while at < len(text):
        if text[at] == "<" and out and (out[-1].isalnum() or out[-1] == "_"):
            depth, place = 0, at
            while place < len(text):
                depth += {"<": 1, ">": -1}.get(text[place], 0) if text[place - 1:place + 1] != "->" else 0
                if depth == 0:
                    break
                place += 1
            at = place + 1
            continue
        out.append(text[at])
        at += 1
    return "".join(out)


def _is_function(head):
    """Whether a declaration's text (up to its first brace or semicolon) declares a function."""
    if re.search(r"\boperator\b", head):
        return True
    flat = without_templates(re.sub(r"\[\[[^\]]*\]\]", " ", head))
    flat = re.sub(r"\b(?:alignas|decltype|explicit|noexcept|requires)\s*\([^()]*\)", " ", flat)
    opened = flat.find("(")
    assigned = re.search(r"(?<![=!<>])=(?!=)", flat)
    if opened < 0 or (assigned and assigned.start() < opened):
        return False
    return re.search(r"[\w~]\s*$", flat[:opened]) is not None and not re.match(r"\(\s*[*&]", flat[opened:])


def declarations(body, line):
    """The declarations of a class's body, one after another, as (line, head, the block's text or None)."""
    start = at = 0
    head = ""  # what stood before blocks that belong to the same declaration
    depth = 0
    while at < len(body):
        char = body[at]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "{" and depth > 0:
            at = _closing(body, at)
        elif char == "{":
            close = _closing(body, at)
            head += body[start:at]
            stripped = _stripped(head)
            behind = body[close + 1:].lstrip()[:1]
            initialises = re.search(r"\)[^()]*:\s*[\w:]", stripped) and behind in (",", "{")
            if not _TYPE.match(stripped) and _is_function(stripped) and not initialises:
                yield line + body.count("\n", 0, at), stripped, body[at + 1:close]
                head = ""
            else:
                if _TYPE.match(stripped):
                    yield line + body.count("\n", 0, at), stripped, body[at + 1:close]
                    head = "using "  # what follows up to the semicolon names a member of this type
                    if behind and behind != ";":
                        head = ""
                else:
                    head += " {} "
            start = at = close + 1
            continue
        elif char == ";" and depth == 0:
            stripped = _stripped(head + body[start:at])
            if stripped:
                yield line + body.count("\n", 0, at), stripped, None
            head, start = "", at + 1
        at += 1


def _stripped(text):
    while True:
        less = _MACRO.sub(" ", _LABEL.sub(" ", text)).strip()
        if less == text:
            return less
        text = less


def _field_names(head):
    """The names that one declaration of data declares; none for a static one, which is no state of an object."""
    if re.match(r"(?:inline\s+|constexpr\s+|mutable\s+)*static\b|constexpr\b", head):
        return []
    flat = without_templates(head)
    names, depth, part = [], 0, ""
    for char in flat + ",":
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(char, 0)
        if char == "," and depth == 0:
            names.append(part)
            part = ""
        else:
            part += char
    found = []
    for name in names:
        pointer = re.search(r"\(\s*[*&]\s*(\w+)", name)
        plain = re.search(r"(\w+)\s*(?:\[[^\]]*\]\s*)*(?::\s*\w+\s*)?(?:=.*|\{.*)?$", re.split(r"=|\{", name)[0].strip())
        if pointer or plain:
            found.append((pointer or plain)[1])
    return found


def _add(found, owner, line, head, body):
    nested = _TYPE.match(head)
    if nested and body is not None:
        name = nested[2] or "(unnamed)"
        found.extend(_types_of(f"{owner.name}::{name}", nested[1], line, body))
    elif not nested and _NO_MEMBER.match(re.sub(r"^template\s*", "", without_templates("x" + head)[1:])):
        return
    elif nested and re.fullmatch(r"(class|struct|union)\s+[\w:]+", head):
        return  # declared, defined elsewhere
    elif _is_function(head):
        plain = without_templates(head)
        owner.methods.append(re.search(r"(operator\s*\S+|[\w~]+)\s*\(", plain)[1] if "(" in plain else plain)
    elif body is None:
        names = _field_names(head)
        owner.fields.extend(names)
        held = re.search(r"(?:unique_ptr|shared_ptr)\s*<\s*(?:const\s+)?(\w+)\s*>\s*\w+$", head)
        if held and len(names) == 1:
            owner.pointers[names[0]] = held[1]


def _types_of(name, kind, line, body):
    owner = Type(kind, name, line)
    found = [owner]
    for at, head, inner in declarations(body, line):
        _add(found, owner, at, head, inner)
    return found


def types(text):
    """Every class, struct and union that the text defines, inner ones and those inside functions too."""
    clean = without_comments(text)
    found = []
    pattern = re.compile(r"(?<!enum )\b(class|struct|union)\s+(?:\[\[[^\]]*\]\]\s*)?([\w:]+)(?:\s+final)?\s*(?::(?!:)[^;{}()]*)?\{")
    done = 0
    for head in pattern.finditer(clean):
        if head.start() < done:
            continue  # inside one that is counted already
        close = _closing(clean, head.end() - 1)
        line = clean.count("\n", 0, head.end() - 1) + 1
        found.extend(_types_of(head[2], head[1], line, clean[head.end():close]))
        done = close
    return found


def bodies(text, name):
    """The bodies, as written, of the classes and structs called `name`."""
    for head in re.finditer(rf"\b(?:class|struct)\s+(?:\w+::)*{name}\b(?:\s+final)?\s*(?::(?!:)[^;{{}}()]*)?\{{", text):
        yield text[head.end():_closing(text, head.end() - 1)]
