"""Which attributes nobody may reach, whatever the object: the one rule of the sanitizer and of the guards."""

# Ways from an object to frames, code and globals that do not begin with an underscore, and format strings as a method.
_REFUSED_PREFIXES = ("_", "gi_", "cr_", "ag_", "tb_", "f_", "co_", "func_", "im_")
_REFUSED = frozenset({"mro", "format_map", "with_traceback", "obj", "register", "clear_cache", "no_cache", "from_file",
                      "getstate", "setstate"})


def refused(name):
    """Why an attribute of this name cannot be used, or nothing."""
    if name.startswith("_"):
        return f"attributes that begin with '_' cannot be used here; without it: {name.strip('_') or 'another name'}"
    if name in _REFUSED or name.startswith(_REFUSED_PREFIXES):
        return f"the attribute '{name}' cannot be used here; choose another name"
    return None
