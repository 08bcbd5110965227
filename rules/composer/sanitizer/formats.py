"""Format strings: only literals, and nothing in their fields that reaches where an attribute may not."""
import ast
import string

from composer.names import refused


def fault_of(node):
    """What is wrong with `….format` at this attribute node, or nothing."""
    if not isinstance(node.value, ast.Constant) or not isinstance(node.value.value, str):
        return 'format can only be used on a text written in place, such as "{} W".format(power): or use f"{power} W"'
    return _fault_in(node.value.value, 0)


def _fault_in(text, depth):
    try:
        for _, field, spec, _ in string.Formatter().parse(text):
            if field is None:
                continue
            for part in field.replace("[", ".[").split(".")[1:]:
                reason = None if part.startswith("[") else refused(part)
                if reason:
                    return reason
            if spec and depth < 2:
                reason = _fault_in(spec, depth + 1)
                if reason:
                    return reason
    except ValueError as error:
        return f"the format is wrong: {error}"
    return None
