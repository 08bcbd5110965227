"""Who may include whom: the architecture's table, module by module."""

import re

# module -> what it may include besides itself, shared, and (in the server) metrics. The longest name here that leads a
# path is its module: worker/host is one of its own, and the worker may not include it.
SERVER = {
    "metrics": set(),
    "net": set(),
    "store": set(),
    "engine": set(),
    "bus": {"store"},  # the rows that a hint carries
    "ingest": {"store", "bus"},
    "directory": {"store", "bus"},
    "actions": {"store", "bus"},
    "edge": {"net", "ingest", "directory", "actions"},
    "worker": {"engine"},
    "worker/host": {"engine"},
    "worker/script": {"engine", "worker/host"},  # cohort-script drives a worker with the engine, without a server
    "scripts": {"store", "engine", "worker/host"},
    "composer": {"store", "bus", "actions", "engine", "scripts", "worker/host"},
    "api": {"net", "store", "bus", "directory", "actions", "composer", "scripts"},
    "sim": {"net"},
    "app": {"*"},
}
# Pages speak to models only; the widgets of charts and editor are parts of a page. Resources: colours and icons.
CONSOLE = {
    "net": set(),
    "models": {"net"},
    "resources": {"models"},
    "charts": {"models", "resources"},
    "editor": {"models", "resources"},
    "pages": {"models", "charts", "editor", "resources"},
    "app": {"*"},
}
SHARED = {"base": set(), "model": {"base"}, "protocol": {"base", "model"}}
TOPS = {"server": SERVER, "console": CONSOLE, "shared": SHARED}


def module(path):
    """The module of server/worker/host/a.h and the like; None for what no table names."""
    top, *folders = path.split("/")[:-1]
    for length in range(len(folders), 0, -1):
        if "/".join(folders[:length]) in TOPS[top]:
            return "/".join(folders[:length])
    return None


def faults(path, text):
    """Yields (line, rule, message) for each include that the tables do not have."""
    path = str(path)
    top = path.split("/")[0]
    if top not in TOPS:
        return
    of = module(path)
    if of is None:
        yield 1, "arrow", f"{'/'.join(path.split('/')[:-1])} is no folder of the design"
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"((server|console|shared)/[^"]+)"', line)
        if not found:
            continue
        to_top, to = found[2], module(found[1])
        if to_top == top:
            allowed = TOPS[top][of] | ({"metrics"} if top == "server" else set())
            if to != of and to not in allowed and "*" not in allowed:
                yield number, "arrow", f"{top}/{of} may not include {top}/{to}"
        elif to_top != "shared":
            yield number, "arrow", f"{top} may not include {to_top}"
