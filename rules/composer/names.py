"""Which attributes nobody may reach, whatever the object: the one rule of the sanitizer and of the guards."""

# Ways from an object to frames, code and globals that do not begin with an underscore.
_INSIDE = frozenset(
    "f_back f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace f_trace_lines f_trace_opcodes tb_frame "
    "tb_lasti tb_lineno tb_next gi_code gi_frame gi_running gi_suspended gi_yieldfrom cr_await cr_code cr_frame "
    "cr_origin cr_running cr_suspended ag_await ag_code ag_frame ag_running ag_suspended co_argcount co_code "
    "co_consts co_cellvars co_filename co_firstlineno co_flags co_freevars co_linetable co_lines co_names "
    "co_positions co_varnames func_globals func_code im_func im_self im_class".split())
# To classes, to objects that an error was about, and to what would be kept between runs.
_REFUSED = _INSIDE | {"mro", "format_map", "with_traceback", "obj", "register", "clear_cache", "no_cache", "from_file",
                      "getstate", "setstate", "ctypes", "setflags", "tofile"}


def refused(name):
    """Why an attribute of this name cannot be used, or nothing."""
    if name.startswith("_"):
        return f"attributes that begin with '_' cannot be used here; without it: {name.strip('_') or 'another name'}"
    if name in _REFUSED:
        return f"the attribute '{name}' cannot be used here; choose another name"
    return None
