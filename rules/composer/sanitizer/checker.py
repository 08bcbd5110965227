"""Walks a script's syntax tree against the allow-lists. The tree that passes has guards around written attributes."""
import ast

from composer import guards, names, texts
from composer.sanitizer import allowed, formats
from composer.sanitizer.fault import MOST_FAULTS, Fault, column_of, lines_of

MOST_BYTES = 64 * 1024
MOST_DEPTH = 50
WRITE_GUARD = "@write"  # no name of a script can be written so
_DEFINITIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_NAMING = frozenset({ast.ExceptHandler, ast.MatchAs, ast.MatchStar})
_SCOPES = _DEFINITIONS | {ast.Lambda}
# Operators and contexts: every one of Python's is allowed, and there is nothing inside.
_LEAVES = frozenset(kind for kind in allowed.NODES if issubclass(kind, (
    ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)))


class Known:
    """What a script and its helpers may name."""

    def __init__(self, modules, composer_names, helpers):
        self.modules = modules            # name → {name: …} of each curated module
        self.composer = composer_names    # names that `composer` has
        self.helpers = frozenset(helpers)
        self.attributes = set(allowed.ATTRIBUTES) | set(composer_names) | self.helpers
        for table in modules.values():
            self.attributes.update(table)
            for value in table.values():
                if isinstance(value, type):
                    self.attributes.update(name for name in dir(value) if names.refused(name) is None)
        self.attributes.discard("format")


def parse(source, file):
    """(tree, nothing) or (nothing, the fault)."""
    if len(source.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return None, Fault(file, 1, 1, f"the source is over {MOST_BYTES // 1024} KiB: move parts into helpers")
    try:
        return ast.parse(source, file), None
    except SyntaxError as error:
        return None, Fault(file, error.lineno or 1, error.offset or 1, f"syntax: {error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:
        said = str(error) if isinstance(error, ValueError) else "nested too deep"
        return None, Fault(file, 1, 1, f"syntax: {said}")


def gather(nodes, known):
    """Adds the names that a file defines to those that attributes may have, in this file and the others."""
    add = known.attributes.add
    for node in nodes:
        kind = type(node)
        if kind is ast.Attribute:
            if type(node.ctx) is not ast.Load:
                add(node.attr)
        elif kind is ast.Name:
            if type(node.ctx) is ast.Store:
                add(node.id)
        elif kind is ast.Constant:
            value = node.value
            if type(value) is str and len(value) < 500:
                # Field names of a namedtuple, names of parameters.
                known.attributes.update(word for word in value.replace(",", " ").split() if word.isidentifier())
        elif kind in _DEFINITIONS:
            add(node.name)


def check(nodes, source, file, known):
    """The faults, in the order of the source; the tree is changed in place and may be compiled when there are none."""
    checker = _Checker(file, lines_of(source), known, _defined(nodes))
    try:
        checker.visit(nodes[0], 0)
    except RecursionError:
        checker.faults.append(Fault(file, 1, 1, f"nested over {MOST_DEPTH} deep: use functions"))
    if not checker.faults:
        _guard(nodes)
    return sorted(checker.faults, key=lambda fault: (fault.line, fault.column))[:MOST_FAULTS]


def _defined(nodes):
    """Every name that is given a value anywhere in the file."""
    found = set()
    for node in nodes:
        kind = type(node)
        if kind is ast.Name:
            if type(node.ctx) is not ast.Load:
                found.add(node.id)
        elif kind in _DEFINITIONS:
            found.add(node.name)
        elif kind is ast.arg:
            found.add(node.arg)
        elif kind is ast.alias:
            found.add(node.asname or node.name.partition(".")[0])
        elif kind in _NAMING:
            if node.name:
                found.add(node.name)
        elif kind is ast.MatchMapping and node.rest:
            found.add(node.rest)
    return found


class _Checker:
    """One walk over one file."""

    def __init__(self, file, lines, known, defined):
        self._file, self._lines, self._known, self._defined = file, lines, known, defined
        self._functions = []  # those around the node
        self._modules = {}    # local name → curated module
        self.faults = []

    def fault(self, node, message):
        line = getattr(node, "lineno", 1)
        if len(self.faults) < MOST_FAULTS:
            column = column_of(self._lines, line, getattr(node, "col_offset", 0))
            self.faults.append(Fault(self._file, line, column, message))

    def visit(self, node, depth):
        kind = type(node)
        if len(self.faults) >= MOST_FAULTS:
            return None  # enough said, and looking for what was meant takes time
        if depth > MOST_DEPTH:
            return self.fault(node, f"nested over {MOST_DEPTH} deep: use functions or names for the parts")
        if kind not in allowed.NODES:
            return self.fault(node, allowed.REFUSED_NODES.get(kind, f"{kind.__name__} cannot be used here"))
        judge = _JUDGES.get(kind)
        if judge:
            judge(self, node)
        scope = kind in _SCOPES
        if scope:
            self._functions.append(node)
        flat = kind in _FLAT
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                deeper = depth if flat and _same_level(node, name, value) else depth + 1
                for one in value:
                    if isinstance(one, ast.AST) and type(one) not in _LEAVES:
                        self.visit(one, deeper)
            elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
                self.visit(value, depth if flat and _same_level(node, name, value) else depth + 1)
        if scope:
            self._functions.pop()

    # ---- names ---------------------------------------------------------------------------------------------------
    def _judge_Name(self, node):
        self._name(node, node.id)
        if node.id == "super" and not getattr(node, "plain_super", False):
            self.fault(node, "super can only be used as super().…, without arguments")
        if isinstance(node.ctx, ast.Load) and not node.id.startswith("__") and node.id not in self._defined \
                and node.id not in guards.NAMES:
            self.fault(node, self._unknown(node.id))

    def _unknown(self, name):
        instead = guards.INSTEAD.get(name)
        if instead:
            return f"'{name}': {instead}"
        return f"the name '{name}' is not known here" + _meant(name, self._defined | guards.NAMES)

    def _name(self, node, name):
        if name.startswith("__"):
            self.fault(node, f"the name '{name}' cannot be used here: names must not begin with '__'")
        elif "@" in name:
            self.fault(node, f"the name '{name}' cannot be used here")

    def _judge_arg(self, node):
        self._name(node, node.arg)

    def _judge_keyword(self, node):
        if node.arg:
            self._name(node, node.arg)

    def _judge_ExceptHandler(self, node):
        if node.name:
            self._name(node, node.name)

    _judge_MatchAs = _judge_MatchStar = _judge_ExceptHandler

    def _judge_MatchMapping(self, node):
        if node.rest:
            self._name(node, node.rest)

    def _judge_Nonlocal(self, node):
        for name in node.names:
            self._name(node, name)

    def _judge_Attribute(self, node):
        if node.attr == "format":
            reason = formats.fault_of(node)
        else:
            reason = names.refused(node.attr) or _changing_from_outside(node)
        if getattr(node, "of_super", False) and node.attr in allowed.METHODS:
            return
        if reason is None and isinstance(node.value, ast.Name) and node.value.id in self._modules:
            reason = self._not_in_module(self._modules[node.value.id], node.attr)
        if reason is None and node.attr != "format" and node.attr not in self._known.attributes:
            reason = f"nothing here has an attribute '{node.attr}'" + _meant(node.attr, self._known.attributes)
        if reason:
            self.fault(_end_of(node), reason)

    def _not_in_module(self, module, name):
        if module == "composer" and name == "model":
            return "'model' cannot be used yet: no version has model files; write what it says into the script or a helper"
        table = self._known.composer if module == "composer" else self._known.modules[module]
        if name in table or f"{module}.{name}" in self._known.modules:
            return None
        return f"'{module}' has no '{name}' here" + _meant(name, table)

    # ---- imports -------------------------------------------------------------------------------------------------
    def _judge_Import(self, node):
        for alias in node.names:
            self._name(node, alias.asname or alias.name.partition(".")[0])
            if alias.name != "composer" and alias.name not in self._known.modules:
                self._cannot_import(node, alias.name)
            elif alias.asname or "." not in alias.name:
                self._modules[alias.asname or alias.name] = alias.name

    def _cannot_import(self, node, name):
        if name.partition(".")[0] == "numpy":
            return self.fault(node, "'numpy' cannot be imported here yet, whatever the study: use statistics and math")
        listed = ", ".join(sorted(name for name in self._known.modules if name != "time"))
        self.fault(node, f"'{name}' cannot be imported here; allowed are composer, {listed}")

    def _judge_ImportFrom(self, node):
        for alias in node.names:
            self._name(node, alias.asname or alias.name)
            if alias.name == "*":
                return self.fault(node, "'*' cannot be imported: name what you use")
        if node.level:
            return self._helper_import(node)
        if node.module != "composer" and node.module not in self._known.modules:
            return self._cannot_import(node, node.module)
        for alias in node.names:
            reason = self._not_in_module(node.module, alias.name)
            if reason:
                self.fault(node, reason)

    def _helper_import(self, node):
        wanted = [node.module] if node.module else [alias.name for alias in node.names]
        for name in wanted:
            if node.level > 1 or name not in self._known.helpers:
                having = ", ".join(sorted(self._known.helpers)) or "none"
                self.fault(node, f"there is no helper '{name}'; this script has {having}")

    # ---- calls ---------------------------------------------------------------------------------------------------
    def _judge_Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name == "type" and (len(node.args) != 1 or node.keywords):
            self.fault(node, "type() takes one argument here: write a class")
        elif name == "super":
            node.func.plain_super = not node.args and not node.keywords
        elif name in ("getattr", "setattr", "hasattr", "delattr") and len(node.args) > 1:
            wanted = node.args[1]
            if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str):
                reason = names.refused(wanted.value)
                if reason is None and name == "getattr" and len(node.args) == 2:  # without what to give instead
                    of = node.args[0].id if isinstance(node.args[0], ast.Name) else None
                    reason = self._not_in_module(self._modules[of], wanted.value) if of in self._modules else None
                if reason:
                    self.fault(wanted, reason)
        elif isinstance(node.func, ast.Attribute) and _is_super(node.func.value):
            node.func.of_super = True  # super().__init__(…), called at once
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("now", "utcnow", "today"):
            if isinstance(node.func.value, (ast.Name, ast.Attribute)) and \
                    _last(node.func.value) in ("datetime", "date"):
                self.fault(node, "there is no clock here, so that a backtest and a live run agree: use home.now")

    # ---- functions and classes -----------------------------------------------------------------------------------
    def _judge_FunctionDef(self, node):
        in_class = bool(self._functions) and isinstance(self._functions[-1], ast.ClassDef)
        if in_class and node.name.startswith("__"):
            if node.name not in allowed.METHODS:
                self.fault(node, f"the method '{node.name}' cannot be used here")
        else:
            self._definition(node, node.name, in_class)
        for decorator in node.decorator_list:
            self._decorator(decorator)

    _judge_AsyncFunctionDef = _judge_FunctionDef

    def _definition(self, node, name, in_class):
        self._name(node, name)
        if in_class and name.startswith("_") and name.strip("_"):
            self.fault(node, f"'{name}' could not be reached, since attributes that begin with '_' cannot be used "
                             f"here: call it {name.strip('_')}")

    def _judge_ClassDef(self, node):
        self._definition(node, node.name, False)
        for keyword in node.keywords:
            self.fault(node, f"'{keyword.arg or '**'}' cannot be given to a class here (no metaclasses)")
        for base in node.bases:
            if not isinstance(base, (ast.Name, ast.Attribute)):
                self.fault(base, "a base class must be a name")
        for decorator in node.decorator_list:
            self._decorator(decorator)
        for statement in node.body:
            self._class_names(statement)

    def _class_names(self, statement):
        targets = statement.targets if isinstance(statement, ast.Assign) else \
            [statement.target] if isinstance(statement, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name) and target.id.startswith("_") and not target.id.startswith("__"):
                self._definition(target, target.id, True)

    def _decorator(self, node):
        inner = node.func if isinstance(node, ast.Call) else node
        root = inner
        while isinstance(root, ast.Attribute):
            root = root.value
        if not isinstance(root, ast.Name) or (root.id not in allowed.DECORATORS and root.id not in self._defined):
            return self.fault(node, "this decorator cannot be used here; allowed are on.…, dataclass, property, "
                                    "staticmethod, classmethod, functools.wraps and functions of your own")
        if root.id == "on" and isinstance(inner, ast.Attribute) and inner.attr not in allowed.TRIGGERS:
            self.fault(_end_of(inner), f"there is no trigger '{inner.attr}'" + _meant(inner.attr, allowed.TRIGGERS))
            inner.attr = "measurement"  # said once
        elif root.id == "on" and not isinstance(node, ast.Call):
            self.fault(node, "a trigger is called: write @on.….(…) with its brackets")

    def _judge_Yield(self, node):
        around = [one for one in self._functions if not isinstance(one, ast.ClassDef)]
        if around and isinstance(around[-1], ast.AsyncFunctionDef):
            self.fault(node, "'yield' cannot be used in an async function: gather a list and return it")

    def _judge_comprehension(self, node):
        if node.is_async:
            self.fault(node.target, "'async for' cannot be used here: use 'for'")


_JUDGES = {getattr(ast, name.removeprefix("_judge_")): judge for name, judge in vars(_Checker).items()
           if name.startswith("_judge_")}


# Kinds of which a part may read as one level with them.
_FLAT = frozenset({ast.BinOp, ast.If, ast.Attribute, ast.Call, ast.Module, ast.Expr})


def _same_level(node, name, value):
    """Chains that read as one level: a + b + c, elif, a.b().c()."""
    kind = type(node)
    if kind is ast.BinOp and name == "left":
        return isinstance(value, ast.BinOp)
    if kind is ast.If and name == "orelse":
        return len(value) == 1 and isinstance(value[0], ast.If)
    return (kind is ast.Attribute and name == "value") or (kind is ast.Call and name == "func") or \
        kind in (ast.Module, ast.Expr)


def _is_super(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _changing_from_outside(node):
    """list.append(value, …) would change what is read-only behind its back."""
    if isinstance(node.value, ast.Name) and node.value.id in allowed.CHANGING \
            and node.attr in allowed.CHANGING[node.value.id]:
        return f"call {node.attr} on the value itself, not on {node.value.id}"
    return None


def _last(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id


def _end_of(node):
    """Where an attribute's own name stands, for the column."""
    place = ast.Pass()
    place.lineno, place.col_offset = node.end_lineno, node.end_col_offset - len(node.attr.encode())
    return place


def _meant(name, among):
    close = texts.nearest(name, among, 0.75)
    return f"; did you mean '{close}'?" if close else ""


def _guard(nodes):
    """Puts the write guard around every object whose attribute is set or deleted."""
    for node in nodes:
        if type(node) is ast.Attribute and type(node.ctx) is not ast.Load:
            guard = ast.copy_location(ast.Name(WRITE_GUARD, ast.Load()), node.value)
            node.value = ast.copy_location(ast.Call(guard, [node.value], []), node.value)
