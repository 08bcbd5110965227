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
    """(name, words) of each parameter that may be left out, those of its parts too."""
    for name, member in schema.get("properties", {}).items():
        path = f"{prefix} {name}" if " " not in prefix else f"{prefix}.{name}"
        words = [word for word in member.get("enum", []) if word is not None]
        if name not in schema.get("required", []) or words:
            yield path, words
        yield from parameters_of(member, path)
        yield from parameters_of(member.get("items", {}), path)


def of_operations(document):
    for path, item in document["paths"].items():
        operation = path[1:]
        yield operation
        content = item["post"].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        for name, words in parameters_of(schema, operation):
            yield from [f"{name}={word}" for word in words] or [name]


# How the --help of a program names its commands.
COMMANDS = {"cohort-server": r"^cohort-server ([a-z][a-z -]*?)(?: FILE)? \[options\]", "cohort-sim": r"\b([a-z]+)(?:,|\s+or|;)(?=\s)",
            "cohort-script": r"cohort-script ([a-z]+) FILE"}


def help_of(program, *command):
    return subprocess.run([BIN / program, *command, "--help"], capture_output=True, text=True, check=True, timeout=60).stdout


def of_options():
    """Every command that --help of a program lists, and every option that --help of the command lists."""
    for program, pattern in COMMANDS.items():
        text = help_of(program)
        if program == "cohort-sim":
            text = text[text.index("Arguments:"):].partition("each has its own")[0]
        yield from (f"{program} --help", f"{program} --version")
        for command in dict.fromkeys(re.findall(pattern, text, re.M)):
            yield f"{program} {command}"
            listed = dict.fromkeys(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(program, *command.split())))
            yield from (f"{program} {command} {option}" for option in listed if option not in ("--help", "--version"))


def keywords(function):
    return [name for name, one in inspect.signature(function).parameters.items()
            if one.kind == one.KEYWORD_ONLY or (one.kind == one.POSITIONAL_OR_KEYWORD and one.default is not one.empty)]


def public(kind):
    return [name for name in dir(kind) if not name.startswith("_")]


# What scripts can write that is known and refused with a sentence of its own, until it is there.
NOT_YET = ("import numpy", "from composer import model")


def of_scripts():
    """Triggers, what app() takes, what a home can do and the kinds of parameters, each with its keywords."""
    sys.path.insert(0, str(SOURCE / "rules"))
    from composer import declare, effects, home, parameters, query
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
    yield from (f"home.history aggregate={aggregate}" for aggregate in query.AGGREGATES)
    yield from NOT_YET
    yield from (f"home.alert severity={severity}" for severity in effects.SEVERITIES)


def of_topics():
    """What a console can follow, as the console's golden description lists it."""
    golden = (SOURCE / "tests/unit/shared/protocol/protocol.golden.txt").read_text()
    return sorted({f"topic {topic}" for topic in re.findall(r"^topic (\S+)", golden, re.M)})


def all_names(document):
    return [*of_operations(document), *of_options(), *of_scripts(), *of_topics()]
