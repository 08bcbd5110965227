"""The names of all that is accepted, taken from the tables themselves: the document of operations, --help, the composer package.

An operation's name stands for itself and the parameters that it cannot do without; each other parameter has a name of its
own ("alert.list state"), and so has each word of a parameter that takes one of several ("alert.list state=all"). What answers
may say ("open|resolved: open") is told apart by walk.said.
"""

import inspect
import re
import subprocess
import sys

from whole_server import BIN, SOURCE


def parameters_of(schema, prefix):
    """(name, words) of each parameter that may be left out, those of listed parts too."""
    for name, member in schema.get("properties", {}).items():
        path = f"{prefix} {name}" if " " not in prefix else f"{prefix}.{name}"
        if name not in schema.get("required", []):
            yield path, member.get("enum", [])
        elif "enum" in member:
            yield path, member["enum"]
        items = member.get("items", {})
        if "properties" in items:
            yield from parameters_of(items, path)


def of_operations(document):
    for path, item in document["paths"].items():
        operation = path[1:]
        yield operation
        content = item["post"].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        for name, words in parameters_of(schema, operation):
            yield from [f"{name}={word}" for word in words] or [name]


def of_options():
    """Every option that --help of a program lists."""
    for program in ("cohort-server", "cohort-sim", "cohort-script"):
        text = subprocess.run([BIN / program, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
        for option in dict.fromkeys(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)):
            yield f"{program} {option}"


def keywords(function):
    return [name for name, one in inspect.signature(function).parameters.items()
            if one.kind == one.KEYWORD_ONLY or (one.kind == one.POSITIONAL_OR_KEYWORD and one.default is not one.empty)]


def public(kind):
    return [name for name in dir(kind) if not name.startswith("_")]


def of_scripts():
    """Triggers, what app() takes, what a home can do and the kinds of parameters, each with its keywords."""
    sys.path.insert(0, str(SOURCE / "rules"))
    from composer import declare, effects, home, parameters
    callables = {f"on.{name}": getattr(declare.On, name) for name in public(declare.On)}
    callables |= {f"home.{name}": getattr(home.Home, name) for name in public(home.Home)}
    callables |= {f"device.{name}": getattr(home.Device, name) for name in public(home.Device)}
    callables |= {"app": declare.Declaration.app, "action": effects.action}
    callables |= {name: kind for name, kind in vars(parameters).items()
                  if isinstance(kind, type) and issubclass(kind, parameters.Parameter) and kind is not parameters.Parameter}
    for name, one in callables.items():
        yield name
        if callable(one):
            yield from (f"{name} {keyword}=" for keyword in keywords(one))
    yield from (f"app notifies={role}" for role in declare.ROLES)
    yield from (f"app scope={scope}" for scope in declare.SCOPES)
    yield from (f"home.alert severity={severity}" for severity in effects.SEVERITIES)


def of_topics():
    """What a console can follow, as the console's golden description lists it."""
    golden = (SOURCE / "tests/unit/shared/protocol/protocol.golden.txt").read_text()
    return sorted({f"topic {topic}" for topic in re.findall(r"^topic (\S+)", golden, re.M)})


def all_names(document):
    return [*of_operations(document), *of_options(), *of_scripts(), *of_topics()]
